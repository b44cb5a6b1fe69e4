"""CRITIC weights: an indicator weighs by its contrast and by its conflict with the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ronghe.analysis.scheme.parts import Direction
from ronghe.analysis.weighting._matrix import (
    Floats,
    complete_matrix,
    min_max,
    shares_of,
    varying,
)

_NOISE = 1e-12
"""Conflict below this is what rounding leaves of columns that say exactly the same."""


def critic(matrix: ArrayLike, directions: Sequence[Direction]) -> NDArray[np.float64]:
    """Weigh indicators by contrast and conflict (CRITIC 法).

    Columns are scaled to [0, 1] with the best at 1. The information of one is its standard
    deviation times Σ (1 - r) over its correlations r with the others; weights are in proportion.

    Parameters
    ----------
    matrix : (units, indicators)
        Values without gaps, each column in its own unit of measurement.
    directions : (indicators,)
        ``more`` or ``less``: which is better.

    Returns
    -------
    (indicators,) not negative, adding up to 1. A constant column weighs 0 and leaves the weights
    of the others as they are. If only one column varies, or there is only one, it weighs 1.

    Raises
    ------
    ProblemsError
        With every gap, directions that do not fit; or no column varies; or all that vary
        correlate perfectly, so that there is no conflict to go by.

    References
    ----------
    Diakoulaki D., Mavrotas G., Papayannakis L. (1995), Determining objective weights in multiple
    criteria problems: The CRITIC method, Computers & Operations Research 22(7), 763-770.

    Examples
    --------
    >>> critic([[1, 3, 1], [2, 2, 2], [3, 1, 3]], ["more", "more", "more"]).tolist()
    [0.25, 0.5, 0.25]
    """
    cells = complete_matrix(matrix, directions)
    if cells.shape[1] == 1:
        return np.ones(1)
    telling = varying(cells)
    information = np.zeros(cells.shape[1])
    if telling.any():
        information[telling] = _information(min_max(cells, directions)[:, telling])
    return shares_of(information)


def _information(scaled: Floats) -> Floats:
    """Contrast times conflict of each column; none of them is constant."""
    if scaled.shape[1] == 1:
        return np.ones(1)
    contrast = scaled.std(axis=0)
    standard = (scaled - scaled.mean(axis=0)) / contrast
    correlation = standard.T @ standard / len(standard)
    conflict = (1 - correlation.clip(-1, 1)).sum(axis=0)
    return np.where(conflict > _NOISE, contrast * conflict, 0.0)
