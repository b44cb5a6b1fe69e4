"""The provinces example: real figures, each with its source, none invented."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.sources import MeasureSource

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "provinces"
COMPILED = ROOT.parent / "shared" / "data" / "provinces" / "provinces.csv"


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return Scheme.model_validate(yaml.safe_load((EXAMPLE / "scheme.yaml").read_text("utf-8")))


@pytest.fixture(scope="module")
def measures() -> list[dict[str, str]]:
    return rows(EXAMPLE / "data" / "measures.csv")


def test_there_are_31_provinces_in_one_peer_group() -> None:
    units = rows(EXAMPLE / "data" / "units.csv")
    assert len({unit["unit"] for unit in units}) == 31
    assert {(u["kind"], u["level"], u["peer_group"]) for u in units} == {
        ("area", "province", "national")
    }


def test_the_figures_are_those_that_the_scheme_uses_and_no_others(
    scheme: Scheme, measures: list[dict[str, str]]
) -> None:
    used = {i.source.measure for i in scheme.leaves() if isinstance(i.source, MeasureSource)}
    assert used == {row["measure"] for row in measures}
    assert {row["period"] for row in measures} == {"2021", "2022", "2023"}


def test_every_figure_names_an_official_source(measures: list[dict[str, str]]) -> None:
    assert all("国家统计局" in row["source"] or "统计年鉴" in row["source"] for row in measures)


def test_a_gap_has_no_row(measures: list[dict[str, str]]) -> None:
    assert all(row["value"] for row in measures)
    held = [row["unit"] for row in measures if row["measure"] == "energy_intensity"]
    assert "110000" not in held
    assert {r["period"] for r in measures if r["measure"] == "energy_intensity"} == {"2021", "2022"}


def test_the_scheme_holds_every_digit_of_the_figures(
    scheme: Scheme, measures: list[dict[str, str]]
) -> None:
    scales = {measure.code: measure.scale for measure in scheme.measures}
    for row in measures:
        exponent = Decimal(row["value"]).as_tuple().exponent
        assert isinstance(exponent, int)
        assert -exponent <= scales[row["measure"]], row


@pytest.mark.skipif(not COMPILED.is_file(), reason="the compiled table of the provinces is absent")
def test_no_figure_differs_from_the_compiled_table(measures: list[dict[str, str]]) -> None:
    compiled = {
        (row["code"], row["indicator"], row["year"]): row["value"] for row in rows(COMPILED)
    }
    for row in measures:
        assert compiled[row["unit"], row["measure"], row["period"]] == row["value"], row
