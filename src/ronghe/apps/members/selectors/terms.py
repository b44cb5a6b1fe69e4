"""Reading terms of office: whose is under way, whose is over or soon will be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Case, Prefetch, QuerySet, When
from django.http import Http404
from django.utils import timezone

from ronghe.apps.members.models import PARTY_KINDS, Belonging, Member, Relation, Seat, Stage, Term
from ronghe.apps.members.permissions import MANAGE_MEMBERS, MANAGE_TERMS, SEE_TERMS
from ronghe.apps.registry.models import Node
from ronghe.apps.registry.permissions import MANAGE_TREE
from ronghe.apps.registry.selectors import nodes_managed_by, nodes_reached_by

SOON = timedelta(days=180)
"""So long before its last day a term is shown to those who prepare the next election."""


def current_term(node: Node) -> Term | None:
    """Return the term under way at an organisation, with its seats in their usual order."""
    return Term.objects.filter(node=node, until=None).select_related("node").first()


def seats_of(term: Term) -> QuerySet[Seat]:
    """Return the seats held today, in the usual order of the posts."""
    order = Case(*(When(post=post, then=at) for at, post in enumerate(Seat.Post.values)))
    held = term.seats.filter(until=None).select_related("member")
    return held.annotate(order=order).order_by("order", "since", "pk")


def terms_of(node: Node) -> QuerySet[Term]:
    """Return all terms of an organisation, the latest first, with all who held a seat."""
    seats = Seat.objects.select_related("member").order_by("since", "pk")
    found = Term.objects.filter(node=node).order_by("-since")
    return found.prefetch_related(Prefetch("seats", queryset=seats))


def terms_ending(user: Any) -> QuerySet[Term]:
    """Return the terms under way that are over or soon will be, where somebody keeps terms."""
    within = user.reach(MANAGE_TERMS).within("node__path")
    last = timezone.localdate() + SOON
    found = Term.objects.filter(within, until=None, due__lte=last, node__closed=None)
    return found.select_related("node").order_by("due", "pk")


def organisation_seen_by(user: Any, pk: int) -> Node:
    """Return a Party organisation whose terms somebody may see, or raise Http404."""
    return _organisation(user, pk, SEE_TERMS)


def organisation_of_terms(user: Any, pk: int) -> Node:
    """Return a Party organisation whose terms somebody keeps, or raise Http404."""
    return _organisation(user, pk, MANAGE_TERMS)


def seat_kept_by(user: Any, pk: int) -> Seat:
    """Return a seat held today that somebody may end, or raise Http404."""
    found = Seat.objects.filter(user.reach(MANAGE_TERMS).within("term__node__path"))
    seat = found.filter(pk=pk, until=None).select_related("term__node", "member").first()
    if seat is None:
        raise Http404
    return seat


def members_of(node: Node) -> QuerySet[Member]:
    """Return the full and probationary members of an organisation and those below it.

    Of a township's or county's committee they are all of the township or county.
    """
    there = Belonging.objects.filter(
        node__path__startswith=_electing(node), relation=Relation.ORGANISATION, until=None
    )
    stages = (Stage.FULL, Stage.PROBATIONARY)
    return Member.objects.filter(pk__in=there.values("member"), stage__in=stages)


def seats_left_by(member: Member, node: Node | None = None) -> list[Seat]:
    """Return the seats that a member holds and cannot hold once they belong to ``node``.

    Without it, all that depend on where the member belongs.
    """
    held = Seat.objects.filter(member=member, until=None, term__until=None)
    seats = held.select_related("term__node", "member").order_by("pk")
    return [
        one for one in seats if node is None or not node.path.startswith(_electing(one.term.node))
    ]


def _electing(node: Node) -> str:
    """Return the path below which the members of an organisation's committee belong."""
    if node.kind == "party_committee":
        return node.path.removesuffix(f"{node.pk}/")
    return node.path


def own_members(node: Node) -> QuerySet[Member]:
    """Return everybody whose organisational relation lies in an organisation itself."""
    there = Belonging.objects.filter(node=node, relation=Relation.ORGANISATION, until=None)
    return Member.objects.filter(pk__in=there.values("member")).exclude(stage=Stage.LEFT)


def may_split(user: Any, node: Node) -> bool:
    """Tell whether somebody keeps both a Party organisation's place in the tree and its members."""
    fitting = node.kind in PARTY_KINDS and node.closed is None
    return fitting and user.has_perm(MANAGE_TREE, node) and user.has_perm(MANAGE_MEMBERS, node)


def organisation_split_by(user: Any, pk: int) -> Node:
    """Return a Party organisation that somebody may split with its members, or raise Http404."""
    node = nodes_managed_by(user).filter(pk=pk).first()
    if node is None or not may_split(user, node):
        raise Http404
    return node


def _organisation(user: Any, pk: int, power: str) -> Node:
    found = nodes_reached_by(user, power).filter(kind__in=PARTY_KINDS, pk=pk).first()
    if found is None:
        raise Http404
    return found
