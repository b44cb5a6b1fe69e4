"""What is wrong or unwise about a draft and what it asks of people, with links to the parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ronghe.analysis.errors import Place, Problem
from ronghe.analysis.scheme.burden import BurdenRow, SupplierBurden, burden, by_supplier
from ronghe.analysis.scheme.check import Loc, examine
from ronghe.analysis.scheme.duties import Duty, check_duties
from ronghe.analysis.scheme.fields import FIELDS
from ronghe.analysis.scheme.lint import lint
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.objection import cited, rule_behind
from ronghe.apps.appraisal.drafts.tree import Document, kind_of, part_at, title_of, written
from ronghe.apps.registry.models import Node
from ronghe.apps.regulations.selectors import rulebook, rulebook_at
from ronghe.rulebook import Rulebook, statistics
from ronghe.wording import Language, say

DUTY_LEVELS = ("township", "village")
"""The duty lists are about what is asked of townships and their villages."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in words: where (empty: the whole scheme), its part's address, the rule cited."""

    severity: str
    words: str
    at: str
    citation: str


@dataclass(frozen=True, slots=True)
class Health:
    """Everything found: the scheme (None where it cannot be read), findings, what is asked."""

    scheme: Scheme | None
    errors: tuple[Told, ...]
    warnings: tuple[Told, ...]
    rows: tuple[BurdenRow, ...]
    suppliers: tuple[SupplierBurden, ...]

    @property
    def entries(self) -> int:
        """Return the entries a year that one unit is asked for."""
        return sum(row.yearly for row in self.rows)

    @property
    def proofs(self) -> int:
        """Return the pieces of evidence a year that one unit has to hand in."""
        return sum(row.proofs for row in self.rows)

    @property
    def free(self) -> int:
        """Return how many indicators ask for nothing."""
        return sum(not (row.yearly or row.proofs) for row in self.rows)


@cache
def _statistics() -> Sequence[Any]:
    return statistics()


def health(
    document: Document, duties: Sequence[Duty], language: Language, at: Node | None = None
) -> Health:
    """Check, lint and weigh a draft as ``ronghe scheme check`` does a file.

    Rules are cited as they are at a node; built-in ones where none is given.
    """
    places = _Places(document, language)
    scheme, problems = examine(document, places, statistics=_statistics())
    rows: tuple[BurdenRow, ...] = ()
    if scheme is not None:
        problems = [*problems, *lint(scheme, places)]
        rows = burden(scheme)
        if duties and scheme.level in DUTY_LEVELS and scheme.appraises != "member":
            problems += check_duties(scheme, duties, places)
    on = scheme.period.until if scheme else None
    book = rulebook_at(at, on) if at and on else rulebook()
    told = [_told(problem, places, on, book, language) for problem in problems]
    asked = [row for row in rows if row.yearly or row.proofs]
    return Health(
        scheme,
        tuple(one for one in told if one.severity == "error"),
        tuple(one for one in told if one.severity != "error"),
        rows,
        by_supplier(asked),
    )


class _Places:
    """Names places by titles and labels, and remembers which part each is in."""

    def __init__(self, document: Document, language: Language) -> None:
        self.document, self.language = document, language
        self.parts: dict[str, str] = {}

    def __call__(self, loc: Loc) -> Place:
        own: Loc = ()
        part: Any = None
        for end in range(len(loc), -1, -1):
            part = part_at(self.document, loc[:end]) if end else self.document
            if part is not None and kind_of(loc[:end], part):
                own = loc[:end]
                break
        title = title_of(part, english=self.language == "en") if own else ""
        label = _label(loc[len(own) :], self.language)
        path = " · ".join(filter(None, (title, label)))
        self.parts.setdefault(path, written(own))
        return Place(path=path)


def _label(rest: Loc, language: Language) -> str:
    """Return what the field is called that a location leads to inside its part."""
    names = {key: field for fields in FIELDS.values() for key, field in fields.items()}
    key = next((str(step) for step in rest if str(step) in names), "")
    if not key:
        return ""
    return names[key].label if language == "zh" else key.replace("_", " ")


def _told(
    problem: Problem, places: _Places, on: date | None, book: Rulebook, language: Language
) -> Told:
    key = rule_behind(problem)
    rule = cited(key, on, book, language) if on and key else None
    at = places.parts.get(problem.where.path, "")
    return Told(problem.severity, say(problem, language), at, rule.source if rule else "")
