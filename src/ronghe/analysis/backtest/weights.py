"""How far ranks depend on weights, and who gains or loses against another scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import kendalltau

from ronghe.analysis.backtest.ranks import ranks
from ronghe.analysis.backtest.reweigh import Reweighing
from ronghe.analysis.outcome import Floats, Outcome
from ronghe.analysis.robustness import Choices, rank_intervals

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
    draws = max(1, min(draws, MOST_RANKS // max(len(outcome.units), 1)))
    found = rank_intervals(
        reweighing.composite,
        Choices(spread=spread),
        samples=draws,
        seed=seed,
    )
    places = zip(found.rank, found.low, found.high, found.best, found.worst, strict=True)
    rows = [
        RankInterval(unit, name, group, *map(int, numbers))
        for unit, name, group, numbers in zip(
            outcome.units, outcome.names, outcome.groups, places, strict=True
        )
    ]
    return Dependence(
        draws=draws,
        spread=spread,
        seed=seed,
        pairs=found.pairs,
        sampled=found.sampled,
        reversed=found.reversed,
        undecided=found.undecided,
        intervals=tuple(sorted(rows, key=lambda row: (row.group, row.rank, row.unit))),
    )


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
