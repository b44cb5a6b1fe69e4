"""Reading records: whose they are, who may see, enter and check them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.http import Http404

from ronghe.apps.access import Reach, Role, Standing
from ronghe.apps.members.models import PARTY_KINDS, Member
from ronghe.apps.members.selectors import member_of
from ronghe.apps.records.barring import barred
from ronghe.apps.records.catalogue import KINDS, Kind, personal_codes
from ronghe.apps.records.models import STANDING, Draw, KindOwner, Record, State, Unit
from ronghe.apps.records.permissions import (
    ENTER_RECORDS,
    SEE_PERSONAL,
    SEE_RECORDS,
    VERIFY_RECORDS,
)
from ronghe.apps.registry.models import BUSINESS_KINDS, Node
from ronghe.apps.registry.models import Kind as NodeKind

MOST_PEOPLE = 200
FEW_UNITS = 100
_LATEST_OF_FEW = (Cast("day", CharField()).desc(), "-pk")
"""The usual order by sorting: a branch's records lie far apart along the index of days."""
_ORGANISATIONS = (*PARTY_KINDS, NodeKind.COUNTY, NodeKind.TOWNSHIP, NodeKind.VILLAGE)
_KINDS_OF: dict[str, tuple[str, ...]] = {
    "no": _ORGANISATIONS,
    "also": (*_ORGANISATIONS, *BUSINESS_KINDS),
    "only": BUSINESS_KINDS,
}


def records_visible_to(
    user: Any,
    *,
    node: Node | None = None,
    kind: str = "",
    state: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Record]:
    """Return the records at a person's places and those they entered; the latest first.

    Kinds about people are seen only where somebody answers for the people, or by who entered.
    """
    mine = Q(entered_by=user) | Q(principal=user)
    answered = user.reach(SEE_PERSONAL)
    beyond = [one for one in user.reach(SEE_RECORDS).standings if not answered.covers(one.path)]
    theirs, many = _of_units(answered)
    seen, more = _of_units(Reach(tuple(beyond)))
    shown = mine | theirs | (seen & ~Q(kind__in=personal_codes()))
    found = Record.objects.filter(shown).exclude(state=State.STAGED)
    if many + more <= FEW_UNITS:
        found = found.order_by(*_LATEST_OF_FEW)
    if node is not None:
        found = found.filter(unit__node__path__startswith=node.path)
    given = {"kind": kind, "state": state, "day__gte": since, "day__lte": until}
    found = found.filter(**{name: value for name, value in given.items() if value})
    beside = ("unit__node", "unit__member", "entered_by")
    return found.select_related(*beside).prefetch_related("actors")


def _of_units(reach: Reach) -> tuple[Q, int]:
    """Return the filter for records of the units within reach, and how many units these are.

    A few are named one by one: beside other conditions joined by *or* a database finds them by
    their index, where it would read all records for a path. More than few count as one more.
    """
    if not reach:
        return Q(pk__in=[]), 0
    units = Unit.objects.filter(reach.within("node__path")).order_by()
    keys = list(units.values_list("pk", flat=True)[: FEW_UNITS + 1])
    return Q(unit__in=keys if len(keys) <= FEW_UNITS else units.values("pk")), len(keys)


def records_with(member: Member) -> QuerySet[Record]:
    """Return the records that stand and in which a member took part, the latest first."""
    found = Record.objects.filter(actors=member, state__in=STANDING)
    return found.select_related("unit__node")


def record_visible_to(user: Any, pk: int) -> Record:
    """Return one record within reach, or raise Http404."""
    return _one(records_visible_to(user), pk)


def record_changed_by(user: Any, pk: int) -> Record:
    """Return a record that a person may correct or withdraw, or raise Http404."""
    found = record_visible_to(user, pk)
    if not is_changed_by(user, found):
        raise Http404
    return found


def is_changed_by(user: Any, record: Record) -> bool:
    """Tell whether a person may correct or withdraw a record.

    A member only their own work, a business only what it entered.
    """
    standing = standing_to_enter(user, record.what, record.unit.node) if record.what else None
    if standing is not None and standing.role == Role.ENTERPRISE:
        return user.pk in (record.entered_by_id, record.principal_id)
    if standing is None or standing.role != Role.MEMBER:
        return standing is not None
    member = member_of(user)
    return member is not None and [one.pk for one in record.actors.all()] == [member.pk]


def standing_to_enter(user: Any, kind: Kind, node: Node) -> Standing | None:
    """Return from which post somebody enters a kind of record for an organisation.

    The department in charge of a kind enters it for every organisation of its county, a business
    for itself alone.
    """
    reach = user.reach(ENTER_RECORDS)
    fitting = [one for one in reach.standings if one.role in kind.roles]
    fitting = [one for one in fitting if one.role != Role.ENTERPRISE or one.path == node.path]
    others = Reach(tuple(one for one in fitting if one.role != Role.MEMBER))
    found = others.standing_for(node.path) or Reach(tuple(fitting)).standing_for(node.path)
    if found is not None or not kind.departments:
        return found
    owned = KindOwner.objects.filter(county=node.county_id_or_own, kind=kind.code)
    owner = owned.select_related("owner").first()
    return reach.standing_for(owner.owner.path) if owner else None


