"""The posts that can sign a result, for those who lay it before them to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ronghe.apps.access import POWERS, Role
from ronghe.apps.accounts.models import Post
from ronghe.apps.registry.models import Node


@dataclass(frozen=True, slots=True)
class Signing:
    """A post (审定人) that can sign a result: a role at a node."""

    node: Node
    role: Role

    @property
    def code(self) -> str:
        """Return how a form names it."""
        return f"{self.role}-{self.node.pk}"

    def __str__(self) -> str:
        return f"{self.node} {self.role.label}"


def posts_signing(node: Node, power: str, *, besides: Iterable[int]) -> list[Signing]:
    """Return the posts with a power at a node and above that others than these people hold."""
    above = [int(pk) for pk in node.path.split("/") if pk]
    held = Post.objects.current().filter(
        role__in=POWERS[power].roles, node__in=above, user__is_active=True
    )
    posts = set(held.exclude(user__in=besides).values_list("node", "role"))
    nodes = Node.objects.in_bulk(above)
    return [
        Signing(nodes[pk], role)
        for pk in reversed(above)
        for role in Role
        if (pk, role.value) in posts
    ]
