"""What records and measures contribute to pages of other apps."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.members.models import Member
from ronghe.apps.records.models import Target
from ronghe.apps.records.numbers import plain
from ronghe.apps.records.permissions import ENTER_RECORDS, SEE_FIGURES, SEE_RECORDS
from ronghe.apps.records.selectors import entries, figures
from ronghe.apps.records.selectors.own_figures import asked_of, businesses_delivering
from ronghe.apps.registry.models import Node
from ronghe.ui.sections import Section

SHOWN = 6
"""So many of the latest records stand on another page; the rest are in the list."""


def recent(user: Any, node: Node) -> Section | None:
    """Show the latest records at and below an organisation."""
    if not user.has_perm(SEE_RECORDS, node):
        return None
    found = list(entries.records_visible_to(user, node=node)[:SHOWN])
    may_enter = node.closed is None and user.has_perm(ENTER_RECORDS, node)
    shown = {"recent": found, "may_enter": may_enter, "all": True, "node": node}
    return Section(_("最近的纪实"), "records/_recent.html", shown, order=40)


def measured(user: Any, node: Node) -> Section | None:
    """Show the latest figure of each measure of an organisation, with the one before."""
    if not user.has_perm(SEE_FIGURES, node):
        return None
    found = figures.measures_of(user, node)
    by_definition = groupby(found, key=lambda one: one.definition_id)
    latest = [(next(of_one), next(of_one, None)) for _pk, of_one in by_definition]
    rows = [
        (one, plain(one.amount), before, plain(before.amount) if before else "")
        for one, before in latest
    ]
    if not rows and not figures.figures_at(user, node, Target, past=True).exists():
        return None
    shown = {"measured": rows, "node": node}
    return Section(_("最近的数据"), "records/_measured.html", shown, order=45, wide=True)


def of_business(user: Any, node: Node) -> Section | None:
    """Show a business what is asked of it, and what it has entered itself."""
    if not businesses_delivering(user).filter(pk=node.pk).exists():
        return None
    shown = {
        "node": node,
        "asked": asked_of(node, timezone.localdate()),
        "recent": list(entries.records_visible_to(user, node=node)[:SHOWN]),
    }
    return Section(_("本单位要报的、已登记的"), "records/_of_business.html", shown, order=15)


def own(_user: Any, member: Member) -> Section:
    """Show a member the latest records they took part in."""
    found = list(entries.records_with(member)[:SHOWN])
    return Section(_("我参与的纪实"), "records/_recent.html", {"recent": found}, order=20)
