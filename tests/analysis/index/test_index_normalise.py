"""Normalisation: bounds, order, gaps, and what each method does not depend on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ronghe.analysis.index.normalise import (
    goalposts,
    min_max,
    rank_score,
    ratio_to_best,
    z_score,
)

GAP = float("nan")
directions = st.sampled_from(["more", "less"])
scales = st.sampled_from([(0.0, 100.0), (1.0, 100.0), (0.0, 1.0), (-5.0, 5.0)])


@st.composite
def figures(draw, least: int = -(10**6)):
    """Draw an indicator with gaps, at least two of its values different."""
    whole = st.integers(least, 10**6)
    first = draw(whole)
    others = draw(st.lists(whole | st.none(), max_size=20))
    second = draw(whole.filter(lambda value: value != first))
    return np.array([first, second, *others], dtype=np.float64)


def between(values, *, direction, scale):
    """Score between goalposts that lie inside the drawn range, so that some are clipped."""
    low, high = (-1000, 1000) if direction == "more" else (1000, -1000)
    return goalposts(values, low=low, high=high, scale=scale)


def standard(values, *, direction, scale):
    """Score by standard deviations, which have no scale."""
    return z_score(values, direction=direction)


SCALED = [min_max, rank_score, ratio_to_best, between]


@pytest.mark.parametrize("method", SCALED)
@given(data=st.data(), direction=directions, scale=scales)
def test_scores_stay_within_the_scale_and_gaps_stay_gaps(method, data, direction, scale):
    values = data.draw(figures(least=1))

    scores = method(values, direction=direction, scale=scale)

    assert np.isnan(scores).tolist() == np.isnan(values).tolist()
    assert np.nanmin(scores) >= scale[0] - 1e-9
    assert np.nanmax(scores) <= scale[1] + 1e-9


@pytest.mark.parametrize("method", [*SCALED, standard])
@given(data=st.data(), direction=directions)
def test_a_better_value_never_scores_less(method, data, direction):
    values = data.draw(figures(least=1))

    scores = method(values, direction=direction, scale=(0.0, 100.0))

    present = np.isfinite(values)
    order = np.argsort(values[present] if direction == "more" else -values[present])
    assert (np.diff(scores[present][order]) >= -1e-9).all()


@given(figures(), directions, st.integers(1, 1000), st.integers(-(10**6), 10**6))
def test_min_max_does_not_depend_on_origin_or_unit_of_measurement(values, direction, unit, origin):
    assert_allclose(
        min_max(values * unit + origin, direction=direction),
        min_max(values, direction=direction),
        atol=1e-7,
    )


@given(figures(), directions)
def test_min_max_gives_both_ends_of_the_scale(values, direction):
    scores = min_max(values, direction=direction)

    assert (np.nanmin(scores), np.nanmax(scores)) == (0, 100)


@given(figures(), directions)
def test_z_scores_have_mean_0_and_deviation_1(values, direction):
    scores = z_score(values, direction=direction)

    assert np.nanmean(scores) == pytest.approx(0, abs=1e-9)
    assert np.nanstd(scores, ddof=1) == pytest.approx(1)


@given(figures(), directions)
def test_rank_scores_depend_on_the_order_alone(values, direction):
    assert_allclose(
        rank_score(values**3, direction=direction), rank_score(values, direction=direction)
    )


@given(figures(least=1), directions, st.integers(1, 1000))
def test_the_ratio_to_the_best_does_not_depend_on_the_unit_of_measurement(values, direction, unit):
    assert_allclose(
        ratio_to_best(values * unit, direction=direction),
        ratio_to_best(values, direction=direction),
    )


def test_the_direction_of_goalposts_lies_in_their_order():
    values = np.array([3.0, 1.8, 2.4, GAP])

    scores = goalposts(values, low=3.0, high=1.8, scale=(0, 10))

    assert_allclose(scores, [0, 10, 5, GAP], atol=1e-12)


def test_a_tie_in_rank_shares_the_middle():
    assert rank_score(np.array([1.0, 5.0, 5.0, 9.0, GAP])).tolist()[:4] == pytest.approx(
        [0, 50, 50, 100]
    )
