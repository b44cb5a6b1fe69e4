"""Finding nodes: which of them somebody sees, changes or registers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from ronghe.apps.registry.models import BUSINESS_KINDS, Node, Registration
from ronghe.apps.registry.permissions import MANAGE_TREE, REGISTER_BUSINESS, SEE_TREE


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
    """Return what is registered of a node today, None where nothing is."""
    return registrations_of(node).first()


def registrations_of(node: Node) -> QuerySet[Registration]:
    """Return all that was ever stated of a node, the latest first."""
    return Registration.objects.filter(node=node).order_by("-since", "-pk").select_related("by")


def _one(nodes: QuerySet[Node], pk: int) -> Node:
    found = nodes.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def history_of(node: Node) -> dict[str, Any]:
    """Return what a node was called, where it belonged, what became of it and came from it."""
    return {
        "codes": node.area_codes.order_by("-since"),
        "names": node.former_names.order_by("-until"),
        "links": node.parent_links.select_related("parent").order_by("-since"),
        "successions": node.successions.select_related("successor"),
        "origins": node.origins.select_related("predecessor"),
    }


def above(node: Node) -> list[Node]:
    """Return the chain above a node, its county first; for a closed one as it last was."""
    ids = [int(pk) for pk in node.path.split("/") if pk][:-1]
    return sorted(Node.objects.filter(pk__in=ids), key=lambda one: ids.index(one.pk))


def counties() -> list[Node]:
    """Return the counties of the installation."""
    return list(Node.objects.filter(county=None))
