"""Reading objections."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from ronghe.apps.procedures.keeping import kept_by
from ronghe.apps.procedures.machines.objections import OPEN
from ronghe.apps.procedures.models import Objection, Publicity
from ronghe.apps.procedures.people import holding


def objections_visible_to(user: Any) -> QuerySet[Objection]:
    """Return one's own objections, those one answers, and those at places one handles."""
    found = Objection.objects.filter(
        Q(raised_by=user) | Q(assigned_to=user) | kept_by(user, Objection.objects.all())
    )
    return found.select_related("place", "raised_by", "assigned_to", "publicity")


def objection_visible_to(user: Any, pk: int) -> Objection:
    """Return one objection, or raise Http404."""
    found = objections_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def objections_to(target: Model) -> QuerySet[Objection]:
    """Return the objections to an object; the caller decides who may see them."""
    return Objection.objects.filter(target_type=target._meta.label_lower, target_id=target.pk)


def open_objections(target: Model) -> QuerySet[Objection]:
    """Return the objections that freeze the consequence."""
    return objections_to(target).filter(state__in=OPEN)


def objectors_to(publicity: Publicity) -> list[Any]:
    """Return the people whose objections to a publicity are open."""
    found = publicity.objections.filter(state__in=OPEN).select_related("raised_by")
    return [one.raised_by for one in found]


def is_frozen(target: Model) -> bool:
    """Tell whether a consequence has to wait for the answer to an objection."""
    return open_objections(target).exists()


def may_answer_for(objection: Objection) -> QuerySet[Any]:
    """Return the people an objection may be given to."""
    against = objection.against.values_list("pk", flat=True)
    people = holding(objection.power, objection.place)
    return people.exclude(pk__in=against).exclude(pk=objection.raised_by_id)


def objections_waiting_for(user: Any) -> QuerySet[Objection]:
    """Return those somebody is to answer, or to give to somebody."""
    mine = Q(state="assigned", assigned_to=user)
    unassigned = Q(kept_by(user, Objection.objects.all()), state="raised")
    found = Objection.objects.filter(mine | unassigned).exclude(raised_by=user)
    return found.exclude(against=user).select_related("place")[:50]
