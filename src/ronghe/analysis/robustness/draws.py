"""What may be chosen differently, and draws of it from the unit cube."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any, get_args

import numpy as np

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.robustness.composite import (
    Composite,
    Imputation,
    Normalisation,
    filled,
    normalised,
)
from ronghe.analysis.robustness.tree import Aggregation, ByLevel, Floats, Tree, Whole

BLOCK_CELLS = 150_000
"""Draws times units that each thread works on at a time: 1.2 MB an array, to stay in cache."""

TRIGGERS = ("imputation", "normalisation", "aggregation")
"""The names of the inputs that are choices, in the order of the cube's last columns."""

SMALLEST = 1e-300
"""No weight drawn from a distribution is smaller, so that siblings never all weigh nothing."""


@dataclass(frozen=True)
class Choices:
    """How far an analysis may depart from the choices that were made.

    Attributes
    ----------
    spread
        Each weight is multiplied by a factor even in [1 - spread, 1 + spread], then siblings
        share the same sum again; in [0, 1). Ignored with a concentration.
    concentration
        Weights of siblings follow a Dirichlet distribution around those given: a weight w, as a
        share, has the variance w (1 - w) / (concentration + 1). Over 0; with equal weights and
        as many as there are siblings, all weights are equally likely. None: `spread` counts.
    imputations, normalisations, aggregations
        Drawn with equal probability; the first of each is the choice that was made. An
        aggregation is one mean, or one for each level from the top.

    References
    ----------
    Saisana M., Saltelli A., Tarantola S. (2005), Uncertainty and sensitivity analysis techniques
    as tools for the quality assessment of composite indicators, Journal of the Royal Statistical
    Society A 168, 307-323.
    """

    spread: float = 0.2
    concentration: float | None = None
    imputations: tuple[Imputation, ...] = ("as_given",)
    normalisations: tuple[Normalisation, ...] = ("as_given",)
    aggregations: tuple[ByLevel, ...] = ("arithmetic",)

    def problems(self, composite: Composite) -> list[Problem]:
        """Return what is wrong with these choices for this composite."""
        found = [setting("spread", self.spread, "[0, 1)", 0 <= self.spread < 1)]
        if self.concentration is not None:
            right = 0 < self.concentration < np.inf
            found.append(setting("concentration", self.concentration, "(0, ∞)", right))
        problems = [problem for problem in found if problem]
        for name, kind in (
            ("imputations", Imputation),
            ("normalisations", Normalisation),
            ("aggregations", Aggregation),
        ):
            chosen = [one for choice in getattr(self, name) or ("",) for one in _levels(choice)]
            known = get_args(kind)
            problems += [
                Problem("robustness-choice", Place(path=name), one, ", ".join(known))
                for one in chosen
                if one not in known
            ]
        if "as_given" in self.normalisations and composite.less.any():
            columns = ", ".join(str(column + 1) for column in np.flatnonzero(composite.less))
            problems.append(Problem("robustness-direction", found=columns))
        return problems


def _levels(choice: str | tuple[str, ...]) -> tuple[str, ...]:
    return (choice,) if isinstance(choice, str) else choice or ("",)


def setting(name: str, found: Any, expected: str, right: bool) -> Problem | None:
    """Return the problem of a setting that is not right."""
    if right:
        return None
    return Problem("robustness-setting", found=found, expected=expected, details={"name": name})


