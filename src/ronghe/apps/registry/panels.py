"""Panels of a node's page (组织页面的栏目): what other apps know of an organisation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from ronghe.apps.registry.models import Node


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: its title, the template of its inside and what that shows."""

    title: str | Promise
    template: str
    shown: dict[str, Any] = field(default_factory=dict)


Provider = Callable[[Any, Node], Panel | None]
_PROVIDERS: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Register a function of user and node that gives a panel, None where there is none."""
    _PROVIDERS.append(provider)
    return provider


def panels_for(user: Any, node: Node) -> list[Panel]:
    """Return the panels of a node that a person may see."""
    found = (provider(user, node) for provider in _PROVIDERS)
    return [panel for panel in found if panel is not None]
