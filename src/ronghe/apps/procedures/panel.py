"""The panel of procedures on the page of any object."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string

from ronghe.apps.procedures import subjects
from ronghe.apps.procedures.permissions import PUBLISH
from ronghe.apps.procedures.selectors.panel import lines_of


def procedures_of(request: HttpRequest, shown: Any) -> str:
    """Draw an object's procedures, and a way to begin a publicity for who may."""
    if not isinstance(shown, Model):
        return ""
    user: Any = request.user
    label = shown._meta.label_lower
    context = {
        "lines": lines_of(user, shown),
        "may_publish": _may_publish(user, label, shown.pk),
        "label": label,
        "pk": shown.pk,
    }
    if not context["lines"] and not context["may_publish"]:
        return ""
    return render_to_string("procedures/_panel.html", context, request)


def _may_publish(user: Any, label: str, pk: int) -> bool:
    if not subjects.is_declared(label) or not user.has_perm(PUBLISH):
        return False
    try:
        return bool(user.has_perm(PUBLISH, subjects.find(user, label, pk).place))
    except Http404:
        return False
