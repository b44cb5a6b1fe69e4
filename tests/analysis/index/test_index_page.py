"""The tables of ``docs/methods/index.md``: the code gives the printed numbers."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from ronghe.analysis.index import Index, IndexModel, Series, Values, build, parse_index, rebuild
from ronghe.analysis.index.model import Node
from ronghe.analysis.index.normalise import goalposts, min_max, rank_score, ratio_to_best, z_score
from ronghe.analysis.index.treat import Limits, kurtosis, skewness, winsorise

PAGE = (Path(__file__).parents[3] / "docs" / "methods" / "index.md").read_text(encoding="utf-8")
METHODS = {
    "min_max": min_max,
    "rank": rank_score,
    "ratio_to_best": ratio_to_best,
    "z": z_score,
    "goalposts": lambda values: goalposts(values, low=0, high=50),
}


def table(first: str, second: str) -> dict[str, list[str]]:
    """Return the table with these two first headings: cells by the heading's Latin part."""
    found = re.search(
        rf"^\| {first}[^|]*\| {second}[^|]*\|.*\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, flags=re.M
    )
    assert found, first
    lines = [line.strip("| \n").split("|") for line in found[0].splitlines()]
    headings = [heading.split()[0] for heading in lines[0]]
    columns = zip(*([cell.strip() for cell in line] for line in lines[2:]), strict=True)
    return dict(zip(headings, map(list, columns), strict=True))


def numbers(cells: list[str]) -> np.ndarray:
    return np.array([np.nan if cell == "—" else float(cell.replace("−", "-")) for cell in cells])


@pytest.fixture(scope="module")
def worked() -> tuple[Index, dict[str, list[str]]]:
    block = re.search(r"```yaml\n(.*?)```", PAGE, flags=re.S)
    assert block
    model = parse_index(yaml.safe_load(block[1]))
    cells = table("unit", "income")
    codes = [indicator.code for indicator in model.indicators()]
    columns = {Series(code, "2025"): numbers(cells[code]) for code in codes}
    return build(model, Values(tuple(cells["unit"]), columns)), cells


def test_the_normalisations_are_as_printed():
    cells = table("value", "min_max")
    values = numbers(cells.pop("value"))

    assert set(cells) == set(METHODS)
    for name, printed in cells.items():
        np.testing.assert_allclose(METHODS[name](values), numbers(printed), atol=0.0051)


def test_the_moments_of_the_example_of_winsorising_are_as_printed():
    values = np.array([*range(1, 11), 30, 100], dtype=np.float64)
    cut = winsorise(values, Limits())

    before, after = ((skewness(v), kurtosis(v)) for v in (values, cut.values))
    assert f"G₁ = {before[0]:.2f}、G₂ = {before[1]:.2f}；" in PAGE
    assert f"G₁ = {after[0]:.2f}、G₂ = {after[1]:.2f}，合格" in PAGE


def test_the_worked_index_is_as_printed(worked):
    index, cells = worked

    for heading, printed in cells.items():
        kind, _, code = heading.partition(".")
        if kind == "score":
            np.testing.assert_allclose(index.scores[code], numbers(printed), atol=0.0051)
    np.testing.assert_allclose(index.totals, numbers(cells["total"]), atol=0.0051)
    assert index.ranks.tolist() == numbers(cells["rank"]).tolist()


def test_totals_with_one_choice_changed_are_as_printed(worked):
    index, _ = worked
    cells = table("unit", "normalise")

    assert cells.pop("unit") == list(index.values.units)
    for heading, printed in cells.items():
        choice, value = heading.split("=")
        if choice.startswith("weights."):
            changed = rebuild(index, weights={choice.removeprefix("weights."): float(value)})
        else:
            changed = rebuild(index, **{choice: value})
        np.testing.assert_allclose(changed.totals, numbers(printed), atol=0.0051)


def test_every_key_of_a_definition_is_described():
    described = set(re.findall(r"`([a-z_]+)`", PAGE))

    assert set(IndexModel.model_fields) | set(Node.model_fields) <= described
