"""Terms of office and seats. Every change is dated and audited."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ronghe.apps.access import Standing
from ronghe.apps.audit import services as audit
from ronghe.apps.members import rules
from ronghe.apps.members.models import PARTY_KINDS, Member, Seat, Term
from ronghe.apps.members.permissions import MANAGE_TERMS
from ronghe.apps.members.selectors import current_term, members_of
from ronghe.apps.registry.models import Node
from ronghe.ui.doubts import passed


@transaction.atomic
def begin_term(node: Node, *, since: date, elected: date | None, by: Any, reason: str = "") -> Term:
    """Begin a term of office (换届); the one before, with its seats, ends the day before.

    Its last day follows from the rule of the first. Raises PermissionDenied out of reach,
    ValidationError for an impossible day, NeedsReasonError where a rule does not fit.
    """
    standing = _standing_at(node, by)
    node = Node.objects.select_for_update().get(pk=node.pk)
    if node.kind not in PARTY_KINDS or node.closed is not None:
        raise ValidationError(_("须是现有的党组织。"))
    _refuse_future(since)
    if elected is not None and elected > since:
        raise ValidationError({"elected": _("不能晚于任期的起始日。")})
    kept = passed(rules.Branch(node, since).doubts(), reason)
    _end_before(node, since)
    due, rule = rules.last_day_of_term(node, since)
    term = Term.objects.create(node=node, since=since, due=due, elected=elected, **kept)
    details = {"since": since, "due": due, "rule": rule.key, "departs": kept["departs"]}
    _record("members.term_begun", term, node, by, standing, **details)
    return term


@transaction.atomic
def take_seat(
    node: Node, *, member: Member, post: str, since: date, by: Any, reason: str = ""
) -> Seat:
    """Put a member into a seat of the term under way.

    Raises PermissionDenied, ValidationError where somebody sits there or the day is impossible,
    NeedsReasonError where the size of the committee or the member does not fit the rules.
    """
    standing, term = _standing_at(node, by), _open_term(node)
    _refuse_future(since)
    if not term.since <= since:
        raise ValidationError({"since": _("不能早于任期的起始日。")})
    if not members_of(term.node).filter(pk=member.pk).exists():
        raise ValidationError({"member": _("须是本组织名册上的人。")})
    held = list(term.seats.filter(until=None))
    if post == Seat.Post.SECRETARY and any(one.post == post for one in held):
        raise ValidationError({"post": _("已有书记；请先登记其离任。")})
    if any(one.member_id == member.pk for one in held):
        raise ValidationError({"member": _("此人在本届已有职务；请先登记离任。")})
    posts = [*(one.post for one in held), post]
    doubts = rules.Branch(term.node, since).doubts_on_committee(posts)
    doubts += rules.doubts_on_holder(term.node, since, member)
    kept = passed(doubts, reason)
    seat = Seat.objects.create(term=term, member=member, post=post, since=since, **kept)
    details = {"member": member.pk, "post": post, "since": since, "departs": kept["departs"]}
    _record("members.seat_taken", term, node, by, standing, **details)
    return seat


@transaction.atomic
def leave_seat(seat: Seat, *, on: date, by: Any) -> Seat:
    """End a seat after its last day (离任)."""
    node = seat.term.node
    standing = _standing_at(node, by)
    _refuse_future(on, "on")
    if on < seat.since:
        raise ValidationError({"on": _("不能早于任职的起始日。")})
    if not Seat.objects.filter(pk=seat.pk, until=None).update(until=on):
        raise ValidationError(_("别人刚刚改动过，请重新打开再办。"))
    seat.until = on
    _record("members.seat_left", seat.term, node, by, standing, member=seat.member_id, on=on)
    return seat


def _end_before(node: Node, since: date) -> None:
    former = current_term(node)
    if former is None:
        return
    if since <= former.since:
        named = {"day": date_format(former.since)}
        raise ValidationError({"since": _("须晚于上一届的起始日（%(day)s）。") % named})
    last = since - timedelta(days=1)
    if former.seats.filter(until=None, since__gte=since).exists():
        raise ValidationError({"since": _("上一届有人在这一天之后才任职，请先核对。")})
    former.seats.filter(until=None).update(until=last)
    Term.objects.filter(pk=former.pk).update(until=last)


def _open_term(node: Node) -> Term:
    """Return the term under way, after every change to it that is under way."""
    term = current_term(node)
    if term is None:
        raise ValidationError(_("还没有登记任期。"))
    return Term.objects.select_for_update().select_related("node").get(pk=term.pk)


def _standing_at(node: Node, by: Any) -> Standing:
    standing: Standing | None = by.reach(MANAGE_TERMS).standing_for(node.path)
    if standing is None:
        raise PermissionDenied
    return standing


def _refuse_future(day: date, field: str = "since") -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("日期不能晚于今天；请到那一天再办。")})


def _record(
    action: str, term: Term, node: Node, by: Any, standing: Standing, **details: Any
) -> None:
    plain = {key: one.isoformat() if isinstance(one, date) else one for key, one in details.items()}
    audit.record(action, by=by, target=term, place=node, standing=standing, **plain)
