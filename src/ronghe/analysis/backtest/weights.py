"""How far ranks depend on weights, and who gains or loses against another scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau

from ronghe.analysis.backtest.outcome import Floats, Outcome, Whole, ranks
from ronghe.analysis.backtest.reweigh import Reweighing, in_batches

MOST_PAIRS = 20_000
"""Of more pairs of units, so many are drawn."""

MOST_RANKS = 20_000_000
"""Draws times units; with more units there are fewer draws."""


@dataclass(frozen=True, slots=True)
class RankInterval:
    """A unit's rank and how far it moves.

    90 % of the draws lie in [low, high], all of them in [best, worst].
    """

    unit: str
    name: str
    group: str
    rank: int
    low: int
    high: int
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Dependence:
    """How far ranks depend on the weights.

    Attributes
    ----------
    draws, spread, seed
        How many draws, how far each weight may move (0.2 is ± 20 %), and the seed of the draws.
    pairs, sampled
        How many pairs of units within peer groups were watched, and whether they are a sample.
    reversed
        The mean share of pairs whose order a draw reverses, in [0, 1].
    undecided
        The share of pairs whose order is reversed in at least 5 % of the draws.
    intervals
        By peer group and rank.
    """

    draws: int
    spread: float
    seed: int
    pairs: int
    sampled: bool
    reversed: float
    undecided: float
    intervals: tuple[RankInterval, ...]


@dataclass(frozen=True, slots=True)
class Mover:
    """A unit's rank here and under the other scheme; `change` > 0: it gains places here."""

    unit: str
    name: str
    group: str
    rank: int
    former: int

    @property
    def change(self) -> int:
        """Places gained."""
        return self.former - self.rank


@dataclass(frozen=True, slots=True)
class Comparison:
    """The ranks here beside those of another scheme, both among the common units.

    Attributes
    ----------
    units
        How many units both have.
    correlation
        Kendall's tau-b of the totals; NaN without spread.
    movers
        All common units, those that gain most first, then by code.
    """

    units: int
    correlation: float
    movers: tuple[Mover, ...]

    @property
    def moved(self) -> int:
        """How many units change their rank."""
        return sum(mover.change != 0 for mover in self.movers)


def dependence(
    outcome: Outcome, reweighing: Reweighing, *, draws: int, spread: float, seed: int
) -> Dependence:
    """Draw the weights anew many times and see what becomes of the ranks.

    Each group's and indicator's weight is multiplied by a factor drawn evenly from
    [1 - spread, 1 + spread]; within its parent the weights then share the same points again.

    Parameters
    ----------
    outcome
        Ranked units.
    draws
        How many draws; with more than `MOST_RANKS` / draws units, fewer.
    spread
        In [0, 1).
    seed
        The same seed gives the same result, whatever the machine's memory.
    """
    units = len(outcome.units)
    draws = max(1, min(draws, MOST_RANKS // max(units, 1)))
    random = np.random.default_rng(seed)
    one, other, sampled = _pairs(outcome, np.random.default_rng(seed))
    order = np.sign(outcome.totals[one] - outcome.totals[other])
    reversals = np.zeros(one.size)

    def batch(number: int) -> NDArray[np.int32]:
        nonlocal reversals
        shape = (number, len(reweighing.columns))
        totals = np.round(reweighing.totals(random.uniform(1 - spread, 1 + spread, shape)), 6)
        for row in totals:
            reversals += np.sign(row[one] - row[other]) * order < 0
        return ranks(totals, outcome.groups).astype(np.int32)

    found = np.concatenate(in_batches(draws, units, batch))
    share = reversals / draws
    return Dependence(
        draws=draws,
        spread=spread,
        seed=seed,
        pairs=one.size,
        sampled=sampled,
        reversed=float(share.mean()) if share.size else 0.0,
        undecided=float((share >= 0.05).mean()) if share.size else 0.0,
        intervals=_intervals(outcome, found),
    )


def _pairs(outcome: Outcome, random: np.random.Generator) -> tuple[Whole, Whole, bool]:
    """Return pairs of positions within peer groups: all of them, or a sample if they are many."""
    named = np.array(outcome.groups)
    members = [np.flatnonzero(named == group) for group in outcome.sizes]
    counts = np.array([m.size * (m.size - 1) // 2 for m in members], dtype=np.int64)
    sampled = bool(counts.sum() > MOST_PAIRS)
    ones, others = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    wanted = random.multinomial(MOST_PAIRS, counts / counts.sum()) if sampled else counts
    for mine, number in zip(members, wanted, strict=True):
        if sampled:
            first = random.integers(0, mine.size, number)
            second = (first + random.integers(1, max(mine.size, 2), number)) % mine.size
        else:
            first, second = np.triu_indices(mine.size, 1)
        ones.append(mine[first])
        others.append(mine[second])
    return np.concatenate(ones), np.concatenate(others), sampled


def _intervals(outcome: Outcome, found: NDArray[np.int32]) -> tuple[RankInterval, ...]:
    own = ranks(outcome.totals[np.newaxis], outcome.groups)[0]
    low, high = np.quantile(found, [0.05, 0.95], axis=0, method="closest_observation")
    best, worst = found.min(axis=0), found.max(axis=0)
    rows = [
        RankInterval(
            unit, name, group, int(own[i]), int(low[i]), int(high[i]), int(best[i]), int(worst[i])
        )
        for i, (unit, name, group) in enumerate(
            zip(outcome.units, outcome.names, outcome.groups, strict=True)
        )
    ]
    return tuple(sorted(rows, key=lambda row: (row.group, row.rank, row.unit)))


def compare(outcome: Outcome, former: Mapping[str, float]) -> Comparison:
    """Set the ranks of a ranked outcome beside those that other totals give.

    Parameters
    ----------
    former
        Totals by unit code; NaN for none. Ranks count within this outcome's peer groups, among
        the units that have both totals.

    References
    ----------
    Kendall M. G. (1945), The treatment of ties in ranking problems, Biometrika 33.
    """
    kept = [i for i, unit in enumerate(outcome.units) if not np.isnan(former.get(unit, np.nan))]
    common = outcome.only(np.array(kept, dtype=np.int64))
    others: Floats = np.array([former[unit] for unit in common.units], dtype=np.float64)
    here = ranks(common.totals[np.newaxis], common.groups)[0]
    there = ranks(others[np.newaxis], common.groups)[0]
    tau = kendalltau(common.totals, others).statistic if len(kept) > 1 else np.nan
    movers = [
        Mover(unit, common.names[i], common.groups[i], int(here[i]), int(there[i]))
        for i, unit in enumerate(common.units)
    ]
    movers.sort(key=lambda mover: (-mover.change, mover.unit))
    return Comparison(len(movers), float(tau), tuple(movers))
