"""Drawing at random so that anybody can compute it again (随机抽取).

The algorithm, version 1: write the seed, a line break and the item's code in UTF-8; take
SHA-256 of it in hexadecimal; sort the items by that, then by code; the first ones are drawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

ALGORITHM = 1


def ticket(seed: str, code: str) -> str:
    """Return an item's lot: SHA-256 of the seed and its code, 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}\n{code}".encode()).hexdigest()


def draw(codes: Iterable[str], number: int, seed: str) -> list[str]:
    """Return the drawn codes in the order of their lots; the order they come in is no matter.

    Raises ValueError where fewer than ``number`` different codes are given.
    """
    different = sorted(set(codes), key=lambda code: (ticket(seed, code), code))
    if not 0 < number <= len(different):
        raise ValueError(number)
    return different[:number]


def verify(codes: Iterable[str], number: int, seed: str, drawn: Iterable[str]) -> bool:
    """Tell whether a draw comes out the same when it is computed again."""
    try:
        return draw(codes, number, seed) == list(drawn)
    except ValueError:
        return False
