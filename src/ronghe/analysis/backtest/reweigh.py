"""Totals under other weights: the tree folded again, many draws of weights at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ronghe.analysis.outcome import Floats, Outcome
from ronghe.analysis.robustness import Choices, Totals, Tree, of_outcome


class Reweighing:
    """The totals of a ranked outcome as a function of the weights of groups and indicators."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        walk = enumerate(outcome.scheme.walk())
        self.columns = {node.code: column for column, (node, _) in walk}
        self.composite = of_outcome(outcome)

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
