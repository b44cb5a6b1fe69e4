"""Audit entries are sealed every minute, ten thousand at most: other work is not held up."""

from __future__ import annotations

from ronghe.apps.audit.services import seal
from ronghe.apps.desk import ticks

BATCHES = 50


@ticks.every(minutes=1)
def seal_entries() -> None:
    """Seal what waits."""
    for _batch in range(BATCHES):
        if not seal():
            break
