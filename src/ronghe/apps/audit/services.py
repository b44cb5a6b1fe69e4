"""The one way to write an audit entry."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from ronghe.apps.access import Standing
from ronghe.apps.audit.models import Entry


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
