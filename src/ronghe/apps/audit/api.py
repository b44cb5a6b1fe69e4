"""Audit entries for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema

from ronghe.apps.audit import selectors
from ronghe.apps.audit.permissions import SEE_ENTRIES
from ronghe.apps.programs.paging import Page, Paging, Text, page_of
from ronghe.apps.programs.tokens import TokenWith


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


class Asked(Paging):
    """Which entries."""

    action: Text = ""


router = Router(tags=["audit"])


@router.get(
    "/audit",
    response=Page[EntryOut],
    auth=TokenWith("audit:read", SEE_ENTRIES),
    summary=gettext_noop("审计记录，新的在前"),
)
def entries(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Return entries within reach, newest first."""
    found = selectors.entries_visible_to(request.user)
    if asked.action:
        found = found.filter(action=asked.action)
    return page_of(request, found, asked, newest_first=True)
