"""The section of procedures on the page of an object."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from ronghe.apps.procedures import subjects
from ronghe.apps.procedures.permissions import PUBLISH, SEE_PUBLICITY
from ronghe.apps.procedures.selectors.panel import lines_of
from ronghe.apps.registry.models import Level, Node
from ronghe.ui.sections import Section


def procedures_of(user: Any, about: Model) -> Section | None:
    """Show an object's procedures, and a way to begin a publicity for who may."""
    label = about._meta.label_lower
    shown = {
        "lines": lines_of(user, about),
        "may_publish": _may_publish(user, label, about.pk),
        "may_declare": subjects.is_declared(label) and user.has_perm(SEE_PUBLICITY),
        "label": label,
        "pk": about.pk,
    }
    if not shown["lines"] and not shown["may_publish"]:
        return None
    return Section(_("公示、签批和抽取"), "procedures/_panel.html", shown, order=60)


def interest_in(user: Any, node: Node) -> Section | None:
    """Offer to declare an interest in an organisation of the grass roots."""
    if node.level != Level.GRASS_ROOTS or node.closed or not user.has_perm(SEE_PUBLICITY):
        return None
    shown = {"label": Node._meta.label_lower, "pk": node.pk}
    return Section(_("利益关系"), "procedures/_interest_in.html", shown, order=90)


def _may_publish(user: Any, label: str, pk: int) -> bool:
    if not subjects.is_declared(label) or not user.has_perm(PUBLISH):
        return False
    try:
        return bool(user.has_perm(PUBLISH, subjects.find(user, label, pk).place))
    except Http404:
        return False
