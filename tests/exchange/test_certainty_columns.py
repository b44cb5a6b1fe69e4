"""What a run says about how sure its ranks and grades are, in the outcome and its files."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest

from report_runs import (
    member_data,
    member_scheme,
    province_data,
    province_scheme,
    township_data,
    township_scheme,
    write_run,
)
from ronghe.analysis.robustness import appraisal

QUOTA = {"excellent": Fraction(3, 10)}
SURE = ("rank_low", "rank_high", "band")


@pytest.fixture(scope="module")
def townships(tmp_path_factory):
    scheme = township_scheme()
    return write_run(tmp_path_factory.mktemp("t") / "run", scheme, township_data(scheme), QUOTA)


def rows(path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def outcome(folder, columns: str) -> list[tuple]:
    return duckdb.sql(f"select {columns} from '{folder}/results.parquet' order by unit").fetchall()


def test_every_interval_holds_the_rank_and_bands_count_from_one_in_each_group(townships):
    bands = defaultdict(set)
    for row in rows(townships / "totals.csv"):
        assert int(row["rank_low"]) <= int(row["rank"]) <= int(row["rank_high"])
        bands[row["peer_group"]].add(int(row["band"]))

    assert all(found == set(range(1, max(found) + 1)) for found in bands.values())


def test_the_probabilities_of_each_unit_add_up_to_one(townships):
    sums = defaultdict(Decimal)
    for row in rows(townships / "certainty.csv"):
        sums[row["unit"]] += Decimal(row["probability"])

    assert len(sums) == 12
    assert set(sums.values()) == {Decimal(1)}


@pytest.mark.parametrize("ties", ["order", "next_grade"])
@pytest.mark.parametrize("within", ["peer_group", "all"])
def test_without_anything_to_draw_each_unit_surely_has_the_grade_of_the_run(
    within, ties, tmp_path, monkeypatch
):
    monkeypatch.setattr(appraisal, "SPREAD", 0.0)
    monkeypatch.setattr(appraisal, "IMPUTATIONS", ("as_given",))
    scheme = township_scheme()
    grading = scheme.grading.model_copy(update={"within": within, "ties": ties})
    scheme = scheme.model_copy(update={"grading": grading})
    data = township_data(scheme)
    strong = {row["measure"]: row["value"] for row in data["measures"] if row["unit"] == "o0003"}
    for row in data["measures"]:  # two equal units
        if row["unit"] == "o0005":
            row["value"] = strong[row["measure"]]

    folder = write_run(tmp_path / "run", scheme, data, QUOTA)

    chances = [f"chance__{grade}" for grade in (1, 2, 3, "none")]
    for _, rank, low, high, grade, *found in outcome(
        folder, f"unit, rank, rank_low, rank_high, grade, {', '.join(chances)}"
    ):
        assert (low, high) == (rank, rank)
        assert found == [10_000 if number == grade else 0 for number in (1, 2, 3, 4)]


def test_how_it_was_computed_stands_in_the_account(townships):
    told = json.loads((townships / "run.json").read_text(encoding="utf-8"))["certainty"]

    assert told.pop("numpy")
    assert told == {
        "draws": 10_000,
        "spread": "0.2",
        "gaps": True,
        "confidence": "0.9",
        "doubt": "0.05",
        "seed": 20250101,
    }


def test_units_without_a_total_have_no_interval(tmp_path):
    scheme = province_scheme()
    data = province_data(scheme)
    data["measures"] = [row for row in data["measures"] if row["unit"] != "a0004"]

    folder = write_run(tmp_path / "run", scheme, data)

    for unit, total, *sure in outcome(folder, f"unit, total, {', '.join(SURE)}"):
        assert (total is None) == (unit == "a0004")
        assert (None in sure) == (total is None)
    assert not (folder / "certainty.csv").exists()


def test_ungraded_units_have_an_interval_and_no_probabilities(tmp_path):
    scheme = township_scheme()
    data = township_data(scheme)
    data["units"][4]["graded"] = False

    folder = write_run(tmp_path / "run", scheme, data, QUOTA)

    graded = dict(outcome(folder, "unit, chance__1 is not null and band is not null"))
    assert [unit for unit, known in graded.items() if not known] == ["o0005"]
    assert "o0005" not in {row["unit"] for row in rows(folder / "certainty.csv")}


@pytest.mark.parametrize("kind", ["member", "cadre"])
def test_persons_get_neither_intervals_nor_probabilities(kind, tmp_path):
    scheme = member_scheme(kind)

    folder = write_run(tmp_path / "run", scheme, member_data(scheme))

    held = {row[0] for row in duckdb.sql(f"describe from '{folder}/results.parquet'").fetchall()}
    assert not held & {*SURE, "chance__1", "chance__none"}
    assert all(row[column] == "" for row in rows(folder / "totals.csv") for column in SURE)
    assert not (folder / "certainty.csv").exists()
    assert json.loads((folder / "run.json").read_text(encoding="utf-8"))["certainty"] is None


def test_of_too_many_units_there_are_no_intervals_and_the_account_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(appraisal, "LARGEST_GROUP", 5)
    scheme = township_scheme()

    folder = write_run(tmp_path / "run", scheme, township_data(scheme), QUOTA)

    assert all(row["band"] == "" for row in rows(folder / "totals.csv"))
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))["certainty"]
    assert told == {"left_out": "certainty-left-out", "most": {"group": 5, "all": 200_000}}
