"""CRITIC weights: the published example, degenerate columns, refusals."""

from __future__ import annotations

import doctest
import json
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.weighting import critic
from ronghe.wording import say

patient = settings(deadline=None)  # a busy machine is no failure

DIAKOULAKI = Path(__file__).parents[4] / "shared/reference/critic_diakoulaki1995.json"

# Diakoulaki, Mavrotas, Papayannakis (1995), Computers & Operations Research 22(7), 763-770:
# eight firms, profitability, market share, productivity.
FIRMS = [
    [61, 1.08, 4.33],
    [20.7, 0.26, 4.34],
    [16.3, 1.98, 2.53],
    [9, 3.29, 1.65],
    [5.4, 2.77, 2.33],
    [4, 4.12, 1.21],
    [-6.1, 3.52, 2.1],
    [-34.6, 3.31, 0.98],
]

amount = st.integers(-1000, 1000)


@st.composite
def tables(draw):
    """Tables in which the columns conflict, whatever the first rows are."""
    k = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(amount, min_size=k, max_size=k), min_size=1, max_size=8))
    corners = 3000 * np.eye(k)
    return np.array([*rows, *corners.tolist()])


def more(table) -> list[str]:
    return ["more"] * np.shape(table)[1]


def test_examples_in_the_docstrings_give_what_they_show():
    assert doctest.testmod(import_module("ronghe.analysis.weighting.critic")).failed == 0


def test_the_published_firms_are_reproduced():
    published = [0.20222554, 0.48090173, 0.31687273]

    assert_allclose(critic(FIRMS, more(FIRMS)), published, rtol=0, atol=1e-7)


@pytest.mark.skipif(not DIAKOULAKI.exists(), reason=f"{DIAKOULAKI.name} is not on this machine")
def test_the_published_reference_case_is_reproduced():
    case = json.loads(DIAKOULAKI.read_text(encoding="utf-8"))
    directions = [{"max": "more", "min": "less"}[kind] for kind in case["inputs"]["types"]]

    found = critic(case["inputs"]["matrix"], directions)

    tolerance = case["tolerance"]["abs"]
    assert_allclose(found, case["expected"]["weights"], rtol=0, atol=tolerance)


def test_it_is_contrast_times_conflict():
    table = np.array(FIRMS)
    scaled = (table - table.min(axis=0)) / np.ptp(table, axis=0)
    told = scaled.std(axis=0) * (1 - np.corrcoef(scaled.T)).sum(axis=0)

    assert_allclose(critic(FIRMS, more(FIRMS)), told / told.sum())


def test_a_constant_column_weighs_nothing_and_changes_nothing():
    wider = [[*row, 5] for row in FIRMS]

    found = critic(wider, more(wider))

    assert found[3] == 0
    assert_allclose(found[:3], critic(FIRMS, more(FIRMS)))


def test_the_only_column_that_varies_has_all_the_weight():
    assert critic([[1, 4], [2, 4]], ["more", "more"]).tolist() == [1, 0]


@pytest.mark.parametrize("table", [[[3], [3]], [[1], [2]], [[1]]])
def test_a_single_column_has_all_the_weight(table):
    assert critic(table, ["more"]).tolist() == [1]


@pytest.mark.parametrize(
    "table",
    [
        [[1, 2, 3]],
        [[4, 5], [4, 5]],
        [[1, 10], [2, 20], [3, 30]],
        [[0.1, 0.7], [0.2, 1.4], [0.4, 2.8]],
    ],
)
def test_without_differences_or_conflict_there_is_nothing_to_go_by(table):
    with pytest.raises(ProblemsError) as refusal:
        critic(table, more(table))

    problem = refusal.value.problems[0]
    assert problem.code == "weighting-no-information"
    assert say(problem)
    assert say(problem, "en")


def test_gaps_are_refused_with_their_places():
    with pytest.raises(ProblemsError) as refusal:
        critic([[1, np.nan], [2, 3], [np.nan, 5]], ["more", "less"])

    problems = refusal.value.problems
    assert [(p.code, p.where.row, p.where.column) for p in problems] == [
        ("weighting-gap", 1, "2"),
        ("weighting-gap", 3, "1"),
    ]


@patient
@given(table=tables())
def test_weights_are_not_negative_and_add_up_to_1(table):
    found = critic(table, more(table))

    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1)


@patient
@given(table=tables(), data=st.data())
def test_neither_the_order_of_units_nor_of_indicators_matters(table, data):
    rows = data.draw(st.permutations(range(len(table))))
    columns = data.draw(st.permutations(range(table.shape[1])))

    found = critic(table, more(table))

    shuffled = critic(table[np.ix_(rows, columns)], more(table))
    assert_allclose(shuffled, found[columns], atol=1e-9)


@patient
@given(table=tables(), factor=st.sampled_from([1e-6, 3, 1e300]), shift=st.integers(-50, 50))
def test_neither_unit_nor_origin_matters(table, factor, shift):
    moved = (table + shift) * np.array([factor] + [1] * (table.shape[1] - 1))

    assert_allclose(critic(moved, more(table)), critic(table, more(table)), atol=1e-9)


@patient
@given(table=tables())
def test_less_is_better_is_the_mirror_of_more(table):
    mirrored = critic(-table, ["less"] * table.shape[1])

    assert_allclose(mirrored, critic(table, more(table)), atol=1e-9)
