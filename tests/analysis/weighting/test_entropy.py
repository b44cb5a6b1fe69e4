"""Entropy weights: published tables, both variants, degenerate columns, refusals."""

from __future__ import annotations

import doctest
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.analysis.weighting import entropy
from ronghe.wording import say

patient = settings(deadline=None)  # a busy machine is no failure

VARIANTS = ("sum", "minmax")

amount = st.integers(0, 10_000).map(lambda whole: whole / 100)


@st.composite
def tables(draw):
    k = draw(st.integers(1, 5))
    rows = draw(st.lists(st.lists(amount, min_size=k, max_size=k), min_size=2, max_size=10))
    # The last row makes sure that something varies.
    return np.array([*rows, [row + 1 for row in rows[0]]])


def more(table) -> list[str]:
    return ["more"] * np.shape(table)[1]


def refused(*args, **kwargs) -> list[Problem]:
    with pytest.raises(ProblemsError) as refusal:
        entropy(*args, **kwargs)
    return refusal.value.problems


def test_examples_in_the_docstrings_give_what_they_show():
    assert doctest.testmod(import_module("ronghe.analysis.weighting.entropy")).failed == 0


def test_xu_2004_is_reproduced():
    # Xu X. (2004), A note on the subjective and objective integrated approach to determine
    # attribute weights, EJOR 156(2), 530-532.
    table = [[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]]

    assert entropy(table, more(table)).round(4).tolist() == [0.4630, 0.3992, 0.1378, 0.0000]


def test_zavadskas_2016_is_reproduced():
    # Zavadskas E., Podvezko V. (2016), Integrated determination of objective criteria weights in
    # MCDM, International Journal of Information Technology & Decision Making 15(2), 267-283.
    table = [[3.0, 100, 10, 7], [2.5, 80, 8, 5], [1.8, 50, 20, 11], [2.2, 70, 12, 9]]

    found = entropy(table, ["less", "more", "less", "more"])

    assert found.round(4).tolist() == [0.1146, 0.1981, 0.4185, 0.2689]


def test_the_scaled_variant_follows_its_formula():
    # Scaled, best at 1: (0, 0.5, 1) and, less being better, (1, 0.75, 0).
    shares = [np.array([1 / 3, 2 / 3]), np.array([4 / 7, 3 / 7])]
    told = np.array([1 + (p * np.log(p)).sum() / np.log(3) for p in shares])

    found = entropy([[10, 1], [15, 2], [20, 5]], ["more", "less"], variant="minmax")

    assert_allclose(found, told / told.sum())


def test_zeros_are_shares_like_others():
    assert_allclose(entropy([[0, 1], [0, 1], [5, 2]], ["more", "more"])[0], 0.949, atol=1e-3)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("constant", [0, 7])
def test_a_constant_column_weighs_nothing(variant, constant):
    table = [[constant, 1, 4], [constant, 2, 2], [constant, 5, 3]]

    found = entropy(table, more(table), variant)

    assert found[0] == 0
    assert_allclose(found[1:], entropy([row[1:] for row in table], ["more"] * 2, variant))


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_single_column_has_all_the_weight_even_when_constant(variant):
    assert entropy([[3], [3]], ["more"], variant).tolist() == [1]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("table", [[[1, 2, 3]], [[1, 2], [1, 2]], [[0, 0], [0, 0]]])
def test_data_without_differences_say_nothing_about_weights(table, variant):
    problems = refused(table, more(table), variant)

    assert [problem.code for problem in problems] == ["weighting-no-information"]


@pytest.mark.parametrize("variant", VARIANTS)
@patient
@given(table=tables())
def test_weights_are_not_negative_and_add_up_to_1(variant, table):
    found = entropy(table, more(table), variant)

    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize("variant", VARIANTS)
@patient
@given(table=tables(), data=st.data())
def test_neither_the_order_of_units_nor_of_indicators_matters(variant, table, data):
    rows = data.draw(st.permutations(range(len(table))))
    columns = data.draw(st.permutations(range(table.shape[1])))

    found = entropy(table, more(table), variant)

    shuffled = entropy(table[np.ix_(rows, columns)], more(table), variant)
    assert_allclose(shuffled, found[columns], atol=1e-9)


@pytest.mark.parametrize("variant", VARIANTS)
@patient
@given(table=tables(), factor=st.sampled_from([1e-6, 0.5, 3, 1e300]))
def test_the_unit_of_measurement_does_not_matter(variant, table, factor):
    scaled = table * np.array([factor] + [1] * (table.shape[1] - 1))

    assert_allclose(
        entropy(scaled, more(table), variant), entropy(table, more(table), variant), atol=1e-9
    )


@patient
@given(table=tables(), shift=st.integers(-100, 100))
def test_the_origin_does_not_matter_when_values_are_scaled(table, shift):
    shifted = entropy(table + shift, more(table), "minmax")

    assert_allclose(shifted, entropy(table, more(table), "minmax"), atol=1e-9)


@patient
@given(table=tables())
def test_the_direction_does_not_matter_when_values_are_summed(table):
    found = entropy(table, ["less"] * table.shape[1])

    assert_allclose(found, entropy(table, more(table)))


@patient
@given(table=tables())
def test_less_is_better_is_the_mirror_of_more_when_values_are_scaled(table):
    mirrored = entropy(-table, ["less"] * table.shape[1], "minmax")

    assert_allclose(mirrored, entropy(table, more(table), "minmax"))


def test_every_place_that_is_wrong_is_reported():
    problems = refused([[1, np.nan], [np.inf, 2]], ["more", "up", "less"])

    assert [(p.code, p.where.row, p.where.column) for p in problems] == [
        ("weighting-gap", 1, "2"),
        ("weighting-gap", 2, "1"),
        ("weighting-directions", None, ""),
        ("weighting-direction", None, "2"),
    ]


def test_negative_values_cannot_be_summed_but_scaled():
    table = [[-2, 1], [3, 4]]

    problems = refused(table, more(table))

    assert [(p.code, p.where.row, p.where.column, p.found) for p in problems] == [
        ("weighting-negative", 1, "1", -2)
    ]
    assert entropy(table, more(table), "minmax").tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("matrix", "directions", "variant", "code"),
    [
        ([1, 2], ["more"], "sum", "weighting-matrix-shape"),
        ([[1, 2], [3]], ["more"], "sum", "weighting-matrix-shape"),
        ([], [], "sum", "weighting-matrix-shape"),
        ([[1], [np.nan]], ["more"], "sum", "weighting-gap"),
        ([[1], [2]], [], "sum", "weighting-directions"),
        ([[1], [2]], ["max"], "sum", "weighting-direction"),
        ([[1], [2]], ["more"], "log", "weighting-variant"),
        ([[-1], [2]], ["more"], "sum", "weighting-negative"),
        ([[1, 1]], ["more", "more"], "sum", "weighting-no-information"),
    ],
)
def test_each_refusal_has_its_code_and_a_sentence_in_both_languages(
    matrix, directions, variant, code
):
    problems = refused(matrix, directions, variant)

    assert [problem.code for problem in problems] == [code]
    assert all(say(problem, language) for problem in problems for language in ("zh", "en"))
