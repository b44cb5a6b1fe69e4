"""What is ranked: values, weights and whatever stands outside the weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.robustness.tree import ROOT, Bools, Floats, Tree

Normalisation = Literal["as_given", "min_max", "z_score", "rank", "best"]
"""How values come on one scale, 1 the best; see `normalised`."""

Imputation = Literal["as_given", "reweight", "mean", "median", "worst"]
"""What becomes of missing data: what stands there, their weight goes to the others, or a value of
the peers fills them."""

THOUSAND = 1000


@dataclass(frozen=True)
class Composite:
    """Units (考核对象) with values of indicators, and how a total is made of them.

    Make one with `of_index` or `of_points`, which check everything.

    Attributes
    ----------
    values : (units, indicators)
        A gap (NaN) where there is none.
    tree
        Weights; its indicators are the columns of `values`.
    peers : (units,)
        Peer group (同类组); ranks count within it.
    less : (indicators,)
        Whether less is better.
    full
        What the score of the tree is multiplied by: the points of the whole.
    added : (units,)
        Points outside the tree (bonuses, penalties).
    least
        No total is under it.
    ceiling : (units,)
        No total is over it, after all else.
    zeroed : (units, nodes)
        Parts of the tree that count as 0 for a unit that failed a gate.
    published : (units,)
        Totals that make the order to which draws are compared; None: those of the given weights
        and the first of each choice.
    lacking : (units, indicators)
        Where data are missing and may be filled, whatever stands there; None: at every gap.
    """

    values: Floats
    tree: Tree
    peers: tuple[str, ...]
    less: Bools
    full: float
    added: Floats
    least: float
    ceiling: Floats
    zeroed: Bools | None
    published: Floats | None
    lacking: Bools | None = None


def of_index(
    values: ArrayLike,
    weights: ArrayLike | Tree,
    *,
    less: ArrayLike | None = None,
    peers: tuple[str, ...] | None = None,
) -> Composite:
    """Take up a composite index (综合指数).

    Parameters
    ----------
    values : (units, indicators)
        In each indicator's own unit, or on one scale; a gap (NaN) where there is none.
    weights : (indicators,) or a tree
        Not negative, in any unit.
    less : (indicators,)
        Whether less is better; everywhere more by default.
    peers : (units,)
        Peer groups; one by default.

    Raises
    ------
    ProblemsError
        Values are no table or not finite, a unit has none, weights do not fit: all of it.
    """
    table = _table(values)
    units, indicators = table.shape
    tree = weights if isinstance(weights, Tree) else Tree.flat(_table(weights, 1))
    lower = np.zeros(indicators, np.bool_) if less is None else np.asarray(less, np.bool_)
    groups = ("",) * units if peers is None else peers
    problems = [*_wrong_weights(tree, indicators), *_wrong_cells(table)]
    problems += [
        Problem("robustness-unit-empty", Place(row=int(unit) + 1))
        for unit in np.flatnonzero(np.isnan(table).all(axis=1))
    ]
    problems += _wrong_lengths(units, peers=len(groups))
    problems += _wrong_lengths(indicators, less=lower.size)
    if problems:
        raise ProblemsError(problems)
    none, free = np.zeros(units), np.full(units, np.inf)
    return Composite(table, tree, groups, lower, 1.0, none, -np.inf, free, None, None)


def of_points(
    points: ArrayLike,
    full: ArrayLike,
    tree: Tree,
    *,
    whole: float = 100.0,
    peers: tuple[str, ...] | None = None,
    added: ArrayLike | None = None,
    ceiling: ArrayLike | None = None,
    zeroed: Bools | None = None,
    totals: ArrayLike | None = None,
    lacking: Bools | None = None,
) -> Composite:
    """Take up the stored results of an appraisal (考核).

    Parameters
    ----------
    points : (units, indicators)
        Points of the tree's indicators in 1/1000 point, as runs store them; a gap (NaN) where an
        indicator did not apply, whose weight the others share.
    full : (indicators,)
        Full points (分值) of each indicator, over 0.
    tree
        Weights at each level, such as `Tree.of_scheme`.
    whole
        Full points of the scheme.
    peers : (units,)
        Peer groups (同类组); one by default.
    added : (units,)
        What bonus and penalty pools give and take, in points; nothing by default.
    ceiling : (units,)
        Points over which a failed gate lets no total go; infinite by default.
    zeroed : (units, nodes)
        What a failed gate sets to 0.
    totals : (units,)
        Total points as published, the order to which draws are compared; without them the order
        of the given weights.
    lacking : (units, indicators)
        Where data are missing, whatever points stand there; a gap elsewhere is an indicator that
        does not apply. None: at every gap.

    Raises
    ------
    ProblemsError
        Everything that does not fit.
    """
    table, most = _table(points), _table(full, 1)
    units, indicators = table.shape
    groups = ("",) * units if peers is None else peers
    more = np.zeros(units) if added is None else np.asarray(added, np.float64)
    cap = np.full(units, np.inf) if ceiling is None else np.asarray(ceiling, np.float64)
    order = None if totals is None else np.asarray(totals, np.float64)
    problems = [*_wrong_weights(tree, indicators), *_wrong_cells(table)]
    problems += _wrong_lengths(indicators, full=most.size)
    lengths = {"peers": len(groups), "added": more.size, "ceiling": cap.size}
    lengths["totals"] = units if order is None else order.size
    lengths["zeroed"] = units if zeroed is None else len(zeroed)
    lengths["lacking"] = units if lacking is None else len(lacking)
    problems += _wrong_lengths(units, **lengths)
    problems += [
        Problem("robustness-full", Place(column=str(column + 1)), found=float(most[column]))
        for column in np.flatnonzero(~((most > 0) & np.isfinite(most)))
    ]
    if not whole > 0:
        problems.append(Problem("robustness-full", found=whole))
    for name, numbers in {"added": more, "totals": order, "ceiling": cap}.items():
        if numbers is not None and np.isnan(numbers).any():
            row = int(np.flatnonzero(np.isnan(numbers))[0]) + 1
            problems.append(Problem("robustness-gap", Place(row=row), details={"name": name}))
    if problems:
        raise ProblemsError(problems)
    shares = table / (most * THOUSAND)
    less = np.zeros(indicators, np.bool_)
    return Composite(shares, tree, groups, less, whole, more, 0.0, cap, zeroed, order, lacking)


def _table(values: ArrayLike, dimensions: int = 2) -> Floats:
    try:
        table = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        table = np.array(np.nan)
    if table.ndim != dimensions or table.shape[-1] == 0:
        found = " × ".join(map(str, table.shape)) or "0"
        raise ProblemsError([Problem("robustness-shape", found=found, expected=dimensions)])
    return table


def _wrong_cells(table: Floats) -> list[Problem]:
    return [
        Problem("robustness-infinite", Place(row=int(row) + 1, column=str(column + 1)))
        for row, column in np.argwhere(np.isinf(table))
    ]


def _wrong_lengths(expected: int, **lengths: int) -> list[Problem]:
    return [
        Problem("robustness-length", found=length, expected=expected, details={"name": name})
        for name, length in lengths.items()
        if length != expected
    ]


def _wrong_weights(tree: Tree, indicators: int) -> list[Problem]:
    problems = [
        Problem("robustness-weight", Place(path=name), found=weight)
        for name, weight in zip(tree.names, tree.weights, strict=True)
        if not (weight >= 0 and np.isfinite(weight))
    ]
    if len(tree.leaves) != indicators:
        problems.append(Problem("robustness-tree", found=len(tree.leaves), expected=indicators))
    if not problems:
        problems += [
            Problem("robustness-no-weight", Place(path="" if group == ROOT else tree.names[group]))
            for group, nodes in tree.children.items()
            if not any(tree.weights[node] for node in nodes)
        ]
    return problems


def filled(
    values: Floats,
    less: Bools,
    peers: tuple[str, ...],
    how: Imputation,
    lacking: Bools | None = None,
) -> Floats:
    """Fill missing data with a value of the peers; without any, or when re-weighted, they are gaps.

    Parameters
    ----------
    values : (units, indicators)
    how
        ``as_given``: what stands there. ``reweight``: a gap. ``mean``, ``median``, ``worst``: of
        the unit's peer group, by indicator, among those that have data.
    lacking : (units, indicators)
        Where data are missing; at every gap by default. Other gaps stay.

    Returns
    -------
    (units, indicators)
    """
    missing = np.isnan(values) if lacking is None else lacking
    if how == "as_given" or not missing.any():
        return values
    found = np.where(missing, np.nan, values)
    if how == "reweight":
        return found
    named = np.array(peers)
    for group in dict.fromkeys(peers):
        mine = np.flatnonzero(named == group)
        for column in np.flatnonzero(missing[mine].any(axis=0)):
            own = found[mine, column]
            known = own[~np.isnan(own)]
            if known.size:
                worst = known.max() if less[column] else known.min()
                put = {"mean": known.mean(), "median": np.median(known), "worst": worst}[how]
                found[mine[missing[mine, column]], column] = put
    return found


def normalised(values: Floats, less: Bools, how: Normalisation) -> Floats:
    """Bring indicators on one scale on which more is better; gaps stay gaps.

    Parameters
    ----------
    values : (units, indicators)
    how
        ``as_given``: as they are. ``min_max``: from the worst, 0, to the best, 1. ``z_score``:
        0.5 + z / 10, z the distance from the mean in standard deviations (division by n).
        ``rank``: the share of other units that are worse, equal ones half. ``best``: the ratio to
        the best, for less-is-better of the best to it; 0 where that is no number over 0.
        A column without spread is 0.5 by ``min_max``, ``z_score`` and ``rank``.

    Returns
    -------
    (units, indicators)

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    if how == "as_given":
        return values
    found = np.full(values.shape, np.nan)
    for column in range(values.shape[1]):
        there = ~np.isnan(values[:, column])
        known = values[there, column]
        if known.size:
            found[there, column] = _scaled(known, bool(less[column]), how)
    return found


def _scaled(known: Floats, less: bool, how: Normalisation) -> Floats:
    if how == "best":
        best = known.min() if less else known.max()
        top, bottom = (best, known) if less else (known, best)
        ratio = np.divide(top, bottom, out=np.zeros_like(known), where=bottom > 0)
        return np.clip(ratio, 0.0, None)
    low, high = known.min(), known.max()
    share: Floats
    if low == high:
        return np.full_like(known, 0.5)
    if how == "min_max":
        share = (known - low) / (high - low)
    elif how == "z_score":
        share = 0.5 + (known - known.mean()) / known.std() / 10
    else:
        ordered = np.sort(known)
        under = np.searchsorted(ordered, known, "left") + np.searchsorted(ordered, known, "right")
        share = (under - 1) / 2 / (known.size - 1)
    return 1 - share if less else share
