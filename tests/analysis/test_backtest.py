"""The back-test: the worked table of its page, textbook values, and the engine's totals."""

from __future__ import annotations

import doctest
from dataclasses import replace
from fractions import Fraction
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.analysis.backtest import (
    Outcome,
    Reweighing,
    backtest,
    compare,
    ranks,
)
from ronghe.analysis.backtest.spread import redundant, spearman
from ronghe.analysis.backtest.weights import dependence
from ronghe.analysis.errors import ProblemsError
from ronghe.wording import say
from run_on_rows import engine_outcome
from trial_outcomes import leaf, outcome_of, scheme_of


@pytest.fixture
def worked() -> Outcome:
    """Return the worked example of ``docs/methods/backtest.md``: 甲, 乙, 丙, 丁."""
    scheme = scheme_of(leaf("a", 60), leaf("b", 40))
    return outcome_of(scheme, [[60, 0], [30, 40], [45, 20], [0, 40]])


def test_examples_in_the_docstrings_give_what_they_show():
    for module in ("ranks", "spread"):
        imported = import_module(f"ronghe.analysis.backtest.{module}")
        assert doctest.testmod(imported, extraglobs={"np": np}).failed == 0


def test_the_spread_of_the_worked_example(worked):
    a, b = backtest(worked, draws=1).spreads

    assert (a.least, a.lower, a.middle, a.upper, a.most) == (0, 22.5, 37.5, 48.75, 60)
    assert a.deviation == pytest.approx(22.185, abs=0.001)
    assert (a.share, a.at_full, a.at_zero) == (0.5625, 0.25, 0.25)
    assert b.deviation == pytest.approx(16.583, abs=0.001)
    assert (b.share, b.at_full, b.at_zero) == (0.625, 0.5, 0.25)
    assert (a.weight, b.weight) == (0.6, 0.4)


def test_the_influence_of_the_worked_example_shows_that_b_works_against_the_order(worked):
    a, b = backtest(worked, draws=1).spreads

    assert a.influence == pytest.approx(693.75 / 518.75)
    assert b.influence == pytest.approx(-175 / 518.75)


def test_leaving_out_an_indicator_of_the_worked_example_moves_units(worked):
    removals = backtest(worked, draws=1).removals

    assert [(r.indicator.code, r.moved, r.furthest) for r in removals] == [("a", 3, 3), ("b", 2, 2)]


def test_equal_weights_in_the_worked_example(worked):
    equal = backtest(worked, draws=1).equal

    assert {m.unit: (m.rank, m.former) for m in equal.movers} == {
        "u0": (3, 3),
        "u1": (1, 1),
        "u2": (2, 2),
        "u3": (4, 3),
    }
    assert equal.correlation == pytest.approx(5 / np.sqrt(6 * 5))
    assert equal.moved == 1


def test_weights_reverse_the_pairs_of_the_worked_example_as_often_as_theory_says(worked):
    """甲 passes 乙 and 丙 where 60a / (60a + 40b) > 2/3, that is in 1/24 of all draws."""
    found = backtest(worked, draws=40_000).dependence

    assert (found.pairs, found.sampled) == (6, False)
    assert found.reversed == pytest.approx(3 / 6 / 24, rel=0.1)
    assert found.undecided == 0
    assert [(i.unit, i.rank, i.low, i.high, i.best, i.worst) for i in found.intervals] == [
        ("u1", 1, 1, 1, 1, 3),
        ("u2", 2, 2, 2, 2, 2),
        ("u0", 3, 3, 3, 1, 3),
        ("u3", 4, 4, 4, 4, 4),
    ]


def test_a_wider_spread_leaves_more_pairs_undecided(worked):
    wide = backtest(worked, draws=2000, spread=0.5).dependence

    assert wide.undecided >= 0.5
    assert wide.reversed > backtest(worked, draws=2000).dependence.reversed


def test_spearman_gives_the_textbook_value():
    """Ten persons' intelligence and hours before a screen: rho = -29/165."""
    intelligence = np.array([106, 86, 100, 101, 99, 103, 97, 113, 112, 110], dtype=np.float64)
    hours = np.array([7, 0, 27, 50, 28, 29, 20, 12, 6, 17], dtype=np.float64)

    assert spearman(intelligence, hours) == pytest.approx(-29 / 165)


