"""A calendar file (iCalendar, RFC 5545) of whole days. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Day:
    """Something on a day: a lasting id, the day, what it is."""

    uid: str
    day: date
    title: str


def calendar_of(days: Iterable[Day], *, name: str) -> bytes:
    """Return a calendar; the same days give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ronghe//records//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in days:
        event = Event()
        event.add("uid", f"{one.uid}@ronghe")
        event.add("dtstamp", datetime(one.day.year, one.day.month, one.day.day, tzinfo=UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.title)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
