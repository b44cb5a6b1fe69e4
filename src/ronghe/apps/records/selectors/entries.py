"""Reading records: whose they are, who may see, enter and check them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from ronghe.apps.access import Reach, Standing
from ronghe.apps.records.catalogue import KINDS, Kind, personal_codes
from ronghe.apps.records.models import Draw, KindOwner, Record, State
from ronghe.apps.records.permissions import (
    ENTER_RECORDS,
    SEE_PERSONAL,
    SEE_RECORDS,
    VERIFY_RECORDS,
)
from ronghe.apps.registry.models import Node

PLACE = "unit__node__path"


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
    seen = Q(user.reach(SEE_RECORDS).within(PLACE)) & ~Q(kind__in=personal_codes())
    answered = user.reach(SEE_PERSONAL).within(PLACE)
    found = Record.objects.filter(mine | seen | answered)
    if node is not None:
        found = found.filter(unit__node__path__startswith=node.path)
    given = {"kind": kind, "state": state, "day__gte": since, "day__lte": until}
    found = found.filter(**{name: value for name, value in given.items() if value})
    return found.select_related("unit__node", "unit__member", "entered_by")


def record_visible_to(user: Any, pk: int) -> Record:
    """Return one record within reach, or raise Http404."""
    return _one(records_visible_to(user), pk)


def record_changed_by(user: Any, pk: int) -> Record:
    """Return a record that a person may correct or withdraw, or raise Http404."""
    found = record_visible_to(user, pk)
    if standing_to_enter(user, KINDS[found.kind], found.unit.node) is None:
        raise Http404
    return found


def standing_to_enter(user: Any, kind: Kind, node: Node) -> Standing | None:
    """Return from which post somebody enters a kind of record for an organisation.

    The department in charge of a kind enters it for every organisation of its county.
    """
    reach = user.reach(ENTER_RECORDS)
    fitting = Reach(tuple(one for one in reach.standings if one.role in kind.roles))
    found = fitting.standing_for(node.path)
    if found is not None or not kind.departments:
        return found
    owned = KindOwner.objects.filter(county=node.county_id_or_own, kind=kind.code)
    owner = owned.select_related("owner").first()
    return reach.standing_for(owner.owner.path) if owner else None


def records_waiting_for(user: Any) -> QuerySet[Record]:
    """Return the records that a person may check one by one, the oldest first.

    What is checked by sampling waits here only once it has been drawn.
    """
    waiting = Record.objects.filter(
        user.reach(VERIFY_RECORDS).within("verify_at__path"), state=State.PENDING
    )
    waiting = waiting.filter(Q(by_sampling=False) | Q(in_sample=True))
    others = waiting.exclude(entered_by=user).exclude(principal=user)
    return others.select_related("unit__node", "unit__member", "entered_by").order_by("day", "pk")


def record_checked_by(user: Any, pk: int) -> Record:
    """Return a waiting record that a person may check, or raise Http404."""
    return _one(records_waiting_for(user), pk)


def records_to_draw(user: Any, node: Node) -> QuerySet[Record]:
    """Return the records that wait for a draw at an organisation and are not one's own."""
    waiting = Record.objects.filter(
        verify_at=node, state=State.PENDING, by_sampling=True, draw=None
    )
    return waiting.exclude(entered_by=user).exclude(principal=user)


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
