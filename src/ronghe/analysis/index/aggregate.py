"""Aggregation (合成): scores of the parts become the score of the whole."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Mean = Literal["arithmetic", "geometric", "harmonic"]
"""How parts are put together: the less a mean forgives a weak part, the later it stands here."""

ENOUGH = 1e-9
"""Shares of weights that differ by less than this are the same."""


def aggregate(scores: Floats, weights: Floats, mean: Mean, coverage: float = 0.0) -> Floats:
    """Put the scores of the parts together as a weighted mean of those present.

    Parameters
    ----------
    scores : (units, parts)
        Gaps (NaN) are left out and their weight goes to the others in proportion. Geometric and
        harmonic means need scores of at least 0; one score of 0 makes the whole 0.
    weights : (parts,)
        Above 0; only their proportions count.
    mean
        ``arithmetic`` (算术平均), ``geometric`` (几何平均) or ``harmonic`` (调和平均).
    coverage
        The least share of the weights, from 0 to 1, that must be present.

    Returns
    -------
    (units,) between the least and the highest of the parts present; a gap where none is present
    or less than the coverage.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6.

    Examples
    --------
    >>> parts, weights = np.array([[20.0, 80.0], [50.0, np.nan]]), np.array([1.0, 1.0])
    >>> [aggregate(parts, weights, mean).round(2).tolist() for mean in MEANS]
    [[50.0, 50.0], [40.0, 50.0], [32.0, 50.0]]
    """
    present = np.isfinite(scores)
    shares = present * (weights / weights.sum())
    held = shares.sum(axis=1)
    enough = (held > 0) & (held >= coverage - ENOUGH)
    shares = shares / np.where(enough, held, 1)[:, np.newaxis]
    whole = MEANS[mean](np.where(present, scores, 1), shares)
    gapped: Floats = np.where(enough, whole, np.nan)
    return gapped


def _arithmetic(scores: Floats, shares: Floats) -> Floats:
    combined: Floats = np.einsum("up,up->u", scores, shares)
    return combined


def _geometric(scores: Floats, shares: Floats) -> Floats:
    nothing = ((scores == 0) & (shares > 0)).any(axis=1)
    logs = np.log(np.where(scores > 0, scores, 1))
    return np.where(nothing, 0.0, np.exp(_arithmetic(logs, shares)))


def _harmonic(scores: Floats, shares: Floats) -> Floats:
    nothing = ((scores == 0) & (shares > 0)).any(axis=1)
    inverse = _arithmetic(1 / np.where(scores > 0, scores, 1), shares)
    return np.where(nothing, 0.0, 1 / np.where(inverse > 0, inverse, 1))


MEANS = {"arithmetic": _arithmetic, "geometric": _geometric, "harmonic": _harmonic}
"""The means by name."""
