"""Objects on whose pages procedures can be begun: found by their owner, for one person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

from ronghe.apps.procedures.subject import Subject

Finder = Callable[[Any, int], Subject]
_FINDERS: dict[str, Finder] = {}


def declare(label: str, finder: Finder) -> None:
    """Declare a model: ``finder(user, pk)`` returns the subject, or raises Http404."""
    _FINDERS[label] = finder


def find(user: Any, label: str, pk: int) -> Subject:
    """Return an object as somebody sees it, or raise Http404."""
    finder = _FINDERS.get(label)
    if finder is None:
        raise Http404
    return finder(user, pk)


def is_declared(label: str) -> bool:
    """Tell whether procedures can be begun on objects of a model."""
    return label in _FINDERS
