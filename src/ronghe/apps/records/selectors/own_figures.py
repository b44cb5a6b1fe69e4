"""What is asked of a business itself: the measures that every business delivers of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from ronghe.apps.records.models import Measure, MeasureDefinition, UnitLevel
from ronghe.apps.records.numbers import Period, last_period
from ronghe.apps.records.permissions import DELIVER_OWN
from ronghe.apps.registry.models import BUSINESS_KINDS, Node


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure asked of a business: for which period, by when, and what was delivered."""

    definition: MeasureDefinition
    period: Period
    due: date
    held: Measure | None


def is_asked_of_businesses(definition: MeasureDefinition) -> bool:
    """Tell whether every business delivers a measure of its own."""
    nobody_else = definition.owner_id is None and not definition.owner_named
    return nobody_else and definition.lowest_level == UnitLevel.ENTERPRISE


def businesses_delivering(user: Any) -> QuerySet[Node]:
    """Return the businesses for which a person delivers what is asked of them."""
    paths = [one.path for one in user.reach(DELIVER_OWN).standings]
    return Node.objects.filter(path__in=paths, kind__in=BUSINESS_KINDS, closed=None)


def business_delivering(user: Any, pk: int) -> Node:
    """Return one such business, or raise Http404."""
    found = businesses_delivering(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def asked_of(business: Node, today: date) -> list[Asked]:
    """Return what is asked of a business for the periods that ended last."""
    asked = MeasureDefinition.objects.filter(
        county=business.county_id,
        owner=None,
        owner_named="",
        lowest_level=UnitLevel.ENTERPRISE,
    )
    periods = {one: last_period(one.every, today) for one in asked.order_by("code")}
    held = _held(business, periods.items())
    return [
        Asked(one, period, period.until + timedelta(days=one.due_after), held.get(one.pk))
        for one, period in periods.items()
    ]


def _held(business: Node, asked: Iterable[tuple[MeasureDefinition, Period]]) -> dict[int, Measure]:
    wanted = Q(pk__in=[])
    for one, period in asked:
        wanted |= Q(definition=one, period=period.label)
    found = Measure.objects.filter(wanted, unit__node=business, current=True)
    return {one.definition_id: one for one in found.select_related("definition")}
