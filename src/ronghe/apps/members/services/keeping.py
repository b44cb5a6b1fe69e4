"""Keeping the roster. Every change is dated and audited; entries name fields, never values."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.access import Standing
from ronghe.apps.audit import services as audit
from ronghe.apps.members.models import (
    PARTY_KINDS,
    Belonging,
    Member,
    Relation,
    Stage,
    StageChange,
)
from ronghe.apps.members.numbers import born_and_sex, checked_id_number, checked_phone, digest
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.apps.members.rules import doubts_on_stage
from ronghe.apps.members.selectors import seats_left_by
from ronghe.apps.members.services.terms import leave_seat
from ronghe.apps.registry.models import Node
from ronghe.ui.doubts import passed

ORDER = [Stage.APPLICANT, Stage.ACTIVIST, Stage.TARGET, Stage.PROBATIONARY, Stage.FULL]


@transaction.atomic
def register(
    *, name: str, id_number: str, phone: str, node: Node, stage: str, since: date, by: Any
) -> Member:
    """Put a person on the roster (登记) of a Party organisation.

    The identity number gives birth and sex; without it they stay unknown. Raises
    PermissionDenied out of reach, ValidationError with every refused field.
    """
    standing = _standing_at(node, by)
    _refuse_kind(node)
    _refuse_future(since)
    member = Member(county=node.county or node, name=name, stage=stage)
    _put_numbers(member, id_number, phone)
    member.full_clean()
    member.save()
    StageChange.objects.create(member=member, stage=stage, since=since)
    _belong(member, node, Relation.ORGANISATION, since)
    _record("members.registered", member, node, by, standing, stage=stage, since=since)
    return member


@transaction.atomic
def correct(
    member: Member, *, name: str, id_number: str, phone: str, exempt: str, by: Any
) -> Member:
    """Correct what the roster says of a person; an empty number leaves the kept one."""
    relation = _relation(member)
    standing = _standing_at(relation.node, by)
    before = (member.name, member.id_number, member.phone, member.exempt)
    member.name, member.exempt = name, exempt
    _put_numbers(member, id_number or member.id_number, phone or member.phone)
    member.full_clean()
    member.save()
    after = (member.name, member.id_number, member.phone, member.exempt)
    names = ("name", "id_number", "phone", "exempt")
    changed = [field for field, old, new in zip(names, before, after, strict=True) if old != new]
    _record("members.corrected", member, relation.node, by, standing, fields=changed)
    return member


@transaction.atomic
def change_stage(member: Member, *, stage: str, since: date, by: Any, reason: str = "") -> Member:
    """Move a person to the next stage, or out, from a day on.

    Raises ValidationError for a stage that does not follow, or a day before the last change,
    NeedsReasonError where the stage before did not last as long as it has to.
    """
    relation = _relation(member)
    standing = _standing_at(relation.node, by)
    _refuse_future(since)
    if stage not in next_stages(member):
        raise ValidationError({"stage": _("不能从现在的阶段直接到这个阶段。")})
    last = member.stages.order_by("-since", "-pk").first()
    if last is not None and since < last.since:
        raise ValidationError({"since": _("不能早于上一个阶段（%(day)s）。") % {"day": last.since}})
    kept = passed(doubts_on_stage(member, stage, since, relation.node), reason)
    if not Member.objects.filter(pk=member.pk, stage=member.stage).update(stage=stage):
        raise ValidationError(_("别人刚刚改动过，请重新打开再办。"))
    member.stage = stage
    StageChange.objects.create(member=member, stage=stage, since=since, **kept)
    details = {"stage": stage, "since": since, "departs": kept["departs"]}
    _record("members.stage_changed", member, relation.node, by, standing, **details)
    return member


@transaction.atomic
def transfer(
    member: Member, *, node: Node, since: date, by: Any, leave_seats: bool = False
) -> Member:
    """Transfer the organisational relation (转接组织关系) within the county from a day on.

    Who transfers keeps both organisations. Seats that the member can hold no longer end the day
    before, if that is confirmed by ``leave_seats``. Raises PermissionDenied, ValidationError.
    """
    relation = _relation(member)
    standing = _standing_at(relation.node, by)
    _standing_at(node, by)
    _refuse_place(member, node, relation)
    _refuse_future(since)
    if since <= relation.since:
        raise ValidationError({"since": _("须晚于%(day)s。") % {"day": relation.since}})
    _leave_seats(member, node, since, by, confirmed=leave_seats)
    Belonging.objects.filter(pk=relation.pk).update(until=since - timedelta(days=1))
    _belong(member, node, Relation.ORGANISATION, since)
    details = {"from": relation.node_id, "to": node.pk, "since": since}
    _record("members.transferred", member, node, by, standing, **details)
    return member


def _leave_seats(member: Member, node: Node, since: date, by: Any, *, confirmed: bool) -> None:
    seats = seats_left_by(member, node)
    if seats and not confirmed:
        named = "、".join(f"{one.term.node.name}{one.get_post_display()}" for one in seats)
        told = _("此人现任%(seats)s；请确认转出后不再任职，或先登记离任。")
        raise ValidationError({"leave_seats": told % {"seats": named}})
    for seat in seats:
        leave_seat(seat, on=since - timedelta(days=1), by=by)


@transaction.atomic
def float_to(member: Member, *, node: Node, since: date, by: Any) -> Member:
    """Record that a member lives or works elsewhere in the county (流动) from a day on."""
    relation = _relation(member)
    standing = _standing_at(relation.node, by)
    _refuse_place(member, node, relation)
    _refuse_future(since)
    if member.belongings.filter(relation=Relation.FLOATING, until=None).exists():
        raise ValidationError({"node": _("已经登记流动；请先结束原来的流动。")})
    _belong(member, node, Relation.FLOATING, since)
    _record("members.floated", member, relation.node, by, standing, to=node.pk, since=since)
    return member


@transaction.atomic
def end_floating(member: Member, *, on: date, by: Any) -> Member:
    """End the floating after its last day."""
    relation = _relation(member)
    standing = _standing_at(relation.node, by)
    _refuse_future(on, "on")
    away = member.belongings.filter(relation=Relation.FLOATING, until=None)
    if not away.filter(since__lte=on).update(until=on):
        raise ValidationError({"on": _("没有在这一天之前开始的流动。")})
    _record("members.returned", member, relation.node, by, standing, on=on)
    return member


@transaction.atomic
def join_household(member: Member, *, household: Any, by: Any) -> Member:
    """Say which household a member lives in (所在户), or with None that it is not known.

    Raises PermissionDenied out of reach, ValidationError for a household of another county.
    """
    relation = _relation(member)
    standing = _standing_at(relation.node, by)
    if household is not None and household.node.county_id != member.county_id:
        raise ValidationError({"household": _("只能在本县之内办理。")})
    Member.objects.filter(pk=member.pk).update(household=household)
    member.household = household
    to = household.pk if household else None
    _record("members.household_joined", member, relation.node, by, standing, household=to)
    return member


def next_stages(member: Member) -> list[str]:
    """Return the stages that can follow a member's."""
    if member.stage == Stage.LEFT:
        return []
    at = ORDER.index(Stage(member.stage))
    return [*ORDER[at + 1 : at + 2], Stage.LEFT]


