"""What the indicators do to the units: spread, saturation, redundancy."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.stats import rankdata

from ronghe.analysis.backtest.ranks import ranks
from ronghe.analysis.backtest.reweigh import Reweighing
from ronghe.analysis.outcome import Floats, Outcome
from ronghe.analysis.scheme.lint.measurement import effective_weights
from ronghe.analysis.scheme.model import Indicator
from ronghe.analysis.scheme.parts import Text

REDUNDANT = 0.9
"""From this rank correlation on, two indicators say the same."""

FEWEST = 5
"""Under so many units a rank correlation says nothing."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How an indicator's points spread over the units to which it applies.

    Attributes
    ----------
    code, title, full
        The indicator and its full score.
    weight
        Its share of the scheme's full score, in [0, 1]; 0 for items of pools.
    units
        How many units it applies to; with none the figures below are NaN.
    least, lower, middle, upper, most
        Minimum, quartiles and maximum of its points (linear interpolation).
    deviation
        Standard deviation of its points (division by the number of units).
    share
        Mean points over full score.
    at_full, at_zero
        Share of the units with full points or more, and with 0.
    influence
        Its part in the variance of the totals: covariance of what it contributes with the total,
        over the sum of these covariances; adds up to 1, may be negative. NaN without variance.
    pooled
        Whether it is an item of a bonus or penalty pool.
    """

    code: str
    title: Text
    full: float
    weight: float
    units: int
    least: float
    lower: float
    middle: float
    upper: float
    most: float
    deviation: float
    share: float
    at_full: float
    at_zero: float
    influence: float
    pooled: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two indicators whose points are ordered almost alike (or opposite), over common units."""

    one: Indicator
    other: Indicator
    correlation: float
    units: int


@dataclass(frozen=True, slots=True)
class Removal:
    """What happens to the ranks without an indicator: how many units move, how far at most."""

    indicator: Indicator
    moved: int
    furthest: int


def spreads(outcome: Outcome) -> tuple[Spread, ...]:
    """Describe every indicator of a ranked outcome, in the scheme's order."""
    weights = effective_weights(outcome.scheme)
    influences = _influences(outcome)
    found = []
    for column, indicator in enumerate(outcome.scheme.scored()):
        points, full = outcome.points[:, column], float(indicator.points)
        points = points[~np.isnan(points)]
        known = points if points.size else np.array([np.nan])
        least, lower, middle, upper, most = np.quantile(known, [0, 0.25, 0.5, 0.75, 1]).tolist()
        found.append(
            Spread(
                indicator.code,
                indicator.title,
                full,
                float(weights.get(indicator.code, 0)),
                points.size,
                least,
                lower,
                middle,
                upper,
                most,
                deviation=float(known.std()),
                share=float(known.mean()) / full,
                at_full=float((known >= full).mean()) if points.size else np.nan,
                at_zero=float((known == 0).mean()) if points.size else np.nan,
                influence=float(influences[column]),
                pooled=indicator.code not in weights,
            )
        )
    return tuple(found)


def _influences(outcome: Outcome) -> Floats:
    """Return each indicator's part in the variance of the totals; gaps contribute no variance."""
    weights = effective_weights(outcome.scheme)
    full = float(outcome.scheme.points)
    signs = {i.code: p.kind == "bonus" for p in outcome.scheme.pools for i in p.items}
    scales = [
        float(weights[i.code]) * full / float(i.points)
        if i.code in weights
        else (1.0 if signs[i.code] else -1.0)
        for i in outcome.scheme.scored()
    ]
    given = outcome.points * np.array(scales)
    there = ~np.isnan(given)
    means = np.where(there, given, 0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    around = np.where(there, given - means, 0.0)
    together = around.T @ (outcome.totals - outcome.totals.mean())
    whole = together.sum()
    if not abs(whole) > 1e-9:
        return np.full(len(scales), np.nan)
    parts: Floats = together / whole
    return parts


def redundant(outcome: Outcome) -> tuple[Pair, ...]:
    """Find the pairs of the tree's indicators with a rank correlation (秩相关) of ± 0.9 or beyond.

    Spearman's coefficient over the units to which both apply, equal points sharing their mean
    rank; pairs with fewer than `FEWEST` such units or without spread are left out.
    """
    leaves = outcome.leaves
    points = outcome.points[:, : len(leaves)]
    found = []
    for a, b in combinations(range(len(leaves)), 2):
        both = ~np.isnan(points[:, a]) & ~np.isnan(points[:, b])
        correlation = spearman(points[both, a], points[both, b])
        if abs(correlation) >= REDUNDANT:
            found.append(Pair(leaves[a], leaves[b], correlation, int(both.sum())))
    return tuple(found)


def spearman(one: Floats, other: Floats) -> float:
    """Return the rank correlation of two series without gaps; 0 if it cannot be told.

    References
    ----------
    Spearman C. (1904), The proof and measurement of association between two things, American
    Journal of Psychology 15.

    Examples
    --------
    >>> round(spearman(np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 2, 3, 5, 4])), 3)
    0.9
    """
    if one.size < FEWEST or np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    first, second = rankdata(one), rankdata(other)
    return round(float(np.corrcoef(first, second)[0, 1]), 12)


def removals(outcome: Outcome, reweighing: Reweighing) -> tuple[Removal, ...]:
    """See what each of the tree's indicators adds to the order: leave it out, rank again."""
    leaves = outcome.leaves
    factors = np.ones((1, len(reweighing.columns)))
    before = ranks(reweighing.totals(factors), outcome.groups)
    found = []
    for leaf in leaves:
        without = factors.copy()
        without[:, reweighing.columns[leaf.code]] = 0
        shift = np.abs(ranks(reweighing.totals(without), outcome.groups) - before)
        found.append(Removal(leaf, int(np.count_nonzero(shift)), int(shift.max(initial=0))))
    return tuple(found)
