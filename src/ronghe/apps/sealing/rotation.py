"""Changing keys: a new one seals everything anew, while others work."""

from __future__ import annotations

from collections.abc import Callable

from ronghe.apps.sealing.keys import add_key

_RESEALERS: list[Callable[[], int]] = []


def reseals(reseal: Callable[[], int]) -> Callable[[], int]:
    """Register what seals an app's values anew, a few at a time; it returns how many."""
    _RESEALERS.append(reseal)
    return reseal


def rotate() -> int:
    """Add a key and seal every value with it; return how many were sealed anew.

    It may be stopped and run again: each value opens with whichever key sealed it.
    """
    add_key()
    return sum(reseal() for reseal in _RESEALERS)
