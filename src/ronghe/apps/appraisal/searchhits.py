"""Appeals found by words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronghe.apps.appraisal.selectors.appeals import appeals_found_for
from ronghe.apps.desk.search import Hit, Words, matching


def appeals(user: Any, words: Words) -> Iterator[Hit]:
    """Find one's own appeals and those one answers, by who was appraised and in which round."""
    by = matching(words, "result__name", "result__run__round__title")
    for one in appeals_found_for(user).filter(by):
        url = reverse("appraisal:result", args=[one.result_id])
        detail = f"{one.result.run.round.title} · {one.get_state_display()}"
        yield Hit(one.result.name, _("申诉"), url, detail)
