"""Setting local values of rules, and putting them into force by a second person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.analysis.errors import ProblemsError
from ronghe.apps.audit import services as audit
from ronghe.apps.registry.models import Node
from ronghe.apps.regulations import proposals
from ronghe.apps.regulations.models import LocalValue, State
from ronghe.apps.regulations.permissions import APPROVE_VALUES, SET_VALUES
from ronghe.apps.regulations.selectors import key_or_404, rulebook
from ronghe.apps.regulations.words import language
from ronghe.rulebook import read_value, write_value
from ronghe.wording import say


@transaction.atomic
def propose_value(
    key: str,
    *,
    node: Node,
    value: Any,
    document: str,
    number: str,
    article: str,
    since: date,
    until: date | None,
    reason: str,
    by: Any,
) -> LocalValue:
    """Propose a local value (本地规定), written as the rulebook's files write it.

    Raises PermissionDenied out of reach, ValidationError with every refused field.
    """
    kind = rulebook().history(key_or_404(key))[-1].kind
    try:
        plain = write_value(read_value(value, kind))
    except ProblemsError as wrong:
        told = [say(problem, language()) for problem in wrong.problems]
        raise ValidationError({"value": told}) from wrong
    local = LocalValue(
        key=key,
        node=node,
        value=plain,
        document=document,
        number=number,
        article=article,
        since=since,
        until=until,
        reason=reason,
    )
    return _proposed(local, by)


@transaction.atomic
def propose_confirmation(
    key: str, *, node: Node, since: date, until: date | None, reason: str, by: Any
) -> LocalValue:
    """Propose to confirm (确认) what the built-in rule says on a day, for a node.

    Raises PermissionDenied out of reach, ValidationError where no built-in value is in force.
    """
    rule = rulebook().find(key_or_404(key), since)
    if rule is None:
        raise ValidationError({"since": _("这一天内置的规定没有生效的值。")})
    local = LocalValue(
        key=key,
        node=node,
        confirms=True,
        value=write_value(rule.value),
        since=since,
        until=_earlier(until, rule.until),
        reason=reason,
    )
    return _proposed(local, by)


@transaction.atomic
def decide_value(local: LocalValue, *, approve: bool, reason: str, by: Any) -> LocalValue:
    """Put a proposed value into force, or return it with a reason.

    Raises PermissionDenied out of reach and for who proposed it, ValidationError without a
    reason for a return, or where somebody else was quicker.
    """
    standing = by.reach(APPROVE_VALUES).standing_for(local.node.path)
    if standing is None or local.proposed_by_id == by.pk:
        raise PermissionDenied
    if not approve and not reason.strip():
        raise ValidationError({"reason": _("退回须写明理由。")})
    state = State.IN_FORCE if approve else State.RETURNED
    waiting = LocalValue.objects.filter(pk=local.pk, state=State.PROPOSED)
    decided = {"decided_by": by, "decided": timezone.now(), "decision_reason": reason}
    if not waiting.update(state=state, **decided):
        raise ValidationError(_("别人刚刚办理过，请重新打开查看。"))
    local.refresh_from_db()
    action = "regulations.value_in_force" if approve else "regulations.value_returned"
    audit.record(action, by=by, target=local, place=local.node, standing=standing, key=local.key)
    return local


def _proposed(local: LocalValue, by: Any) -> LocalValue:
    standing = by.reach(SET_VALUES).standing_for(local.node.path)
    if standing is None:
        raise PermissionDenied
    local.proposed_by = by
    local.full_clean()
    local.save()
    details = {"key": local.key, "confirms": local.confirms, "since": local.since.isoformat()}
    audit.record(
        "regulations.value_proposed",
        by=by,
        target=local,
        place=local.node,
        standing=standing,
        **details,
    )
    proposals.follow(local, by)
    return local


def _earlier(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return min(days, default=None)
