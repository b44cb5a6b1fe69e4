"""How sure the ranks of an index are: small cases by hand, and the same start as the index."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.analysis.index import IndexModel, Series, Values, build
from ronghe.analysis.index.certainty import certainty, composite_of
from ronghe.analysis.robustness import Totals

FIGURES = st.lists(st.tuples(*[st.integers(1, 30)] * 3), min_size=3, max_size=6, unique=True)
CHOICES = [
    ("min_max", "arithmetic"),
    ("z", "arithmetic"),
    ("rank", "arithmetic"),
    ("ratio_to_best", "geometric"),
    ("goalposts", ["harmonic", "arithmetic"]),
    ("goalposts", ["arithmetic", "geometric"]),
]


def index_of(rows, **choices):
    """Build an index of two indicators in a group of three parts and one beside it."""
    children = [
        {
            "code": "economy",
            "title": "经济",
            "weight": 2,
            "children": [
                {"code": "a", "title": "甲", "low": 0, "high": 31},
                {"code": "b", "title": "乙", "weight": 3, "low": 0, "high": 31},
            ],
        },
        {"code": "c", "title": "丙", "direction": "less", "low": 31, "high": 0},
    ]
    model = IndexModel.model_validate({"index": "i", "title": "例", "children": children} | choices)
    columns = np.array(rows, dtype=np.float64).T
    series = {Series(code): column for code, column in zip("abc", columns, strict=True)}
    return build(model, Values(tuple(f"u{n}" for n in range(len(rows))), series))


@pytest.mark.parametrize(("normalise", "aggregate"), CHOICES)
@settings(deadline=None, max_examples=10)
@given(rows=FIGURES)
def test_the_first_of_each_choice_gives_the_order_of_the_index(normalise, aggregate, rows):
    rows = [*rows, (1, 2, 3), (30, 29, 28)]
    index = index_of(rows, normalise=normalise, aggregate=aggregate, decimals=9)

    given = Totals(*composite_of(index)).given()

    higher = index.totals[:, np.newaxis] - index.totals > 1e-6
    assert (given[:, np.newaxis] > given)[higher].all()


def test_a_unit_that_is_best_in_everything_is_surely_first():
    found = certainty(index_of([(30, 30, 1), (20, 10, 9), (10, 20, 8)]))

    assert (found.low[0], found.high[0], found.band[0]) == (1, 1, 1)
    assert found.low.min() >= 1
    assert (found.draws, found.band[1] > 1) == (10_000, True)


def test_a_unit_without_a_total_has_neither_interval_nor_band():
    rows = [(30, 30, 1), (20, 10, 9), (np.nan, np.nan, 8), (15, 12, 4)]

    found = certainty(index_of(rows, coverage=0.5))

    assert (found.low[2], found.high[2], found.band[2]) == (0, 0, 0)
    assert (found.low[[0, 1, 3]] > 0).all()


def test_gaps_are_drawn_only_where_there_are_some():
    whole = certainty(index_of([(30, 30, 1), (20, 10, 9), (10, 20, 8)]))
    gap = certainty(index_of([(30, 30, 1), (20, np.nan, 9), (10, 20, 8)], impute="mean"))

    assert whole.choices.imputations == ("as_given",)
    assert gap.choices.imputations == ("as_given", "reweight", "median", "worst")
    assert ("imputation" in gap.drivers.inputs, "imputation" in whole.drivers.inputs) == (
        True,
        False,
    )


def test_of_a_single_unit_nothing_is_said():
    index = index_of([(30, 30, 1), (np.nan, np.nan, np.nan)], normalise="goalposts")

    assert certainty(index) is None
