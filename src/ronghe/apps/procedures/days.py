"""Working days (工作日) by the notices known here: built in from 2004, later ones entered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from chinese_calendar import constants

from ronghe.apps.procedures.models import HolidayNotice
from ronghe.apps.procedures.working_days import Calendar, Deadline, Notice, notices_of

__all__ = ["Deadline", "after", "between", "calendar", "is_working", "known_years"]

NUMBERS = {2025: "国办发明电〔2024〕12号", 2026: "国办发明电〔2025〕7号"}
"""The numbers of built-in notices, as far as they are known."""

Recompute = Callable[[], int]
_RECOMPUTES: list[Recompute] = []


@dataclass(frozen=True, slots=True)
class KnownYear:
    """A year whose notice is known: where from, and its days in order."""

    year: int
    number: str
    entered: HolidayNotice | None
    off: list[date]
    made_up: list[date]


def after(day: date, number: int) -> Deadline:
    """Return the last of so many working days, counted from the day after ``day``."""
    return calendar().after(day, number)


def between(first: date, last: date) -> int:
    """Return how many working days follow ``first`` up to and including ``last``."""
    return calendar().between(first, last)


def is_working(day: date) -> bool:
    """Tell whether a day is worked, as far as is known."""
    return calendar().works(day)


def calendar() -> Calendar:
    """Return the calendar: built-in notices, and those entered in their place or after them."""
    entered = {one.year: _notice(one) for one in HolidayNotice.objects.order_by("pk")}
    return Calendar({**_built_in(), **entered})


def known_years() -> list[KnownYear]:
    """Return the years known, the latest first."""
    entered = {one.year: one for one in HolidayNotice.objects.select_related("entered_by")}
    return [
        KnownYear(
            year,
            entered[year].number if year in entered else NUMBERS.get(year, ""),
            entered.get(year),
            sorted(notice.off),
            sorted(notice.made_up),
        )
        for year, notice in sorted(calendar().notices.items(), reverse=True)
    ]


def recomputes(recompute: Recompute) -> Recompute:
    """Register what counts open deadlines anew after a notice was entered; it returns how many."""
    _RECOMPUTES.append(recompute)
    return recompute


def recompute_all() -> int:
    """Count every open deadline anew; return how many moved or became certain."""
    return sum(recompute() for recompute in _RECOMPUTES)


@cache
def _built_in() -> dict[int, Notice]:
    return notices_of(constants.holidays, constants.workdays)


def _notice(entered: HolidayNotice) -> Notice:
    return Notice(entered.year, _days(entered.off), _days(entered.made_up))


def _days(texts: Iterable[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)
