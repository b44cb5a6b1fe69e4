"""Panels: what one app shows on the page of another's object, without that one knowing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Panel = Callable[[HttpRequest, Any], str]
_PANELS: list[Panel] = []


def provide(panel: Panel) -> Panel:
    """Register a function that draws a panel about an object, empty where it has nothing."""
    _PANELS.append(panel)
    return panel


def panels_for(request: HttpRequest, shown: Any) -> list[str]:
    """Return the panels of an object, in the order in which they were registered."""
    return [drawn for panel in _PANELS if (drawn := panel(request, shown))]
