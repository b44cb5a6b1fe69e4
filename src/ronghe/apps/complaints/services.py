"""Complaining and answering."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.accounts.models import User
from ronghe.apps.audit import services as audit
from ronghe.apps.complaints import selectors
from ronghe.apps.complaints.models import Complaint, Receiver
from ronghe.apps.complaints.permissions import FOR_ADMINISTRATORS, POWERS
from ronghe.apps.desk import notices
from ronghe.apps.procedures import days
from ronghe.apps.registry.models import Node
from ronghe.apps.regulations.selectors import number

TIME_TO_ANSWER = "petition.register_days"


@transaction.atomic
def complain(
    *,
    kind: str,
    text: str,
    place: Node,
    by: Any,
    page: str = "",
    concern: Node | None = None,
    anonymous: bool = False,
) -> tuple[Complaint, str]:
    """Take a complaint; return it and, where it is anonymous, the code of its receipt.

    An anonymous one of somebody signed in goes to the inspectors. Nothing is kept then that says
    who or where it was: no person, no place, no audit entry. Raises ValidationError where the
    level it concerns is not above the place.
    """
    if concern is not None and not place.path.startswith(concern.path):
        raise ValidationError({"concern": _("请选您所在组织或它的上级。")})
    unnamed = anonymous or by is None
    to_administrator = kind in FOR_ADMINISTRATORS and not (anonymous and by)
    wanted = Receiver.ADMINISTRATION if to_administrator else Receiver.INSPECTION
    at, receiver = selectors.handler_of(place, wanted, concern=concern, by=by)
    code = secrets.token_hex(8) if unnamed else ""
    due, provisional = _due(at, timezone.localdate())
    complaint = Complaint.objects.create(
        kind=kind,
        text=text,
        page=page[:300],
        by=None if unnamed else by,
        place=None if unnamed else place,
        receipt=digest(code) if code else "",
        receiver=receiver,
        handled_at=at,
        due=due,
        provisional=provisional,
    )
    if not unnamed:
        audit.record("complaints.made", by=by, target=complaint, place=at, kind=kind)
    _tell_handlers(complaint)
    return complaint, code


@transaction.atomic
def answer(complaint: Complaint, *, outcome: str, text: str, by: Any) -> Complaint:
    """Answer a complaint with what came of it and why; once.

    Raises PermissionDenied for who does not handle it, ValidationError where it is answered.
    """
    power = POWERS[Receiver(complaint.receiver)]
    standing = by.reach(power).standing_for(complaint.handled_at.path)
    if standing is None or complaint.by_id == by.pk:
        raise PermissionDenied
    values = {"outcome": outcome, "answered": timezone.now(), "answered_by": by, "answer": text}
    if not Complaint.objects.filter(pk=complaint.pk, answered=None).update(**values):
        raise ValidationError(_("别人刚刚答复过这件投诉。"))
    complaint.refresh_from_db()
    audit.record(
        "complaints.answered",
        by=by,
        target=complaint,
        place=complaint.handled_at,
        standing=standing,
        outcome=outcome,
    )
    if complaint.by:
        notices.tell([complaint.by], title=_("您的投诉有了答复"), url=complaint.get_absolute_url())
    return complaint


def found_by_receipt(code: str) -> Complaint | None:
    """Return the anonymous complaint of a receipt."""
    known = Complaint.objects.filter(receipt=digest(code.strip().lower())) if code.strip() else None
    return known.select_related("handled_at").first() if known is not None else None


def digest(code: str) -> str:
    """Return what is kept of the code of a receipt."""
    return sha256(code.encode()).hexdigest()


@days.recomputes
def recompute_deadlines() -> int:
    """Count the provisional days of open complaints anew; return how many changed."""
    changed = 0
    for one in Complaint.objects.filter(answered=None, provisional=True):
        due, provisional = _due(one.handled_at, timezone.localdate(one.created))
        if (due, provisional) != (one.due, one.provisional):
            Complaint.objects.filter(pk=one.pk).update(due=due, provisional=provisional)
            changed += 1
    return changed


def _due(at: Node, made: date) -> tuple[date, bool]:
    """Return by when to answer: so many days, and if nobody works then, the next working day."""
    day = made + timedelta(days=number(TIME_TO_ANSWER, on=made, at=at))
    deadline = days.after(day - timedelta(days=1), 1)
    return deadline.day, deadline.provisional


def _tell_handlers(complaint: Complaint) -> None:
    people = User.objects.filter(pk__in=selectors.handlers_of(complaint))
    told = _("收到一件投诉：%(kind)s") % {"kind": complaint.get_kind_display()}
    url = reverse("complaints:complaint", args=[complaint.pk])
    notices.tell(people, title=told, url=url, place=complaint.handled_at)
