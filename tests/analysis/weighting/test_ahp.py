"""AHP: Saaty's published matrices, contradictions, refusals."""

from __future__ import annotations

import doctest
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.analysis.weighting import Triple, ahp
from ronghe.analysis.weighting.ahp import RANDOM_INDEX
from ronghe.wording import say

patient = settings(deadline=None)  # a busy machine is no failure

METHODS = ("eigenvector", "geometric")
SAATY_SCALE = [1 / v for v in range(9, 1, -1)] + list(range(1, 10))

# Saaty (1990), How to make a decision, EJOR 48, 9-26, table 3: buying a house. Size, transport,
# neighbourhood, age, yard, facilities, condition, financing; published: lambda max 9.669,
# consistency index 0.238, ratio 0.17 with his random index of 1.41.
HOUSE = [
    [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4],
    [1 / 5, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
    [1 / 3, 3, 1, 6, 3, 4, 6, 1 / 5],
    [1 / 7, 1 / 5, 1 / 6, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
    [1 / 6, 1 / 3, 1 / 3, 3, 1, 1 / 2, 1 / 5, 1 / 6],
    [1 / 6, 1 / 3, 1 / 4, 4, 2, 1, 1 / 5, 1 / 6],
    [3, 5, 1 / 6, 7, 5, 5, 1, 1 / 2],
    [4, 7, 5, 8, 6, 6, 2, 1],
]

# Saaty (2008), Decision making with the analytic hierarchy process, Int. J. Services Sciences
# 1(1), 83-98: drinks in the US. Coffee, wine, tea, beer, sodas, milk, water.
DRINKS = [
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
]


@st.composite
def reciprocals(draw, least=1):
    n = draw(st.integers(least, 7))
    cells = draw(st.lists(st.sampled_from(SAATY_SCALE), min_size=n * n, max_size=n * n))
    upper = np.array(cells, dtype=float).reshape(n, n)
    np.fill_diagonal(upper, 1)
    return np.triu(upper) + np.tril(1 / upper.T, -1)


def refused(matrix, **kwargs) -> list[Problem]:
    with pytest.raises(ProblemsError) as refusal:
        ahp(matrix, **kwargs)
    return refusal.value.problems


def test_examples_in_the_docstrings_give_what_they_show():
    assert doctest.testmod(import_module("ronghe.analysis.weighting.ahp")).failed == 0


def test_saatys_house_is_reproduced():
    found = ahp(HOUSE)

    published = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert found.weights.round(3).tolist() == published
    assert round(found.lambda_max, 3) == 9.669
    assert round(found.consistency_index, 3) == 0.238
    assert round(found.consistency_ratio, 2) == 0.17
    assert not found.acceptable


def test_saatys_drinks_are_reproduced():
    found = ahp(DRINKS)

    published = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    assert_allclose(found.weights, published, rtol=0, atol=1e-3)
    assert round(found.consistency_ratio, 3) == 0.022
    assert found.acceptable


def test_the_random_index_of_three_criteria_is_that_of_all_scale_matrices():
    a, b, c = np.meshgrid(*[np.array(SAATY_SCALE)] * 3)
    cubic = (a * b / c) ** (1 / 3)
    lambda_max = 1 + cubic + 1 / cubic

    assert RANDOM_INDEX[2] == pytest.approx((lambda_max.mean() - 3) / 2, abs=1e-4)


def test_geometric_weights_are_the_geometric_means_of_the_rows():
    means = np.prod(HOUSE, axis=1) ** (1 / 8)

    assert_allclose(ahp(HOUSE, "geometric").weights, means / means.sum())


def test_the_most_inconsistent_triple_of_the_house_is_named():
    # size : neighbourhood 3, neighbourhood : condition 6, yet size : condition 1/3
    worst = ahp(HOUSE).worst_triple

    assert (worst.i, worst.j, worst.k) == (0, 2, 6)
    assert (worst.stated, worst.implied) == pytest.approx((1 / 3, 18))
    assert worst.inconsistency == pytest.approx(1 - 1 / 54)


def test_two_contradicting_answers_make_the_triple_and_the_ratio():
    found = ahp([[1, 2, 2], [1 / 2, 1, 2], [1 / 2, 1 / 2, 1]])

    assert found.worst_triple == Triple(
        0, 1, 2, pytest.approx(2), pytest.approx(4), pytest.approx(0.5)
    )
    assert 0 < found.consistency_ratio < 0.1


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("matrix", "weights"), [([[1]], [1]), ([[1, 4], [1 / 4, 1]], [0.8, 0.2])])
def test_one_or_two_criteria_are_always_consistent(matrix, weights, method):
    found = ahp(matrix, method)

    assert_allclose(found.weights, weights)
    assert found.lambda_max == pytest.approx(len(matrix))
    assert (found.consistency_ratio, found.worst_triple) == (0, None)


def test_reciprocals_written_with_three_digits_are_accepted_and_evened_out():
    written = [[1, 3, 7], [0.333, 1, 2.333], [0.143, 0.429, 1]]

    assert_allclose(ahp(written).weights, [21 / 31, 7 / 31, 3 / 31], atol=1e-3)


@pytest.mark.parametrize("method", METHODS)
@patient
@given(shares=st.lists(st.floats(1, 100), min_size=1, max_size=10))
def test_consistent_comparisons_give_their_weights_back(method, shares):
    weights = np.array(shares) / sum(shares)

    found = ahp(weights[:, None] / weights, method)

    assert_allclose(found.weights, weights, rtol=1e-9)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.worst_triple is None


def test_comparisons_beyond_any_scale_neither_overflow_nor_lose_weights():
    found = ahp([[1, 1e150, 1e300], [1e-150, 1, 1e150], [1e-300, 1e-150, 1]])

    assert_allclose(found.weights, [1, 1e-150, 1e-300])


@pytest.mark.parametrize("method", METHODS)
@patient
@given(matrix=reciprocals())
def test_weights_are_positive_and_add_up_to_1(method, matrix):
    found = ahp(matrix, method)

    assert (found.weights > 0).all()
    assert found.weights.sum() == pytest.approx(1)
    assert found.lambda_max >= len(matrix)
    assert found.consistency_index >= 0


@pytest.mark.parametrize("method", METHODS)
@patient
@given(matrix=reciprocals(), data=st.data())
def test_the_order_of_criteria_does_not_matter(method, matrix, data):
    order = data.draw(st.permutations(range(len(matrix))))

    found, shuffled = ahp(matrix, method), ahp(matrix[np.ix_(order, order)], method)

    assert_allclose(shuffled.weights, found.weights[order], rtol=1e-7)
    assert shuffled.lambda_max == pytest.approx(found.lambda_max)


@patient
@given(matrix=reciprocals(least=3))
def test_no_triple_is_worse_than_the_one_named(matrix):
    n = len(matrix)
    ratios = [
        matrix[i, j] * matrix[j, k] / matrix[i, k]
        for i in range(n)
        for j in range(i + 1, n)
        for k in range(j + 1, n)
    ]
    worst = max(1 - min(ratio, 1 / ratio) for ratio in ratios)

    found = ahp(matrix).worst_triple

    assert (found.inconsistency if found else 0) == pytest.approx(worst, abs=1e-8)


def test_every_place_that_is_wrong_is_reported():
    problems = refused([[1, 3, 5], [1 / 2, 2, -1], [1 / 5, np.nan, 1]])

    assert [(p.code, p.where.row, p.where.column) for p in problems] == [
        ("pairwise-not-positive", 2, "3"),
        ("pairwise-not-positive", 3, "2"),
        ("pairwise-diagonal", 2, "2"),
        ("pairwise-not-reciprocal", 2, "1"),
    ]
    assert (problems[3].found, problems[3].expected) == (0.5, 0.3333)
    assert problems[3].details == {"opposite": 3, "row": 1, "column": "2"}


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        ([[1, 2, 3], [1 / 2, 1, 2]], "pairwise-not-square"),
        ([[1, 2], [1 / 2]], "pairwise-not-square"),
        ([], "pairwise-not-square"),
        (np.ones((16, 16)), "pairwise-too-large"),
        ([[1, 0], [0, 1]], "pairwise-not-positive"),
        ([[2]], "pairwise-diagonal"),
        ([[1, 3], [0.33, 1]], "pairwise-not-reciprocal"),
        ([[1, 3], [3, 1]], "pairwise-not-reciprocal"),
    ],
)
def test_each_refusal_has_its_code_and_a_sentence_in_both_languages(matrix, code):
    problems = refused(matrix)

    assert {problem.code for problem in problems} == {code}
    assert all(say(problem, language) for problem in problems for language in ("zh", "en"))


def test_an_unknown_method_is_refused():
    problems = refused([[1]], method="mean")

    assert [problem.code for problem in problems] == ["pairwise-method"]
    assert "geometric" in say(problems[0])
