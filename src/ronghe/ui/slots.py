"""Places of the shell that apps fill on every page: ``top`` (search, notices) and ``foot``."""

from __future__ import annotations

_FILLED: dict[str, list[tuple[int, str]]] = {}


def fill(slot: str, template: str, *, order: int = 50) -> None:
    """Put a template into a slot of every page; it is given the page's own context."""
    _FILLED.setdefault(slot, []).append((order, template))


def templates_in(slot: str) -> list[str]:
    """Return the templates of a slot in their order."""
    return [template for _order, template in sorted(_FILLED.get(slot, []))]
