"""Entropy weights (熵权法): an indicator that tells units apart weighs more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import kl_div

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.analysis.scheme.parts import Direction
from ronghe.analysis.weighting._matrix import (
    Floats,
    cell_place,
    complete_matrix,
    min_max,
    shares_of,
    varying,
)

Variant = Literal["sum", "minmax"]
"""How values become shares of their column."""


def entropy(
    matrix: ArrayLike, directions: Sequence[Direction], variant: Variant = "sum"
) -> NDArray[np.float64]:
    """Weigh indicators by entropy (熵权法).

    With p the shares of a column, weights are in proportion to 1 - e, where
    e = -Σ p ln p / ln n and 0 ln 0 = 0: the more unevenly a column is spread, the more it weighs.

    Parameters
    ----------
    matrix : (units, indicators)
        Values without gaps, each column in its own unit of measurement.
    directions : (indicators,)
        ``more`` or ``less``: which is better.
    variant
        ``sum``: p = x / Σx, for values that are not negative; the direction has no influence,
        since it is the spread of the values that counts. ``minmax``: the values are first scaled
        to [0, 1] with the best at 1, so the result does not depend on origin or unit.

    Returns
    -------
    (indicators,) not negative, adding up to 1. A constant column weighs 0. A single column
    weighs 1, constant or not.

    Raises
    ------
    ProblemsError
        With every gap, every negative value under ``sum``, directions that do not fit; or no
        column varies, as with one unit: the data say nothing about weights.

    References
    ----------
    Shannon C. (1948), A mathematical theory of communication, Bell System Technical Journal 27.
    Hwang C., Yoon K. (1981), Multiple Attribute Decision Making, Springer, 52-54 (``sum``).

    Examples
    --------
    >>> entropy([[1, 5], [1, 3], [2, 3]], ["more", "more"]).round(3).tolist()
    [0.651, 0.349]
    """
    if variant not in get_args(Variant):
        found = Problem("weighting-variant", found=variant, expected=", ".join(get_args(Variant)))
        raise ProblemsError([found])
    cells = complete_matrix(matrix, directions)
    positive = min_max(cells, directions) if variant == "minmax" else _not_negative(cells, matrix)
    if cells.shape[1] == 1:
        return np.ones(1)
    return shares_of(np.where(varying(cells), _divergence(positive), 0.0))


def _divergence(positive: Floats) -> Floats:
    """1 - e of each column, as the distance of its shares from equal ones; 0 for a column of 0."""
    units = len(positive)
    totals = positive.sum(axis=0)
    shares = np.divide(positive, totals, out=np.full_like(positive, 1 / units), where=totals > 0)
    distance: Floats = kl_div(shares, 1 / units).sum(axis=0) / np.log(max(units, 2))
    return distance


def _not_negative(cells: Floats, matrix: ArrayLike) -> Floats:
    as_given = np.asarray(matrix, dtype=np.float64)
    problems = [
        Problem("weighting-negative", where=cell_place(unit, at), found=float(as_given[unit, at]))
        for unit, at in np.argwhere(cells < 0)
    ]
    if problems:
        raise ProblemsError(problems)
    return cells
