"""Rank intervals (名次区间): what becomes of an order when its choices are made differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.robustness.composite import Composite
from ronghe.analysis.robustness.draws import BLOCK_CELLS, Choices, Draws, Totals, setting
from ronghe.analysis.robustness.grades import GradeRules, grade_shares
from ronghe.analysis.robustness.ranking import Ranks, rank_rows, rank_type
from ronghe.analysis.robustness.threads import each
from ronghe.analysis.robustness.tree import Floats, Whole

MOST_PAIRS = 20_000
"""Of more pairs of units, so many are drawn."""

MOST_COMPARED = 40_000_000
"""Pairs times draws that are compared for reversals: of 20,000 pairs the first 2,000 draws."""

MOST_CELLS = 2_000_000_000
"""Draws times units of a peer group whose ranks are held: 4 GB at two bytes each."""


@dataclass(frozen=True)
class Robustness:
    """How sure an order is; all arrays in the order of the units.

    Attributes
    ----------
    samples, seed, confidence, doubt
        As they were asked for.
    rank : (units,)
        Rank within the peer group as published, or under the choices that were made.
    low, high : (units,)
        The interval of ranks in which at least `confidence` of the draws lie, the same share cut
        off at either end.
    median, best, worst : (units,)
        Of the draws; the median is a rank that occurred.
    band : (units,)
        Number, from 1 within the peer group, of the band (档) of units that cannot be told
        apart: going down the order (equals by mean rank of the draws), a unit stays in the band
        if it ranks at least as high as the band's first in more than `doubt` of the draws;
        otherwise it is the first of the next. Equal ranks share a band.
    rank_shares : (units, limits + 1)
        Probability of each range of ranks: up to the first limit, … , beyond the last.
    score_shares : (units, limits + 1)
        Probability of each range of totals: from the first limit on, … , under the last.
    grade_shares : (units, grades + 1)
        Probability of each grade and of none; gaps for units that are not graded.
    reversed
        The mean share of pairs within peer groups whose order a draw reverses, in [0, 1].
    undecided
        The share of pairs whose order is reversed in at least `doubt` of the draws.
    pairs, sampled
        How many pairs were watched, and whether they are a sample.
    """

    samples: int
    seed: int
    confidence: float
    doubt: float
    rank: Whole
    low: Whole
    high: Whole
    median: Whole
    best: Whole
    worst: Whole
    band: Whole
    rank_shares: Floats
    score_shares: Floats
    grade_shares: Floats
    reversed: float
    undecided: float
    pairs: int
    sampled: bool


def rank_intervals(
    composite: Composite,
    choices: Choices | None = None,
    *,
    samples: int = 10_000,
    seed: int = 20250101,
    confidence: float = 0.9,
    doubt: float = 0.05,
    rank_limits: tuple[int, ...] = (),
    score_limits: tuple[float, ...] = (),
    grading: GradeRules | None = None,
) -> Robustness:
    """Make the choices differently many times and see what becomes of the ranks.

    Parameters
    ----------
    composite
        From `of_index` or `of_points`.
    choices
        What may differ, and how far; by default weights by ± 20 %.
    samples
        How many draws, at least 1.
    seed
        The same seed gives the same result, whatever the number of threads.
    confidence
        In (0, 1).
    doubt
        In [0, 1): from which probability of the opposite order two units are not told apart.
    rank_limits
        Rising ranks, the last of each range, such as 3 and 10.
    score_limits
        Falling totals, the first of each range, such as 90, 80 and 60.
    grading
        How totals become grades, with quotas and ceilings.

    Raises
    ------
    ProblemsError
        Settings out of their ranges: all of them.

    Notes
    -----
    Besides blocks of `BLOCK_CELLS`, the ranks of one peer group are held: draws times its units
    at two bytes, four from 65,536 units on.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 7.
    """
    totals = Totals(composite, choices or Choices())
    _refuse(composite, samples, confidence, doubt, rank_limits, score_limits)
    cube = np.random.default_rng(seed).random((samples, len(composite.tree.parents) + 3))
    draws = totals.draws(cube)
    base = totals.given() if composite.published is None else composite.published
    named = np.array(composite.peers)
    members = [np.flatnonzero(named == group) for group in dict.fromkeys(composite.peers)]
    numbers = np.zeros((7, len(base)), np.int64)
    ranges = np.zeros((len(base), len(rank_limits) + 1))
    scores = np.zeros((len(base), len(score_limits) + 1))
    reversals = []
    pairs = list(_pairs(members, seed))
    watched = max(1, MOST_COMPARED // max(1, sum(one.size for one, _ in pairs)))
    for mine, (one, other) in zip(members, pairs, strict=True):
        ranks, reached = draw_ranks(totals, draws, mine, score_limits)
        own = rank_rows(base[np.newaxis, mine].copy(), totals.resolution)[0].astype(np.int64)
        reversals.append(_reversals(ranks[:, :watched], own, one, other))
        up_to = [(ranks <= limit).mean(axis=1) for limit in rank_limits]
        numbers[:, mine] = _numbers(ranks, own, confidence, doubt)
        ranges[mine], scores[mine] = _parts(up_to, mine.size), _parts(reached, mine.size)
    share = np.concatenate(reversals)
    every = sum(mine.size * (mine.size - 1) // 2 for mine in members)
    rank, low, high, median, best, worst, band = numbers
    return Robustness(
        samples=samples,
        seed=seed,
        confidence=confidence,
        doubt=doubt,
        rank=rank,
        low=low,
        high=high,
        median=median,
        best=best,
        worst=worst,
        band=band,
        rank_shares=ranges,
        score_shares=scores,
        grade_shares=grade_shares(totals, draws, grading) if grading else np.zeros((len(base), 0)),
        reversed=float(share.mean()) if share.size else 0.0,
        undecided=float(((share > 0) & (share >= doubt)).mean()) if share.size else 0.0,
        pairs=share.size,
        sampled=share.size < every,
    )


def _refuse(
    composite: Composite,
    samples: int,
    confidence: float,
    doubt: float,
    rank_limits: tuple[int, ...],
    score_limits: tuple[float, ...],
) -> None:
    largest = max(Counter(composite.peers).values(), default=0)
    most = MOST_CELLS // max(largest, 1)
    problems = [
        setting("units", largest, "≥ 1", largest > 0),
        setting("samples", samples, f"1 – {most}", 1 <= samples <= most),
        setting("confidence", confidence, "(0, 1)", 0 < confidence < 1),
        setting("doubt", doubt, "[0, 1)", 0 <= doubt < 1),
    ]
    rising = all(a < b for a, b in pairwise((0, *rank_limits)))
    problems.append(setting("rank_limits", rank_limits, "1 < 2 < …", rising))
    falling = all(a > b for a, b in pairwise(score_limits))
    problems.append(setting("score_limits", score_limits, "90 > 80 > …", falling))
    if found := [problem for problem in problems if problem]:
        raise ProblemsError(found)


def draw_ranks(
    totals: Totals, draws: Draws, mine: Whole, score_limits: tuple[float, ...] = ()
) -> tuple[Ranks, list[Floats]]:
    """Return the ranks of a peer group, (units, draws), and how often each limit is met."""
    held = np.empty((mine.size, len(draws.choice)), rank_type(mine.size))
    units = mine if mine.size < len(totals.composite.values) else slice(None)
    limits = np.array(score_limits) - totals.resolution / 2

    def work(batch: tuple[int, Whole]) -> list[Whole]:
        choice, places = batch
        found = totals.of(draws.weights[places], choice, units)
        reached = [np.count_nonzero(found >= limit, axis=0) for limit in limits]
        first, after = int(places[0]), int(places[-1]) + 1
        columns = slice(first, after) if after - first == places.size else places
        held[:, columns] = rank_rows(found, totals.resolution).T
        return reached

    counted = each(work, list(draws.batches(mine.size)))
    share = [np.sum(counts, axis=0) / len(draws.choice) for counts in zip(*counted, strict=True)]
    return held, share


def _numbers(ranks: Ranks, own: Whole, confidence: float, doubt: float) -> Whole:
    """Return rank, low, high, median, best, worst and band of a peer group: (7, units).

    The ranks are sorted in place by unit.
    """
    mean = ranks.mean(axis=1)
    order = np.lexsort((mean, own))
    band = _bands(ranks, own, order, doubt)
    draws = ranks.shape[1]
    size = max(1, BLOCK_CELLS // draws)
    each(lambda start: ranks[start : start + size].sort(axis=1), range(0, own.size, size))
    cut = int(draws * (1 - confidence) / 2 + 1e-9)
    picks = ranks[:, [cut, draws - 1 - cut, (draws - 1) // 2, 0, draws - 1]]
    return np.vstack([own, picks.T.astype(np.int64), band])


def _bands(ranks: Ranks, own: Whole, order: Whole, doubt: float) -> Whole:
    """Return the number of each unit's band: (units,)."""
    band = np.empty_like(own)
    number, first, place = 1, ranks[order[0]], own[order[0]]
    for unit in order:
        as_high = np.count_nonzero(ranks[unit] <= first)
        if own[unit] != place and as_high <= doubt * first.size:
            number, first = number + 1, ranks[unit]
        band[unit], place = number, own[unit]
    return band


