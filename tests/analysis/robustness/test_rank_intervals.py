"""Rank intervals: what must hold for any data, and small cases worked by hand."""

from __future__ import annotations

import doctest
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import rankdata

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.robustness import (
    Choices,
    Tree,
    draws,
    intervals,
    of_index,
    of_points,
    rank_intervals,
    ranking,
    threads,
)
from ronghe.wording import say

EVERYTHING = Choices(
    spread=0.5,
    imputations=("reweight", "mean", "median", "worst"),
    normalisations=("min_max", "z_score", "rank", "best"),
    aggregations=("arithmetic", "geometric", "harmonic"),
)
TWO_LEVELS = Tree((-1, 0, 0, -1), (30, 60, 40, 70), ("party", "a", "b", "economy"))

tables = arrays(np.float64, (6, 3), elements=st.integers(1, 20))
weights_of_three = arrays(np.float64, 3, elements=st.integers(1, 9))
gaps = arrays(np.bool_, (6, 3), elements=st.booleans())


def with_gaps(values: np.ndarray, missing: np.ndarray) -> np.ndarray:
    """Return the values with gaps, the first column complete."""
    missing = missing.copy()
    missing[:, 0] = False
    return np.where(missing, np.nan, values)


def codes(refusal: pytest.ExceptionInfo[ProblemsError]) -> list[str]:
    assert all(say(p, language) for p in refusal.value.problems for language in ("zh", "en"))
    return [problem.code for problem in refusal.value.problems]


def test_the_example_in_the_docstring_gives_what_it_shows():
    assert doctest.testmod(ranking, extraglobs={"np": np}).failed == 0


@settings(deadline=None, max_examples=30)
@given(values=tables, missing=gaps, weights=weights_of_three)
def test_without_spread_the_interval_is_the_rank(values, missing, weights):
    found = rank_intervals(
        of_index(with_gaps(values, missing), weights), Choices(spread=0), samples=20
    )

    for other in (found.low, found.high, found.median, found.best, found.worst):
        assert (other == found.rank).all()
    assert (found.reversed, found.undecided) == (0, 0)
    assert (np.unique(found.band).size) == np.unique(found.rank).size


@settings(deadline=None, max_examples=30)
@given(values=tables, missing=gaps, weights=weights_of_three)
def test_a_unit_that_is_better_on_everything_never_ranks_below(values, missing, weights):
    better = with_gaps(values, missing)
    better[0] = 21
    better[1] = 20.5

    found = rank_intervals(of_index(better, weights), EVERYTHING, samples=100)

    assert (found.rank[0], found.worst[0], found.band[0]) == (1, 1, 1)


@settings(deadline=None, max_examples=30)
@given(values=tables, missing=gaps, weights=weights_of_three, order=st.permutations(list(range(6))))
def test_the_order_of_the_units_does_not_matter(values, missing, weights, order):
    table = with_gaps(values, missing)

    one = rank_intervals(of_index(table, weights), EVERYTHING, samples=60, rank_limits=(2,))
    other = rank_intervals(
        of_index(table[order], weights), EVERYTHING, samples=60, rank_limits=(2,)
    )

    for name in ("rank", "low", "high", "median", "best", "worst", "rank_shares"):
        assert (getattr(one, name)[order] == getattr(other, name)).all()
    assert one.reversed == pytest.approx(other.reversed)


@settings(deadline=None, max_examples=30)
@given(values=tables, missing=gaps, weights=weights_of_three)
def test_probabilities_of_ranges_and_grades_add_up_to_one(values, missing, weights):
    found = rank_intervals(
        of_index(with_gaps(values, missing), weights),
        EVERYTHING,
        samples=50,
        rank_limits=(1, 3),
        score_limits=(0.9, 0.5, 0.1),
    )

    for shares in (found.rank_shares, found.score_shares):
        assert (shares >= 0).all()
        assert shares.sum(axis=1) == pytest.approx(np.ones(6))


