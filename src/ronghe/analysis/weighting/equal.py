"""Equal weights (等权)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ronghe.analysis.errors import Problem, ProblemsError


def equal(n: int) -> NDArray[np.float64]:
    """Give each of `n` criteria the same weight (等权).

    Parameters
    ----------
    n
        How many, at least 1.

    Returns
    -------
    (n,) each 1 / n

    Raises
    ------
    ProblemsError
        `n` is not a whole number of at least 1.

    Examples
    --------
    >>> equal(4).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 1:
        raise ProblemsError([Problem("weighting-count", found=n, expected=1)])
    return np.full(n, 1 / n)