def _share_above(ranks: Ranks, one: Whole, other: Whole) -> Floats:
    """Return the share of draws in which each one ranks strictly under the other: (pairs,)."""
    draws = ranks.shape[1]
    size = max(1, BLOCK_CELLS // draws)

    def work(start: int) -> Whole:
        part = slice(start, start + size)
        under: Whole = (ranks[one[part]] > ranks[other[part]]).sum(axis=1)
        return under

    found: Floats = np.concatenate(each(work, range(0, one.size, size))) / draws
    return found


def _reversals(ranks: Ranks, own: Whole, one: Whole, other: Whole) -> Floats:
    """Return for each pair the share of draws that reverse its order; equals have none."""
    if not one.size:
        return np.zeros(0)
    upper, lower = np.where(own[one] <= own[other], [one, other], [other, one])
    share: Floats = _share_above(ranks, upper, lower) * (own[upper] < own[lower])
    return share


def _pairs(members: list[Whole], seed: int) -> Iterator[tuple[Whole, Whole]]:
    """Yield pairs of places within each peer group: all of them, or a sample if they are many."""
    random = np.random.default_rng([seed, 1])
    counts = np.array([m.size * (m.size - 1) // 2 for m in members], dtype=np.int64)
    sampled = bool(counts.sum() > MOST_PAIRS)
    wanted = random.multinomial(MOST_PAIRS, counts / counts.sum()) if sampled else counts
    for mine, number in zip(members, wanted, strict=True):
        if sampled:
            first = random.integers(0, mine.size, number)
            yield first, (first + random.integers(1, max(mine.size, 2), number)) % mine.size
        else:
            first, second = np.triu_indices(mine.size, 1)
            yield first, second


def _parts(reached: list[Floats], units: int) -> Floats:
    """Turn the shares within each limit into those of the ranges between them, (units, ranges)."""
    up_to = np.array([np.zeros(units), *reached, np.ones(units)])
    parts: Floats = np.diff(up_to, axis=0).T
    return parts
