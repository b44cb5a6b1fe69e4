"""Imputation (缺失值填补): what stands in for a gap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ronghe.analysis.index.model import Imputation
from ronghe.analysis.index.treat import Floats


def impute(values: Floats, choice: Imputation, groups: Sequence[str] = ()) -> Floats:
    """Fill gaps with what the other units, or those of the same peer group, have.

    Parameters
    ----------
    values : (units, indicators)
        Gaps are NaN.
    choice
        ``none`` leaves gaps; ``mean``, ``median`` over all units present; ``group_mean``,
        ``group_median`` over those of the same group.
    groups : (units,)
        Peer groups; asked for by the last two.

    Returns
    -------
    (units, indicators); a gap stays where nobody else has a value.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 3.

    Examples
    --------
    >>> cells = np.array([[1.0], [3.0], [np.nan], [9.0]])
    >>> impute(cells, "group_mean", ["east", "east", "east", "west"])[:, 0].tolist()
    [1.0, 3.0, 2.0, 9.0]
    """
    if choice == "none":
        return values
    middle = np.median if choice.endswith("median") else np.mean
    filled = values.copy()
    grouping = np.array(groups if choice.startswith("group") else [""] * len(values))
    for group in dict.fromkeys(grouping.tolist()):
        mine = grouping == group
        for at in range(values.shape[1]):
            column = values[mine, at]
            present = column[np.isfinite(column)]
            if len(present):
                filled[mine, at] = np.where(np.isnan(column), middle(present), column)
    return filled
