"""Reading audit entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from ronghe.apps.audit.models import Entry
from ronghe.apps.audit.permissions import SEE_ENTRIES


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are asked for; what is empty does not narrow.

    ``person`` is a part of a name or sign-in name of who acted or in whose name, ``place`` a
    part of the name of a node, whose entries and those below are meant, ``until`` a last day.
    """

    action: str = ""
    person: str = ""
    place: str = ""
    since: date | None = None
    until: date | None = None
    sealed: str = ""


def entries_visible_to(user: Any, asked: Asked | None = None) -> QuerySet[Entry]:
    """Return the entries of the places an inspector (纪检) or administrator is responsible for."""
    within = user.reach(SEE_ENTRIES).within("place__path")
    entries = Entry.objects.filter(within).select_related("actor", "principal", "place")
    return entries.filter(_narrowing(asked)) if asked else entries


def entries_about(target: Any) -> QuerySet[Entry]:
    """Return what was done to one object, newest first; the caller decides who may see it."""
    about = Entry.objects.filter(target_type=target._meta.label_lower, target_id=target.pk)
    return about.select_related("actor", "principal", "place")


def _narrowing(asked: Asked) -> Q:
    wanted = Q()
    if asked.action:
        wanted &= Q(action=asked.action)
    if asked.person:
        wanted &= _called("actor", asked.person) | _called("principal", asked.person)
    if asked.place:
        wanted &= Q(place__in=_below(asked.place))
    if asked.since:
        wanted &= Q(at__gte=_midnight(asked.since))
    if asked.until:
        wanted &= Q(at__lt=_midnight(asked.until + timedelta(days=1)))
    if asked.sealed:
        wanted &= Q(number__isnull=asked.sealed == "no")
    return wanted


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _called(who: str, name: str) -> Q:
    named = Q(**{f"{who}__name__icontains": name})
    return named | Q(**{f"{who}__username__icontains": name})


def _below(name: str) -> Any:
    nodes: Any = Entry._meta.get_field("place").related_model
    paths = nodes.objects.filter(name__icontains=name).values_list("path", flat=True)[:50]
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    return nodes.objects.filter(below)
