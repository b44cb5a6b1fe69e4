"""The files of a run: complete or absent, the same bytes for the same inputs."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from report_runs import township_data, township_scheme, write_run
from ronghe.analysis.errors import ProblemsError
from ronghe.engine.database import connect
from ronghe.engine.outputs import written_aside


def folder_bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write_and_fail(out: Path) -> None:
    with written_aside(out) as folder:
        (folder / "run.json").write_text("half", encoding="utf-8")
        raise RuntimeError("half way")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    scheme = township_scheme()
    return write_run(tmp_path_factory.mktemp("run"), scheme, township_data(scheme))


def test_totals_say_unit_name_group_total_rank_and_grade(run):
    first = rows(run / "totals.csv")[0]

    sure = ["rank_low", "rank_high", "band"]
    assert list(first) == ["unit", "name", "peer_group", "total", "rank", "grade", *sure]
    assert first["rank"] == "1"


def test_every_unit_has_every_indicator_in_the_scores(run):
    scheme = township_scheme()
    scores, totals = rows(run / "scores.csv"), rows(run / "totals.csv")

    assert list(scores[0]) == ["unit", "indicator", "points", "max_points", "missing", "inputs"]
    assert len(scores) == len(totals) * len(scheme.scored())
    assert {row["indicator"] for row in scores} == {i.code for i in scheme.scored()}


def test_the_account_names_scheme_data_rulebook_parameters_versions_and_rows(run):
    account = json.loads((run / "run.json").read_text(encoding="utf-8"))

    assert set(account) >= {
        "scheme_sha256",
        "data_sha256",
        "rulebook_sha256",
        "rulebook_date",
        "local_rules",
        "parameters",
        "versions",
        "rows",
        "scheme",
    }
    assert account["rows"]["units"] > 0


def test_the_same_inputs_give_the_same_bytes(run, tmp_path):
    scheme = township_scheme()

    again = write_run(tmp_path / "again", scheme, township_data(scheme))

    assert folder_bytes(again) == folder_bytes(run)


def test_a_refused_run_leaves_nothing_behind(tmp_path):
    with pytest.raises(RuntimeError):
        write_and_fail(tmp_path / "out")

    assert list(tmp_path.iterdir()) == []


def test_a_failed_run_leaves_the_former_one_as_it_was(tmp_path):
    out = tmp_path / "out"
    with written_aside(out) as folder:
        (folder / "run.json").write_text("former", encoding="utf-8")

    with pytest.raises(RuntimeError):
        write_and_fail(out)

    assert folder_bytes(tmp_path) == {"out/run.json": b"former"}


def test_a_new_run_takes_the_place_of_the_former(tmp_path):
    out = tmp_path / "out"
    for content in ("former", "new"):
        with written_aside(out) as folder:
            (folder / "run.json").write_text(content, encoding="utf-8")

    assert folder_bytes(tmp_path) == {"out/run.json": b"new"}


def test_a_folder_that_no_run_wrote_is_not_touched(tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"photo")

    with pytest.raises(ProblemsError) as refusal, written_aside(tmp_path):
        pass

    assert [p.code for p in refusal.value.problems] == ["not-a-run-folder"]
    assert folder_bytes(tmp_path) == {"holiday.jpg": b"photo"}


def test_a_wild_number_of_threads_does_not_bring_the_machine_down():
    con = connect(threads=100_000)

    (threads,) = con.execute("select current_setting('threads')").fetchone()
    con.close()

    assert 1 <= threads <= 4 * os.cpu_count()
