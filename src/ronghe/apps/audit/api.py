"""Audit entries for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Router, Schema

from ronghe.apps.audit import selectors
from ronghe.apps.audit.permissions import SEE_ENTRIES

MOST = 500


class EntryOut(Schema):
    """An audit entry; people and objects by id; its number and digest once it is sealed."""

    id: int
    at: datetime
    action: str
    actor_id: int | None
    principal_id: int | None
    target_type: str
    target_id: int | None
    place_id: int | None
    details: dict[str, Any]
    number: int | None
    digest: str


router = Router(tags=["audit"])


@router.get("/audit", response=list[EntryOut])
def entries(request: HttpRequest, before: int | None = None, limit: int = 100) -> Any:
    """Return entries within reach, newest first, at most 500 at a time, ``before`` an id."""
    if not request.user.has_perm(SEE_ENTRIES):
        raise PermissionDenied
    found = selectors.entries_visible_to(request.user)
    if before is not None:
        found = found.filter(pk__lt=before)
    return found[: max(1, min(limit, MOST))]
