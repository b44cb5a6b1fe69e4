"""Reading audit entries."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from ronghe.apps.audit.models import Entry
from ronghe.apps.audit.permissions import SEE_ENTRIES


def entries_visible_to(user: Any, *, action: str = "") -> QuerySet[Entry]:
    """Return the entries of the places an inspector (纪检) or administrator is responsible for."""
    within = user.reach(SEE_ENTRIES).within("place__path")
    entries = Entry.objects.filter(within).select_related("actor", "principal", "place")
    return entries.filter(action=action) if action else entries


def entries_about(target: Any) -> QuerySet[Entry]:
    """Return what was done to one object, newest first; the caller decides who may see it."""
    about = Entry.objects.filter(target_type=target._meta.label_lower, target_id=target.pk)
    return about.select_related("actor", "principal", "place")
