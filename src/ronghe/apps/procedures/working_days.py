"""Counting working days (工作日): pure, on a table of days off and make-up days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE = timedelta(days=1)
# The notice of a year also moves days of the last week before it: 29 December 2018 was worked.
LAST_WEEK = 25
FIXED = ((1, 1), (5, 1), (10, 1))
"""Days of the year that every notice gives off."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day counted in working days; provisional (暂定) until every year on the way is known."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """What the State Council's notice for a year (节假日安排) says: days off, make-up days."""

    year: int
    off: frozenset[date]
    made_up: frozenset[date]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days as far as notices are known; where none is, Monday to Friday."""

    notices: Mapping[int, Notice] = field(default_factory=dict)

    def known(self, day: date) -> bool:
        """Tell whether the notices that can move a day have been published."""
        late = day.month == 12 and day.day >= LAST_WEEK
        return day.year in self.notices and (not late or day.year + 1 in self.notices)

    def works(self, day: date) -> bool:
        """Tell whether a day is worked; the notice of the next year wins in its last week."""
        for year in (day.year + 1, day.year):
            notice = self.notices.get(year)
            if notice and day in notice.made_up:
                return True
            if notice and day in notice.off:
                return False
        return day.weekday() < 5

    def after(self, day: date, number: int) -> Deadline:
        """Return the last of so many working days, the first of which follows ``day``.

        None of them is ``day`` itself; zero gives the day back.
        """
        if number < 0:
            raise ValueError(number)
        provisional = False
        while number:
            day += ONE
            provisional = provisional or not self.known(day)
            number -= self.works(day)
        return Deadline(day, provisional)

    def between(self, first: date, last: date) -> int:
        """Return how many working days follow ``first`` up to ``last``, that included."""
        if last < first:
            return -self.between(last, first)
        return sum(self.works(first + ONE * step) for step in range(1, (last - first).days + 1))


def wrong_in(notice: Notice) -> list[tuple[str, tuple[date, ...]]]:
    """Return what cannot be right in a notice: codes with the days they are about."""
    year, days = notice.year, notice.off | notice.made_up
    last_week = date(year - 1, 12, LAST_WEEK)
    fixed = {date(year, month, day) for month, day in FIXED}
    found = {
        "other-year": {day for day in days if not last_week <= day <= date(year, 12, 31)},
        "both": notice.off & notice.made_up,
        "made-up-on-weekday": {day for day in notice.made_up if day.weekday() < 5},
        "worked-on-holiday": fixed - notice.off,
    }
    return [(code, tuple(sorted(days))) for code, days in found.items() if days]


def notices_of(off: Iterable[date], made_up: Iterable[date]) -> dict[int, Notice]:
    """Sort a long table into notices by the year of each day, without a gap."""
    offs, worked = frozenset(off), frozenset(made_up)
    years = {day.year for day in offs | worked}
    return {
        year: Notice(
            year,
            frozenset(day for day in offs if day.year == year),
            frozenset(day for day in worked if day.year == year),
        )
        for year in (range(min(years), max(years) + 1) if years else ())
    }
