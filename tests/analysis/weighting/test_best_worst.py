"""The linear best-worst method: the published car example, contradictions, refusals."""

from __future__ import annotations

import doctest
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.analysis.weighting import best_worst
from ronghe.wording import say

patient = settings(deadline=None)  # a busy machine is no failure

# Rezaei's car (quality, price, comfort, safety, style), Omega 53 (2015) and 64 (2016), with the
# linear weights that the R package BWM 0.1.0 (J. Tomczak) publishes for the model of 2016.
CONSISTENT = ([2, 1, 4, 2, 8], [4, 8, 2, 4, 1])
CAR = ([2, 1, 4, 3, 8], [4, 8, 2, 3, 1])


@st.composite
def opinions(draw):
    """Comparisons of 3 to 6 criteria, the first the only best, the last the only worst."""
    middle = draw(st.integers(1, 4))
    top = draw(st.integers(2, 9))
    answers = st.lists(st.integers(2, top), min_size=middle, max_size=middle)
    return [1, *draw(answers), top], [top, *draw(answers), 1]


def refused(best_to_others, others_to_worst) -> list[Problem]:
    with pytest.raises(ProblemsError) as refusal:
        best_worst(best_to_others, others_to_worst)
    return refusal.value.problems


def test_examples_in_the_docstrings_give_what_they_show():
    assert doctest.testmod(import_module("ronghe.analysis.weighting.best_worst")).failed == 0


def test_the_consistent_car_is_reproduced():
    found = best_worst(*CONSISTENT)

    published = [0.21052632, 0.42105263, 0.10526316, 0.21052632, 0.05263158]
    assert_allclose(found.weights, published, rtol=0, atol=1e-7)
    assert found.xi == pytest.approx(0, abs=1e-9)
    assert (found.input_consistency, found.least_consistent) == (0, None)


def test_the_inconsistent_car_is_reproduced():
    found = best_worst(*CAR)

    published = [0.22950820, 0.44808743, 0.11475410, 0.15300546, 0.05464481]
    assert_allclose(found.weights, published, rtol=0, atol=1e-7)
    assert found.xi == pytest.approx(2 / 183)


def test_the_least_consistent_criterion_is_named():
    # safety: 3 × 3 = 9 where best over worst is 8; |9 - 8| / (8² - 8)
    found = best_worst(*CAR)

    assert found.input_consistency == pytest.approx(1 / 56)
    assert found.least_consistent == 3


def test_the_transport_example_deviates_by_the_least_possible():
    # Rezaei (2015): load flexibility, accessibility, cost. The optimum by hand: 2, 9, 17 of 28.
    found = best_worst([8, 2, 1], [1, 5, 8])

    assert_allclose(found.weights, np.array([2, 9, 17]) / 28)
    assert found.xi == pytest.approx(1 / 28)


def test_a_single_criterion_has_all_the_weight():
    found = best_worst([1], [1])

    assert (found.weights.tolist(), found.xi, found.best, found.worst) == ([1], 0, 0, 0)


def test_criteria_that_are_all_alike_weigh_the_same():
    assert_allclose(best_worst([1, 1, 1], [1, 1, 1]).weights, 1 / 3)


def test_of_several_best_the_one_further_from_the_worst_is_taken():
    found = best_worst([1, 1, 4, 2], [2, 4, 1, 2])

    assert (found.best, found.worst) == (1, 2)


@patient
@given(shares=st.lists(st.integers(2, 8), min_size=1, max_size=5))
def test_consistent_comparisons_give_their_weights_back(shares):
    parts = np.array([1, *shares, 9])

    found = best_worst(9 / parts, parts)

    assert_allclose(found.weights, parts / parts.sum(), atol=1e-7)
    assert found.xi == pytest.approx(0, abs=1e-7)


@patient
@given(opinion=opinions())
def test_weights_are_not_negative_and_add_up_to_1(opinion):
    found = best_worst(*opinion)

    assert (found.weights >= 0).all()
    assert found.weights.sum() == pytest.approx(1)
    assert 0 <= found.input_consistency <= 1


@patient
@given(opinion=opinions())
def test_no_deviation_exceeds_xi(opinion):
    found = best_worst(*opinion)

    best, worst = found.weights[found.best], found.weights[found.worst]
    over_others, over_worst = np.array(opinion)
    assert np.abs(best - over_others * found.weights).max() <= found.xi + 1e-9
    assert np.abs(found.weights - over_worst * worst).max() <= found.xi + 1e-9


@patient
@given(opinion=opinions(), data=st.data())
def test_the_order_of_criteria_does_not_matter(opinion, data):
    order = data.draw(st.permutations(range(len(opinion[0]))))

    found = best_worst(*opinion)
    shuffled = best_worst(*([row[at] for at in order] for row in opinion))

    assert_allclose(shuffled.weights, found.weights[order], atol=1e-7)
    assert shuffled.xi == pytest.approx(found.xi, abs=1e-7)


@pytest.mark.parametrize(
    ("best_to_others", "others_to_worst", "codes"),
    [
        ([1, 2], [2, 1, 1], ["best-worst-lengths"]),
        ([], [], ["best-worst-lengths"]),
        ([[1, 2]], [[2, 1]], ["best-worst-lengths"]),
        ([1, 2, "多"], [2, 1, 1], ["best-worst-lengths"]),
        ([1, 0.5], [2, 1], ["best-worst-scale"]),
        ([1, 10], [np.nan, 1], ["best-worst-scale", "best-worst-scale"]),
        ([2, 3], [3, 2], ["best-worst-no-best", "best-worst-no-worst"]),
        ([1, 2, 5], [4, 2, 1], ["best-worst-two-answers"]),
        ([1, 6, 5], [5, 2, 1], ["best-worst-exceeds"]),
    ],
)
def test_what_contradicts_the_method_is_refused_with_a_sentence(
    best_to_others, others_to_worst, codes
):
    problems = refused(best_to_others, others_to_worst)

    assert [problem.code for problem in problems] == codes
    assert all(say(problem, language) for problem in problems for language in ("zh", "en"))


def test_refusals_name_the_place():
    problems = refused([1, 0.5, 11], [9, 3, 1])

    assert [(p.where.path, p.found) for p in problems] == [
        ("best_to_others[2]", 0.5),
        ("best_to_others[3]", 11),
    ]
