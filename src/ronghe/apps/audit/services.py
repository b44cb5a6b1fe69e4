"""The one way to write an audit entry; sealing them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from ronghe.apps.access import Standing
from ronghe.apps.audit.models import Entry
from ronghe.apps.audit.sealing import seal, seal_all

__all__ = ["AGAIN", "record", "saw", "seal", "seal_all"]

AGAIN = timedelta(minutes=15)
"""How long after the last look another look at the same is not recorded again."""


def record(
    action: str,
    *,
    by: Any,
    target: Model | None = None,
    place: Any = None,
    standing: Standing | None = None,
    **details: Any,
) -> Entry:
    """Add an entry inside the caller's transaction.

    ``by`` is None for what the system or an unknown person did. ``standing`` is the post acted
    from; where it is another's, the entry names that person as the principal (委托人).
    """
    return Entry.objects.create(
        action=action,
        actor=by,
        principal_id=standing.principal_id if standing else None,
        post_id_used=standing.post_id if standing else None,
        target_type=target._meta.label_lower if target else "",
        target_id=target.pk if target else None,
        place=place,
        details=details,
    )


def saw(action: str, *, by: Any, target: Model, place: Any, power: str) -> Entry | None:
    """Record that somebody looked at something sensitive (查阅); None just after the last look.

    ``power`` is the one they look with. One small query, and one row the first time.
    """
    looked = Entry.objects.filter(
        target_type=target._meta.label_lower,
        target_id=target.pk,
        action=action,
        actor=by,
        at__gte=timezone.now() - AGAIN,
    )
    if looked.exists():
        return None
    standing = by.reach(power).standing_for(place.path)
    return record(action, by=by, target=target, place=place, standing=standing)


def record_export(*, by: Any, standing: Standing, count: int) -> Entry:
    """Record that somebody took a file of audit entries."""
    return record(
        "audit.exported",
        by=by,
        place=_place_of(standing),
        standing=standing,
        count=count,
    )


def _place_of(standing: Standing) -> Any:
    nodes: Any = Entry._meta.get_field("place").related_model
    return nodes.objects.get(pk=standing.node_id)
