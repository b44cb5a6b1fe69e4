"""What is known of an organisation's year, plain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Source = tuple[str, int]
"""What a sentence was made from: ``record``, ``measure``, … and its id."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record in words: its title, unit of measurement, whether it is an obligation."""

    title: str
    unit: str
    obligation: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A record that stands: what was done, when, by how many; `matter` and `topic` as written."""

    pk: int
    kind: str
    day: date
    quantity: Decimal
    unit: int
    people: int = 0
    quality: int | None = None
    verified: bool = True
    matter: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of the year, the one before and the target, as far as they are there."""

    pk: int
    code: str
    title: str
    unit: str
    value: Decimal
    before: Decimal | None = None
    before_pk: int | None = None
    target: Decimal | None = None
    target_pk: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A signed result of an appraisal: points, grade, where most was lost (title, points)."""

    pk: int
    scheme: str
    total: str
    grade: str
    lost: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """Something that was to be put right: `kind` is ``rectification`` or ``improvement``."""

    kind: str
    pk: int
    words: str
    due: date
    done: date | None = None
    outcome: str = ""
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Required:
    """A kind of meeting that the rulebook asks for."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Facts:
    """An organisation's year up to a day: ``units`` tells how many organisations it spans."""

    year: int
    until: date
    kinds: dict[str, Kind]
    works: tuple[Work, ...] = ()
    figures: tuple[Figure, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    items: tuple[Item, ...] = ()
    required: tuple[Required, ...] = ()
    units: int = 1
