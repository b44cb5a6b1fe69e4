"""Reading publicities."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import timezone

from ronghe.apps.procedures.keeping import kept_by
from ronghe.apps.procedures.models import Publicity
from ronghe.apps.registry.selectors import nodes_visible_to


def publicities_visible_to(user: Any) -> QuerySet[Publicity]:
    """Return the publicities at the places somebody sees: their own, below, and above."""
    found = Publicity.objects.filter(place__in=nodes_visible_to(user))
    return found.select_related("place", "opened_by", "ended_by")


def publicity_visible_to(user: Any, pk: int) -> Publicity:
    """Return one publicity, or raise Http404."""
    found = publicities_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def publicity_kept_by(user: Any, pk: int) -> Publicity:
    """Return a publicity that somebody may end, or raise Http404."""
    found = publicity_visible_to(user, pk)
    if not user.has_perm(found.power, found.place):
        raise Http404
    return found


def publicities_of(target: Model) -> QuerySet[Publicity]:
    """Return the publicities of an object; the caller decides who may see them."""
    return Publicity.objects.filter(target_type=target._meta.label_lower, target_id=target.pk)


def publicities_to_close(user: Any) -> QuerySet[Publicity]:
    """Return those past their last day that somebody may close."""
    mine = kept_by(user, Publicity.objects.all())
    due = Publicity.objects.filter(mine, state=Publicity.State.OPEN, ends__lt=timezone.localdate())
    return due.select_related("place")[:50]
