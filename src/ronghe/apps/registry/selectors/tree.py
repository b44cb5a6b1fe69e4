"""The tree on screen: whole, or opened a level at a time; today or as it was on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from ronghe.apps.registry.models import BUSINESS_KINDS, FormerName, Node, ParentLink
from ronghe.apps.registry.permissions import SEE_TREE
from ronghe.apps.registry.selectors.nodes import nodes_visible_to

SHOWN = 50
"""So many nodes below one are drawn in the tree; the page of the node lists all."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the tree on screen: the node, its name on the day, how far it is indented."""

    node: Node
    name: str
    depth: int


@dataclass(slots=True)
class Twig:
    """A node of the opened tree: its name on the day, and what is drawn below it.

    ``parent`` is the id of the node it is drawn under; ``cut`` tells that not all is drawn.
    """

    node: Node
    name: str
    parent: int | None
    has_below: bool
    opened: bool = False
    below: list[Twig] = field(default_factory=list)
    cut: bool = False


def tree_visible_to(user: Any) -> list[Row]:
    """Return today's tree as a person may see it, each node before what is below it."""
    nodes = list(nodes_visible_to(user).filter(closed=None))
    parents = {node.pk: _parent_in(node.path) for node in nodes}
    return _in_order(nodes, parents, {})


def tree_on(user: Any, day: date) -> list[Row]:
    """Return the tree as it stood on a day, with the names of that day.

    It shows what lies today at or below the person's places, or lay there when it was closed.
    """
    nodes = {node.pk: node for node in nodes_visible_to(user)}
    links = ParentLink.objects.filter(_on(day), child__in=nodes)
    parents: dict[int, int | None] = {link.child_id: link.parent_id for link in links}
    existing = [node for node in nodes.values() if node.county_id is None or node.pk in parents]
    return _in_order(existing, parents, _names_on(existing, day))


def twigs_for(user: Any, *, to: int | None = None, day: date | None = None) -> list[Twig]:
    """Return the tree opened down to a node, by default to where a person's posts are.

    With 0 nothing is opened. It takes a few queries for each level that is open, whatever the
    size of the tree.
    """
    seen = _standing(nodes_visible_to(user), day)
    paths = _own_paths(user) if to is None else seen.filter(pk=to).values_list("path", flat=True)
    opened = {int(pk) for path in paths for pk in path.split("/") if pk}
    top = ParentLink.objects.filter(_on(day), child=OuterRef("pk"), parent__in=seen)
    roots = _twigs(seen.filter(~Exists(top)), seen, day, parent=None)
    floor = roots
    while floor:
        floor = [one for twig in floor if twig.node.pk in opened for one in _open(twig, seen, day)]
    return roots


def twig_of(user: Any, node: Node, *, opened: bool, day: date | None = None) -> Twig:
    """Return one node of the tree, opened or not."""
    seen = _standing(nodes_visible_to(user), day)
    link = ParentLink.objects.filter(_on(day), child=node).first()
    twig = _twigs(seen.filter(pk=node.pk), seen, day, parent=link.parent_id if link else None)[0]
    if opened:
        _open(twig, seen, day)
    return twig


def nodes_found(user: Any, words: str, *, day: date | None = None) -> QuerySet[Node]:
    """Return the nodes whose name or code holds the words, the shorter chains first."""
    seen = _standing(nodes_visible_to(user), day)
    return in_order(seen.filter(Q(name__icontains=words) | Q(code__icontains=words)))


def places_of(nodes: list[Node]) -> dict[int, str]:
    """Return the names of what each node is below, from the county down."""
    chains = {node.pk: [int(pk) for pk in node.path.split("/") if pk][:-1] for node in nodes}
    above = {pk for chain in chains.values() for pk in chain}
    names = dict(Node.objects.filter(pk__in=above).values_list("pk", "name"))
    return {pk: " / ".join(names[one] for one in chain) for pk, chain in chains.items()}


def children_of(node: Node, *, seen_by: Any) -> QuerySet[Node]:
    """Return the nodes directly below, as far as a person may see them, in their order."""
    below = Q(parent_links__parent=node, parent_links__until__isnull=True)
    return in_order(nodes_visible_to(seen_by).filter(below))


def in_order(nodes: QuerySet[Node]) -> QuerySet[Node]:
    """Sort siblings: the higher level first, businesses after the others, then by code."""
    business = Case(When(kind__in=BUSINESS_KINDS, then=1), default=0)
    return nodes.order_by("level", business, "code")


def _own_paths(user: Any) -> list[str]:
    return [one.path for one in user.reach(SEE_TREE).standings]


def _on(day: date | None) -> Q:
    """Return the filter for the parent links that stand on a day, None for today."""
    if day is None:
        return Q(until=None)
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def _standing(nodes: QuerySet[Node], day: date | None) -> QuerySet[Node]:
    """Keep the nodes that there are on a day, None for today."""
    if day is None:
        return nodes.filter(closed=None)
    links = ParentLink.objects.filter(_on(day), child=OuterRef("pk"))
    return nodes.filter(Q(county=None) | Exists(links))


def _open(twig: Twig, seen: QuerySet[Node], day: date | None) -> list[Twig]:
    links = ParentLink.objects.filter(_on(day), child=OuterRef("pk"), parent=twig.node)
    twig.below = _twigs(seen.filter(Exists(links)), seen, day, parent=twig.node.pk)
    twig.cut = len(twig.below) > SHOWN
    twig.below, twig.opened = twig.below[:SHOWN], True
    return twig.below


def _twigs(
    nodes: QuerySet[Node], seen: QuerySet[Node], day: date | None, *, parent: int | None
) -> list[Twig]:
    below = ParentLink.objects.filter(_on(day), parent=OuterRef("pk"), child__in=seen.values("pk"))
    found = list(in_order(nodes).annotate(has_below=Exists(below))[: SHOWN + 1])
    names = _names_on(found, day)
    return [Twig(one, names.get(one.pk, one.name), parent, one.has_below) for one in found]


def _names_on(nodes: Sequence[Node], day: date | None) -> dict[int, str]:
    """Return the names of a day where they were others than today's."""
    if day is None:
        return {}
    later = FormerName.objects.filter(node__in=nodes, until__gte=day).order_by("-until")
    return {one.node_id: one.name for one in later}


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
