"""Parts of a page that other apps contribute, without the page's own app knowing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ronghe.ui.components import Words


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: its heading, its template, what that shows, and where it stands.

    ``order`` sorts the parts of a page, small ones first; a ``wide`` one takes the whole width.
    """

    title: Words
    template: str
    shown: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50
    wide: bool = False


Provider = Callable[[Any, Any], Section | None]
_PROVIDERS: dict[str, list[Provider]] = {}


def provide(page: str, provider: Provider) -> Provider:
    """Contribute to a page, such as ``registry.node``.

    The provider is given the person signed in and what the page is about, decides what they may
    see of it in a bounded number of queries, and returns None where there is nothing to show.
    """
    _PROVIDERS.setdefault(page, []).append(provider)
    return provider


def sections_of(page: str, user: Any, about: Any) -> list[Section]:
    """Return what there is to show on a page for a person, in its order."""
    found = [provider(user, about) for provider in _PROVIDERS.get(page, [])]
    return sorted((one for one in found if one is not None), key=lambda one: one.order)
