"""Raising, assigning and answering objections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.desk import notices
from ronghe.apps.procedures.handlers import PUBLISHED
from ronghe.apps.procedures.machines import objections as machine
from ronghe.apps.procedures.models import Objection, Publicity
from ronghe.apps.procedures.permissions import HANDLE_OBJECTIONS, SEE_PUBLICITY
from ronghe.apps.procedures.selectors.objections import open_objections
from ronghe.apps.procedures.services.common import attachment, record, standing_at
from ronghe.apps.procedures.subject import Subject
from ronghe.apps.registry.selectors import nodes_visible_to


@transaction.atomic
def raise_objection(
    subject: Subject,
    *,
    reason: str,
    against: Iterable[Any],
    by: Any,
    power: str = HANDLE_OBJECTIONS,
    publicity: Publicity | None = None,
) -> Objection:
    """Object (异议) to what is published, or to a result, with the reason.

    ``against`` are the people who made it: none of them may assign or answer. ``power`` is the
    one with which others do. Raises PermissionDenied for who cannot see the place,
    ValidationError without a reason, or where the publicity is over.
    """
    if not nodes_visible_to(by).filter(pk=subject.place.pk).exists():
        raise PermissionDenied
    if publicity is not None:
        publicity = Publicity.objects.select_for_update().get(pk=publicity.pk)
        if publicity.state != Publicity.State.OPEN:
            raise ValidationError(_("公示已经结束，不能再提异议。"))
    made = Objection(**attachment(subject, power), publicity=publicity, reason=reason, raised_by=by)
    made.full_clean()
    made.save()
    made.against.set({person.pk for person in against})
    standing = by.reach(SEE_PUBLICITY).standing_for(subject.place.path)
    record("procedures.objection_raised", made, by=by, standing=standing)
    return made


def object_to_publicity(publicity: Publicity, *, reason: str, by: Any) -> Objection:
    """Object to a publicity that is open."""
    return raise_objection(
        publicity.subject,
        reason=reason,
        against=publicity.responsible.all(),
        by=by,
        publicity=publicity,
    )


@transaction.atomic
def assign(objection: Objection, *, to: Any, by: Any) -> Objection:
    """Give an objection to somebody to answer, also anew.

    Raises PermissionDenied, ValidationError where either is objected to or raised it.
    """
    standing = standing_at(objection.place, objection.power, by)
    if to.reach(objection.power).standing_for(objection.place.path) is None:
        raise ValidationError({"to": _("此人没有办理异议的职务。")})
    row = _allowed(objection, "assign", by=by, to=to)
    row.state, row.assigned_to, row.assigned_by = machine.after("assign"), to, by
    row.save(update_fields=["state", "assigned_to", "assigned_by"])
    record("procedures.objection_assigned", row, by=by, standing=standing, to=to.pk)
    _tell(row, to, _("有一件异议交给您答复"))
    return row


@transaction.atomic
def answer(objection: Objection, *, uphold: bool, text: str, by: Any) -> Objection:
    """Answer an objection with reasons: it stands, or it does not.

    Raises PermissionDenied, ValidationError for who is not to answer it, or without reasons.
    """
    standing = standing_at(objection.place, objection.power, by)
    act: machine.Act = "uphold" if uphold else "dismiss"
    row = _allowed(objection, act, by=by)
    if not text.strip():
        raise ValidationError({"text": _("请写明答复的理由。")})
    followed = PUBLISHED.get(row.target_type)
    if uphold and followed:
        followed.upheld(row.target_id, by)
    row.state, row.answer, row.answered = machine.after(act), text, timezone.now()
    row.save(update_fields=["state", "answer", "answered"])
    record(f"procedures.objection_{row.state}", row, by=by, standing=standing)
    _tell(row, row.raised_by, _("您提出的异议已经答复"))
    return row


@transaction.atomic
def withdraw(objection: Objection, *, by: Any) -> Objection:
    """Withdraw one's own objection while it is open."""
    row = _allowed(objection, "withdraw", by=by)
    row.state = machine.after("withdraw")
    row.save(update_fields=["state"])
    record("procedures.objection_withdrawn", row, by=by)
    return row


def refuse_frozen(target: Model) -> None:
    """Refuse a consequence while an objection to its object is open."""
    if open_objections(target).exists():
        raise ValidationError(_("有异议还没有答复，暂不能继续。"))


def _allowed(objection: Objection, act: machine.Act, *, by: Any, to: Any = None) -> Objection:
    row = Objection.objects.select_for_update().get(pk=objection.pk)
    refused = machine.refusal(act, standing_of(row), by=by.pk, to=to.pk if to else None)
    if refused:
        raise ValidationError(_said(refused))
    return row


def standing_of(row: Objection) -> machine.Standing:
    """Return where an objection stands, for the rules."""
    against = frozenset(row.against.values_list("pk", flat=True))
    state: machine.State = row.state  # type: ignore[assignment]
    return machine.Standing(state, row.raised_by_id, against, row.assigned_to_id)


def _tell(row: Objection, person: Any, title: str) -> None:
    notices.tell([person], title=title, url=row.get_absolute_url(), place=row.place)


def _said(refused: machine.Refusal) -> str:
    return {
        "over": _("这件异议已经办结。"),
        "not-assigned": _("这件异议没有交给您办理。"),
        "own": _("不能办理自己提出的异议。"),
        "against": _("被提异议的人不能指定办理人，不能答复，也不能撤回。"),
        "not-yours": _("只有提出异议的本人可以撤回。"),
    }[refused]
