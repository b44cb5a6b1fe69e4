"""Outliers: shape of a sample, winsorising step by step, logarithms, and what never changes."""

from __future__ import annotations

import doctest
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ronghe.analysis.index.treat import (
    Limits,
    is_tame,
    kurtosis,
    shifted_log,
    skewness,
    treat,
    winsorise,
)

GAP = float("nan")
TAIL = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100])

figures = st.lists(
    st.integers(-1000, 1000) | st.integers(10**5, 10**6), min_size=1, max_size=30
).map(lambda whole: np.array(whole, dtype=np.float64))


def test_examples_in_the_docstrings_give_what_they_show():
    for step in ("treat", "normalise", "aggregate", "impute", "build"):
        assert doctest.testmod(import_module(f"ronghe.analysis.index.{step}")).failed == 0


@given(figures)
def test_skewness_and_kurtosis_are_the_corrected_sample_ones(values):
    if len(values) > 3 and np.ptp(values) > 0:
        assert skewness(values) == pytest.approx(stats.skew(values, bias=False), abs=1e-9)
        assert kurtosis(values) == pytest.approx(stats.kurtosis(values, bias=False), abs=1e-9)


def test_too_few_or_equal_values_are_tame():
    for values in ([1.0, 2.0, 900.0], [5.0] * 9, [GAP, GAP], [GAP, 1.0]):
        assert is_tame(np.array(values), Limits())


def test_one_limit_kept_is_enough():
    assert skewness(TAIL) > 2
    assert kurtosis(TAIL) > 3.5
    assert not is_tame(TAIL, Limits())
    assert is_tame(TAIL, Limits(skewness=9))
    assert is_tame(TAIL, Limits(kurtosis=99))


def test_the_farthest_value_moves_to_the_next_and_ties_move_on_together():
    values = np.array([*range(20), 300.0, 400.0, GAP])

    treated = winsorise(values, Limits())

    assert treated.points == 2
    assert treated.values[-3:-1].tolist() == [19.0, 19.0]
    assert np.isnan(treated.values[-1])
    assert treated.tame


def test_a_tail_to_the_left_is_cut_on_the_left():
    assert (
        winsorise(-TAIL, Limits()).values.tolist() == (-winsorise(TAIL, Limits()).values).tolist()
    )


def test_no_more_points_are_moved_than_allowed():
    values = np.array([0.0, 1.0] * 25 + [100.0, 1e4])

    treated = winsorise(values, Limits(points=1))

    assert (treated.points, treated.tame) == (1, False)
    assert treated.values.max() == 100.0


def test_an_indicator_is_never_made_constant():
    values = np.array([0.0] * 30 + [1.0])

    assert winsorise(values, Limits()).values.tolist() == values.tolist()


def test_logarithms_follow_where_winsorising_did_not_do():
    values = np.array([0.0, 1.0] * 25 + [1e3, 1e4, 1e5])

    treated = treat(values, "winsorise_or_log", Limits(points=1))

    assert treated.method == "log"
    expected = np.log(values + 0.01 * 1e5)  # log_CT of COINr: ln(x - min + 0.01 (max - min))
    assert treated.values == pytest.approx(expected)


def test_a_tame_indicator_is_left_alone_whatever_is_chosen():
    values = np.arange(9.0)

    for choice in ("none", "winsorise", "winsorise_or_log", "log"):
        assert treat(values, choice, Limits()).values is values


@given(figures, st.sampled_from(["winsorise", "winsorise_or_log", "log"]))
def test_treatment_never_turns_two_units_round(values, choice):
    treated = treat(values, choice, Limits()).values

    order = np.argsort(values)
    assert (np.diff(treated[order]) >= 0).all()


@given(figures)
def test_winsorised_values_stay_within_the_old_range(values):
    treated = winsorise(values, Limits())

    assert values.min() <= treated.values.min()
    assert treated.values.max() <= values.max()
    assert int((treated.values != values).sum()) <= treated.points


@given(figures)
def test_logarithms_keep_different_values_apart(values):
    assert len(np.unique(shifted_log(values, Limits()).values)) == len(np.unique(values))
