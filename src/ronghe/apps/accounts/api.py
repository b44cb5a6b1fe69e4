"""People and their posts for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema

from ronghe.apps.accounts import selectors
from ronghe.apps.accounts.http import Request
from ronghe.apps.accounts.models import User
from ronghe.apps.accounts.permissions import SEE_PEOPLE
from ronghe.apps.programs.paging import Page, Paging, page_of
from ronghe.apps.programs.tokens import TokenWith


class PostOut(Schema):
    """A post: role, node and term."""

    role: str
    node_id: int
    node: str
    since: date
    until: date | None


class PersonOut(Schema):
    """A person with their posts within reach."""

    id: int
    username: str
    name: str
    posts: list[PostOut]


router = Router(tags=["accounts"])


@router.get("/me", response=PersonOut, summary=gettext_noop("令牌的主人"))
def me(request: Request) -> dict[str, Any]:
    """Return whose token this is."""
    user = request.user
    return _person(user, list(selectors.own_posts(user)))


@router.get(
    "/people",
    response=Page[PersonOut],
    auth=TokenWith("people:read", SEE_PEOPLE),
    summary=gettext_noop("职务范围内的人员和任职"),
)
def people(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    """Return people within reach with their posts."""
    page = page_of(request, selectors.people_visible_to(request.user), paging)
    return {**page, "items": [_person(one, one.visible_posts) for one in page["items"]]}


def _person(user: User, posts: list[Any]) -> dict[str, Any]:
    told = [
        {
            "role": post.role,
            "node_id": post.node_id,
            "node": post.node.name,
            "since": post.since,
            "until": post.until,
        }
        for post in posts
    ]
    return {"id": user.pk, "username": user.username, "name": user.name, "posts": told}
