"""The rules of a place: registry stands below regulations, which tells what holds where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ronghe.apps.registry.models import Node
from ronghe.rulebook import Rulebook

_TELLERS: list[Callable[[Node, date], Rulebook]] = []


def told_by(teller: Callable[[Node, date], Rulebook]) -> None:
    """Register who tells the rulebook of a node on a day."""
    _TELLERS[:] = [teller]


def rulebook_at(node: Node, on: date) -> Rulebook:
    """Return the rulebook of a node on a day."""
    return _TELLERS[0](node, on)
