"""The main job as its user does it: generate, appraise, explain, on the command line."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ronghe.analysis.robustness import appraisal
from ronghe.cli import main
from ronghe.schemes import ready


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("county") / "data"
    assert main(["generate", "--members", "600", "--out", str(folder)]) == 0
    return folder


def appraise(scheme: Path, data: Path, out: Path, *more: str) -> int:
    return main(["appraise", str(scheme), "--data", str(data), "--out", str(out), *more])


LEFT_OUT = ("--other-periods", "leave-out")


@pytest.mark.parametrize("code", ready())
def test_every_ready_scheme_appraises_the_generated_county(code, county, tmp_path):
    out = tmp_path / "out"

    assert appraise(ready()[code], county, out, *LEFT_OUT, "--reports", "none") == 0

    with (out / "totals.csv").open(encoding="utf-8", newline="") as lines:
        totals = list(csv.DictReader(lines))
    assert totals
    assert all(row["total"] for row in totals)


@pytest.mark.parametrize("form", ["parquet", "xlsx"])
@pytest.mark.parametrize("code", ["township-fusion", "member-appraisal"])
def test_csv_parquet_and_excel_give_the_same_bytes(code, form, county, tmp_path):
    data = tmp_path / "data"
    main(["generate", "--members", "600", "--out", str(data), "--format", form])

    for name, folder in (("csv", county), (form, data)):
        arguments = (ready()[code], folder, tmp_path / name, *LEFT_OUT, "--reports", "none")
        assert appraise(*arguments) == 0

    for file in ("totals.csv", "scores.csv", "results.parquet"):
        assert (tmp_path / form / file).read_bytes() == (tmp_path / "csv" / file).read_bytes()


def test_a_second_run_writes_the_same_bytes(county, tmp_path):
    for name in ("first", "second"):
        arguments = (ready()["township-fusion"], county, tmp_path / name, *LEFT_OUT)
        assert appraise(*arguments, "--threads", "1" if name == "first" else "2") == 0

    for path in sorted((tmp_path / "first").iterdir()):
        if path.is_file() and path.name != "timings.json":
            assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes(), path.name


def test_the_heading_of_the_totals_is_the_same_for_units_and_persons_and_only_units_have_intervals(
    county, tmp_path
):
    found = {}
    for code in ("township-fusion", "member-appraisal", "leading-cadre"):
        out = tmp_path / code
        assert appraise(ready()[code], county, out, *LEFT_OUT, "--reports", "none") == 0
        with (out / "totals.csv").open(encoding="utf-8", newline="") as lines:
            found[code] = list(csv.DictReader(lines))

    sure = ("rank_low", "rank_high", "band")
    for code, rows in found.items():
        heading = ["unit", "name", "peer_group", "total", "rank", "grade", *sure]
        assert list(rows[0]) == heading, code
        known = [all(row[column] for column in sure) for row in rows]
        assert all(known) if code == "township-fusion" else not any(known), code
        assert (tmp_path / code / "certainty.csv").exists() == (code == "township-fusion")


def test_appraising_members_never_waits_for_numpy(county, tmp_path):
    arguments = ["appraise", str(ready()["member-appraisal"]), "--data", str(county)]
    arguments += ["--out", str(tmp_path / "out"), "--reports", "none", *LEFT_OUT]
    script = f"import sys; from ronghe.cli import main; main({arguments}); print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert b"numpy" not in done.stdout.split()


def test_a_corrected_run_has_the_intervals_of_the_corrected_data(county, tmp_path):
    out, changes, data = tmp_path / "out", tmp_path / "changes", tmp_path / "data"
    changes.mkdir()
    shutil.copytree(county, data)
    with (county / "measures.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    mine = [row for row in rows if row["unit"] == "QH02" and row["period"] == "2025"]
    for row in mine:
        row["value"] = str(int(float(row["value"])) // 2)
    for path, held in ((changes, mine), (data, rows)):
        with (path / "measures.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]))
            writer.writeheader()
            writer.writerows(held)
    plain = (*LEFT_OUT, "--reports", "none")
    assert appraise(ready()["township-fusion"], county, out, *plain) == 0
    assert appraise(ready()["township-fusion"], data, tmp_path / "anew", *plain) == 0

    assert main(["correct", str(out), "--data", str(changes)]) == 0

    for file in ("totals.csv", "certainty.csv"):
        assert (out / file).read_bytes() == (tmp_path / "anew" / file).read_bytes()
    accounts = [json.loads((f / "run.json").read_text()) for f in (out, tmp_path / "anew")]
    assert accounts[0]["certainty"] == accounts[1]["certainty"]


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "没有推算名次区间"), ("en", "no rank inter")]
)
def test_too_many_units_for_intervals_are_said_and_the_ranks_stand(
    language, words, county, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(appraisal, "LARGEST_GROUP", 2)
    out = tmp_path / "out"
    arguments = (*LEFT_OUT, "--reports", "none", "--lang", language)

    assert appraise(ready()["township-fusion"], county, out, *arguments) == 0

    assert words in capsys.readouterr().err
    assert '"left_out": "certainty-left-out"' in (out / "run.json").read_text(encoding="utf-8")


def test_reports_stand_beside_the_tables(county, tmp_path):
    out = tmp_path / "out"

    assert appraise(ready()["township-fusion"], county, out, *LEFT_OUT) == 0

    assert {path.name for path in out.iterdir()} == {
        "totals.csv",
        "scores.csv",
        "certainty.csv",
        "results.parquet",
        "inputs",
        "run.json",
        "timings.json",
        "report.html",
        "report.xlsx",
        "report.docx",
        "rollup.csv",
        "rollup.parquet",
    }


def test_records_of_another_period_are_refused_and_nothing_is_written(county, tmp_path, capsys):
    out = tmp_path / "out"

    assert appraise(ready()["township-fusion"], county, out) == 2

    said = capsys.readouterr().err
    assert "records.csv" in said
    assert "--other-periods leave-out" in said
    assert not out.exists()


def test_a_missing_scheme_is_one_clear_message(county, tmp_path, capsys):
    assert appraise(tmp_path / "none.yaml", county, tmp_path / "out") == 2
    assert "none.yaml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ["计分规则", "失分（从多到少）", "申诉"]), ("en", ["rule:", "points lost", "appeal"])],
)
def test_an_explanation_says_rule_losses_and_how_to_appeal(
    language, words, county, tmp_path, capsys
):
    out = tmp_path / "out"
    appraise(ready()["township-fusion"], county, out, *LEFT_OUT, "--reports", "none")
    capsys.readouterr()

    assert main(["explain", str(out), "--unit", "QH01", "--lang", language]) == 0

    said = capsys.readouterr().out
    assert all(word in said for word in words)


def test_an_unknown_unit_or_indicator_is_refused(county, tmp_path, capsys):
    out = tmp_path / "out"
    appraise(ready()["township-fusion"], county, out, *LEFT_OUT, "--reports", "none")

    assert main(["explain", str(out), "--unit", "nobody"]) == 2
    assert main(["explain", str(out), "--unit", "QH01", "--indicator", "nothing"]) == 2
    said = capsys.readouterr().err
    assert "nobody" in said
    assert "nothing" in said


def test_results_inside_the_data_folder_are_refused(county, capsys):
    out = county / "results"

    assert appraise(ready()["township-fusion"], county, out, *LEFT_OUT) == 2

    assert "results" in capsys.readouterr().err
    assert not out.exists()


def test_a_stopped_run_says_so_and_leaves_nothing_behind(county, tmp_path, capsys, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("ronghe.engine.outputs.write_tables", stop)

    assert appraise(ready()["township-fusion"], county, tmp_path / "out", *LEFT_OUT) == 130

    assert "已停止" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_member_is_never_told_a_rank_among_people(county, tmp_path, capsys):
    out = tmp_path / "out"
    appraise(ready()["member-appraisal"], county, out, *LEFT_OUT, "--reports", "none")
    with (out / "totals.csv").open(encoding="utf-8", newline="") as lines:
        member = next(csv.DictReader(lines))["unit"]
    capsys.readouterr()

    assert main(["explain", str(out), "--unit", member]) == 0

    said = capsys.readouterr().out
    assert "名，共" not in said
    assert "高于本单位" not in said
