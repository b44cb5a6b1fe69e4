"""The roster for programs: identity and telephone numbers with only their ends."""

from __future__ import annotations

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema

from ronghe.apps.audit import services as audit
from ronghe.apps.members.models import Member, Relation, Stage
from ronghe.apps.members.permissions import SEE_MEMBERS
from ronghe.apps.members.selectors import members_visible_to
from ronghe.apps.programs.paging import Id, Page, Paging, one_of, page_of
from ronghe.apps.programs.tokens import TokenWith
from ronghe.apps.registry.models import Node
from ronghe.apps.registry.selectors import nodes_reached_by


class MemberOut(Schema):
    """A member within reach; ``organisations`` are where they are shown, the counted one first."""

    id: int
    name: str
    stage: str
    sex: str
    masked_id_number: str
    masked_phone: str
    organisations: list[int]

    @staticmethod
    def resolve_organisations(found: Any) -> list[int]:
        """Return the ids of the open belongings' organisations."""
        order = lambda one: (one.relation != Relation.ORGANISATION, one.pk)
        return [one.node_id for one in sorted(found.today, key=order)]


class Asked(Paging):
    """Which members."""

    stage: Annotated[Stage, one_of(Stage)] | None = None
    below: Id | None = None


router = Router(tags=["members"])


@router.get(
    "/members",
    response=Page[MemberOut],
    auth=TokenWith("members:read", SEE_MEMBERS),
    summary=gettext_noop("范围内的党员，号码只留首尾"),
)
def members(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Return the members within reach; that they were read is recorded."""
    node = None
    if asked.below is not None:
        node = get_object_or_404(nodes_reached_by(request.user, SEE_MEMBERS), pk=asked.below)
    found = members_visible_to(request.user, stage=asked.stage or "", node=node)
    page = page_of(request, found, asked)
    _recorded(request.user, page["items"])
    return page


@transaction.atomic
def _recorded(by: Any, shown: list[Member]) -> None:
    """Record who read how many members, at the post they read from."""
    for standing in by.reach(SEE_MEMBERS).standings[:1]:
        place = Node.objects.get(pk=standing.node_id)
        audit.record(
            "members.read_by_program", by=by, place=place, standing=standing, count=len(shown)
        )