@dataclass(frozen=True)
class Draws:
    """Draws of weights and choices.

    Attributes
    ----------
    weights : (draws, nodes)
    choice : (draws,)
        The place of each draw's choices in `Totals.choices`.
    """

    weights: Floats
    choice: Whole

    def batches(self, units: int) -> Iterator[tuple[int, Whole]]:
        """Yield choices with the places of draws that made them, `BLOCK_CELLS` at a time."""
        size = max(1, BLOCK_CELLS // max(units, 1))
        for choice in np.unique(self.choice):
            places = np.flatnonzero(self.choice == choice)
            for start in range(0, places.size, size):
                yield int(choice), places[start : start + size]


@dataclass(frozen=True)
class Totals:
    """The totals of a composite as a function of draws.

    Values are imputed and normalised once for each choice, over all units; weights and means are
    then applied to blocks of draws. Everything is in double precision: equal units must tie.
    """

    composite: Composite
    choices: Choices
    tables: list[Floats] = field(init=False)
    ways: list[tuple[int, ByLevel]] = field(init=False)

    def __post_init__(self) -> None:
        if problems := self.choices.problems(self.composite):
            raise ProblemsError(problems)
        one = self.composite
        tables = [
            normalised(filled(one.values, one.less, one.peers, how, one.lacking), one.less, scale)
            for how in self.choices.imputations
            for scale in self.choices.normalisations
        ]
        object.__setattr__(self, "tables", tables)
        ways = list(product(range(len(tables)), self.choices.aggregations))
        object.__setattr__(self, "ways", ways)

    @cached_property
    def resolution(self) -> float:
        """Totals that differ by less are equal: 1e-8 of the largest possible."""
        largest = max(float(np.nanmax(np.abs(table), initial=0.0)) for table in self.tables)
        added = float(np.abs(self.composite.added).max(initial=0.0))
        return 1e-8 * (self.composite.full * largest + added) or 1.0

    def draws(self, cube: Floats) -> Draws:
        """Turn points of the unit cube, (draws, nodes + 3), into draws."""
        nodes = len(self.composite.tree.parents)
        kinds = self.choices.imputations, self.choices.normalisations, self.choices.aggregations
        choice = np.zeros(len(cube), np.int64)
        for column, kind in enumerate(kinds, start=nodes):
            choice = choice * len(kind) + (cube[:, column] * len(kind)).astype(np.int64)
        return Draws(_weights(self.composite.tree, self.choices, cube[:, :nodes]), choice)

    def given(self) -> Floats:
        """Return the totals, (units,), under the weights and choices that were made."""
        totals: Floats = self.of(np.array([self.composite.tree.weights]), 0)[0]
        return totals

    def of(self, weights: Floats, choice: int, units: Whole | slice = slice(None)) -> Floats:
        """Return the totals, (draws, units), of draws of weights that made one choice."""
        one = self.composite
        table, aggregation = self.ways[choice]
        zeroed = None if one.zeroed is None else one.zeroed[units]
        totals = one.tree.fold(self.tables[table][units], weights, aggregation, zeroed)
        if one.full != 1.0:
            totals *= one.full
        if (added := one.added[units]).any():
            totals += added
        if one.least > -np.inf:
            np.maximum(totals, one.least, out=totals)
        if np.isfinite(ceiling := one.ceiling[units]).any():
            np.minimum(totals, ceiling, out=totals)
        return totals


def _weights(tree: Tree, choices: Choices, cube: Floats) -> Floats:
    given = np.array(tree.weights)
    if choices.concentration is None:
        factors = 1 + choices.spread * (2 * cube - 1)
        weights: Floats = given * factors
        return weights
    from scipy.special import gammaincinv  # takes longer to import than most analyses to run

    shape = np.empty_like(given)
    for nodes in tree.children.values():
        shape[nodes] = choices.concentration * given[nodes] / given[nodes].sum()
    drawn = np.zeros_like(cube)
    some = shape > 0
    drawn[:, some] = np.maximum(gammaincinv(shape[some], cube[:, some]), SMALLEST)
    return drawn


def varied(totals: Totals) -> list[int]:
    """Return the columns of the cube that make a difference at all."""
    tree, choices = totals.composite.tree, totals.choices
    moves = choices.concentration is not None or choices.spread > 0
    columns = [
        node
        for node, parent in enumerate(tree.parents)
        if moves and tree.weights[node] > 0 and len(tree.children[parent]) > 1
    ]
    kinds = choices.imputations, choices.normalisations, choices.aggregations
    more = [at for at, kind in enumerate(kinds, start=len(tree.parents)) if len(kind) > 1]
    return columns + more
