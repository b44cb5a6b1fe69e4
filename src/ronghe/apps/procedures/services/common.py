"""What the services of all procedures share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model

from ronghe.apps.access import Standing
from ronghe.apps.audit import services as audit
from ronghe.apps.procedures.models import Attached
from ronghe.apps.procedures.subject import Subject


def standing_at(place: Any, power: str, by: Any) -> Standing:
    """Return the post somebody uses a power from at a place; PermissionDenied without one."""
    standing: Standing | None = by.reach(power).standing_for(place.path)
    if standing is None:
        raise PermissionDenied
    return standing


def attachment(subject: Subject, power: str) -> dict[str, Any]:
    """Return the fields that attach a row to a subject."""
    return {
        "target_type": subject.label,
        "target_id": subject.pk,
        "place": subject.place,
        "title": subject.title,
        "url": subject.url,
        "power": power,
    }


def record(
    action: str, row: Attached, *, by: Any, standing: Standing | None = None, **details: Any
) -> None:
    """Record an act on a procedure, with what the procedure is about."""
    target: Model = row
    about = {"about": [row.target_type, row.target_id], **details}
    audit.record(action, by=by, target=target, place=row.place, standing=standing, **about)
