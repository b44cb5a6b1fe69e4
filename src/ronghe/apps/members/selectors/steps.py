"""Who on the way to joining has completed the time of a stage: the next step is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from ronghe.apps.members.models import Belonging, Member, Relation, StageChange
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.apps.members.rules import PERIODS, later
from ronghe.apps.registry.models import Node
from ronghe.apps.regulations import selectors as regulations

AHEAD = timedelta(days=30)
"""So long before the time of a stage is complete the next step is shown."""


def steps_due(user: Any) -> QuerySet[Any]:
    """Return the members whose stage has lasted, or soon will have, as long as it has to.

    Each has ``begun``, the first day of the stage, and ``place``, the name of the organisation;
    `complete_on` gives the day. One's own step is left out. The longest waiting come first.
    """
    reach = user.reach(MANAGE_MEMBERS)
    belonging = Belonging.objects.filter(relation=Relation.ORGANISATION, until=None)
    kept = belonging.filter(reach.within("node__path"))
    last = StageChange.objects.filter(member=OuterRef("pk"), stage=OuterRef("stage"))
    found = Member.objects.filter(pk__in=kept.values("member")).annotate(
        begun=Subquery(last.order_by("-since").values("since")[:1]),
        place=Subquery(kept.filter(member=OuterRef("pk")).values("node__name")[:1]),
    )
    due = Q(pk__in=[])
    for county in {int(one.path.split("/")[0]) for one in reach.standings}:
        for (stage, _next), months in periods_at(county).items():
            until = later(timezone.localdate() + AHEAD, months=-months)
            due |= Q(county=county, stage=stage, begun__lte=until)
    return found.filter(due).exclude(account=user).order_by("begun", "pk")


def periods_at(county: int) -> dict[tuple[str, str], int]:
    """Return how many months each stage with a period lasts in a county today."""
    at, today = Node.objects.get(pk=county), timezone.localdate()
    found = regulations.values(PERIODS.values(), on=today, at=at)
    held = {step: found[key].value for step, key in PERIODS.items() if key in found}
    return {step: months for step, months in held.items() if isinstance(months, int)}


def complete_on(members: list[Any]) -> list[tuple[Any, date]]:
    """Return members of `steps_due` with the day on which their stage is complete."""
    known = {county: periods_at(county) for county in {one.county_id for one in members}}
    months = {
        (county, stage): number
        for county, periods in known.items()
        for (stage, _next), number in periods.items()
    }
    return [(one, later(one.begun, months=months[one.county_id, one.stage])) for one in members]
