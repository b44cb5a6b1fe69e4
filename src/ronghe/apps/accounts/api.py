"""What programs can read with a token, as its owner and within its scopes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer

from ronghe.apps.accounts import selectors
from ronghe.apps.accounts.http import Request
from ronghe.apps.accounts.models import User
from ronghe.apps.accounts.permissions import SEE_PEOPLE
from ronghe.apps.accounts.services.tokens import owner_of

MOST = 500


class TokenAuth(HttpBearer):
    """Lets a request in by ``Authorization: Bearer ronghe_…``."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the token's owner, narrowed to its scopes."""
        owner = owner_of(token)
        if owner is not None:
            request.user = owner
        return owner


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


@router.get("/me", response=PersonOut)
def me(request: Request) -> dict[str, Any]:
    """Return whose token this is."""
    user = request.user
    return _person(user, list(selectors.own_posts(user)))


@router.get("/people", response=list[PersonOut])
def people(request: Request, offset: int = 0, limit: int = 100) -> list[dict[str, Any]]:
    """Return people within reach, in order of name, at most 500 at a time."""
    if not request.user.has_perm(SEE_PEOPLE):
        raise PermissionDenied
    start = max(offset, 0)
    found = selectors.people_visible_to(request.user)[start : start + max(1, min(limit, MOST))]
    return [_person(one, one.visible_posts) for one in found]


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
