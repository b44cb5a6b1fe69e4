"""Outlier treatment (离群值处理): winsorise until the shape is tame, or take logarithms.

One indicator at a time; gaps (NaN) stay gaps and take no part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TreatmentChoice = Literal["none", "winsorise", "winsorise_or_log", "log"]
"""What is done to an indicator of which the shape is not tame."""

LOG_SHIFT = 0.01
"""Before the logarithm the least value is moved to this share of the range, so it is above 0."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When an indicator counts as tame, and how far treatment goes.

    `skewness` and `kurtosis`: it is tame if one of the two stays below its limit in magnitude
    and in excess. `points`: how many values may be winsorised at most.
    """

    skewness: float = 2.0
    kurtosis: float = 3.5
    points: int = 5


@dataclass(frozen=True, slots=True)
class Treated:
    """An indicator after treatment.

    `values`: (units,). `method`: what was done. `points`: how many values were winsorised.
    `tame`: whether it now keeps the limits.
    """

    values: Floats
    method: Literal["none", "winsorise", "log"]
    points: int
    tame: bool


def skewness(values: Floats) -> float:
    """Return the sample skewness G1 (偏度) of values, gaps apart.

    Parameters
    ----------
    values : (units,)
        In any unit of measurement.

    Returns
    -------
    Dimensionless; NaN for fewer than three values or equal ones.

    References
    ----------
    Joanes D., Gill C. (1998), Comparing measures of sample skewness and kurtosis, The
    Statistician 47(1), 183-189.

    Examples
    --------
    >>> round(skewness(np.array([1.0, 2.0, 3.0, 10.0])), 4)
    1.7636
    """
    deviations, spread = _standardised(values)
    n = len(deviations)
    if n < 3 or spread == 0:
        return float("nan")
    return float(np.mean(deviations**3) * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: Floats) -> float:
    """Return the sample excess kurtosis G2 (超额峰度) of values, gaps apart.

    Parameters
    ----------
    values : (units,)
        In any unit of measurement.

    Returns
    -------
    Dimensionless, near 0 for a normal sample; NaN for fewer than four values or equal ones.

    References
    ----------
    Joanes and Gill (1998), as for `skewness`.

    Examples
    --------
    >>> round(kurtosis(np.array([1.0, 2.0, 3.0, 10.0])), 4)
    3.228
    """
    deviations, spread = _standardised(values)
    n = len(deviations)
    if n < 4 or spread == 0:
        return float("nan")
    excess = float(np.mean(deviations**4)) - 3
    return ((n + 1) * excess + 6) * (n - 1) / ((n - 2) * (n - 3))


def _standardised(values: Floats) -> tuple[Floats, float]:
    """Return the deviations from the mean over their spread, and the range of the values."""
    present = values[np.isfinite(values)]
    spread = float(np.ptp(present)) if len(present) else 0.0
    if spread == 0:
        return present, 0.0
    scaled = (present - present.mean()) / spread
    return scaled / np.sqrt(np.mean(scaled**2)), spread


def is_tame(values: Floats, limits: Limits) -> bool:
    """Tell whether skewness or kurtosis keeps its limit; too few or equal values do.

    Parameters
    ----------
    values : (units,)
        In any unit of measurement; gaps take no part.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5; Becker W. et al.
    (2022), COINr, Journal of Open Source Software 7(78), 4567.
    """
    skew, kurt = skewness(values), kurtosis(values)
    if np.isnan(skew) or np.isnan(kurt):
        return True
    return abs(skew) < limits.skewness or kurt < limits.kurtosis


def winsorise(values: Floats, limits: Limits) -> Treated:
    """Move the farthest values to the next one (缩尾), until tame or the most points are moved.

    At each step it is the high end if the skewness is not negative, else the low end. Values
    that were moved before are tied with the new extreme and move on with it. At least two
    different values are left, so that the indicator still tells units apart.

    Parameters
    ----------
    values : (units,)
        In any unit of measurement; gaps stay gaps.

    Returns
    -------
    The values; `points` counts those moved at either end.

    References
    ----------
    Becker et al. (2022), as for `is_tame`; the function of the same name in COINr.

    Examples
    --------
    >>> tail = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100])
    >>> winsorise(tail, Limits()).values.tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 30.0, 30.0]
    """
    moved = values.copy()
    high = low = np.zeros(len(values), dtype=np.bool_)
    points = 0
    while points < limits.points and not is_tame(moved, limits) and _distinct(moved) > 2:
        if skewness(moved) >= 0:
            high = moved == np.nanmax(moved)
            moved[high] = np.nanmax(moved[~high])
        else:
            low = moved == np.nanmin(moved)
            moved[low] = np.nanmin(moved[~low])
        points = int(high.sum() + low.sum())
    method: Literal["winsorise", "none"] = "winsorise" if points else "none"
    return Treated(moved, method, points, is_tame(moved, limits))


def _distinct(values: Floats) -> int:
    return len(np.unique(values[np.isfinite(values)]))


def shifted_log(values: Floats, limits: Limits) -> Treated:
    """Take logarithms above the least value: ln(x - min + 0.01 (max - min)).

    The order of the units stays; equal values are left as they are.

    Parameters
    ----------
    values : (units,)
        In any unit of measurement; gaps stay gaps.

    References
    ----------
    Becker et al. (2022), as for `is_tame`; ``log_CT`` in COINr.
    """
    present = values[np.isfinite(values)]
    spread = float(np.ptp(present)) if len(present) else 0.0
    if spread == 0:
        return Treated(values, "none", 0, True)
    bent = np.log((values - present.min()) / spread + LOG_SHIFT) + np.log(spread)
    return Treated(bent, "log", 0, is_tame(bent, limits))


def treat(values: Floats, choice: TreatmentChoice, limits: Limits) -> Treated:
    """Treat an indicator if it is not tame.

    Parameters
    ----------
    values : (units,)
        In any unit of measurement; gaps stay gaps.
    choice
        ``none``; ``winsorise``; ``winsorise_or_log``: logarithms of the original values where
        winsorising did not do; ``log``: logarithms.

    Returns
    -------
    The values; untouched if they were tame.

    References
    ----------
    Becker et al. (2022), as for `is_tame`; ``Treat`` in COINr.
    """
    if choice == "none" or is_tame(values, limits):
        return Treated(values, "none", 0, is_tame(values, limits))
    if choice == "log":
        return shifted_log(values, limits)
    cut = winsorise(values, limits)
    if choice == "winsorise_or_log" and not cut.tame:
        return shifted_log(values, limits)
    return cut
