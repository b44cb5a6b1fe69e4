"""What the files of a scheme have in common: the plain document read, and where things stood."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.check import Loc, Places
from ronghe.analysis.scheme.model import Scheme

MAX_BYTES = 10_000_000
"""No scheme is larger than this: a file that is, is something else."""

_FOLLOWING = ("missing-key", "rule-without-parameter")
"""Problems that are none of their own where the cell itself has one."""


@dataclass(slots=True)
class Document:
    """A scheme as a file holds it: mappings, lists and texts, with their places."""

    content: Any
    known: dict[Loc, Place]
    problems: list[Problem] = field(default_factory=list)

    @property
    def places(self) -> Places:
        """Where each part stands."""
        return Places(self.known)

    def in_order(self, problems: Iterable[Problem]) -> list[Problem]:
        """Put problems in the order of the file: as its sheets stand, then by row.

        What is missing where a cell could not be read follows from that, and is left out.
        """
        sheets = list(dict.fromkeys(place.sheet for place in self.known.values()))

        def key(problem: Problem) -> tuple[int, int]:
            sheet = problem.where.sheet
            return sheets.index(sheet) if sheet in sheets else -1, problem.where.row or 0

        unread = {problem.where for problem in self.problems if problem.severity == "error"}
        told = (p for p in problems if p.code not in _FOLLOWING or p.where not in unread)
        return sorted(told, key=key)


def plain(scheme: Scheme) -> dict[str, Any]:
    """Write a scheme as mappings, lists, texts, decimals and dates, without defaults."""
    return scheme.model_dump(exclude_defaults=True)


def number_text(number: Decimal) -> str:
    """Write a decimal without exponent and idle zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scalar_text(value: object) -> str:
    """Write a scalar as its text: decimals exactly, dates as 2025-01-31."""
    if isinstance(value, Decimal):
        return number_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def read_bytes(path: Path) -> bytes:
    """Read a file of a scheme.

    Raises
    ------
    ProblemsError
        It is not there, cannot be read, is empty or larger than `MAX_BYTES`.
    """
    where = Place(str(path))
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ProblemsError([Problem("scheme-file-too-large", where, size, MAX_BYTES)])
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ProblemsError([Problem("scheme-file-missing", where)]) from None
    except OSError as error:
        raise ProblemsError([Problem("scheme-file-unreadable", where, error.strerror)]) from None
    if not raw.strip():
        raise ProblemsError([Problem("scheme-file-empty", where)])
    return raw


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Give a place beside a file to write to; it takes the file's place when all went well."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
