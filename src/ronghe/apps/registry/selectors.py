"""Reading the tree: what somebody may see of it, today or as it was on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from ronghe.apps.registry.models import (
    BUSINESS_KINDS,
    FormerName,
    Node,
    ParentLink,
    Registration,
)
from ronghe.apps.registry.permissions import MANAGE_TREE, REGISTER_BUSINESS, SEE_TREE


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the tree on screen: the node, its name on the day, how far it is indented."""

    node: Node
    name: str
    depth: int


def nodes_visible_to(user: Any) -> QuerySet[Node]:
    """Return what lies or lay at or below a person's places, and the chain above them."""
    reach = user.reach(SEE_TREE)
    above = {int(pk) for one in reach.standings for pk in one.path.split("/") if pk}
    return Node.objects.filter(reach.within() | Q(pk__in=above))


def nodes_managed_by(user: Any) -> QuerySet[Node]:
    """Return the nodes of today whose place in the tree a person may change."""
    return Node.objects.filter(user.reach(MANAGE_TREE).within(), closed=None)


def nodes_reached_by(user: Any, power: str) -> QuerySet[Node]:
    """Return the nodes of today where a person may use a power."""
    return Node.objects.filter(user.reach(power).within(), closed=None)


def node_visible_to(user: Any, pk: int) -> Node:
    """Return one node, or raise Http404 where it is not there or not for this person."""
    return _one(nodes_visible_to(user), pk)


def node_managed_by(user: Any, pk: int) -> Node:
    """Return one node a person may change, or raise Http404."""
    return _one(nodes_managed_by(user), pk)


def business_registered_by(user: Any, pk: int) -> Node:
    """Return a business whose registration a person may state, or raise Http404."""
    businesses = nodes_reached_by(user, REGISTER_BUSINESS).filter(kind__in=BUSINESS_KINDS)
    return _one(businesses, pk)


def registration_of(node: Node) -> Registration | None:
    """Return what is registered of a node, None where nothing is."""
    return Registration.objects.filter(node=node).first()


def _one(nodes: QuerySet[Node], pk: int) -> Node:
    found = nodes.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def tree_visible_to(user: Any, *, search: str = "") -> list[Row]:
    """Return today's tree as a person may see it, each node before what is below it."""
    nodes = list(nodes_visible_to(user).filter(closed=None))
    parents = {node.pk: _parent_in(node.path) for node in nodes}
    rows = _in_order(nodes, parents, {})
    return [row for row in rows if search in row.name or search in row.node.code]


def tree_on(user: Any, day: date) -> list[Row]:
    """Return the tree as it stood on a day, with the names of that day.

    It shows what lies today at or below the person's places, or lay there when it was closed.
    """
    nodes = {node.pk: node for node in nodes_visible_to(user)}
    standing = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
    links = ParentLink.objects.filter(standing, child__in=nodes)
    parents: dict[int, int | None] = {link.child_id: link.parent_id for link in links}
    existing = [node for node in nodes.values() if node.county_id is None or node.pk in parents]
    later = FormerName.objects.filter(node__in=nodes, until__gte=day).order_by("-until")
    return _in_order(existing, parents, {one.node_id: one.name for one in later})


def history_of(node: Node) -> dict[str, Any]:
    """Return what a node was called, where it belonged, what became of it and came from it."""
    return {
        "names": node.former_names.order_by("-until"),
        "links": node.parent_links.select_related("parent").order_by("-since"),
        "successions": node.successions.select_related("successor"),
        "origins": node.origins.select_related("predecessor"),
    }


def children_of(node: Node, *, seen_by: Any) -> QuerySet[Node]:
    """Return the nodes directly below, as far as a person may see them."""
    below = Q(parent_links__parent=node, parent_links__until__isnull=True)
    return nodes_visible_to(seen_by).filter(below).order_by("level", "code")


def holds_fictitious_data() -> bool:
    """Tell whether any county of the installation is made up for demonstration."""
    return Node.objects.filter(county=None, fictitious=True).exists()


def _parent_in(path: str) -> int | None:
    ids = path.rstrip("/").split("/")
    return int(ids[-2]) if len(ids) > 1 else None


def _in_order(
    nodes: list[Node], parents: Mapping[int, int | None], names: Mapping[int, str]
) -> list[Row]:
    """Put each node right after its parent, siblings by level and code."""
    below: dict[int | None, list[Node]] = {}
    known = {node.pk for node in nodes}
    for node in sorted(nodes, key=lambda one: (one.level, one.code)):
        parent = parents.get(node.pk)
        below.setdefault(parent if parent in known else None, []).append(node)
    rows: list[Row] = []
    waiting = [(node, 0) for node in reversed(below.get(None, []))]
    while waiting:
        node, depth = waiting.pop()
        rows.append(Row(node, names.get(node.pk, node.name), depth))
        waiting.extend((child, depth + 1) for child in reversed(below.get(node.pk, [])))
    return rows
