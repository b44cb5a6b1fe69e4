"""Desk items and where they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import time
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Press:
    """An act so simple that it is done on the desk: what is posted where, and its button.

    The view at the address goes back by ``ui.forms.back_or``.
    """

    url: str
    action: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits (待办): what, why, where to do it, and by when if there is a day.

    ``place`` is the organisation it is about, told because one person may hold several posts.
    """

    title: str
    why: str
    url: str
    action: str
    due: date | None = None
    place: Any = ""
    press: Press | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The items of a stretch of time, most pressing first."""

    title: str | Promise
    items: list[Item]


Provider = Callable[[Any], Iterable[Item]]
_PROVIDERS: list[Provider] = []

REMEMBERED = 600
"""Seconds for which a session remembers the number beside the desk in the navigation."""
_COUNTED = "desk_counted"


def provide(provider: Provider) -> Provider:
    """Register a function that lists a user's items in a bounded number of queries."""
    _PROVIDERS.append(provider)
    return provider


def items_for(user: Any) -> list[Item]:
    """Return everything that waits for a person, the earliest day first."""
    found = [item for provider in _PROVIDERS for item in provider(user)]
    return sorted(found, key=lambda item: (item.due or date.max, item.title))


def count_for(request: Any) -> int:
    """Return how many things wait, as counted on the desk or within the last ten minutes.

    It stands on every page: counting anew is as much work as the desk itself.
    """
    count, counted = request.session.get(_COUNTED, (0, 0))
    if time() - counted < REMEMBERED:
        return int(count)
    return remember(request.session, len(items_for(request.user)))


def remember(session: Any, count: int) -> int:
    """Keep in the session how many things wait; it is written only where that is news."""
    known, counted = session.get(_COUNTED, (0, 0))
    if known != count or time() - counted > REMEMBERED / 2:
        session[_COUNTED] = (count, int(time()))
    return count


def first_of(rows: QuerySet[Any]) -> tuple[int, Any]:
    """Return how many rows there are and the first one; 0 and None, asked once, for no rows."""
    first = rows.first()
    return (0, None) if first is None else (rows.count(), first)


def grouped(items: Iterable[Item], today: date) -> list[Group]:
    """Group items by when they are due: over, this week, later, without a day."""
    week_ends = today + timedelta(days=6 - today.weekday())
    groups = {
        "over": Group(_("已经过期"), []),
        "week": Group(_("本周"), []),
        "later": Group(_("以后"), []),
        "open": Group(_("没有期限"), []),
    }
    for item in items:
        if item.due is None:
            name = "open"
        elif item.due < today:
            name = "over"
        else:
            name = "week" if item.due <= week_ends else "later"
        groups[name].items.append(item)
    return [group for group in groups.values() if group.items]
