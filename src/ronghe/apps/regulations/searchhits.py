"""What searching finds among the rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.desk.search import Hit, Words
from ronghe.apps.regulations import selectors
from ronghe.apps.regulations.permissions import SEE_RULES


def rules(user: Any, words: Words) -> Iterator[Hit]:
    """Find the rules of one's own place by title, source or value."""
    if not user.has_perm(SEE_RULES):
        return
    try:
        place = selectors.usual_place(user)
    except Http404:
        return
    for _subject, found in selectors.rules_at(place, timezone.localdate(), search=words[0]):
        for valid in found:
            if all(selectors.mentions(valid, word) for word in words[1:]):
                url = reverse("regulations:rule", args=[place.pk, valid.key])
                yield Hit(valid.title, _("规定"), url, f"{valid.in_words} · {valid.citation}")
