"""Ranks of many draws at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ronghe.analysis.robustness.tree import Floats

Ranks = NDArray[np.unsignedinteger[Any]]

WHOLE = 1.5 * 2.0**52
"""Added to a number under 2^51, it leaves the nearest whole number in the last bits: the fastest
way to round and convert in place."""


def rank_type(units: int) -> type[np.uint16] | type[np.uint32]:
    """Return the smallest type that holds the ranks of so many units."""
    return np.uint16 if units < 2**16 else np.uint32


def rank_rows(totals: Floats, resolution: float) -> Ranks:
    """Rank each row, 1 for the highest; equal totals share the better rank.

    Totals become whole multiples of the resolution, so rounding errors part no equals; each is
    packed with its place into one whole number, so that plain sorting gives the order.

    Parameters
    ----------
    totals : (draws, units)
        No gaps; magnitudes under 1e9 resolutions, units under 2^31. It is written over.
    resolution
        Over 0.

    Returns
    -------
    (draws, units) from 1.

    Examples
    --------
    >>> rank_rows(np.array([[80.0, 90.0, 80.0], [1.0, 2.0, 3.0]]), 1e-6).tolist()
    [[2, 1, 2], [3, 2, 1]]
    """
    draws, units = totals.shape
    bits = max(1, int(units - 1).bit_length())
    totals *= -1 / resolution
    totals += WHOLE
    keys = totals.view(np.int64)
    keys <<= bits
    keys += np.arange(units) - (np.array(WHOLE).view(np.int64) << bits)
    keys.sort(axis=1)
    places = keys & ((1 << bits) - 1)
    places += (np.arange(draws) * units)[:, np.newaxis]
    keys >>= bits
    kind = rank_type(units)
    ranks = np.arange(1, units + 1, dtype=kind)
    found = np.empty(totals.shape, dtype=kind)
    found.reshape(-1)[places] = ranks
    behind = keys[:, 1:] != keys[:, :-1]
    if (tied := np.flatnonzero(~behind.all(axis=1))).size:
        shared = np.tile(ranks, (tied.size, 1))
        shared[:, 1:] *= behind[tied]
        found.reshape(-1)[places[tied]] = np.maximum.accumulate(shared, axis=1)
    return found