def test_pairs_in_the_same_and_in_opposite_order_are_found():
    rising = [float(n) for n in range(1, 7)]
    scheme = scheme_of(*(leaf(code, 25) for code in "abcd"))
    other = [3.0, 1.0, 4.0, 1.5, 5.0, 2.0]
    columns = [rising, [2 * v for v in rising], [9 - v for v in rising], other]

    pairs = redundant(outcome_of(scheme, np.array(columns).T.tolist()))

    assert [(p.one.code, p.other.code, p.correlation) for p in pairs] == [
        ("a", "b", 1.0),
        ("a", "c", -1.0),
        ("b", "c", -1.0),
    ]


def test_too_few_common_units_are_never_redundant():
    scheme = scheme_of(leaf("a", 50), leaf("b", 50))
    points = [[1, 1], [2, 2], [3, 3], [4, 4], [5, np.nan], [np.nan, 6]]

    assert redundant(outcome_of(scheme, points)) == ()


def test_ranks_are_shared_and_count_within_groups():
    totals = np.array([[90.0, 80.0, 80.0, 70.0, 99.0]])

    assert ranks(totals, ("a", "a", "a", "a", "b")).tolist() == [[1, 2, 2, 4, 1]]


def test_what_the_data_show_becomes_warnings_in_both_languages():
    scheme = scheme_of(*(leaf(code, 25) for code in "abcd"))
    rising = np.arange(1.0, 11.0)
    columns = [np.full(10, 25.0), np.where(rising > 8, 10.0, 25.0), np.where(rising > 8, 5.0, 0.0)]
    points = np.column_stack([*columns, rising]).tolist()

    found = backtest(outcome_of(scheme, points), draws=1).findings

    assert {(p.code, str(p.details["title"])) for p in found} >= {
        ("no-spread", "a"),
        ("saturated-at-full", "b"),
        ("saturated-at-zero", "c"),
    }
    assert all(p.severity == "warning" for p in found)
    assert all(say(p, language) for p in found for language in ("zh", "en"))


def test_an_indicator_that_moves_nobody_and_weighs_nothing_adds_nothing():
    scheme = scheme_of(leaf("a", 60), leaf("b", 40))
    points = [[10.0 * n, 20 + 0.01 * (n % 2)] for n in range(6)]

    found = backtest(outcome_of(scheme, points), draws=1).findings

    assert [(p.code, p.where.path) for p in found] == [("adds-nothing", "indicators.b")]


def test_gaps_of_an_indicator_that_needs_data_are_counted():
    scheme = scheme_of(leaf("a", 60, missing="error"), leaf("b", 40))
    points = [[np.nan, 10], [30, 20], [20, 25], [50, np.nan], [45, 38]]

    found = backtest(outcome_of(scheme, points), draws=1).findings

    assert [(p.code, p.found) for p in found] == [("backtest-gaps", 1)]


def test_units_without_a_total_are_left_out_and_too_few_are_refused(worked):
    one_less = replace(worked, totals=np.array([60, np.nan, 65, 40]))
    two_less = replace(worked, totals=np.array([60, np.nan, np.nan, 40]))

    found = backtest(one_less, draws=1)

    assert (found.left_out, found.outcome.units) == (1, ("u0", "u2", "u3"))
    with pytest.raises(ProblemsError) as refusal:
        backtest(two_less, draws=1)
    assert [p.code for p in refusal.value.problems] == ["backtest-too-few"]


def test_gainers_and_losers_count_among_common_units(worked):
    former = {"u0": 99.0, "u1": 50.0, "u2": 50.0, "u3": float("nan"), "gone": 100.0}

    found = compare(worked, former)

    assert found.units == 3
    assert [(m.unit, m.change) for m in found.movers] == [("u1", 1), ("u2", 0), ("u0", -2)]


def test_a_former_scheme_without_common_units_is_refused(worked):
    with pytest.raises(ProblemsError) as refusal:
        backtest(worked, former={"旧方案": {"x": 1.0}}, draws=1)

    assert [(p.code, p.found) for p in refusal.value.problems] == [
        ("backtest-former-strangers", "旧方案")
    ]


shares = st.lists(st.integers(0, 100) | st.none(), min_size=3, max_size=3)


@settings(deadline=None, max_examples=50)
@given(rows=st.lists(shares, min_size=3, max_size=8), factor=st.integers(1, 9))
def test_multiplying_all_weights_alike_changes_nothing(rows, factor):
    scheme = scheme_of(leaf("a", 20), leaf("b", 30), leaf("c", 50))
    full = [20, 30, 50]
    points = [
        [np.nan if v is None else v * f / 100 for v, f in zip(row, full, strict=True)]
        for row in rows
    ]
    reweighing = Reweighing(outcome_of(scheme, points))

    once, again = reweighing.totals(np.array([[1.0] * 3, [factor / 4] * 3]))

    assert once == pytest.approx(again)
    assert (once >= 0).all()
    assert (once <= 100 + 1e-9).all()


