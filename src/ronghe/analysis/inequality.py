"""How unequally something is spread over units: Gini and Theil, with the groups behind it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import kl_div, rel_entr

from ronghe.analysis.errors import Place, Problem, ProblemsError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GroupTheil:
    """One group's part in the inequality.

    Attributes
    ----------
    group
        Its name, as given.
    population_share, value_share
        Its part of the population and of the total value, each in [0, 1].
    theil
        The inequality inside the group, in [0, ln n]; 0 if all its values are 0.
    within
        value_share × theil: its part of the inequality within groups.
    between
        value_share × ln(value_share / population_share): its part of the inequality between
        groups; negative for a group below the average.
    """

    group: Hashable
    population_share: float
    value_share: float
    theil: float
    within: float
    between: float


@dataclass(frozen=True, slots=True)
class Theil:
    """Theil's index and its exact decomposition: total = between + within.

    Without groups all units are one: `between` is 0 and `groups` is empty.
    """

    total: float
    between: float
    within: float
    groups: tuple[GroupTheil, ...]


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Measure inequality by the Gini coefficient (基尼系数).

    Half the mean absolute difference of all pairs, over the mean: 0 when all are equal, up to
    1 - 1/n when one has everything. No small-sample correction.

    Parameters
    ----------
    values : (units,)
        Not negative, any unit of measurement. A unit with a gap (NaN) is left out with its weight.
    weights : (units,), optional
        What each unit stands for, such as its population; not negative, not all 0; equal if not
        given. A weight of 2 counts as two units.

    Returns
    -------
    In [0, 1), dimensionless. 0 for a single unit, and when all values are 0. NaN when there is
    no value.

    Raises
    ------
    ProblemsError
        With every negative or infinite value and everything wrong with the weights.
    ValueError
        What was given is not made of numbers.

    References
    ----------
    Gini C. (1912), Variabilità e mutabilità, Bologna. Cowell F. (2011), Measuring Inequality, 3rd
    ed., Oxford University Press, appendix A.

    Examples
    --------
    >>> round(gini([20, 50, 20, 10]), 6)
    0.3
    """
    amounts, people, _ = _checked(values, weights, None)
    if not amounts.size:
        return float("nan")
    order = np.argsort(amounts, kind="stable")
    amounts, people = amounts[order], people[order]
    mean = (amounts * people).sum()
    if mean == 0:
        return 0.0
    up_to = np.cumsum(people)[:-1]
    beyond = np.cumsum(people[::-1])[::-1][1:]
    return float((np.diff(amounts) * up_to * beyond).sum() / mean)


def theil(
    values: ArrayLike,
    groups: Sequence[Hashable] | None = None,
    weights: ArrayLike | None = None,
) -> Theil:
    """Measure inequality by Theil's T index (泰尔指数), between and within groups.

    T = Σ s ln(s / p), with s the shares of the total value and p the shares of the population;
    0 ln 0 = 0.

    Parameters
    ----------
    values : (units,)
        Average value of each unit, not negative, any unit of measurement. A unit with a gap
        (NaN) is left out with its weight and group.
    groups : (units,), optional
        The group of each unit; None and the empty text are no groups.
    weights : (units,), optional
        What each unit stands for, such as its population; not negative, not all 0; equal if not
        given.

    Returns
    -------
    Theil
        In [0, ln n], dimensionless; groups in the order in which they first appear. All 0 for a
        single unit, and when all values are 0. NaN and no groups when there is no value.

    Raises
    ------
    ProblemsError
        With every negative or infinite value and everything wrong with weights and groups.
    ValueError
        What was given is not made of numbers.

    References
    ----------
    Theil H. (1967), Economics and Information Theory, North-Holland, chapter 4.
    Shorrocks A. (1980), The class of additively decomposable inequality measures, Econometrica
    48(3), 613-625.

    Examples
    --------
    >>> found = theil([1, 3, 4, 8], groups=["east", "east", "west", "west"])
    >>> round(found.total, 4), round(found.between, 4), round(found.within, 4)
    (0.206, 0.1308, 0.0752)
    """
    amounts, people, names = _checked(values, weights, groups)
    if not amounts.size:
        return Theil(float("nan"), float("nan"), float("nan"), ())
    total = (amounts * people).sum()
    shares = amounts * people / total if total > 0 else people
    overall = _divergence(shares, people)
    if groups is None:
        return Theil(overall, 0.0, overall, ())
    parts = _groups(shares, people, names)
    between = _divergence(
        np.array([part.value_share for part in parts]),
        np.array([part.population_share for part in parts]),
    )
    return Theil(overall, between, sum(part.within for part in parts), parts)


def _divergence(shares: Floats, people: Floats) -> float:
    """Σ s ln(s / p) of two sets of shares; written so that no term is negative."""
    return float(kl_div(shares, people).sum())


def _groups(shares: Floats, people: Floats, names: list[Hashable]) -> tuple[GroupTheil, ...]:
    position = {name: at for at, name in enumerate(dict.fromkeys(names))}
    at = np.array([position[name] for name in names])
    value_share, population_share = np.bincount(at, shares), np.bincount(at, people)
    # A group without value or population has no inequality of its own; 1 only avoids 0 / 0.
    value, population = (np.where(share > 0, share, 1) for share in (value_share, population_share))
    terms = kl_div(shares / value[at], people / population[at])
    own = np.where(value_share > 0, np.bincount(at, terms), 0.0)
    columns = (population_share, value_share, own, value_share * own)
    between = rel_entr(value_share, population_share)
    return tuple(
        GroupTheil(name, *row)
        for name, row in zip(position, np.column_stack([*columns, between]).tolist(), strict=True)
    )


def _checked(
    values: ArrayLike, weights: ArrayLike | None, groups: Sequence[Hashable] | None
) -> tuple[Floats, Floats, list[Hashable]]:
    """Return values (largest 1), population shares and groups of the units without a gap."""
    amounts = np.asarray(values, dtype=np.float64)
    if amounts.ndim != 1:
        raise ProblemsError([Problem("inequality-shape", found=amounts.shape)])
    people = np.ones(amounts.size) if weights is None else np.asarray(weights, dtype=np.float64)
    problems = [
        Problem("inequality-value", where=Place(row=int(at) + 1), found=float(amounts[at]))
        for at in np.flatnonzero((amounts < 0) | np.isinf(amounts))
    ]
    problems += _weight_problems(people, amounts.size)
    problems += _group_problems(groups, amounts.size)
    present = ~np.isnan(amounts)
    if not problems and present.any() and not people[present].any():
        problems.append(Problem("inequality-no-weight"))
    if problems:
        raise ProblemsError(problems)
    names = [name for name, there in zip(groups or (), present, strict=False) if there]
    amounts, people = amounts[present], people[present]
    if amounts.any():
        amounts = amounts / amounts.max()
    if people.any():
        people = people / people.max()
        people = people / people.sum()
    return amounts, people, names


def _weight_problems(people: Floats, units: int) -> list[Problem]:
    if people.shape != (units,):
        return [Problem("inequality-weights-count", found=people.size, expected=units)]
    return [
        Problem("inequality-weight", where=Place(row=int(at) + 1), found=float(people[at]))
        for at in np.flatnonzero(~(np.isfinite(people) & (people >= 0)))
    ]


def _group_problems(groups: Sequence[Hashable] | None, units: int) -> list[Problem]:
    if groups is None:
        return []
    if len(groups) != units:
        return [Problem("inequality-groups-count", found=len(groups), expected=units)]
    return [
        Problem("inequality-group", where=Place(row=at))
        for at, name in enumerate(groups, start=1)
        if name is None or name == ""
    ]
