"""Aggregation: the means of the handbook, gaps, coverage, and what always holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.analysis.index.aggregate import MEANS, aggregate
from ronghe.analysis.index.impute import impute

GAP = float("nan")
score = st.integers(0, 10_000).map(lambda whole: whole / 100)


@st.composite
def tables(draw):
    k = draw(st.integers(1, 5))
    rows = draw(
        st.lists(st.lists(score | st.none(), min_size=k, max_size=k), min_size=1, max_size=8)
    )
    weights = draw(st.lists(st.integers(1, 9), min_size=k, max_size=k))
    return np.array(rows, dtype=np.float64).reshape(-1, k), np.array(weights, dtype=np.float64)


def whole(row, mean, weights=None, coverage=0.0):
    weights = np.ones(len(row)) if weights is None else np.array(weights, dtype=np.float64)
    return aggregate(np.array([row], dtype=np.float64), weights, mean, coverage)[0]


def test_the_example_of_the_handbook_is_reproduced():
    # OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 6 on full and
    # constant compensability: 21, 1, 1, 1 against 6, 6, 6, 6.
    assert whole([21, 1, 1, 1], "arithmetic") == pytest.approx(6)
    assert whole([6, 6, 6, 6], "arithmetic") == pytest.approx(6)
    assert round(whole([21, 1, 1, 1], "geometric"), 2) == 2.14
    assert whole([6, 6, 6, 6], "geometric") == pytest.approx(6)


def test_only_proportions_of_weights_count():
    for mean in MEANS:
        assert whole([10, 40], mean, [2, 6]) == pytest.approx(whole([10, 40], mean, [1, 3]))


def test_one_part_of_0_makes_a_geometric_or_harmonic_whole_0():
    assert [whole([0, 100], mean) for mean in MEANS] == [50, 0, 0]


def test_the_weight_of_a_gap_goes_to_the_others_in_proportion():
    assert whole([GAP, 10, 40], "arithmetic", [4, 2, 1]) == pytest.approx(20)


def test_too_little_present_gives_no_whole():
    assert whole([GAP, 30], "arithmetic", [1, 1], coverage=0.5) == 30
    assert np.isnan(whole([GAP, 30], "arithmetic", [2, 1], coverage=0.5))
    assert np.isnan(whole([GAP, GAP], "geometric"))


@given(tables())
def test_a_whole_lies_between_its_parts_and_stricter_means_give_less(table):
    scores, weights = table
    found = [aggregate(scores, weights, mean) for mean in ("harmonic", "geometric", "arithmetic")]

    for row, values in zip(scores, np.column_stack(found), strict=True):
        present = row[np.isfinite(row)]
        if not len(present):
            assert np.isnan(values).all()
        else:
            assert present.min() - 1e-6 <= values[0] <= values[1] + 1e-6
            assert values[1] - 1e-6 <= values[2] <= present.max() + 1e-6


@pytest.mark.parametrize("mean", MEANS)
@given(table=tables(), more=st.integers(0, 50))
def test_a_whole_never_falls_when_a_part_rises(mean, table, more):
    scores, weights = table
    risen = scores.copy()
    risen[:, 0] += more

    before, after = (aggregate(each, weights, mean) for each in (scores, risen))

    assert (np.isnan(before) | (after >= before - 1e-9)).all()


def test_gaps_are_filled_from_all_units_or_from_the_same_group():
    cells = np.array([[1.0], [2.0], [GAP], [9.0], [GAP]])
    groups = ["east", "east", "east", "west", "none"]

    filled = {
        choice: impute(cells, choice, groups)[:, 0].tolist()
        for choice in ("mean", "median", "group_mean", "group_median")
    }

    assert filled["mean"] == [1, 2, 4, 9, 4]
    assert filled["median"] == [1, 2, 2, 9, 2]
    assert filled["group_mean"][:4] == filled["group_median"][:4] == [1, 2, 1.5, 9]
    assert np.isnan(filled["group_mean"][4])
