"""Where in a document something stands, for a program and for a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ronghe.analysis.errors import Place

Loc = tuple[str | int, ...]
"""A place inside a document: keys and positions from the top, ``("indicators", 0, "rule")``."""

PlaceOf = Callable[[Loc], Place]
"""Turns a place inside a document into one that a person finds: a line, a cell."""


@dataclass(frozen=True, slots=True)
class Places:
    """What a reader noted of where each part stood; a part not noted stands where its whole does.

    Attributes
    ----------
    known
        Places by location; ``()`` stands for the document.
    """

    known: Mapping[Loc, Place] = field(default_factory=dict)

    def __call__(self, loc: Loc) -> Place:
        """Return the place of the longest known part of a location."""
        for end in range(len(loc), -1, -1):
            if loc[:end] in self.known:
                return self.known[loc[:end]]
        return Place()


def readable(document: Any, loc: Loc) -> str:
    """Write a location with codes in place of positions: ``indicators.jobs.rule.target``.

    Parameters
    ----------
    document
        The mapping or the scheme that the location is about.
    loc
        A location; what does not exist in the document is kept as it is, positions from 1.
    """
    words: list[str] = []
    here = document
    for step in loc:
        here = _below(here, step)
        code = _below(here, "code") if isinstance(step, int) else None
        words.append(code if isinstance(code, str) and code else _counted(step))
    return ".".join(words)


def _below(here: Any, step: str | int) -> Any:
    if isinstance(here, Mapping):
        return here.get(step)
    if isinstance(here, list):
        return here[step] if isinstance(step, int) and step < len(here) else None
    return getattr(here, str(step), None)


def _counted(step: str | int) -> str:
    return str(step + 1) if isinstance(step, int) else step


def by_path(document: Any) -> PlaceOf:
    """Return places that name the path alone, for documents that never were a file."""
    return lambda loc: Place(path=readable(document, loc))
