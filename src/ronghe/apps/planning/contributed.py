"""What plans contribute to pages of other apps: the entry a record advances."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.planning.permissions import SEE_PLANS
from ronghe.apps.planning.selectors.plans import entries_advanced_by, entries_open_at
from ronghe.apps.planning.services.advancing import hand_on, name_at_entry
from ronghe.apps.records.models import Record
from ronghe.apps.records.purposes import Choices, Purpose
from ronghe.apps.registry.models import Node
from ronghe.ui.sections import Section


def offered(user: Any, node: Node) -> Choices:
    """Return this year's entries that a record of an organisation may advance, by plan."""
    if not user.has_perm(SEE_PLANS):
        return []
    found = entries_open_at(user, node, year=timezone.localdate().year)
    return [
        (str(plan), [(one.pk, f"{one.get_sort_display()}：{one.name}") for one in entries])
        for plan, entries in groupby(found, key=lambda one: one.plan)
    ]


def advanced(user: Any, record: Record) -> Section | None:
    """Show on a record which entries it advances."""
    found = list(entries_advanced_by(user, record)) if user.has_perm(SEE_PLANS) else []
    if not found:
        return None
    return Section(_("推进的计划事项"), "planning/_advanced.html", {"entries": found}, order=20)


PURPOSE = Purpose(
    code="plan",
    label=_("推进计划里的哪一项"),
    told=_("今年的共同谋划计划；不选也可以，选不选都不影响计分。"),
    offered=offered,
    name=name_at_entry,
    hand_on=hand_on,
)
