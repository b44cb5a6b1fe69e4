"""Totals under other weights: the tree folded again, many draws of weights at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ronghe.analysis.outcome import Floats, Outcome
from ronghe.analysis.robustness import Choices, Totals, Tree, of_points

THOUSAND = 1000


class Reweighing:
    """The totals of a ranked outcome as a function of the weights of groups and indicators.

    A group's score is the weighted mean of its children's, those that do not apply left out; so
    the totals under the scheme's own weights are those of the run, up to the rounding of each
    step to thousandths. Bonuses, penalties and gates stay as they are.
    """

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        scheme = outcome.scheme
        self.columns = {node.code: column for column, (node, _) in enumerate(scheme.walk())}
        full = np.array([float(leaf.points) for leaf in outcome.leaves])
        units = len(outcome.units)
        ceiling, zeroed = np.full(units, np.inf), np.zeros((units, len(self.columns)), np.bool_)
        for failed, gate in zip(outcome.failed.T, scheme.gates, strict=True):
            for code in gate.zeroes:
                zeroed[:, self.columns[code]] |= failed
            if gate.cap_points is not None:
                ceiling[failed] = np.minimum(ceiling[failed], float(gate.cap_points))
        self.composite = of_points(
            outcome.points[:, : full.size] * THOUSAND,
            full,
            Tree.of_scheme(scheme),
            whole=float(scheme.points),
            peers=outcome.groups,
            added=self._pools(),
            ceiling=ceiling,
            zeroed=zeroed,
        )

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
        weights = factors * np.array(self.composite.tree.weights)
        return Totals(self.composite, Choices()).of(weights, 0)

    def equal_totals(self) -> Floats:
        """Return the totals, (1, units), when all indicators of the tree weigh the same."""
        leaves = len(self.outcome.leaves)
        alike = replace(self.composite, tree=Tree.flat(np.ones(leaves)), zeroed=None)
        return Totals(alike, Choices()).given()[np.newaxis]

    def _pools(self) -> Floats:
        """Return what all pools give and take, (units,)."""
        sums = np.zeros(len(self.outcome.units))
        column = len(self.outcome.leaves)
        for pool in self.outcome.scheme.pools:
            items = self.outcome.points[:, column : column + len(pool.items)]
            together = np.minimum(np.nansum(items, axis=1), float(pool.cap))
            sums += together if pool.kind == "bonus" else -together
            column += len(pool.items)
        return sums
