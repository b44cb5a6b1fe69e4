"""Reading complaints, and finding who handles one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from ronghe.apps.accounts.selectors import holders_at
from ronghe.apps.complaints.models import Complaint, Receiver
from ronghe.apps.complaints.permissions import POWERS
from ronghe.apps.registry.models import Node


def complaints_of(user: Any) -> QuerySet[Complaint]:
    """Return what a person complained of in their own name."""
    return Complaint.objects.filter(by=user).select_related("handled_at")


def complaints_received_by(user: Any) -> QuerySet[Complaint]:
    """Return what a person handles: at their places and below, never one's own."""
    mine = Q(pk__in=[])
    for receiver, power in POWERS.items():
        mine |= Q(receiver=receiver) & Q(user.reach(power).within("handled_at__path"))
    found = Complaint.objects.filter(mine).exclude(by=user)
    return found.select_related("by", "place", "handled_at")


def complaint_visible_to(user: Any, pk: int) -> Complaint:
    """Return a complaint of one's own or to handle, or raise Http404."""
    found = complaints_of(user).filter(pk=pk).first()
    return found or complaint_received_by(user, pk)


def complaint_received_by(user: Any, pk: int) -> Complaint:
    """Return a complaint to handle, or raise Http404."""
    found = complaints_received_by(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def places_of(user: Any) -> QuerySet[Node]:
    """Return where a person may complain from: their own posts; without one, the counties."""
    own = [one.node_id for one in user.standings() if one.principal_id is None] if user else []
    nodes = Node.objects.filter(closed=None)
    return nodes.filter(pk__in=own) if own else nodes.filter(county=None)


def levels_over(places: QuerySet[Node]) -> QuerySet[Node]:
    """Return the places and everything above them."""
    return Node.objects.filter(pk__in={pk for place in places for pk in chain_of(place)})


def chain_of(place: Node) -> list[int]:
    """Return the ids of a node and what is above it, the county first."""
    return [int(pk) for pk in place.path.split("/") if pk]


def handler_of(
    place: Node, receiver: str, *, concern: Node | None = None, by: Any = None
) -> tuple[Node, str]:
    """Return where and by whom a complaint is handled.

    The nearest node at or above the complainant's that has such a person other than the
    complainant; above the level it concerns. Where that is the county itself, or there is
    nobody, the county's inspectors.
    """
    chain = chain_of(concern)[:-1] if concern else chain_of(place)
    holding = {
        node
        for node, user in holders_at(chain, POWERS[Receiver(receiver)])
        if by is None or user != by.pk
    }
    nearest = next((pk for pk in reversed(chain) if pk in holding), None)
    if nearest is not None:
        return Node.objects.get(pk=nearest), receiver
    return Node.objects.get(pk=chain_of(place)[0]), Receiver.INSPECTION


def handlers_of(complaint: Complaint) -> list[int]:
    """Return the ids of the people at the node that handles a complaint."""
    power = POWERS[Receiver(complaint.receiver)]
    held = holders_at([complaint.handled_at_id], power)
    return [user for _node, user in held if user != complaint.by_id]