@settings(deadline=None, max_examples=20)
@given(values=tables, weights=weights_of_three)
def test_a_higher_confidence_never_makes_the_interval_narrower(values, weights):
    found = [
        rank_intervals(of_index(values, weights), samples=99, confidence=c) for c in (0.5, 0.9)
    ]

    assert (found[1].low <= found[0].low).all()
    assert (found[0].low <= found[0].median).all()
    assert (found[0].median <= found[0].high).all()
    assert (found[0].high <= found[1].high).all()


def test_a_unit_that_leads_in_half_of_the_draws_has_both_ranks():
    """With equal weights, uniform: 甲 leads where w1 > w2, in half of the draws."""
    found = rank_intervals(
        of_index([[1.0, 0.0], [0.0, 1.0]], [1, 1]), Choices(concentration=2.0), samples=20_000
    )

    assert found.rank.tolist() == [1, 1]
    assert (found.low.tolist(), found.high.tolist()) == ([1, 1], [2, 2])
    assert found.band.tolist() == [1, 1]


def test_a_dirichlet_distribution_has_the_variance_that_the_docstring_says():
    composite = of_index([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]], [0.5, 0.3, 0.2])
    totals = draws.Totals(composite, Choices(concentration=9.0))

    cube = np.random.default_rng(1).random((40_000, 6))
    weight = totals.draws(cube).weights
    share = weight / weight.sum(axis=1, keepdims=True)

    assert share.mean(axis=0) == pytest.approx([0.5, 0.3, 0.2], abs=0.004)
    assert share.var(axis=0) == pytest.approx([0.025, 0.021, 0.016], rel=0.04)


def test_a_reversal_is_as_probable_as_theory_says():
    """The worked example of the back-test: 甲 passes 乙 and 丙 in 1/24 of all draws."""
    points = np.array([[60, 0], [30, 40], [45, 20], [0, 40]]) * 1000
    composite = of_points(points, [60, 40], Tree.flat(np.array([60.0, 40.0])))

    found = rank_intervals(composite, samples=40_000, rank_limits=(1,))

    assert found.rank.tolist() == [3, 1, 2, 4]
    assert found.reversed == pytest.approx(3 / 6 / 24, rel=0.1)
    assert found.rank_shares[0, 0] == pytest.approx(1 / 24, rel=0.1)
    assert found.band.tolist() == [3, 1, 2, 4]
    assert rank_intervals(composite, samples=4000, doubt=0.03).band.tolist() == [1, 1, 1, 2]


def test_ranks_are_those_of_a_plain_loop():
    random = np.random.default_rng(5)
    values, weights = random.random((40, 7)), random.random(7)
    composite = of_index(values, weights)
    totals = draws.Totals(composite, Choices())
    cube = np.random.default_rng(9).random((300, 10))

    plain = []
    for row in cube:
        factors = 0.8 + 0.4 * row[:7]
        own = weights * factors / (weights * factors).sum()
        plain.append(rankdata(-(values * own).sum(axis=1), method="min"))
    found = rank_intervals(composite, samples=300, seed=9)

    ordered = np.sort(np.array(plain), axis=0)
    assert (found.best == ordered[0]).all()
    assert (found.low == ordered[15]).all()
    assert (found.high == ordered[-16]).all()
    assert totals.of(totals.draws(cube).weights, 0).shape == (300, 40)


def test_the_same_seed_gives_the_same_result_and_another_one_another():
    composite = of_index(np.random.default_rng(1).random((30, 4)), np.ones(4))

    one, again, other = (rank_intervals(composite, samples=500, seed=s) for s in (1, 1, 2))

    assert all((getattr(one, n) == getattr(again, n)).all() for n in ("low", "high", "band"))
    assert (one.reversed, one.undecided) == (again.reversed, again.undecided)
    assert one.reversed != other.reversed


