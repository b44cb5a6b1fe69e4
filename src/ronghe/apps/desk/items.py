"""Desk items and where they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.cache import caches
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

REMEMBERED = 60
"""Seconds for which the number beside the desk in the navigation is remembered."""


def provide(provider: Provider) -> Provider:
    """Register a function that lists a user's items in a bounded number of queries."""
    _PROVIDERS.append(provider)
    return provider


def items_for(user: Any) -> list[Item]:
    """Return everything that waits for a person, the earliest day first."""
    found = [item for provider in _PROVIDERS for item in provider(user)]
    _remember(user, len(found))
    return sorted(found, key=lambda item: (item.due or date.max, item.title))


def count_for(user: Any) -> int:
    """Return how many things wait, as counted within the last minute."""
    known = caches["memory"].get(_key(user))
    return len(items_for(user)) if known is None else known


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


def _remember(user: Any, count: int) -> None:
    caches["memory"].set(_key(user), count, REMEMBERED)


def _key(user: Any) -> str:
    return f"desk-{getattr(user, 'pk', '')}"
