"""A year in entries: what was done when, what is due by when. No database, no clock."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["done", "now", "late", "ahead"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something of the year: the day it was done or is due, what, its state, where it is shown."""

    key: str
    day: date
    title: str
    state: State
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """That something was done on a day, and where it is shown."""

    day: date
    url: str


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the year in which something has to be done once: its first and last day."""

    since: date
    until: date


def spans(year: int, every_months: int) -> list[Span]:
    """Return the parts of a year for what is due once in so many months; at most the year."""
    length = min(every_months, 12)
    found = []
    for first in range(1, 13, length):
        last = min(first + length - 1, 12)
        until = date(year, last, calendar.monthrange(year, last)[1])
        found.append(Span(date(year, first, 1), until))
    return found


def recurring(
    key: str,
    title: str,
    detail: str,
    *,
    year: int,
    every_months: int,
    done: Sequence[Done],
    today: date,
) -> list[Entry]:
    """Return an entry for each part of the year: done on its first day, or due by its last.

    Only whether it was done is told: doing it more often changes nothing.
    """
    found = []
    for number, span in enumerate(spans(year, every_months), start=1):
        inside = sorted((one.day, one.url) for one in done if span.since <= one.day <= span.until)
        named = f"{key}-{number}"
        if inside:
            found.append(Entry(named, inside[0][0], title, "done", detail, inside[0][1]))
        else:
            found.append(Entry(named, span.until, title, state_of(span, today), detail))
    return found


def state_of(span: Span, today: date) -> State:
    """Tell where something stands that has not been done in its part of the year."""
    if today > span.until:
        return "late"
    return "now" if today >= span.since else "ahead"


def by_month(entries: Iterable[Entry]) -> list[tuple[int, list[Entry]]]:
    """Return the twelve months with their entries, each by its day."""
    ordered = sorted(entries, key=lambda one: (one.day, one.title, one.key))
    return [(month, [one for one in ordered if one.day.month == month]) for month in range(1, 13)]


@dataclass(frozen=True, slots=True)
class Row:
    """One matter of the year: what is recorded, what is not, what is on now, what is ahead."""

    title: str
    detail: str
    done: list[Entry]
    late: list[Entry]
    now: list[Entry]
    ahead: list[Entry]


def by_matter(entries: Iterable[Entry]) -> list[Row]:
    """Return the year by matter, in the order of the first day of each."""
    rows: dict[tuple[str, str], dict[State, list[Entry]]] = {}
    for one in sorted(entries, key=lambda one: (one.day, one.title, one.key)):
        of_matter = rows.setdefault((one.title, one.detail), {})
        of_matter.setdefault(one.state, []).append(one)
    return [
        Row(
            title,
            detail,
            found.get("done", []),
            found.get("late", []),
            found.get("now", []),
            found.get("ahead", []),
        )
        for (title, detail), found in rows.items()
    ]
