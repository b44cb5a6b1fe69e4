"""Objections entered on a secretary's behalf: who sees how they came, and their files."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from ronghe.apps.procedures.models import Objection
from ronghe.apps.procedures.selectors.objections import objections_visible_to
from ronghe.apps.reporting.models import PaperObjection


def papers_visible_to(user: Any) -> QuerySet[PaperObjection]:
    """Return how objections came that somebody entered, answers or handles."""
    seen = objections_visible_to(user).order_by().values("pk")
    return PaperObjection.objects.filter(objection__in=seen).select_related("report")


def paper_visible_to(user: Any, pk: int) -> PaperObjection:
    """Return one that has a file, or raise Http404."""
    found = papers_visible_to(user).exclude(digest="").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def paper_of(user: Any, objection: Objection) -> PaperObjection | None:
    """Return how an objection came that was entered on somebody's behalf."""
    return papers_visible_to(user).filter(objection=objection).first()
