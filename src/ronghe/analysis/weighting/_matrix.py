"""What the methods that weigh by data have in common: reading and scaling the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.parts import Direction

Floats = NDArray[np.float64]


def numbers(values: ArrayLike) -> Floats:
    """Return the values as an array; as a lone NaN where they make none, such as ragged rows."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        return np.array(np.nan)


def shown(value: float) -> float | int:
    """Round a number to four digits that count, for a message; a whole one without a point."""
    rounded = float(f"{value:.4g}")
    return int(rounded) if rounded.is_integer() else rounded


def complete_matrix(matrix: ArrayLike, directions: Sequence[Direction]) -> Floats:
    """Return the matrix (units, indicators), each column divided by its largest magnitude.

    Raises
    ------
    ProblemsError
        It is no table, a cell is a gap or infinite, or the directions do not fit: all places.
    """
    cells = numbers(matrix)
    if cells.ndim != 2 or 0 in cells.shape:
        raise ProblemsError([Problem("weighting-matrix-shape", found=cells.shape)])
    problems = [
        Problem("weighting-gap", where=cell_place(unit, at), found=float(cells[unit, at]))
        for unit, at in np.argwhere(~np.isfinite(cells))
    ]
    if len(directions) != cells.shape[1]:
        problems.append(
            Problem("weighting-directions", found=len(directions), expected=cells.shape[1])
        )
    problems += [
        Problem(
            "weighting-direction",
            where=Place(column=str(at)),
            found=direction,
            expected=", ".join(get_args(Direction)),
        )
        for at, direction in enumerate(directions, start=1)
        if direction not in get_args(Direction)
    ]
    if problems:
        raise ProblemsError(problems)
    largest = np.abs(cells).max(axis=0)
    scaled: Floats = np.divide(cells, largest, out=np.zeros_like(cells), where=largest > 0)
    return scaled


def varying(cells: Floats) -> NDArray[np.bool_]:
    """Tell which columns are not constant: (indicators,)."""
    differs: NDArray[np.bool_] = cells.max(axis=0) > cells.min(axis=0)
    return differs


def min_max(cells: Floats, directions: Sequence[Direction]) -> Floats:
    """Scale each column to [0, 1], 1 the best; a constant column becomes 0."""
    low, high = cells.min(axis=0), cells.max(axis=0)
    less = np.array([direction == "less" for direction in directions])
    risen = np.where(less, high - cells, cells - low)
    scaled: Floats = np.divide(risen, high - low, out=np.zeros_like(cells), where=high > low)
    return scaled


def shares_of(information: Floats) -> Floats:
    """Turn what each indicator tells into weights.

    Raises
    ------
    ProblemsError
        None of them tells anything.
    """
    total = information.sum()
    if total <= 0:
        raise ProblemsError([Problem("weighting-no-information")])
    weights: Floats = information / total
    return weights


def cell_place(unit: int, at: int) -> Place:
    """Name a cell as people count: the first row and column are 1."""
    return Place(row=int(unit) + 1, column=str(int(at) + 1))
