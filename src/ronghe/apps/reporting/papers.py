"""The section on the page of an objection that says on whose behalf it was entered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ronghe.apps.procedures.models import Objection
from ronghe.apps.reporting.selectors.paper import paper_of
from ronghe.ui.sections import Section


def how_it_came(user: Any, about: Objection) -> Section | None:
    """Show who objected, how and when it was received, with its file."""
    found = paper_of(user, about)
    if found is None:
        return None
    return Section(_("代录的异议"), "reporting/_paper.html", {"paper": found}, order=10)
