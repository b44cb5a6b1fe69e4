"""Publicities and objections found by words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ronghe.apps.desk.search import Hit, Words, matching
from ronghe.apps.procedures.selectors.objections import objections_visible_to
from ronghe.apps.procedures.selectors.publicity import publicities_visible_to


def publicities(user: Any, words: Words) -> Iterator[Hit]:
    """Find what is or was published where somebody belongs."""
    found = publicities_visible_to(user).filter(matching(words, "title", "text", "place__name"))
    for row in found:
        yield Hit(row.title, _("公示"), row.get_absolute_url(), row.place.name)


def objections(user: Any, words: Words) -> Iterator[Hit]:
    """Find objections somebody raised, answers or handles, by what they are about."""
    found = objections_visible_to(user).filter(matching(words, "title", "place__name"))
    for row in found:
        detail = f"{row.place.name} · {row.get_state_display()}"
        yield Hit(row.title, _("异议"), row.get_absolute_url(), detail)
