"""Reading the roster: members shown wherever they belong, counted where their relation lies."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from ronghe.apps.members.models import (
    PARTY_KINDS,
    Belonging,
    Member,
    Relation,
    Stage,
)
from ronghe.apps.members.numbers import digest
from ronghe.apps.members.permissions import MANAGE_MEMBERS, SEE_MEMBERS
from ronghe.apps.registry.models import Node
from ronghe.apps.registry.selectors import nodes_reached_by


def organisations_reached_by(user: Any, power: str) -> QuerySet[Node]:
    """Return the Party organisations of today where a person may use a power."""
    return nodes_reached_by(user, power).filter(kind__in=PARTY_KINDS)


def members_visible_to(
    user: Any, *, search: str = "", stage: str = "", node: Node | None = None
) -> QuerySet[Any]:
    """Return the members within reach, floating ones at both places, each once.

    Each has ``today``, the open belongings with their nodes. ``search`` is a part of the name
    or a whole identity number; those who left are found only by their stage.
    """
    places = Q(user.reach(SEE_MEMBERS).within("node__path"))
    if node is not None:
        places &= Q(node__path__startswith=node.path)
    here = Belonging.objects.filter(places, member=OuterRef("pk"), until=None)
    members = Member.objects.filter(Exists(here))
    members = members.filter(stage=stage) if stage else members.exclude(stage=Stage.LEFT)
    if search:
        members = members.filter(Q(name__icontains=search) | Q(id_digest=digest(search)))
    return members.prefetch_related(
        Prefetch(
            "belongings",
            queryset=Belonging.objects.filter(until=None).select_related("node"),
            to_attr="today",
        )
    )


def member_visible_to(user: Any, pk: int) -> Any:
    """Return one member within reach, also one who left, or raise Http404."""
    for stage in ("", Stage.LEFT):
        found = members_visible_to(user, stage=stage).filter(pk=pk).first()
        if found is not None:
            return found
    raise Http404


def member_managed_by(user: Any, pk: int) -> Any:
    """Return a member whose organisational relation somebody keeps, or raise Http404."""
    found = member_visible_to(user, pk)
    if not is_kept_by(user, found):
        raise Http404
    return found


def is_kept_by(user: Any, member: Member) -> bool:
    """Tell whether a member's organisational relation lies within somebody's keeping."""
    relation = organisational_relation(member)
    return relation is not None and user.has_perm(MANAGE_MEMBERS, relation.node)


def organisational_relation(member: Member) -> Belonging | None:
    """Return the open belonging that counts."""
    open_ones = member.belongings.filter(relation=Relation.ORGANISATION, until=None)
    return open_ones.select_related("node").first()


def place_of(member: Member) -> Node:
    """Return where a member is kept: the organisation, or the county where there is none."""
    relation = organisational_relation(member)
    return relation.node if relation else member.county


def destinations_for(user: Any, member: Member, *, floating: bool) -> QuerySet[Node]:
    """Return where a member can go: transferred within one's keeping, floating anywhere."""
    if not floating:
        return organisations_reached_by(user, MANAGE_MEMBERS)
    county = f"{member.county_id}/"
    return Node.objects.filter(path__startswith=county, kind__in=PARTY_KINDS, closed=None)


def counts_for(user: Any, *, node: Node | None = None) -> dict[str, int]:
    """Return how many there are within reach: each counted where the relation lies.

    ``floating_in`` are shown here and counted elsewhere; ``floating_out`` the other way round.
    """
    within = user.reach(SEE_MEMBERS).within("node__path")
    if node is not None:
        within &= Q(node__path__startswith=node.path)
    open_ones = Belonging.objects.filter(within, until=None)
    counted = open_ones.filter(relation=Relation.ORGANISATION).values("member")
    floating = open_ones.filter(relation=Relation.FLOATING).values("member")
    members = Member.objects.filter(pk__in=counted)
    on_the_way = [Stage.APPLICANT, Stage.ACTIVIST, Stage.TARGET]
    away = Belonging.objects.filter(relation=Relation.FLOATING, until=None).exclude(within)
    return {
        **members.aggregate(
            full=Count("pk", filter=Q(stage=Stage.FULL)),
            probationary=Count("pk", filter=Q(stage=Stage.PROBATIONARY)),
            on_the_way=Count("pk", filter=Q(stage__in=on_the_way)),
            floating_out=Count("pk", filter=Q(pk__in=away.values("member"))),
        ),
        "floating_in": Member.objects.filter(pk__in=floating).exclude(pk__in=counted).count(),
    }
