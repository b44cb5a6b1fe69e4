"""Checking records: by somebody else than who entered them, one by one or by a draw."""

from __future__ import annotations

import secrets
from hashlib import sha256
from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.access import Reach, Standing
from ronghe.apps.audit import services as audit
from ronghe.apps.members.selectors import member_of
from ronghe.apps.records.barring import barred
from ronghe.apps.records.models import Draw, Record, State
from ronghe.apps.records.permissions import VERIFY_RECORDS
from ronghe.apps.records.selectors.entries import records_to_draw
from ronghe.apps.registry.models import Node

FEWEST = 3
"""At least so many are checked of what is drawn from, if there are so many."""

_CHUNK = 500


@transaction.atomic
def verify_record(
    record: Record, *, accept: bool, by: Any, reason: str = "", quality: int | None = None
) -> Record:
    """Accept a waiting record (核实), or refuse it with the reason.

    ``quality`` is what those served said, from 0 to 5, where the check asked them. Raises
    PermissionDenied for who entered it or stands for them, and out of reach; ValidationError
    where it waits no longer.
    """
    standing = _standing_to_check(record, by)
    if not accept and not reason.strip():
        raise ValidationError({"reason": _("请写明理由，好让登记的人更正。")})
    decided: dict[str, Any] = {"decided_by": by, "decided_at": timezone.now()}
    if quality is not None:
        decided["quality"] = quality
    if not accept:
        decided["reason"] = reason.strip()[:300]
    state = State.ACCEPTED if accept else State.REFUSED
    waiting = Record.objects.filter(pk=record.pk, state=State.PENDING)
    if not waiting.update(state=state, **decided):
        raise ValidationError(_("别人刚刚核实过，或已经更正，请看下一条。"))
    record.refresh_from_db()
    action = "records.accepted" if accept else "records.refused"
    audit.record(action, by=by, target=record, place=record.unit.node, standing=standing)
    if record.draw is not None:
        settle(record.draw)
    return record


@transaction.atomic
def draw_sample(node: Node, *, percent: int, by: Any, among: Q | None = None) -> Draw:
    """Draw which waiting records of an organisation are checked (抽查), with a recorded seed.

    ``among`` narrows which of them. Raises PermissionDenied out of reach, ValidationError where
    nothing waits.
    """
    standing: Standing | None = by.reach(VERIFY_RECORDS).standing_for(node.path)
    if standing is None:
        raise PermissionDenied
    if not 1 <= percent <= 100:
        raise ValidationError({"percent": _("比例是1至100的整数。")})
    found = records_to_draw(by, node).filter(among or Q()).order_by()
    waiting = list(found.values_list("pk", flat=True))
    if not waiting:
        raise ValidationError(_("没有等待抽查的纪实。"))
    sample = min(len(waiting), max(FEWEST, ceil(len(waiting) * percent / 100)))
    draw = Draw.objects.create(
        node=node,
        by=by,
        seed=secrets.token_hex(16),
        percent=percent,
        population=len(waiting),
        sample=sample,
    )
    _mark(waiting, draw=draw)
    _mark(drawn_order(waiting, draw.seed)[:sample], in_sample=True)
    details = {"seed": draw.seed, "sample": sample, "population": len(waiting)}
    audit.record("records.drawn", by=by, target=draw, place=node, standing=standing, **details)
    return draw


def drawn_order(records: list[int], seed: str) -> list[int]:
    """Return ids in the order a seed draws them, so that anybody can draw again."""
    return sorted(records, key=lambda pk: sha256(f"{seed}:{pk}".encode()).hexdigest())


def settle(draw: Draw) -> None:
    """Accept what was not drawn once all that was drawn is decided, inside a transaction.

    Where a record of a unit was refused, all others of that unit are checked too.
    """
    draw = Draw.objects.select_for_update().get(pk=draw.pk)  # of two last ones, one comes after
    waiting = Record.objects.filter(draw=draw, state=State.PENDING)
    if draw.closed is not None or waiting.filter(in_sample=True).exists():
        return
    refused = Record.objects.filter(draw=draw, state=State.REFUSED).values("unit")
    if waiting.filter(unit__in=refused).update(in_sample=True):
        return
    accepted = waiting.update(state=State.ACCEPTED, decided_at=timezone.now())
    Draw.objects.filter(pk=draw.pk).update(closed=timezone.now())
    audit.record("records.draw_closed", by=None, target=draw, place=draw.node, unchecked=accepted)


def _standing_to_check(record: Record, by: Any) -> Standing:
    """Return from which post somebody checks a record: never who entered it, nor for them."""
    entered = {record.entered_by_id, record.principal_id} - {None}
    reach = by.reach(VERIFY_RECORDS)
    free = Reach(tuple(one for one in reach.standings if one.principal_id not in entered))
    place = record.verify_at
    standing = free.standing_for(place.path) if place and by.pk not in entered else None
    if Record.objects.filter(barred(by), pk=record.pk).exists():
        raise PermissionDenied
    if (member := member_of(by)) is not None and record.actors.filter(pk=member.pk).exists():
        raise PermissionDenied
    if standing is None or (record.draw_id and not record.in_sample):
        raise PermissionDenied
    return standing


def _mark(records: list[int], **values: Any) -> None:
    for start in range(0, len(records), _CHUNK):
        Record.objects.filter(pk__in=records[start : start + _CHUNK]).update(**values)
