"""Totals under other weights: the tree folded again, many draws of weights at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from ronghe.analysis.backtest.outcome import Bools, Floats, Outcome
from ronghe.analysis.scheme.check.tree import worth
from ronghe.analysis.scheme.model import Group, Indicator


class Reweighing:
    """The totals of a ranked outcome as a function of the weights of groups and indicators.

    A group's score is the weighted mean of its children's, those that do not apply left out; so
    the totals under the scheme's own weights are those of the run, up to the rounding of each
    step to thousandths. Bonuses, penalties and gates stay as they are.
    """

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        scheme = outcome.scheme
        nodes = [node for node, _ in scheme.walk()]
        self.columns = {node.code: column for column, node in enumerate(nodes)}
        self._leaf = {leaf.code: place for place, leaf in enumerate(outcome.leaves)}
        self._shares = np.array([float(leaf.points) for leaf in outcome.leaves])
        self._shares = outcome.points[:, : len(self._leaf)] / self._shares

    def totals(self, factors: Floats) -> Floats:
        """Return the totals when every weight is multiplied by a factor.

        Parameters
        ----------
        factors : (draws, nodes)
            Factors not under 0 of groups and indicators, in the order of `Scheme.walk`.

        Returns
        -------
        (draws, units) points.
        """
        share, _ = self._fold(self.outcome.scheme.indicators, factors)
        return self._finished(share)

    def equal_totals(self) -> Floats:
        """Return the totals, (1, units), when all indicators of the tree weigh the same."""
        there = ~np.isnan(self._shares)
        given = np.where(there, self._shares, 0.0).sum(axis=1)
        return self._finished((given / np.maximum(there.sum(axis=1), 1))[np.newaxis])

    def _fold(self, children: list[Group | Indicator], factors: Floats) -> tuple[Floats, Bools]:
        """Return the weighted mean of the children's shares, and where any has weight."""
        shape = len(factors), len(self.outcome.units)
        given, weight = np.zeros(shape), np.zeros(shape)
        for child in children:
            share, there = self._share(child, factors)
            own = float(worth(child)) * factors[:, [self.columns[child.code]]] * there
            given += own * share
            weight += own
        there = weight > 0
        return np.divide(given, weight, out=np.zeros(shape), where=there), there

    def _share(self, node: Group | Indicator, factors: Floats) -> tuple[Floats, Bools]:
        if isinstance(node, Indicator):
            own = self._shares[:, self._leaf[node.code]]
            known = ~np.isnan(own)[np.newaxis]
            return np.where(known, own, 0.0), known
        share, there = self._fold(node.children, factors)
        for column, gate in enumerate(self.outcome.scheme.gates):
            if node.code in gate.zeroes:
                share = share * ~self.outcome.failed[:, column]
        return share, there

    def _finished(self, share: Floats) -> Floats:
        """Add pools and apply the gates' caps."""
        scheme = self.outcome.scheme
        total = share * float(scheme.points) + self._pools()
        total = np.maximum(total, 0.0)
        for column, gate in enumerate(scheme.gates):
            if gate.cap_points is not None:
                capped = np.minimum(total, float(gate.cap_points))
                total = np.where(self.outcome.failed[:, column], capped, total)
        return total

    def _pools(self) -> Floats:
        """Return what all pools give and take, (units,)."""
        sums = np.zeros(len(self.outcome.units))
        column = len(self._leaf)
        for pool in self.outcome.scheme.pools:
            items = self.outcome.points[:, column : column + len(pool.items)]
            together = np.minimum(np.nansum(items, axis=1), float(pool.cap))
            sums += together if pool.kind == "bonus" else -together
            column += len(pool.items)
        return sums


Batch = TypeVar("Batch")


def in_batches(
    draws: int, units: int, work: Callable[[int], Batch], *, cells: int = 1_000_000
) -> list[Batch]:
    """Do the draws in batches of at most so many cells, so that memory stays bounded."""
    batch = max(1, cells // max(units, 1))
    return [work(min(batch, draws - done)) for done in range(0, draws, batch)]
