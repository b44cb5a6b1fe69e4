"""The main job as its user does it: generate, appraise, explain, on the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

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


def test_reports_stand_beside_the_tables(county, tmp_path):
    out = tmp_path / "out"

    assert appraise(ready()["township-fusion"], county, out, *LEFT_OUT) == 0

    assert {path.name for path in out.iterdir()} == {
        "totals.csv",
        "scores.csv",
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
