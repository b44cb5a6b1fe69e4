"""Packing, appraising part by part, correcting: as the user of a large installation does it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest

from ronghe.analysis.errors import ProblemsError
from ronghe.cli import main
from ronghe.engine import chunks, store_run
from ronghe.engine.chunks import outcome_of
from ronghe.engine.correct_store import growing_beside, pending
from ronghe.engine.store_run import resumable
from ronghe.schemes import ready

LEFT_OUT = ("--other-periods", "leave-out")


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("packed") / "data"
    assert main(["generate", "--members", "600", "--out", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def store(county) -> Path:
    folder = county.with_name("store")
    assert main(["pack", "--data", str(county), "--out", str(folder), "--by", "township"]) == 0
    return folder


def appraise(data: Path, out: Path, code: str = "member-appraisal") -> int:
    words = ["appraise", str(ready()[code]), "--data", str(data), "--out", str(out)]
    return main([*words, *LEFT_OUT, "--reports", "none"])


def outcome(run: Path) -> dict[str, tuple]:
    """Every column of every unit; intervals and bands are drawn for a whole data folder only."""
    file = run / "results.parquet"
    source = f"from '{file}'" if file.is_file() else outcome_of(sorted((run / "parts").iterdir()))
    drawn = "columns(lambda c: not regexp_matches(c, '^(rank_low|rank_high|band|chance__)'))"
    found = duckdb.sql(f"select {drawn} from ({source}) as o order by unit").fetchall()
    return {row[0]: row for row in found}


@pytest.mark.parametrize("code", ready())
def test_a_store_gives_every_unit_what_the_data_folder_gives(code, county, store, tmp_path):
    assert appraise(county, tmp_path / "whole", code) == 0
    assert appraise(store, tmp_path / "parts", code) == 0

    assert outcome(tmp_path / "parts") == outcome(tmp_path / "whole")


def test_the_roll_up_of_the_parts_is_that_of_the_whole(county, store, tmp_path):
    for data, name in ((county, "whole"), (store, "parts")):
        assert appraise(data, tmp_path / name) == 0

    rows = {}
    for name in ("whole", "parts"):
        with (tmp_path / name / "rollup.csv").open(encoding="utf-8") as lines:
            rows[name] = {row["unit"]: row for row in csv.DictReader(lines)}
    assert rows["parts"]
    assert rows["parts"].items() <= rows["whole"].items()


def test_the_same_store_gives_the_same_bytes(store, tmp_path):
    for name in ("one", "two"):
        assert appraise(store, tmp_path / name) == 0

    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    for file in files:
        if file.name not in ("timings.json",):
            assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_an_explanation_is_the_same(county, store, tmp_path, capsys):
    said = {}
    for data, name in ((county, "whole"), (store, "parts")):
        assert appraise(data, tmp_path / name) == 0
        unit = max(outcome(tmp_path / name))
        capsys.readouterr()
        assert main(["explain", str(tmp_path / name), "--unit", unit]) == 0
        said[name] = capsys.readouterr().out
    assert said["parts"] == said["whole"]


def test_an_interrupted_run_goes_on_from_its_finished_parts(store, tmp_path, monkeypatch, capsys):
    assert appraise(store, tmp_path / "through") == 0
    carry_out = chunks.ChunkedRun._chunk
    computed = []

    def stopped(self, con, number, chunk):
        if len(computed) >= 3:
            raise KeyboardInterrupt
        carry_out(self, con, number, chunk)
        computed.append((number, chunk))

    monkeypatch.setattr(chunks.ChunkedRun, "_chunk", stopped)
    monkeypatch.setattr(store_run, "UNITS_AT_ONCE", 1)
    assert appraise(store, tmp_path / "out") == 130
    assert "再次执行同一命令" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    already = list(computed)
    computed.clear()
    monkeypatch.setattr(
        chunks.ChunkedRun,
        "_chunk",
        lambda self, con, number, chunk: (
            computed.append((number, chunk)),
            carry_out(self, con, number, chunk),
        ),
    )

    assert appraise(store, tmp_path / "out") == 0
    assert not set(already) & set(computed)
    assert outcome(tmp_path / "out") == outcome(tmp_path / "through")


def late(folder: Path, unit: str) -> Path:
    folder.mkdir()
    (folder / "records.csv").write_text(
        "record,unit,kind,date,quantity,quality,verified\n"
        f"late-1,{unit},reminder_talk,2025-05-06,1,,yes\n",
        encoding="utf-8",
    )
    return folder


def test_two_runs_do_not_write_to_one_place_at_once(tmp_path):
    with resumable(tmp_path / "out", {"run": 1}) as growing:
        (growing / "begun").touch()

        with (
            pytest.raises(ProblemsError) as refused,
            resumable(tmp_path / "out", {"run": 2}),
        ):
            pass

        assert (growing / "begun").exists()
    assert [one.code for one in refused.value.problems] == ["output-being-written"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["begun"]


def test_a_correction_gives_a_plain_run_and_one_over_a_store_the_same(county, store, tmp_path):
    for data, name in ((county, "whole"), (store, "parts")):
        assert appraise(data, tmp_path / name) == 0
    unit = max(outcome(tmp_path / "whole"))
    changed = late(tmp_path / "late", unit)
    for name in ("whole", "parts"):
        before = outcome(tmp_path / name)
        assert main(["correct", str(tmp_path / name), "--data", str(changed)]) == 0
        assert outcome(tmp_path / name)[unit] != before[unit]

    assert outcome(tmp_path / "parts") == outcome(tmp_path / "whole")
    log = json.loads((tmp_path / "parts" / "corrections.json").read_text(encoding="utf-8"))
    assert [entry["rows"] for entry in log] == [{"records": 1}]
    with (tmp_path / "parts" / "changes.csv").open(encoding="utf-8") as lines:
        assert unit in {row["unit"] for row in csv.DictReader(lines)}


def test_a_correction_that_was_ready_is_finished_by_the_next_command(store, tmp_path):
    run = tmp_path / "run"
    assert appraise(store, run) == 0
    growing = pending(run)
    growing.mkdir()
    (growing / "changes.csv").write_text("unit\n", encoding="utf-8")

    assert main(["explain", str(run), "--unit", max(outcome(run))]) == 0
    assert (run / "changes.csv").is_file()
    assert not growing.exists()


def test_looking_at_a_run_does_not_disturb_a_correction_that_grows(store, tmp_path):
    run = tmp_path / "run"
    assert appraise(store, run) == 0
    account = (run / "run.json").read_bytes()

    with growing_beside(run, account) as growing:
        (growing / "changes.csv").write_text("unit\n", encoding="utf-8")
        assert main(["explain", str(run), "--unit", max(outcome(run))]) == 0

    assert (run / "changes.csv").read_text(encoding="utf-8") == "unit\n"
    assert not growing.exists()


def test_of_two_corrections_at_once_the_slower_is_refused(store, tmp_path):
    run = tmp_path / "run"
    assert appraise(store, run) == 0
    changed = late(tmp_path / "late", max(outcome(run)))
    account = (run / "run.json").read_bytes()

    with pytest.raises(ProblemsError) as refusal, growing_beside(run, account):
        assert main(["correct", str(run), "--data", str(changed)]) == 0

    assert [problem.code for problem in refusal.value.problems] == ["corrected-meanwhile"]
    assert len(json.loads((run / "corrections.json").read_text(encoding="utf-8"))) == 1


def test_a_manifest_cannot_lead_out_of_the_folder(county, tmp_path, capsys):
    copy = tmp_path / "store"
    main(["pack", "--data", str(county), "--out", str(copy), "--by", "township"])
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["parts"][0]["code"] = "../../elsewhere"
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    assert appraise(copy, tmp_path / "out") == 2
    assert "elsewhere" in capsys.readouterr().err
    assert not (tmp_path / "elsewhere").exists()


def test_a_correction_about_nobody_known_is_refused_and_changes_nothing(store, tmp_path, capsys):
    run = tmp_path / "run"
    assert appraise(store, run) == 0
    before = outcome(run)

    assert main(["correct", str(run), "--data", str(late(tmp_path / "late", "nobody"))]) == 2
    assert "nobody" in capsys.readouterr().err
    assert outcome(run) == before
    assert not pending(run).exists()


def test_a_store_that_is_not_the_one_of_the_run_is_refused(county, store, tmp_path, capsys):
    run, copy = tmp_path / "run", tmp_path / "store"
    words = ["pack", "--data", str(county), "--out", str(copy), "--by", "township"]
    assert main(words) == 0
    assert appraise(copy, run) == 0
    manifest = copy / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    assert main(["correct", str(run), "--data", str(late(tmp_path / "late", "x"))]) == 2
    assert "数据仓已不是计算时的那一个" in capsys.readouterr().err


def test_data_without_the_level_are_not_packed(county, tmp_path, capsys):
    words = ["pack", "--data", str(county), "--out", str(tmp_path / "out"), "--by", "province"]

    assert main(words) == 2
    assert "province" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_store_is_not_replaced_by_results(store):
    assert appraise(store, store) == 2
    assert (store / "manifest.json").is_file()


def test_a_store_without_one_of_its_files_is_refused(county, tmp_path):
    copy = tmp_path / "store"
    main(["pack", "--data", str(county), "--out", str(copy), "--by", "township"])
    next(copy.glob("parts/*/records.parquet")).unlink()

    assert appraise(copy, tmp_path / "out") == 2
