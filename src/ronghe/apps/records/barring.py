"""Who may not check what: said by apps that have a draw checked by others than who drew it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

Bar = Callable[[Any], Q]
_BARS: list[Bar] = []


def bar(provider: Bar) -> Bar:
    """Register a function that tells which records a person may not check (回避)."""
    _BARS.append(provider)
    return provider


def barred(user: Any) -> Q:
    """Return which records somebody may not check though their post would let them."""
    found = Q(pk__in=[])
    for provider in _BARS:
        found |= provider(user)
    return found
