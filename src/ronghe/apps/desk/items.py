"""Desk items and where they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits (待办): what, why, where to do it, and by when if there is a day."""

    title: str
    why: str
    url: str
    action: str
    due: date | None = None


Provider = Callable[[Any], Iterable[Item]]
_PROVIDERS: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Register a function that lists a user's items."""
    _PROVIDERS.append(provider)
    return provider


def items_for(user: Any) -> list[Item]:
    """Return everything that waits for a person, the earliest day first."""
    found = [item for provider in _PROVIDERS for item in provider(user)]
    return sorted(found, key=lambda item: (item.due or date.max, item.title))