def test_neither_blocks_nor_threads_change_the_result(monkeypatch):
    random = np.random.default_rng(2)
    values = np.where(random.random((40, 4)) < 0.2, np.nan, random.random((40, 4)))
    values[:, 0] = random.random(40)
    composite = of_index(values, np.ones(4), peers=("a", "b") * 20)

    whole = rank_intervals(composite, EVERYTHING, samples=400, rank_limits=(3,))
    for module in (draws, intervals):
        monkeypatch.setattr(module, "BLOCK_CELLS", 1000)
    monkeypatch.setattr(threads, "THREADS", 3)
    in_parts = rank_intervals(composite, EVERYTHING, samples=400, rank_limits=(3,))

    assert (whole.low == in_parts.low).all()
    assert (whole.rank_shares == in_parts.rank_shares).all()
    assert whole.reversed == in_parts.reversed


def test_ranks_and_bands_count_within_peer_groups():
    values = np.array([[0.9], [0.1], [0.8], [0.2]])

    found = rank_intervals(of_index(values, [1], peers=("x", "x", "y", "y")), samples=10)

    assert found.rank.tolist() == [1, 2, 1, 2]
    assert found.band.tolist() == [1, 2, 1, 2]
    assert found.pairs == 2


def test_of_many_units_a_sample_of_pairs_is_watched():
    values = np.random.default_rng(3).random((300, 3))

    found = rank_intervals(of_index(values, [1, 1, 1]), samples=5)

    assert (found.pairs, found.sampled) == (20_000, True)


@settings(deadline=None, max_examples=30)
@given(values=arrays(np.int64, (5, 3), elements=st.integers(0, 100)), missing=gaps)
def test_a_tree_is_folded_as_by_hand_with_gaps_reweighted(values, missing):
    """Party 30 : economy 70, party of a 60 and b 40; a unit without b gives a all of party."""
    missing = missing[:5].copy()
    missing[:, 2] = False
    shares = np.where(missing, np.nan, values / 100)

    found = TWO_LEVELS.fold(shares, np.array([TWO_LEVELS.weights]))[0]

    for row, (a, b, c) in zip(found, np.where(missing, -1, values).tolist(), strict=True):
        party = [(w, Fraction(v, 100)) for w, v in ((60, a), (40, b)) if v >= 0]
        parts = [(70, Fraction(c, 100))]
        if party:
            mean = sum(w * v for w, v in party) / sum(w for w, _ in party)
            parts.append((30, mean))
        whole = sum(w * v for w, v in parts) / sum(w for w, _ in parts)
        assert row == pytest.approx(float(whole))


def test_means_of_a_tree_are_those_of_their_names():
    scores, weights = np.array([[0.2, 0.8, 0.5]]), np.array([[30.0, 60, 40, 70]])

    geometric = TWO_LEVELS.fold(scores, weights, "geometric")[0, 0]
    harmonic = TWO_LEVELS.fold(scores, weights, "harmonic")[0, 0]

    assert geometric == pytest.approx((0.2**0.6 * 0.8**0.4) ** 0.3 * 0.5**0.7)
    assert harmonic == pytest.approx(1 / (0.3 * (0.6 / 0.2 + 0.4 / 0.8) + 0.7 / 0.5))


def test_each_level_of_a_tree_may_have_its_own_mean():
    scores, weights = np.array([[0.2, 0.8, 0.5]]), np.array([[30.0, 60, 40, 70]])

    found = TWO_LEVELS.fold(scores, weights, ("geometric", "arithmetic"))[0, 0]

    assert found == pytest.approx((0.6 * 0.2 + 0.4 * 0.8) ** 0.3 * 0.5**0.7)


def test_pools_gates_and_ceilings_of_an_appraisal_count():
    points = [[60_000, 40_000, 70_000], [60_000, 40_000, 70_000], [60_000, np.nan, 35_000]]
    zeroed = np.zeros((3, 4), np.bool_)
    zeroed[1, 0] = True
    composite = of_points(
        points, [60, 40, 70], TWO_LEVELS, added=[5, -3, 0], ceiling=[80, 1e9, 1e9], zeroed=zeroed
    )

    assert draws.Totals(composite, Choices()).given() == pytest.approx([80, 67, 65])


