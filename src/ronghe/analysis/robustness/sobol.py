"""Sobol indices (索博尔指数): which inputs the uncertainty of a result comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.robustness.composite import Composite
from ronghe.analysis.robustness.draws import TRIGGERS, Choices, Totals, setting, varied
from ronghe.analysis.robustness.ranking import rank_rows
from ronghe.analysis.robustness.tree import Floats

MOST_DRAWS = 2**20
"""Of the base sample; beyond, Sobol sequences gain nothing that matters here."""


@dataclass(frozen=True)
class Sobol:
    """What share of a result's variance comes from each input.

    Attributes
    ----------
    inputs : (inputs,)
        Names.
    first : (inputs,)
        Share that an input explains alone (一阶指数). An estimate: it may lie a little under 0.
    total : (inputs,)
        Share in which it has a part, with others or alone (总指数); never under 0.
    mean, variance
        Of the result; without variance there are no shares and both arrays are NaN.
    """

    inputs: tuple[str, ...]
    first: Floats
    total: Floats
    mean: float
    variance: float


def sobol_indices(
    model: Callable[[Floats], Floats], inputs: tuple[str, ...], *, samples: int, seed: int
) -> Sobol:
    """Estimate first-order and total indices of a function of independent uniform inputs.

    Parameters
    ----------
    model
        Takes points of the unit cube, (draws, inputs), and gives one number each, (draws,). It is
        called inputs + 2 times.
    inputs
        Names of the inputs, at least one.
    samples
        Draws of the base sample: a power of 2, at least 2.
    seed
        Of the scrambling; the same seed gives the same result.

    Raises
    ------
    ProblemsError
        `samples` is no power of 2 in its range.

    References
    ----------
    Saltelli A. et al. (2010), Variance based sensitivity analysis of model output, Computer
    Physics Communications 181, 259-270: table 2, estimators (b) and (f); (f) is Jansen's (1999).
    Owen A. (1998), Scrambling Sobol' and Niederreiter-Xing points, Journal of Complexity 14.
    """
    from scipy.stats import qmc  # half a second that rank intervals need not wait for

    right = 2 <= samples <= MOST_DRAWS and samples & (samples - 1) == 0
    if problem := setting("samples", samples, f"2, 4, 8 … {MOST_DRAWS}", right):
        raise ProblemsError([problem])
    count = len(inputs)
    cube = qmc.Sobol(2 * count, rng=np.random.default_rng(seed)).random(samples)
    one, other = cube[:, :count], cube[:, count:]
    at_one, at_other = model(one), model(other)
    both = np.concatenate([at_one, at_other])
    variance = float(both.var())
    first, total = np.full(count, np.nan), np.full(count, np.nan)
    if variance > 1e-18 * float(np.abs(both).max()) ** 2:
        for column in range(count):
            mixed = one.copy()
            mixed[:, column] = other[:, column]
            at_mixed = model(mixed)
            first[column] = (at_other * (at_mixed - at_one)).mean() / variance
            total[column] = ((at_one - at_mixed) ** 2).mean() / 2 / variance
    return Sobol(inputs, first, total, float(both.mean()), variance)


def drivers(
    composite: Composite, choices: Choices, *, samples: int = 512, seed: int = 20250101
) -> Sobol:
    """Find which weights and choices move the ranks.

    The result that is explained is the mean number of places by which units move within their
    peer groups from the order under the choices made. Inputs are the weights of the groups and
    indicators that have siblings, by name, and `TRIGGERS` where there is a choice.

    Parameters
    ----------
    composite
        From `of_index` or `of_points`.
    choices
        What may differ; see `Choices`.
    samples
        A power of 2; the ranks are made samples × (inputs + 2) times.
    seed
        The same seed gives the same result.

    Raises
    ------
    ProblemsError
        Choices that do not fit, nothing that may differ, `samples` no power of 2.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 7 (average shift in rank).
    """
    totals = Totals(composite, choices)
    columns = varied(totals) if len(composite.values) else []
    if problem := setting("choices", 0, "≥ 1", bool(columns)):
        raise ProblemsError([problem])
    names = (*composite.tree.names, *TRIGGERS)
    base = totals.given() if composite.published is None else composite.published
    named = np.array(composite.peers)
    members = [np.flatnonzero(named == group) for group in dict.fromkeys(composite.peers)]
    own = [rank_rows(base[np.newaxis, mine].copy(), totals.resolution)[0] for mine in members]

    def shift(points: Floats) -> Floats:
        cube = np.full((len(points), len(names)), 0.5)
        cube[:, len(composite.tree.names) :] = 0.0
        cube[:, columns] = points
        draws = totals.draws(cube)
        moved = np.zeros(len(points))
        for choice, places in draws.batches(len(base)):
            found = totals.of(draws.weights[places], choice)
            for mine, rank in zip(members, own, strict=True):
                ranks = rank_rows(found[:, mine], totals.resolution).astype(np.int64)
                moved[places] += np.abs(ranks - rank).sum(axis=1)
        return moved / len(base)

    return sobol_indices(shift, tuple(names[c] for c in columns), samples=samples, seed=seed)