def test_what_the_scheme_gives_for_missing_data_stays(worked):
    lacking = replace(worked, lacking=worked.points == 0)

    assert Reweighing(lacking).totals(np.ones((1, 2)))[0] == pytest.approx(worked.totals)


def test_an_indicator_without_weight_leaves_its_group_out_of_the_sum():
    group = {"code": "g", "title": "组", "points": 10, "counts_as": 40, "children": [leaf("a")]}
    reweighing = Reweighing(outcome_of(scheme_of(group, leaf("b", 60)), [[10, 30]]))
    factors = np.ones((1, 3))
    factors[0, reweighing.columns["a"]] = 0

    assert reweighing.totals(factors).tolist() == [[50.0]]


def test_draws_do_not_depend_on_the_size_of_batches_nor_on_the_run():
    scheme = scheme_of(leaf("a", 60), leaf("b", 40))
    random = np.random.default_rng(7)
    outcome = outcome_of(scheme, (random.random((30, 2)) * [60, 40]).tolist())
    reweighing = Reweighing(outcome)

    one, other = (dependence(outcome, reweighing, draws=50, spread=0.2, seed=3) for _ in range(2))

    assert one == other


def test_of_many_units_a_sample_of_pairs_is_watched():
    scheme = scheme_of(leaf("a", 60), leaf("b", 40))
    random = np.random.default_rng(11)
    outcome = outcome_of(scheme, (random.random((400, 2)) * [60, 40]).tolist())
    outcome = replace(outcome, groups=("a",) * 150 + ("b",) * 249 + ("c",))

    found = dependence(outcome, Reweighing(outcome), draws=5, spread=0.2, seed=1)

    assert (found.pairs, found.sampled) == (20_000, True)
    assert 0 < found.reversed < 0.2


FOLDED = scheme_of(
    {
        "code": "party",
        "title": "党建",
        "points": 40,
        "counts_as": 30,
        "children": [leaf("a"), leaf("b", 30)],
    },
    {
        "code": "economy",
        "title": "经济",
        "points": 100,
        "counts_as": 70,
        "children": [leaf("c", 55), leaf("d", 45)],
    },
    measures=[
        {"code": "m" + code, "title": code, "lowest_level": "township"} for code in "abcdefgh"
    ],
    pools=[
        {"code": "p", "title": "加分", "kind": "bonus", "cap": 5, "items": [leaf("e", 8)]},
        {"code": "q", "title": "扣分", "kind": "penalty", "cap": 9, "items": [leaf("f", 9)]},
    ],
    gates=[
        {
            "code": "g",
            "title": "门槛",
            "source": {"kind": "measure", "measure": "mg"},
            "requires": {"at_least": 50},
            "zeroes": ["party"],
        },
        {
            "code": "h",
            "title": "上限",
            "source": {"kind": "measure", "measure": "mh"},
            "requires": {"at_least": 50},
            "cap_points": 45,
        },
    ],
)

values = st.lists(st.none() | st.integers(0, 100), min_size=8, max_size=8)


@settings(deadline=None, max_examples=10)
@given(rows=st.lists(values, min_size=2, max_size=6))
def test_the_schemes_own_weights_give_the_engines_totals_but_for_rounding(rows):
    units = [
        {"unit": f"u{n}", "name": f"乡镇{n}", "kind": "organisation", "level": "township"}
        for n in range(len(rows))
    ]
    measures = [
        {"unit": f"u{n}", "measure": "m" + code, "period": "2025", "value": Fraction(value)}
        for n, row in enumerate(rows)
        for code, value in zip("abcdefgh", row, strict=True)
        if value is not None
    ]
    rows_by_unit = engine_outcome(FOLDED, {"units": units, "measures": measures})
    held = [rows_by_unit[unit["unit"]] for unit in units]

    def column(name: str) -> list[float]:
        return [np.nan if row[name] is None else float(row[name]) / 1000 for row in held]

    outcome = outcome_of(
        FOLDED,
        np.column_stack([column(f"points__{i.code}") for i in FOLDED.scored()]).tolist(),
        failed=np.array([[row["failed__g"] == 1, row["failed__h"] == 1] for row in held]),
        totals=np.array(column("total")),
    ).ranked()

    totals = Reweighing(outcome).totals(np.ones((1, 6)))[0]

    assert totals == pytest.approx(outcome.totals, abs=0.005)