def test_published_totals_make_the_order_that_is_compared():
    points = [[50_000, 50_000], [49_000, 49_000]]
    full, tree = [100, 100], Tree.flat(np.ones(2))

    found = rank_intervals(of_points(points, full, tree, totals=[60, 61]), samples=10)

    assert found.rank.tolist() == [2, 1]
    assert (found.low.tolist(), found.reversed, found.undecided) == ([1, 2], 1, 1)
    assert found.band.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("how", "expected"),
    [("mean", 5.0), ("median", 4.0), ("worst", 2.0)],
)
def test_gaps_are_filled_from_the_peers(how, expected):
    values = np.array([[2.0], [4.0], [9.0], [np.nan], [50.0], [np.nan]])

    found = draws.filled(values, np.array([False]), ("a",) * 4 + ("b", "c"), how)

    assert found[3, 0] == expected
    assert np.isnan(found[5, 0])


@pytest.mark.parametrize(
    ("how", "more", "less"),
    [
        ("min_max", [0, 0.25, 1], [1, 0.75, 0]),
        ("rank", [0, 0.5, 1], [1, 0.5, 0]),
        ("best", [0.2, 0.4, 1], [1, 0.5, 0.2]),
        ("z_score", [0.4019, 0.4626, 0.6355], [0.5981, 0.5374, 0.3645]),
    ],
)
def test_normalisations_give_what_their_names_say(how, more, less):
    values = np.array([[1.0, 1.0], [2.0, 2.0], [5.0, 5.0]])
    z = (values[:, 0] - 8 / 3) / np.std([1, 2, 5]) / 10 + 0.5

    found = draws.normalised(values, np.array([False, True]), how)

    if how == "z_score":
        more, less = z, 1 - z
    assert found[:, 0] == pytest.approx(more)
    assert found[:, 1] == pytest.approx(less)


def test_bands_are_numbered_down_the_order_without_holes():
    values = np.random.default_rng(8).random((25, 3))

    found = rank_intervals(of_index(values, [1, 1, 1]), Choices(spread=0.1), samples=300)

    down = found.band[np.argsort(found.rank)]
    assert down[0] == 1
    assert all(b - a in (0, 1) for a, b in pairwise(down.tolist()))


def test_everything_wrong_with_the_data_is_said_at_once():
    with pytest.raises(ProblemsError) as refusal:
        of_index([[1, np.inf], [np.nan, np.nan]], [1, -1, 2], peers=("a",))

    assert sorted(codes(refusal)) == [
        "robustness-infinite",
        "robustness-length",
        "robustness-tree",
        "robustness-unit-empty",
        "robustness-weight",
    ]
    with pytest.raises(ProblemsError) as refusal:
        of_index([1, 2], [1, 1])
    assert codes(refusal) == ["robustness-shape"]
    with pytest.raises(ProblemsError) as refusal:
        of_index([[1, 2]], [0, 0])
    assert codes(refusal) == ["robustness-no-weight"]
    with pytest.raises(ProblemsError) as refusal:
        of_points([[1, 2]], [0, 1], Tree.flat(np.ones(2)), added=[np.nan], whole=0)
    assert codes(refusal) == ["robustness-full", "robustness-full", "robustness-gap"]


def test_everything_wrong_with_the_settings_is_said_at_once():
    composite = of_index([[1, 2], [2, 1]], [1, 1], less=[True, False])
    wrong = Choices(spread=1, concentration=0, aggregations=("median",), imputations=())

    with pytest.raises(ProblemsError) as refusal:
        rank_intervals(composite, wrong)
    assert codes(refusal) == [
        *("robustness-setting",) * 2,
        *("robustness-choice",) * 2,
        "robustness-direction",
    ]
    with pytest.raises(ProblemsError) as refusal:
        rank_intervals(of_index(np.zeros((0, 2)), [1, 1]))
    assert codes(refusal) == ["robustness-setting"]
    with pytest.raises(ProblemsError) as refusal:
        rank_intervals(
            replace(composite, less=np.zeros(2, np.bool_)),
            samples=0,
            confidence=1,
            doubt=-1,
            rank_limits=(3, 2),
            score_limits=(1, 2),
        )
    assert codes(refusal) == ["robustness-setting"] * 5
