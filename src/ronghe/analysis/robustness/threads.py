"""Work in blocks on several threads: numpy lets go of the interpreter while it computes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

THREADS = min(4, os.cpu_count() or 1)

Given = TypeVar("Given")
Made = TypeVar("Made")


def each(work: Callable[[Given], Made], given: Sequence[Given]) -> list[Made]:
    """Do the work for each of the given, by several threads where there is more than one."""
    if len(given) < 2 or THREADS == 1:
        return list(map(work, given))
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, given))
