"""Normalisation (归一化): indicators in different units of measurement become comparable scores.

Each function takes one indicator and gives back scores of which more is always better. Gaps
(NaN) stay gaps and take no part. All but `goalposts` compare a unit with the others present.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ronghe.analysis.scheme.parts import Direction

Floats = NDArray[np.float64]

Normalisation = Literal["min_max", "z", "goalposts", "rank", "ratio_to_best"]
"""How values become scores."""

Scale = tuple[float, float]
"""The least and the highest score."""

PERCENT: Scale = (0.0, 100.0)


def min_max(values: Floats, *, direction: Direction = "more", scale: Scale = PERCENT) -> Floats:
    """Score from the worst unit to the best (极差法).

    Parameters
    ----------
    values : (units,)
        At least two of them different; in any unit of measurement.
    scale
        The scores of the worst and of the best.

    Returns
    -------
    (units,) within the scale; origin and unit of measurement of the values have no influence.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.

    Examples
    --------
    >>> min_max(np.array([10.0, 15.0, 20.0]), direction="less").tolist()
    [100.0, 50.0, 0.0]
    """
    worst, best = np.nanmin(values), np.nanmax(values)
    if direction == "less":
        worst, best = best, worst
    return _between(values, worst, best, scale)


def goalposts(values: Floats, *, low: float, high: float, scale: Scale = PERCENT) -> Floats:
    """Score between two fixed values (阈值法); what lies beyond gets the end of the scale.

    Parameters
    ----------
    values : (units,)
        In any unit of measurement.
    low, high
        The values that get the least and the highest score, same unit and different; low above
        high if less is better.

    Returns
    -------
    (units,) within the scale; a unit's score does not depend on the other units.

    References
    ----------
    UNDP (2022), Human Development Report 2021/22, technical note 1.

    Examples
    --------
    >>> goalposts(np.array([10.0, 52.5, 90.0]), low=20, high=85).tolist()
    [0.0, 50.0, 100.0]
    """
    return np.clip(_between(values, low, high, scale), *scale)


def _between(values: Floats, worst: float, best: float, scale: Scale) -> Floats:
    share = (values - worst) / (best - worst)
    return scale[0] * (1 - share) + scale[1] * share


def z_score(values: Floats, *, direction: Direction = "more") -> Floats:
    """Score by standard deviations from the mean (标准分).

    Parameters
    ----------
    values : (units,)
        At least two of them different; in any unit of measurement.

    Returns
    -------
    (units,) with mean 0 and sample standard deviation 1 over the units present; not bounded.

    References
    ----------
    OECD/JRC (2008), as for `min_max`.

    Examples
    --------
    >>> z_score(np.array([1.0, 2.0, 3.0])).tolist()
    [-1.0, 0.0, 1.0]
    """
    scores: Floats = (values - np.nanmean(values)) / np.nanstd(values, ddof=1)
    return -scores if direction == "less" else scores


def rank_score(values: Floats, *, direction: Direction = "more", scale: Scale = PERCENT) -> Floats:
    """Score by rank (位次法): the share of the other units that a unit is ahead of.

    Parameters
    ----------
    values : (units,)
        At least two; in any unit of measurement. A tie counts half.
    scale
        The scores of a unit behind all others and of one ahead of them all.

    Returns
    -------
    (units,) within the scale; only the order of the values counts.

    References
    ----------
    OECD/JRC (2008), as for `min_max`.

    Examples
    --------
    >>> rank_score(np.array([7.0, 9.0, 9.0])).tolist()
    [0.0, 75.0, 75.0]
    """
    risen = -values if direction == "less" else values
    present = np.sort(risen[np.isfinite(risen)])
    behind = np.searchsorted(present, risen, side="left")
    not_ahead = np.searchsorted(present, risen, side="right")
    ranks = np.where(np.isfinite(risen), (behind + not_ahead - 1) / 2, np.nan)
    return _between(ranks, 0, len(present) - 1, scale)


def ratio_to_best(
    values: Floats, *, direction: Direction = "more", scale: Scale = PERCENT
) -> Floats:
    """Score by the ratio to the best unit (与最优值之比), its relative distance to the leader.

    Parameters
    ----------
    values : (units,)
        At least 0, the best of them above 0; on a ratio scale. If less is better, all above 0.
    scale
        The scores that stand for a ratio of 0 and for the best.

    Returns
    -------
    (units,) within the scale; the unit of measurement of the values has no influence.

    References
    ----------
    OECD/JRC (2008), as for `min_max`: distance to a reference, here the leader.

    Examples
    --------
    >>> ratio_to_best(np.array([2.0, 4.0, 8.0]), direction="less").tolist()
    [100.0, 50.0, 25.0]
    """
    if direction == "less":
        return _between(np.nanmin(values) / values, 0, 1, scale)
    return _between(values / np.nanmax(values), 0, 1, scale)
