"""Panels of a page (页面的栏目): what other apps know of an organisation or a household."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from ronghe.apps.registry.models import Node


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: its title, the template of its inside and what that shows."""

    title: str | Promise
    template: str
    shown: dict[str, Any] = field(default_factory=dict)


Provider = Callable[[Any, Any], Panel | None]
_PROVIDERS: list[tuple[type[Model], Provider]] = []


def provide(provider: Provider, *, of: type[Model] = Node) -> None:
    """Register a function of user and thing that gives a panel, None where there is none."""
    _PROVIDERS.append((of, provider))


def panels_for(user: Any, thing: Model) -> list[Panel]:
    """Return the panels of a node or household that a person may see."""
    found = (provider(user, thing) for of, provider in _PROVIDERS if isinstance(thing, of))
    return [panel for panel in found if panel is not None]
