"""The tree for programs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Router, Schema

from ronghe.apps.registry import selectors
from ronghe.apps.registry.permissions import SEE_TREE


class NodeOut(Schema):
    """A node of today's tree; ``path`` is the chain of ids from the county down."""

    id: int
    code: str
    name: str
    kind: str
    level: int
    path: str


router = Router(tags=["organisations"])


@router.get("/organisations", response=list[NodeOut])
def organisations(request: HttpRequest) -> Any:
    """Return the part of today's tree that the token's owner may see."""
    if not request.user.has_perm(SEE_TREE):
        raise PermissionDenied
    return [row.node for row in selectors.tree_visible_to(request.user)]
