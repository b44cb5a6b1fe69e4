"""The worked tables of ``docs/methods/robustness.md``."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from ronghe.analysis.robustness import (
    Choices,
    Totals,
    Tree,
    of_points,
    rank_intervals,
    sobol_indices,
)

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "robustness.md"


def columns_of(first: str) -> dict[str, np.ndarray]:
    """Return the columns of the table that begins with this heading, by their last word."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first}"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    names = [re.findall("[a-z]+", heading)[-1] for heading in rows[0]]
    columns = zip(*(row[1:] for row in rows[2:]), strict=True)
    return {
        name: np.array([np.nan if c == "—" else float(Fraction(c)) for c in column])
        for name, column in zip(names[1:], columns, strict=True)
    }


def test_the_worked_units_have_the_printed_ranks_bands_and_probabilities():
    printed = columns_of("单位")
    points = np.column_stack([printed["a"], printed["b"]]) * 1000
    composite = of_points(points, [60, 40], Tree.flat(np.array([60.0, 40.0])))

    found = rank_intervals(composite, samples=40_000, rank_limits=(1, 3), score_limits=(75, 60))

    assert Totals(composite, Choices()).given() == pytest.approx(printed["total"])
    for name in ("rank", "low", "high", "band"):
        assert getattr(found, name).tolist() == printed[name].tolist(), name
    ranges = np.column_stack([printed[name] for name in ("first", "next", "later")])
    assert found.rank_shares == pytest.approx(ranges, abs=0.01)
    grades = np.column_stack([printed[name] for name in ("top", "middle", "lower")])
    assert found.score_shares == pytest.approx(grades, abs=0.01)
    assert found.reversed == pytest.approx(0.0142, abs=0.001)
    assert (found.undecided, found.pairs) == (0.1, 10)


def test_ishigamis_function_has_the_printed_indices():
    printed = columns_of("输入")

    def ishigami(points: np.ndarray) -> np.ndarray:
        x, y, z = ((2 * points - 1) * np.pi).T
        return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)

    found = sobol_indices(ishigami, ("x", "y", "z"), samples=2**14, seed=1)

    assert found.first == pytest.approx(printed["first"], abs=0.01)
    assert found.total == pytest.approx(printed["total"], abs=0.01)
