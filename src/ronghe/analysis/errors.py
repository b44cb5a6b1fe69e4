"""How the core says that something is wrong: codes and values, never sentences.

`ronghe.wording` turns a problem into a sentence in Chinese or English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found, as far as it is known.

    Attributes
    ----------
    source
        A file or workbook, as the user named it.
    sheet
        The sheet of a workbook.
    row
        The row a person sees: 1 is the first line of a text file or the first row of a sheet.
    column
        The column's heading.
    path
        The place inside a document, for example ``indicators.economy.children.jobs.rule``.
    """

    source: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, what was found and what was expected.

    Attributes
    ----------
    code
        Stable, in kebab case; the key of its sentence in `ronghe.wording`.
    where
        The place.
    found, expected
        Values as they stood and as they should be; shown to people as they are.
    details
        Further values that the sentence names.
    severity
        An error stops the work; a warning is shown and the work goes on.
    citation
        The rule behind it, for lint warnings and statutory checks: a key of the rulebook.
    """

    code: str
    where: Place = field(default_factory=Place)
    found: Any = None
    expected: Any = None
    details: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = "error"
    citation: str = ""


class ProblemsError(Exception):
    """All problems of a document or a set of files, found together."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"{p.code} at {p.where}" for p in self.problems[:3]))


def errors_among(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop the work."""
    return [p for p in problems if p.severity == "error"]
