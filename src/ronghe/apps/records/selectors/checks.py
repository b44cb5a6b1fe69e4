"""How far records are checked, place by place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q

from ronghe.apps.records.models import Record, State
from ronghe.apps.registry.models import Node


def beneath(node: Node, kinds: Sequence[str], since: date, until: date) -> Q:
    """Return which records are of some kinds beneath a node, on the days from and to."""
    return Q(unit__node__path__startswith=node.path, kind__in=kinds, day__gte=since, day__lte=until)


def checks_beneath(
    node: Node, kinds: Sequence[str], since: date, until: date
) -> list[dict[str, Any]]:
    """Count records of some kinds beneath a node by who checks them (核实).

    Each row names a ``place`` and numbers of records: ``all`` that stand or were refused,
    ``checked`` by a person, ``spared`` because what a draw chose held, ``waiting``, ``refused``,
    and ``corrected``, whose corrections are counted as records of their own.
    """
    found = Record.objects.filter(beneath(node, kinds, since, until))
    counted = {
        "all": Q(state__in=[State.PENDING, State.ACCEPTED, State.REFUSED]),
        "checked": Q(state=State.ACCEPTED, decided_by__isnull=False),
        "spared": Q(state=State.ACCEPTED, decided_by=None),
        "waiting": Q(state=State.PENDING),
        "refused": Q(state=State.REFUSED),
        "corrected": Q(state=State.SUPERSEDED),
    }
    by_place = found.values("verify_at__path", "verify_at__name").order_by("verify_at__path")
    rows = by_place.annotate(**{name: Count("pk", filter=one) for name, one in counted.items()})
    return [{"place": row["verify_at__name"] or "—", **row} for row in rows]
