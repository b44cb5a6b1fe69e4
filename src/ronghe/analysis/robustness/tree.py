"""The tree of weights (权重树) and its folding: scores of many draws of weights at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ronghe.analysis.scheme.check.tree import worth
from ronghe.analysis.scheme.model import Scheme

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Whole = NDArray[np.int64]

Aggregation = Literal["arithmetic", "geometric", "harmonic"]
"""How the parts of a group make its score: the weighted mean of that name."""

ByLevel = Aggregation | tuple[Aggregation, ...]
"""One mean everywhere, or one for each level from the top, the last for all below it."""

LEAST_SHARE = 0.01
"""Geometric and harmonic means take scores under this as this: at 0 they know no difference."""

ROOT = -1


@dataclass(frozen=True)
class Tree:
    """Groups and indicators with their weights.

    Attributes
    ----------
    parents : (nodes,)
        The place of each node's parent, which stands before it; `ROOT` for the top level. The
        nodes that are nobody's parent are the indicators, in the order of the columns of values.
    weights : (nodes,)
        What a node weighs among its siblings, in any unit, not negative.
    names : (nodes,)
        What reports call the nodes, such as their codes.
    """

    parents: tuple[int, ...]
    weights: tuple[float, ...]
    names: tuple[str, ...]

    @classmethod
    def flat(cls, weights: Floats) -> Tree:
        """Return the tree of one level, its indicators called 1, 2, …"""
        names = tuple(str(n) for n in range(1, len(weights) + 1))
        return cls((ROOT,) * len(weights), tuple(weights.tolist()), names)

    @classmethod
    def of_scheme(cls, scheme: Scheme) -> Tree:
        """Return the tree of a scheme (考核方案), nodes in the order of `Scheme.walk`."""
        at: dict[str, int] = {}
        parents = []
        for place, (node, above) in enumerate(scheme.walk()):
            at[node.code] = place
            parents.append(at[above[-1].code] if above else ROOT)
        weights = tuple(float(worth(node)) for node, _ in scheme.walk())
        return cls(tuple(parents), weights, tuple(at))

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """The nodes under each group and under `ROOT`."""
        found: dict[int, list[int]] = {}
        for node, parent in enumerate(self.parents):
            found.setdefault(parent, []).append(node)
        return found

    @cached_property
    def leaves(self) -> dict[int, int]:
        """The column of each node that is an indicator."""
        nodes = [node for node in range(len(self.parents)) if node not in self.children]
        return {node: column for column, node in enumerate(nodes)}

    def fold(
        self,
        scores: Floats,
        weights: Floats,
        aggregation: ByLevel = "arithmetic",
        zeroed: Bools | None = None,
    ) -> Floats:
        """Return the score of the whole for every draw of weights and every unit.

        Parts that a unit does not have are left out and their weight is shared by the others; a
        unit that has none scores 0.

        Parameters
        ----------
        scores : (units, indicators)
            More is better; a gap (NaN) where an indicator does not apply.
        weights : (draws, nodes)
            Not negative; only proportions among siblings count.
        aggregation
            The mean of the parts. Geometric and harmonic: scores from `LEAST_SHARE` up.
        zeroed : (units, nodes)
            Groups and indicators that count as 0 for a unit.

        Returns
        -------
        (draws, units)
        """
        levels = (aggregation,) if isinstance(aggregation, str) else aggregation
        fold = _Fold(self, weights, [MEANS[level] for level in levels])
        special = np.isnan(scores @ np.ones(scores.shape[1]))  # a gap makes the sum a gap
        if zeroed is not None:
            special |= zeroed.any(axis=1)
        if set(levels) != {"arithmetic"} or not fold.every_group_weighs or special.all():
            return fold.by_level(scores, zeroed)
        if not special.any():
            return fold.at_once(scores)
        found = np.empty((len(weights), len(scores)))
        found[:, ~special] = fold.at_once(scores[~special])
        mine = None if zeroed is None else zeroed[special]
        found[:, special] = fold.by_level(scores[special], mine)
        return found


@dataclass(frozen=True)
class Mean:
    """A quasi-arithmetic mean: the weighted mean of `into` (scores), turned `back`."""

    into: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]


def _reciprocal(scores: Floats) -> Floats:
    found: Floats = 1 / np.maximum(scores, LEAST_SHARE)
    return found


def _logarithm(scores: Floats) -> Floats:
    found: Floats = np.log(np.maximum(scores, LEAST_SHARE))
    return found


MEANS: dict[Aggregation, Mean] = {
    "arithmetic": Mean(lambda scores: scores, lambda means: means),
    "geometric": Mean(_logarithm, lambda means: np.exp(means)),
    "harmonic": Mean(_reciprocal, lambda means: 1 / means),
}


class _Fold:
    """One batch of draws on its way up the tree."""

    def __init__(self, tree: Tree, weights: Floats, means: list[Mean]) -> None:
        self.tree, self.weights, self.means = tree, weights, means
        self.sums = {
            parent: weights[:, nodes].sum(axis=1, keepdims=True)
            for parent, nodes in tree.children.items()
        }

    @property
    def every_group_weighs(self) -> bool:
        return all(bool((total > 0).all()) for total in self.sums.values())

    def at_once(self, scores: Floats) -> Floats:
        """Fold units without gaps by arithmetic means: weights down the tree, then one product."""
        share = np.empty(self.weights.T.shape)
        for node, parent in enumerate(self.tree.parents):
            own = self.weights[:, node] / self.sums[parent][:, 0]
            share[node] = own if parent == ROOT else own * share[parent]
        return share[list(self.tree.leaves)].T @ scores.T

    def by_level(self, scores: Floats, zeroed: Bools | None) -> Floats:
        """Fold level by level."""
        return self._group(ROOT, 0, scores, zeroed)[0]

    def _group(
        self, group: int, depth: int, scores: Floats, zeroed: Bools | None
    ) -> tuple[Floats, Bools]:
        """Return the means of a group, (draws, units), and where any part has weight."""
        by = self.means[min(depth, len(self.means) - 1)]
        parts = self.tree.children[group]
        leaves = [node for node in parts if node in self.tree.leaves]
        own = scores[:, [self.tree.leaves[node] for node in leaves]]
        there = ~np.isnan(own)
        own = np.where(there, own, 0.0)
        if zeroed is not None:
            own = np.where(zeroed[:, leaves], 0.0, own)
        given = self.weights[:, leaves] @ np.where(there, by.into(own), 0.0).T
        weight = self.weights[:, leaves] @ there.T.astype(np.float64)
        for node in parts:
            if node in self.tree.leaves:
                continue
            score, has = self._group(node, depth + 1, scores, zeroed)
            if zeroed is not None:
                score = np.where(zeroed[:, node], 0.0, score)
            part = self.weights[:, [node]] * has
            given += part * by.into(score)
            weight += part
        has_any = weight > 0
        mean = np.divide(given, weight, out=np.zeros_like(given), where=has_any)
        if by is not MEANS["arithmetic"]:
            mean = np.where(has_any, by.back(np.where(has_any, mean, 1.0)), 0.0)
        return mean, has_any
