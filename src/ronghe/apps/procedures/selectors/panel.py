"""Everything procedures have about one object, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from ronghe.apps.procedures.selectors.draws import draws_of
from ronghe.apps.procedures.selectors.publicity import publicities_of
from ronghe.apps.procedures.selectors.signoff import signoffs_visible_to


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure of an object: what it is, its state, where it is shown."""

    what: str
    title: str
    state: str
    url: str


def lines_of(user: Any, target: Model) -> list[Line]:
    """Return the procedures of an object that somebody may open, who sees the object."""
    label, pk = target._meta.label_lower, target.pk
    sheets = signoffs_visible_to(user).filter(target_type=label, target_id=pk)
    return [
        *(_line(_("公示"), row, row.get_state_display()) for row in publicities_of(target)),
        *(_line(_("签批"), row, row.get_state_display()) for row in sheets),
        *(_line(_("随机抽取"), row, "") for row in draws_of(target)),
    ]


def _line(what: str, row: Any, state: str) -> Line:
    return Line(what, row.title, state, row.get_absolute_url())
