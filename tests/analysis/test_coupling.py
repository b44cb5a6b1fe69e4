"""Coupling coordination: published figures, the three definitions, who leads and since when."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ronghe.analysis import coupling as module
from ronghe.analysis.coupling import (
    LEVELS,
    RECOMMENDED,
    Lead,
    coupling_coordination,
    lead_since,
)
from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.wording import say
from ronghe.wording.analysis import say_lead

patient = settings(deadline=None)  # a busy machine is no failure

DEFINITIONS = ("standard", "wang2021", "fan")
GUANGZHOU = Path(__file__).parents[3] / "shared/reference/coupling_ccd_gzma.json"

# Two areas of the Guangzhou social space data (W. Lyu, R package coupling 0.2, vignette ccd):
# population stability, education, occupation, income.
TWO_AREAS = [
    [0.8179733, 0.3246648, 0.6590316, 0.1308531],
    [0.9456379, 0.4391423, 0.7304117, 0.4792905],
]
TWO_AREAS_FOUND = {
    "standard": ([0.8051958, 0.9519923], [0.6237105, 0.7858001]),
    "wang2021": ([0.4722274, 0.6319211], [0.4776480, 0.6402164]),
    "fan": ([0.4593785, 0.5907777], [0.4711049, 0.6190239]),
}

score = st.floats(0, 1)
pairs = st.lists(st.tuples(score, score), min_size=1, max_size=20)
definitions = st.sampled_from(DEFINITIONS)


@st.composite
def tables(draw, least_columns=2):
    k = draw(st.integers(least_columns, 5))
    return draw(st.lists(st.lists(score, min_size=k, max_size=k), min_size=1, max_size=12))


def refused(*args, **kwargs) -> list[Problem]:
    with pytest.raises(ProblemsError) as refusal:
        coupling_coordination(*args, **kwargs)
    return refusal.value.problems


def test_examples_in_the_docstrings_give_what_they_show():
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_two_published_areas_are_reproduced(definition):
    found = coupling_coordination(TWO_AREAS, definition=definition)

    published_c, published_d = TWO_AREAS_FOUND[definition]
    assert_allclose(found.C, published_c, rtol=0, atol=5e-7)
    assert_allclose(found.D, published_d, rtol=0, atol=5e-7)


@pytest.mark.skipif(not GUANGZHOU.exists(), reason=f"{GUANGZHOU.name} is not on this machine")
@pytest.mark.parametrize("definition", DEFINITIONS)
def test_the_published_guangzhou_table_is_reproduced(definition):
    case = json.loads(GUANGZHOU.read_text(encoding="utf-8"))

    found = coupling_coordination(case["inputs"]["U"], definition=definition)

    expected, tolerance = case["expected"][definition], case["tolerance"]["abs"]
    assert_allclose(found.C, expected["C"], rtol=0, atol=tolerance)
    assert_allclose(found.D, expected["D"], rtol=0, atol=tolerance)


def test_the_worked_table_of_the_documentation_holds():
    # docs/methods/coupling.md: C standard, wang2021, fan; D standard, wang2021, fan
    rows = {
        (0.9, 0.9): (1.0, 1.0, 1.0, 0.9487, 0.9487, 0.9487),
        (0.9, 0.6): (0.9798, 0.6831, 0.7, 0.8572, 0.7158, 0.7246),
        (0.8, 0.2): (0.8, 0.3162, 0.4, 0.6325, 0.3976, 0.4472),
        (0.4, 0.1): (0.8, 0.4183, 0.7, 0.4472, 0.3234, 0.4183),
        (0.2, 0.2): (1.0, 1.0, 1.0, 0.4472, 0.4472, 0.4472),
        (0.8, 0.0): (0.0, 0.0, 0.2, 0.0, 0.0, 0.2828),
        (0.0, 0.0): (1.0, 1.0, 1.0, 0.0, 0.0, 0.0),
    }
    found = [coupling_coordination(list(rows), definition=name) for name in DEFINITIONS]

    columns = [result.C for result in found] + [result.D for result in found]
    assert np.column_stack(columns) == pytest.approx(np.array(list(rows.values())), abs=5e-5)


def test_how_high_coupling_comes_out_over_all_pairs_is_as_documented():
    # docs/methods/coupling.md: mean of C, share of C >= 0.8; the first mean is 4 - π
    documented = {"standard": (0.858, 0.75), "wang2021": (0.564, 0.24), "fan": (0.667, 0.36)}
    middles = (np.arange(200) + 0.5) / 200
    pairs = np.array(np.meshgrid(middles, middles)).reshape(2, -1).T

    for definition, (mean, share) in documented.items():
        found = coupling_coordination(pairs, definition=definition)
        assert found.C.mean() == pytest.approx(mean, abs=0.002)
        assert (found.C >= 0.8).mean() == pytest.approx(share, abs=0.005)


def test_weights_enter_development_and_never_coupling():
    plain = coupling_coordination([[0.9, 0.3]])
    weighted = coupling_coordination([[0.9, 0.3]], weights=[0.3, 0.7])

    assert_allclose(weighted.C, plain.C)
    assert (plain.T[0], weighted.T[0]) == pytest.approx((0.6, 0.48))


def test_a_gap_stays_a_gap_and_touches_no_other_unit():
    found = coupling_coordination([[0.5, np.nan], [0.5, 0.5]])

    assert np.isnan([found.C[0], found.T[0], found.D[0], found.leads[0]]).all()
    assert found.level.tolist() == [0, 8]
    assert found.levels()[0] is None
    assert (found.C[1], found.T[1], found.leads[1]) == (1, 0.5, 0)


def test_a_gap_stays_a_gap_even_where_its_subsystem_has_no_weight():
    assert np.isnan(coupling_coordination([[0.5, np.nan]], weights=[1, 0]).D).all()


def test_no_units_give_no_results():
    found = coupling_coordination(np.empty((0, 2)))

    assert (found.D.size, found.levels(), found.leads.size) == (0, (), 0)


def test_subsystems_so_small_that_their_product_vanishes_still_couple():
    found = coupling_coordination([[1e-200, 1e-200, 1e-200]])

    assert_allclose(found.C, [1])


def test_results_cannot_be_written_to():
    found = coupling_coordination([[0.5, 0.6]])

    for array in (found.C, found.T, found.D, found.level, found.leads):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(AttributeError):
        found.C = found.D


@pytest.mark.parametrize("number", range(1, 11))
def test_a_level_begins_exactly_at_its_limit(number):
    limit = LEVELS[number - 1].at_least
    under = np.nextafter(limit, 0) - 1e-6

    found = coupling_coordination([[limit**2] * 2, [max(under, 0) ** 2] * 2])

    assert found.level.tolist() == [number, max(number - 1, 1)]


def test_levels_are_named_in_both_languages_from_worst_to_best():
    best = coupling_coordination([[1, 1]]).levels()[0]

    assert (best.number, best.code, best.zh) == (10, "quality-coordination", "优质协调")
    assert LEVELS[0].zh == "极度失调"
    assert all(level.en for level in LEVELS)


@pytest.mark.parametrize(
    ("first", "second", "side"),
    [(0.7, 0.5, 1), (0.5, 0.7, -1), (0.4, 0.3, 0), (0.6, 0.5, 0), (0.6000001, 0.5, 1)],
)
def test_a_side_leads_when_it_is_ahead_by_more_than_the_tolerance(first, second, side):
    assert coupling_coordination([[first, second]]).leads.tolist() == [side]


def test_the_tolerance_is_stated_in_the_result():
    found = coupling_coordination([[0.7, 0.5]], tolerance=0.2)

    assert (found.leads.tolist(), found.tolerance) == ([0], 0.2)


def test_nobody_leads_among_three_subsystems():
    assert coupling_coordination([[0.1, 0.5, 0.9]]).leads is None


def test_every_score_outside_0_to_1_is_reported_with_its_place():
    problems = refused([[0.5, 1.2], [-0.1, 0.5], [0.3, np.inf]])

    assert [(p.code, p.where.row, p.where.column, p.found) for p in problems] == [
        ("coupling-out-of-range", 1, "2", 1.2),
        ("coupling-out-of-range", 2, "1", -0.1),
        ("coupling-out-of-range", 3, "2", np.inf),
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"subsystems": [[0.5], [0.5]]}, "coupling-shape"),
        ({"subsystems": [0.5, 0.5]}, "coupling-shape"),
        ({"subsystems": [[0.5, 0.5], [0.5]]}, "coupling-shape"),
        ({"subsystems": [["高", "低"]]}, "coupling-shape"),
        ({"subsystems": [[50, 0.5]]}, "coupling-out-of-range"),
        ({"weights": [1]}, "coupling-weights-count"),
        ({"weights": [-0.5, 0.5]}, "coupling-weight"),
        ({"weights": [np.nan, 0.5]}, "coupling-weight"),
        ({"weights": [0.35, 0.6]}, "coupling-weights-sum"),
        ({"definition": "classic"}, "coupling-definition"),
        ({"tolerance": 1}, "coupling-tolerance"),
    ],
)
def test_each_refusal_has_its_code_and_a_sentence_in_both_languages(arguments, code):
    problems = refused(**{"subsystems": [[0.5, 0.5]], **arguments})

    assert [problem.code for problem in problems] == [code]
    assert all(say(problem, language) for problem in problems for language in ("zh", "en"))


def test_all_that_is_wrong_is_reported_together():
    problems = refused([[2, 0.5]], weights=[0.5, 0.6], definition="classic", tolerance=-1)

    assert {problem.code for problem in problems} == {
        "coupling-out-of-range",
        "coupling-weights-sum",
        "coupling-definition",
        "coupling-tolerance",
    }


@patient
@given(table=tables(), definition=definitions)
def test_results_stay_between_0_and_1(table, definition):
    found = coupling_coordination(table, definition=definition)

    for values in (found.C, found.T, found.D):
        assert ((values >= 0) & (values <= 1)).all()
    assert_allclose(found.D, np.sqrt(found.C * found.T))


@patient
@given(value=score, k=st.integers(2, 6), definition=definitions)
def test_equal_subsystems_are_fully_coupled(value, k, definition):
    found = coupling_coordination([[value] * k], definition=definition)

    assert_allclose(found.C, [1])
    assert_allclose(found.D, [np.sqrt(value)], atol=1e-100)


@patient
@given(table=tables(), definition=definitions, data=st.data())
def test_neither_the_order_of_units_nor_of_subsystems_matters(table, definition, data):
    rows = data.draw(st.permutations(range(len(table))))
    columns = data.draw(st.permutations(range(len(table[0]))))

    found = coupling_coordination(table, definition=definition)
    shuffled = coupling_coordination(np.array(table)[np.ix_(rows, columns)], definition=definition)

    assert_allclose(shuffled.C, found.C[list(rows)], atol=1e-9)
    assert_allclose(shuffled.D, found.D[list(rows)], atol=1e-9)


@patient
@given(pairs=pairs)
def test_the_recommended_form_never_couples_a_pair_more_than_the_classic_one(pairs):
    recommended = coupling_coordination(pairs, definition=RECOMMENDED)

    assert (recommended.C <= coupling_coordination(pairs).C + 1e-12).all()


@patient
@given(pairs=pairs, factor=st.floats(0.01, 1))
def test_the_classic_coupling_does_not_see_the_level(pairs, factor):
    normal = np.where(np.array(pairs) < 1e-100, 0, pairs)

    assert_allclose(coupling_coordination(normal * factor).C, coupling_coordination(normal).C)


@patient
@given(pairs=pairs)
def test_swapping_two_sides_swaps_who_leads(pairs):
    found = coupling_coordination(pairs)
    swapped = coupling_coordination([pair[::-1] for pair in pairs])

    assert (swapped.leads == -found.leads).all()


def test_a_lead_counts_from_the_first_period_without_a_break():
    found = lead_since({"2020": [1], "2021": [-1], "2022": [1], "2023": [1]})

    assert found == (Lead(side=1, since="2022", periods=2),)


def test_being_in_step_ends_a_lead_and_is_a_run_itself():
    assert lead_since({"2022": [1], "2023": [0]}) == (Lead(side=0, since="2023", periods=1),)


def test_a_gap_ends_a_run_and_a_gap_in_the_latest_period_says_nothing():
    found = lead_since({"2021": [1, 1], "2022": [np.nan, 1], "2023": [1, np.nan]})

    assert found == (Lead(side=1, since="2023", periods=1), None)


def test_leads_come_straight_from_the_coupling_of_each_period():
    years = {"2022": [[0.9, 0.5], [0.5, 0.9]], "2023": [[0.8, 0.5], [0.6, 0.55]]}

    found = lead_since({year: coupling_coordination(table).leads for year, table in years.items()})

    assert [(lead.side, lead.since) for lead in found] == [(1, "2022"), (0, "2023")]


def test_the_runs_of_the_documentation_hold():
    # docs/methods/coupling.md: four units over four years
    gap = np.nan
    found = lead_since(
        {
            "2020": [1, 1, 1, 1],
            "2021": [-1, 1, gap, 1],
            "2022": [1, 1, -1, 1],
            "2023": [1, 0, -1, gap],
        }
    )

    assert [say_lead(lead) if lead else None for lead in found] == [
        "自2022起连续2期党建领先",
        "自2023起连续1期同步",
        "自2022起连续2期经济领先",
        None,
    ]


def test_no_periods_say_nothing():
    assert lead_since({}) == ()


def test_wrong_leads_are_reported_with_period_and_place():
    with pytest.raises(ProblemsError) as refusal:
        lead_since({"2021": [1, 0], "2022": [1], "2023": [0.5, 2], "2024": None})

    problems = refusal.value.problems
    assert [(p.code, p.details["period"], p.where.row) for p in problems] == [
        ("lead-periods-differ", "2022", None),
        ("lead-value", "2023", 1),
        ("lead-value", "2023", 2),
        ("lead-periods-differ", "2024", None),
    ]
    assert all(say(problem, language) for problem in problems for language in ("zh", "en"))


@patient
@given(
    rows=st.lists(
        st.lists(st.sampled_from([-1.0, 0.0, 1.0, np.nan]), min_size=3, max_size=3),
        min_size=1,
        max_size=8,
    )
)
def test_a_run_is_as_long_as_it_is_unbroken(rows):
    leads = {str(year): row for year, row in enumerate(rows)}

    for at, lead in enumerate(lead_since(leads)):
        history = [row[at] for row in rows]
        if lead is None:
            assert np.isnan(history[-1])
            continue
        assert history[-lead.periods :] == [lead.side] * lead.periods
        assert lead.since == str(len(rows) - lead.periods)
        assert lead.periods == len(rows) or history[-lead.periods - 1] != lead.side


def test_who_leads_is_said_neutrally_in_both_languages():
    lead = Lead(side=1, since="2022", periods=3)

    assert say_lead(lead) == "自2022起连续3期党建领先"
    assert say_lead(lead, "en") == "Party building leads; unbroken since 2022 (periods: 3)"
