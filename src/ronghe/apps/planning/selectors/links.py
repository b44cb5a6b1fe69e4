"""How Party actions and economic projects are linked at and below organisations, in a period."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ronghe.apps.appraisal.models import Round
from ronghe.apps.appraisal.selectors.rounds import scheme_of
from ronghe.apps.planning.models import Advance, Entry, Progress, Sort
from ronghe.apps.records.models import STANDING
from ronghe.apps.registry.models import Node


@dataclass(slots=True)
class Links:
    """Projects and how many have an action behind them; actions and how many serve a project.

    ``records`` are those of the period that advance a linked entry, so both sides at once.
    """

    projects: int = 0
    backed: int = 0
    actions: int = 0
    serving: int = 0
    records: int = 0

    @property
    def bare(self) -> int:
        """Return how many projects have no action behind them."""
        return self.projects - self.backed

    @property
    def alone(self) -> int:
        """Return how many actions serve no project."""
        return self.actions - self.serving


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a round's period."""

    since: date
    until: date


def period_of(round_: Round) -> Period:
    """Return the days of the period of a round."""
    period = scheme_of(round_).period
    return Period(period.since, period.until)


def entries_linked_in(node: Node, period: Period) -> QuerySet[Any]:
    """Return the standing entries of deployed plans at and below a node in a period.

    ``linked`` tells of each whether one of the other sort stands with it.
    """
    through = Entry.projects.through.objects
    serves = through.filter(from_entry=OuterRef("pk")).exclude(to_entry__progress=Progress.DROPPED)
    behind = through.filter(to_entry=OuterRef("pk")).exclude(from_entry__progress=Progress.DROPPED)
    found = Entry.objects.filter(
        plan__node__path__startswith=node.path,
        plan__deployed__isnull=False,
        plan__year__range=(period.since.year, period.until.year),
    ).exclude(progress=Progress.DROPPED)
    return found.annotate(linked=Q(Exists(serves)) | Q(Exists(behind))).order_by("due", "pk")


def advances_linked_in(node: Node, period: Period) -> QuerySet[Advance]:
    """Return what records of a period advance linked entries at and below a node."""
    linked = entries_linked_in(node, period).filter(linked=True).order_by().values("pk")
    return Advance.objects.filter(
        entry__in=linked,
        record__state__in=STANDING,
        record__day__range=(period.since, period.until),
    )


def links_of(county: Node, nodes: Collection[int], period: Period) -> dict[int, Links]:
    """Return the links at and below each of some nodes of a county, none for one without a plan.

    In two queries, whatever their number.
    """
    found: dict[int, Links] = {}
    told = ("plan__node__path", "sort", "linked")
    for path, sort, linked in entries_linked_in(county, period).values_list(*told):
        for links in (found.setdefault(pk, Links()) for pk in _within(path, nodes)):
            if sort == Sort.PROJECT:
                links.projects, links.backed = links.projects + 1, links.backed + linked
            else:
                links.actions, links.serving = links.actions + 1, links.serving + linked
    advances = advances_linked_in(county, period)
    for path, _record in set(advances.values_list("entry__plan__node__path", "record")):
        for pk in _within(path, nodes):
            found[pk].records += 1
    return found


def _within(path: str, nodes: Collection[int]) -> list[int]:
    return [pk for pk in map(int, path.strip("/").split("/")) if pk in nodes]
