"""Gini and Theil: published and hand-made figures, decomposition, gaps, refusals."""

from __future__ import annotations

import doctest
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.analysis import inequality as module
from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.inequality import Theil, gini, theil
from ronghe.wording import say

patient = settings(deadline=None)  # a busy machine is no failure

amount = st.one_of(st.just(0.0), st.floats(0.01, 1e6))
weight = st.floats(0.1, 1e4)
amounts = st.lists(amount, min_size=1, max_size=25)


@st.composite
def populations(draw):
    """Values with weights and groups."""
    rows = draw(st.lists(st.tuples(amount, weight, st.sampled_from("东西南")), min_size=1))
    return tuple(list(column) for column in zip(*rows, strict=True))


def refused(call) -> list:
    with pytest.raises(ProblemsError) as refusal:
        call()
    problems = refusal.value.problems
    assert all(say(problem, language) for problem in problems for language in ("zh", "en"))
    return problems


def test_examples_in_the_docstrings_give_what_they_show():
    assert doctest.testmod(module).failed == 0


def test_the_textbook_market_is_reproduced():
    # Dörsam P. (2004), Wirtschaftsstatistik anschaulich dargestellt: four firms' sales.
    assert gini([20, 50, 20, 10]) == pytest.approx(0.3)


def test_the_textbook_regions_are_reproduced():
    # Störmann W. (2009), Regionalökonomik: five regional incomes; T by its formula.
    incomes = [10, 10, 10, 20, 50]

    assert gini(incomes) == pytest.approx(0.36)
    assert theil(incomes).total == pytest.approx(0.3 * math.log(0.5) + 0.5 * math.log(2.5))


def test_the_worked_table_of_the_documentation_holds():
    # docs/methods/inequality.md: income a head of four townships and their population
    incomes, people = [1.2, 1.8, 2.4, 4.0], [3, 2, 4, 1]
    found = theil(incomes, groups=["山区", "山区", "平原", "平原"], weights=people)

    assert gini(incomes, people) == pytest.approx(0.2019, abs=5e-5)
    figures = (found.total, found.between, found.within)
    assert figures == pytest.approx((0.0716, 0.0481, 0.0235), abs=5e-5)
    mountains, plain = found.groups
    assert (mountains.theil, plain.theil) == pytest.approx((0.0204, 0.0251), abs=5e-5)
    assert (mountains.within, plain.within) == pytest.approx((0.0071, 0.0164), abs=5e-5)
    assert (mountains.value_share, plain.value_share) == pytest.approx((0.3462, 0.6538), abs=5e-5)


@pytest.mark.parametrize("n", [1, 2, 10])
def test_one_unit_with_everything_is_the_most_unequal(n):
    values = [0] * (n - 1) + [7]

    assert gini(values) == pytest.approx(1 - 1 / n)
    assert theil(values).total == pytest.approx(math.log(n))


@pytest.mark.parametrize("values", [[5], [0], [0, 0, 0], [3, 3, 3], [0.1] * 7])
def test_equal_values_have_no_inequality_at_all(values):
    assert gini(values) == 0
    assert theil(values).total == pytest.approx(0, abs=1e-15)


def test_all_zero_values_have_no_inequality_in_any_group():
    found = theil([0, 0, 0], groups=["东", "东", "西"])

    assert (found.total, found.between, found.within) == (0, 0, 0)
    assert [(g.value_share, g.theil) for g in found.groups] == [(2 / 3, 0), (1 / 3, 0)]


def test_a_group_without_value_has_no_inequality_of_its_own():
    found = theil([0, 0, 4, 4], groups=["东", "东", "西", "西"])

    assert (found.total, found.between) == pytest.approx((math.log(2), math.log(2)))
    assert [group.theil for group in found.groups] == pytest.approx([0, 0])


def test_a_unit_with_a_gap_is_left_out_with_its_weight_and_group():
    values, people = [1, math.nan, 3], [1, 50, 2]

    assert gini(values, people) == gini([1, 3], [1, 2])
    assert theil(values, ["东", "南", "西"], people) == theil([1, 3], ["东", "西"], [1, 2])


@pytest.mark.parametrize("values", [[], [math.nan, math.nan]])
def test_no_values_give_no_figure(values):
    assert math.isnan(gini(values))
    assert math.isnan(theil(values).total)
    assert theil(values, groups=["东"] * len(values)).groups == ()


def test_without_groups_all_inequality_is_within():
    found = theil([1, 2, 3])

    assert found == Theil(found.total, 0, found.total, ())


def test_groups_keep_the_order_in_which_they_appear():
    found = theil([1, 2, 3, 4], groups=["乡", "镇", "乡", "村"])

    assert [group.group for group in found.groups] == ["乡", "镇", "村"]


