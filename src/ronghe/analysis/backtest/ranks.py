"""Ranks of a few orders at a time, within peer groups."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from ronghe.analysis.outcome import Floats, Whole


def ranks(totals: Floats, groups: tuple[str, ...]) -> Whole:
    """Rank totals within peer groups, 1 for the highest; equal totals share the better rank.

    Parameters
    ----------
    totals : (draws, units)
        No gaps; differences under 0.000001 count as none.
    groups : (units,)
        The peer group of each unit.

    Returns
    -------
    (draws, units) from 1.

    Examples
    --------
    >>> ranks(np.array([[80.0, 90.0, 80.0]]), ("a", "a", "a"))
    array([[2, 1, 2]])
    """
    found = np.empty(totals.shape, dtype=np.int64)
    named = np.array(groups)
    for group in dict.fromkeys(groups):
        mine = np.flatnonzero(named == group)
        found[:, mine] = rankdata(-np.round(totals[:, mine], 6), method="min", axis=1)
    return found
