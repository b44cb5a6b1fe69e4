"""Which rows somebody looks after: each row names the power with which people do."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from ronghe.apps.access import POWERS


def kept_by(user: Any, rows: QuerySet[Any]) -> Q:
    """Return the filter for the rows at places where somebody has the power they name."""
    mine = Q(pk__in=[])
    named = rows.order_by("power").values_list("power", flat=True).distinct()
    for power in POWERS.keys() & set(named):
        mine |= Q(user.reach(power).within("place__path"), power=power)
    return mine
