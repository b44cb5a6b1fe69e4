"""What waits at an organisation, shown on its page to those who may see it: the work, not people.

An app registers a function that is given who looks and the organisation, and says in a bounded
number of queries what waits there or below, whoever is to do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ronghe.ui.sections import Section


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits at an organisation: what, since or until when, where it is seen."""

    title: str
    since: date | None = None
    due: date | None = None
    url: str = ""


Provider = Callable[[Any, Any], Iterable[Waiting]]
_PROVIDERS: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Register a function that lists what waits at an organisation and below."""
    _PROVIDERS.append(provider)
    return provider


def at_organisation(user: Any, node: Any) -> Section | None:
    """Show what waits at an organisation; nothing where nothing does."""
    found = [one for provider in _PROVIDERS for one in provider(user, node)]
    if not found:
        return None
    found.sort(key=lambda one: (one.due or date.max, one.since or date.max, one.title))
    return Section(_("这里等着办的"), "desk/_waiting.html", {"waiting": found}, order=10)