def _put_numbers(member: Member, id_number: str, phone: str) -> None:
    member.phone = checked_phone(phone)
    if id_number:
        member.id_number = checked_id_number(id_number)
        member.id_digest = digest(member.id_number)
        member.born, member.sex = born_and_sex(member.id_number)


def _relation(member: Member) -> Belonging:
    """Return the belonging that counts, after every change to the member that is under way."""
    Member.objects.select_for_update().get(pk=member.pk)
    open_ones = member.belongings.filter(relation=Relation.ORGANISATION, until=None)
    found = open_ones.select_related("node").first()
    if found is None:
        raise PermissionDenied
    return found


def _belong(member: Member, node: Node, relation: str, since: date) -> None:
    Belonging.objects.create(member=member, node=node, relation=relation, since=since)


def _standing_at(node: Node, by: Any) -> Standing:
    standing: Standing | None = by.reach(MANAGE_MEMBERS).standing_for(node.path)
    if standing is None:
        raise PermissionDenied
    return standing


def _refuse_kind(node: Node) -> None:
    if node.kind not in PARTY_KINDS or node.closed is not None:
        raise ValidationError({"node": _("须是现有的党组织。")})


def _refuse_place(member: Member, node: Node, relation: Belonging) -> None:
    _refuse_kind(node)
    if (node.county_id or node.pk) != member.county_id:
        raise ValidationError({"node": _("只能在本县之内办理。")})
    if node.pk == relation.node_id:
        raise ValidationError({"node": _("组织关系现在就在这里。")})


def _refuse_future(day: date, field: str = "since") -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("日期不能晚于今天；请到那一天再办。")})


def _record(
    action: str, member: Member, node: Node, by: Any, standing: Standing, **details: Any
) -> None:
    plain = {key: one.isoformat() if isinstance(one, date) else one for key, one in details.items()}
    audit.record(action, by=by, target=member, place=node, standing=standing, **plain)
