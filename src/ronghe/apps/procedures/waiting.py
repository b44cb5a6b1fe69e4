"""What of procedures waits at an organisation: signatures, objections, publicities to end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from ronghe.apps.desk.waiting import Waiting
from ronghe.apps.procedures.machines.objections import OPEN
from ronghe.apps.procedures.models import Publicity, SignOff
from ronghe.apps.procedures.selectors.objections import objections_visible_to
from ronghe.apps.procedures.selectors.publicity import publicities_visible_to
from ronghe.apps.procedures.selectors.signoff import signoffs_visible_to
from ronghe.apps.registry.models import Node


def signatures(user: Any, node: Node) -> Iterator[Waiting]:
    """Say how many sheets there and below that somebody may open are not signed yet."""
    waiting = signoffs_visible_to(user).filter(state=SignOff.State.OPEN)
    many, first = _counted(waiting, node, "opened")
    if many:
        title = ngettext("%(count)d张签批单待签", "%(count)d张签批单待签", many)
        since = timezone.localdate(first)
        url = reverse("procedures:signoffs")
        yield Waiting(title % {"count": many}, since=since, url=url)


def objections(user: Any, node: Node) -> Iterator[Waiting]:
    """Say how many objections there and below that somebody may open are not answered yet."""
    many, first = _counted(objections_visible_to(user).filter(state__in=OPEN), node, "raised")
    if many:
        title = ngettext("%(count)d件异议待答复", "%(count)d件异议待答复", many)
        since = timezone.localdate(first)
        url = reverse("procedures:objections")
        yield Waiting(title % {"count": many}, since=since, url=url)


def publicities(user: Any, node: Node) -> Iterator[Waiting]:
    """Say how many publicities there and below are past their last day and not concluded."""
    over = publicities_visible_to(user).filter(
        state=Publicity.State.OPEN, ends__lt=timezone.localdate()
    )
    many, first = _counted(over, node, "ends")
    if many:
        title = ngettext("%(count)d件公示期满待结束", "%(count)d件公示期满待结束", many)
        yield Waiting(title % {"count": many}, due=first, url=reverse("procedures:publicities"))


def _counted(rows: QuerySet[Any], node: Node, day: str) -> tuple[int, Any]:
    """Return how many rows lie at a node and below, and the first day, in one query."""
    here = rows.filter(place__path__startswith=node.path).order_by()
    counted = here.aggregate(many=Count("pk", distinct=True), first=Min(day))
    return counted["many"], counted["first"]