def kinds_entered_by(user: Any) -> list[Kind]:
    """Return the kinds that a person enters somewhere, those entered last first."""
    roles = {one.role for one in user.reach(ENTER_RECORDS).standings}
    places = [one.path for one in user.reach(ENTER_RECORDS).standings]
    owned = set(
        KindOwner.objects.filter(owner__path__in=places).values_list("kind", flat=True).distinct()
    )
    mine = [kind for kind in KINDS.values() if roles & kind.roles or kind.code in owned]
    last = Record.objects.filter(entered_by=user).order_by("-pk").values_list("kind", flat=True)
    recent = list(dict.fromkeys(last[:30]))
    return sorted(mine, key=lambda kind: recent.index(kind.code) if kind.code in recent else 99)


def nodes_to_enter_for(user: Any, kind: Kind, *, power: str = ENTER_RECORDS) -> QuerySet[Node]:
    """Return the organisations of today for which a person enters a kind of record.

    With the power to import, what members enter of their own work is left out.
    """
    reach = user.reach(power)
    fitting = [one for one in reach.standings if one.role in kind.roles]
    within = Reach(tuple(one for one in fitting if one.role != Role.ENTERPRISE)).within()
    within |= Q(path__in=[one.path for one in fitting if one.role == Role.ENTERPRISE])
    if kind.departments:
        owned = KindOwner.objects.filter(reach.within("owner__path"), kind=kind.code)
        within |= Q(county__in=owned.values("county")) | Q(pk__in=owned.values("county"))
    return Node.objects.filter(within, kind__in=_KINDS_OF[kind.businesses], closed=None)


def people_of(node: Node) -> QuerySet[Member]:
    """Return who may stand behind a record of an organisation: of it and, if few, of those below.

    Floating members are among them where they live or work.
    """
    open_ones = Q(belongings__until=None)
    below = Member.objects.filter(open_ones, belongings__node__path__startswith=node.path)
    if below.distinct().count() <= MOST_PEOPLE:
        return below.distinct()
    return Member.objects.filter(open_ones, belongings__node=node).distinct()


def last_unit_of(user: Any) -> int | None:
    """Return the organisation for which a person entered a record last."""
    entered = Record.objects.filter(entered_by=user).order_by("-pk")
    return entered.values_list("unit__node", flat=True).first()


def days_of_month(user: Any, first: date, last: date) -> list[dict[str, Any]]:
    """Return how many records of each kind that stand there are on each day, in order."""
    found = records_visible_to(user, since=first, until=last).filter(state__in=STANDING)
    counted = found.exclude(kind__in=personal_codes()).order_by("day", "kind").values("day", "kind")
    return [dict(row) for row in counted.annotate(many=Count("pk"))]


def records_waiting_for(user: Any) -> QuerySet[Record]:
    """Return the records that a person may check one by one, the oldest first.

    What is checked by sampling waits here only once it has been drawn.
    """
    waiting = Record.objects.filter(
        user.reach(VERIFY_RECORDS).within("verify_at__path"), state=State.PENDING
    )
    waiting = waiting.filter(Q(by_sampling=False) | Q(in_sample=True))
    others = waiting.exclude(entered_by=user).exclude(principal=user).exclude(barred(user))
    if (member := member_of(user)) is not None:
        mine = Record.actors.through.objects.filter(member=member, record=OuterRef("pk"))
        others = others.exclude(Exists(mine))
    more = ("unit__node", "unit__member", "entered_by")
    return others.select_related(*more).prefetch_related("actors").order_by("day", "pk")


def record_checked_by(user: Any, pk: int) -> Record:
    """Return a waiting record that a person may check, or raise Http404."""
    return _one(records_waiting_for(user), pk)


def records_to_draw(user: Any, node: Node) -> QuerySet[Record]:
    """Return the records that wait for a draw at an organisation and are not one's own."""
    waiting = Record.objects.filter(
        verify_at=node, state=State.PENDING, by_sampling=True, draw=None
    )
    return waiting.exclude(entered_by=user).exclude(principal=user)


def places_to_draw(user: Any, among: Q | None = None) -> list[tuple[Node, int]]:
    """Return the organisations where records wait for a draw by this person, and how many.

    ``among`` narrows which records.
    """
    waiting = Record.objects.filter(
        among or Q(),
        user.reach(VERIFY_RECORDS).within("verify_at__path"),
        state=State.PENDING,
        by_sampling=True,
        draw=None,
    )
    others = waiting.exclude(entered_by=user).exclude(principal=user).order_by()
    counted = dict(others.values_list("verify_at").annotate(Count("pk")))
    return [(node, counted[node.pk]) for node in Node.objects.filter(pk__in=counted)]


def draws_visible_to(user: Any) -> QuerySet[Draw]:
    """Return the draws at the places where somebody checks records."""
    within = user.reach(VERIFY_RECORDS).within("node__path")
    return Draw.objects.filter(within).select_related("node", "by")


def history_of(record: Record) -> list[Record]:
    """Return a record with what it superseded and what superseded it, the first one first."""
    first = record
    while first.supersedes is not None:
        first = first.supersedes
    chain = [first]
    while (after := Record.objects.filter(supersedes=chain[-1]).first()) is not None:
        chain.append(after)
    return chain


def _one(records: QuerySet[Record], pk: int) -> Record:
    found = records.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
