"""Publicities found by words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ronghe.apps.desk.search import Hit, Words, matching
from ronghe.apps.procedures.selectors.publicity import publicities_visible_to


def publicities(user: Any, words: Words) -> Iterator[Hit]:
    """Find what is or was published where somebody belongs."""
    found = publicities_visible_to(user).filter(matching(words, "title", "text", "place__name"))
    for row in found:
        yield Hit(row.title, _("公示"), row.get_absolute_url(), row.place.name)