def test_very_large_and_very_small_values_do_not_overflow():
    assert gini([1e308, 1e308, 0], [1e308, 1e308, 1e308]) == pytest.approx(1 / 3)
    assert gini([5e-324, 0]) == pytest.approx(0.5)
    assert theil([1e308, 1e308, 0]).total == pytest.approx(math.log(1.5))


@patient
@given(values=amounts)
def test_the_gini_coefficient_is_half_the_mean_difference_over_the_mean(values):
    spread = np.abs(np.subtract.outer(values, values)).mean()
    expected = spread / (2 * np.mean(values)) if any(values) else 0

    assert gini(values) == pytest.approx(expected, abs=1e-12)
    assert 0 <= gini(values) < 1


@patient
@given(values=amounts)
def test_theil_follows_its_formula_and_stays_within_its_bounds(values):
    shares = [value / sum(values) for value in values] if any(values) else []
    expected = sum(s * math.log(s * len(values)) for s in shares if s > 0)

    found = theil(values).total
    assert found == pytest.approx(expected, abs=1e-9)
    assert 0 <= found <= math.log(len(values)) + 1e-9


@patient
@given(population=populations())
def test_theil_adds_up_over_groups(population):
    values, people, groups = population

    found = theil(values, groups, people)

    assert found.total == pytest.approx(theil(values, weights=people).total)
    assert found.between + found.within == pytest.approx(found.total, abs=1e-9)
    assert min(found.between, found.within) >= 0
    assert sum(group.within for group in found.groups) == pytest.approx(found.within)
    assert sum(group.between for group in found.groups) == pytest.approx(found.between, abs=1e-9)
    assert sum(group.population_share for group in found.groups) == pytest.approx(1)
    assert sum(group.value_share for group in found.groups) == pytest.approx(1)


@patient
@given(population=populations())
def test_a_groups_own_inequality_is_that_of_its_units_alone(population):
    values, people, groups = population

    for group in theil(values, groups, people).groups:
        inside = [at for at, name in enumerate(groups) if name == group.group]
        alone = theil([values[at] for at in inside], weights=[people[at] for at in inside])
        assert group.theil == pytest.approx(alone.total if group.value_share else 0, abs=1e-9)


@patient
@given(values=amounts, factor=st.floats(1e-3, 1e3))
def test_the_unit_of_measurement_does_not_matter(values, factor):
    scaled = [value * factor for value in values]

    assert gini(scaled) == pytest.approx(gini(values), abs=1e-9)
    assert theil(scaled).total == pytest.approx(theil(values).total, abs=1e-9)


@patient
@given(values=amounts, data=st.data())
def test_the_order_of_units_does_not_matter(values, data):
    shuffled = data.draw(st.permutations(values))

    assert gini(shuffled) == pytest.approx(gini(values), abs=1e-12)
    assert theil(shuffled).total == pytest.approx(theil(values).total, abs=1e-12)


@patient
@given(rows=st.lists(st.tuples(amount, st.integers(1, 4)), min_size=1, max_size=8))
def test_a_weight_of_2_is_two_units(rows):
    values, times = zip(*rows, strict=True)
    repeated = np.repeat(values, times)

    assert gini(values, times) == pytest.approx(gini(repeated), abs=1e-9)
    assert theil(values, weights=times).total == pytest.approx(theil(repeated).total, abs=1e-9)


@pytest.mark.parametrize(
    ("values", "weights", "codes"),
    [
        ([[1, 2]], None, ["inequality-shape"]),
        ([1, -2, math.inf], None, ["inequality-value", "inequality-value"]),
        ([1, 2], [1], ["inequality-weights-count"]),
        ([1, 2], [-1, math.nan], ["inequality-weight", "inequality-weight"]),
        ([1, 2], [0, 0], ["inequality-no-weight"]),
        ([math.nan, 2], [1, 0], ["inequality-no-weight"]),
    ],
)
def test_what_cannot_be_measured_is_refused_with_a_sentence(values, weights, codes):
    for measure in (gini, lambda values, weights: theil(values, None, weights)):
        problems = refused(lambda measure=measure: measure(values, weights))
        assert [problem.code for problem in problems] == codes


def test_units_without_a_group_are_named():
    problems = refused(lambda: theil([1, 2, 3], groups=["东", "", None]))

    assert [(p.code, p.where.row) for p in problems] == [
        ("inequality-group", 2),
        ("inequality-group", 3),
    ]


def test_all_that_is_wrong_is_reported_together():
    problems = refused(lambda: theil([-1, 2], groups=["东"], weights=[1, 1, 1]))

    assert [problem.code for problem in problems] == [
        "inequality-value",
        "inequality-weights-count",
        "inequality-groups-count",
    ]
