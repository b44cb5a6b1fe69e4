"""Building: order of rows, depth, gaps, ranks, refusals, and building again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.analysis.index import Index, Series, Values, build, parse_index, rebuild
from ronghe.wording import say

GAP = float("nan")


def model(**choices: Any):
    tree = [
        {"code": "income", "title": "收入"},
        {"code": "jobs", "title": "就业", "weight": 3},
        {"code": "energy", "title": "能耗", "direction": "less"},
    ]
    children = [
        {"code": "economy", "title": "经济", "children": tree[:2]},
        {"code": "green", "title": "绿色", "children": tree[2:]},
    ]
    return parse_index({"index": "i", "title": "例", "children": children} | choices)


def values(income, jobs, energy, groups=()) -> Values:
    columns = {
        Series(code): np.array(column, dtype=np.float64)
        for code, column in {"income": income, "jobs": jobs, "energy": energy}.items()
    }
    return Values(tuple(f"u{n}" for n in range(len(income))), columns, tuple(groups))


PLAIN = values([10, 20, 30], [5, 15, 10], [8, 4, 6])


def refused(*args, **kwargs) -> list[Problem]:
    with pytest.raises(ProblemsError) as refusal:
        build(*args, **kwargs)
    for problem in refusal.value.problems:
        assert say(problem)
        assert say(problem, "en")
    return refusal.value.problems


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def test_scores_go_up_the_tree_level_by_level():
    index = build(model(), PLAIN)

    assert_allclose(index.scores["economy"], [0, 87.5, 62.5])
    assert_allclose(index.scores["green"], [0, 100, 50])
    assert_allclose(index.totals, [0, 93.75, 56.25])
    assert index.ranks.tolist() == [3, 1, 2]
    assert list(index.scores) == ["economy", "income", "jobs", "green", "energy"]


def test_each_level_has_its_own_mean():
    index = build(model(aggregate=["geometric", "arithmetic"], scale=[1, 100]), PLAIN)

    economy, green = index.scores["economy"], index.scores["green"]
    assert_allclose(economy, (index.scores["income"] + 3 * index.scores["jobs"]) / 4)
    assert_allclose(index.totals, np.sqrt(economy * green))


def test_any_depth_is_possible():
    node: dict[str, Any] = {"code": "income", "title": "收入"}
    for depth in range(12):
        node = {"code": f"g{depth}", "title": "组", "children": [node]}
    deep = parse_index({"index": "i", "title": "例", "children": [node]})

    assert_allclose(build(deep, PLAIN).totals, [0, 50, 100])


def test_figures_are_divided_and_logarithms_taken_after():
    children = [{"code": "rate", "title": "率", "measure": "income", "per": "jobs", "log": True}]
    index = build(parse_index({"index": "i", "title": "例", "children": children}), PLAIN)

    assert_allclose(index.raw[:, 0], np.log([2, 20 / 15, 3]))


def test_a_measure_of_two_periods_makes_two_indicators():
    children = [
        {"code": "now", "title": "今年", "measure": "m"},
        {"code": "before", "title": "上年", "measure": "m", "period": "2022"},
    ]
    two = parse_index({"index": "i", "title": "例", "period": "2023", "children": children})
    columns = {Series("m", "2023"): np.array([1.0, 2]), Series("m", "2022"): np.array([4.0, 3])}

    assert_allclose(build(two, Values(("a", "b"), columns)).totals, [50, 50])


def test_every_step_is_kept():
    index = build(
        model(impute="median", treat="winsorise"), values([1, GAP, 3, 9], *[[1, 2, 3, 4]] * 2)
    )

    assert np.isnan(index.raw[1, 0])
    assert index.imputed[1, 0] == 3
    assert index.filled.tolist()[1] == [True, False, False]
    assert set(index.treatments) == {"income", "jobs", "energy"}
    assert all(treated.method == "none" for treated in index.treatments.values())


def test_a_unit_without_enough_figures_has_no_rank_and_is_named():
    index = build(model(coverage=0.6), values([1, 2, GAP], [1, 2, GAP], [3, 2, 1]))

    assert np.isnan(index.totals[2])
    assert index.ranks.tolist() == [2, 1, 0]
    assert [(p.code, p.found) for p in index.warnings] == [("index-without-total", "u2")]


def test_ranks_go_by_the_published_digits_and_ties_share_the_best():
    near = values([1, 3, 3.001, 5], [1, 3, 3.001, 5], [4, 2, 2, 0])

    assert build(model(decimals=6), near).ranks.tolist() == [4, 3, 2, 1]
    assert build(model(decimals=0), near).ranks.tolist() == [4, 2, 2, 1]


def test_totals_of_0_that_cannot_be_told_apart_are_mentioned():
    index = build(model(aggregate="geometric"), values([0, 1, 2], [1, 0, 2], [1, 2, 0]))

    assert codes(index.warnings) == ["index-zero-totals"]
    assert "[1, 100]" in say(index.warnings[0])


def test_an_indicator_that_stays_wild_is_mentioned():
    wild = [*range(30), 1e3, 1e5]
    calm = list(range(32))

    index = build(model(treat="winsorise", points=1), values(wild, calm, calm))

    assert [(p.code, p.where.path) for p in index.warnings] == [("index-not-tamed", "income")]


@st.composite
def drawn(draw):
    n = draw(st.integers(3, 12))
    figure = st.integers(1, 10_000)
    columns = [
        [1, 2, *draw(st.lists(figure | st.none(), min_size=n - 2, max_size=n - 2))]
        for _ in range(3)
    ]
    groups = draw(st.lists(st.sampled_from("ab"), min_size=n, max_size=n))
    return values(*columns, groups), draw(st.permutations(range(n)))


@given(
    drawn(),
    st.sampled_from(["min_max", "z", "rank", "ratio_to_best"]),
    st.sampled_from(["none", "mean", "group_median"]),
    st.sampled_from(["none", "winsorise", "winsorise_or_log"]),
)
def test_the_order_of_rows_does_not_matter(case, normalise, impute, treat):
    figures, order = case
    chosen = model(normalise=normalise, impute=impute, treat=treat)
    shuffled = Values(
        tuple(figures.units[at] for at in order),
        {series: column[list(order)] for series, column in figures.columns.items()},
        tuple(figures.groups[at] for at in order),
    )

    index = build(chosen, figures)
    again = build(chosen, shuffled)

    assert_allclose(again.totals, index.totals[list(order)], atol=1e-9)
    assert again.ranks.tolist() == index.ranks[list(order)].tolist()


@given(drawn(), st.integers(0, 2), st.integers(1, 1000))
def test_a_unit_that_improves_never_loses_points(case, at, more):
    figures, _ = case
    ranked = model(normalise="rank")
    improved = {series: column.copy() for series, column in figures.columns.items()}
    improved[Series("jobs")][at] += more + 0.5  # never a tie

    before = build(ranked, figures).totals[at]
    after = build(ranked, Values(figures.units, improved, figures.groups)).totals[at]

    assert np.isnan(before) or after >= before - 1e-9


# --- building again ---------------------------------------------------------------------------


def test_building_again_with_nothing_changed_gives_the_same():
    index = build(model(treat="winsorise", scale=[1, 100]), PLAIN)

    again = rebuild(index)

    assert again.model == index.model
    assert again.totals.tolist() == index.totals.tolist()


@pytest.mark.parametrize(
    "change",
    [
        {"normalise": "rank"},
        {"aggregate": "harmonic"},
        {"aggregate": ("geometric", "harmonic")},
        {"impute": "median"},
        {"scale": (1, 10)},
        {"coverage": 0.5},
    ],
)
def test_one_choice_changed_is_the_same_as_building_with_it(change):
    index = build(model(), PLAIN)

    changed: Index = rebuild(index, **change)

    assert changed.totals.tolist() == build(model(**change), PLAIN).totals.tolist()
    assert index.model == model()


def test_weights_are_changed_by_code():
    changed = rebuild(build(model(), PLAIN), weights={"jobs": 1, "green": 3})

    assert_allclose(changed.totals, [0, (75 + 300) / 4, (75 + 150) / 4])


def test_an_unknown_choice_value_or_code_is_refused():
    index = build(model(), PLAIN)
    for change, code in (
        ({"normalise": "magic"}, "not-one-of"),
        ({"normalize": "rank"}, "unknown-key"),
        ({"weights": {"nobody": 1}}, "index-weight-of-none"),
        ({"weights": {"jobs": 0}}, "out-of-range"),
        ({"normalise": "goalposts"}, "index-goalposts-missing"),
    ):
        with pytest.raises(ProblemsError) as refusal:
            rebuild(index, **change)
        assert code in codes(refusal.value.problems)


# --- refusals ---------------------------------------------------------------------------------


def test_figures_that_do_not_fit_are_all_named():
    short = {Series("income"): np.array([1.0]), Series("jobs"): np.array([GAP, GAP])}

    assert codes(refused(model(), Values(("a", "b"), short, ("g",)))) == [
        "index-groups-count",
        "index-values-count",
        "measure-without-values",
        "measure-without-values",
    ]


def test_infinite_figures_name_the_unit():
    (problem,) = refused(model(), values([1, float("inf"), 2], [1, 2, 3], [1, 2, 3]))

    assert (problem.code, problem.found, problem.where.path) == (
        "index-value-infinite",
        "u1",
        "income",
    )


def test_groups_are_needed_where_gaps_are_filled_by_group():
    assert codes(refused(model(impute="group_mean"), PLAIN)) == ["index-groups-missing"]


def test_divisors_and_logarithms_need_figures_above_0():
    children = [
        {"code": "a", "title": "甲", "measure": "income", "per": "jobs"},
        {"code": "b", "title": "乙", "measure": "energy", "log": True},
    ]
    chosen = parse_index({"index": "i", "title": "例", "children": children})

    assert codes(refused(chosen, values([1, 2], [0, 1], [-1, 3]))) == [
        "index-divisor-not-positive",
        "index-log-not-positive",
    ]


@pytest.mark.parametrize("normalise", ["min_max", "z", "rank"])
def test_an_indicator_that_tells_nobody_apart_is_refused(normalise):
    problems = refused(model(normalise=normalise), values([7, 7], [1, 2], [GAP, 1]))

    assert [(p.code, p.where.path) for p in problems] == [
        ("index-no-spread", "income"),
        ("index-no-spread", "energy"),
    ]


def test_figures_that_differ_by_rounding_alone_are_the_same():
    problems = refused(model(), values([0.3, 0.1 + 0.2], [1, 2], [2, 1]))

    assert [(p.code, p.where.path) for p in problems] == [("index-no-spread", "income")]


def test_a_model_that_contradicts_itself_is_refused():
    unchecked = model().model_copy(update={"normalise": "goalposts"})

    assert codes(refused(unchecked, PLAIN)) == ["index-goalposts-missing"] * 3


def test_ratios_need_positive_figures():
    problems = refused(model(normalise="ratio_to_best"), values([0, 0], [-1, 2], [0, 1]))

    assert codes(problems) == ["index-ratio-not-positive"] * 3


def test_negative_scores_are_refused_under_a_geometric_mean():
    (problem,) = refused(model(normalise="z", aggregate=["arithmetic", "geometric"]), PLAIN)

    assert (problem.code, problem.where.path) == ("index-negative-score", "income")
