"""Opening and ending publicities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ronghe.apps.desk import notices
from ronghe.apps.procedures import days
from ronghe.apps.procedures.handlers import PUBLISHED
from ronghe.apps.procedures.machines import publicity as machine
from ronghe.apps.procedures.machines.objections import OPEN
from ronghe.apps.procedures.models import Publicity
from ronghe.apps.procedures.permissions import PUBLISH
from ronghe.apps.procedures.selectors.objections import objectors_to
from ronghe.apps.procedures.services.common import attachment, record, standing_at
from ronghe.apps.procedures.subject import Subject
from ronghe.apps.regulations.selectors import number, value

LONGEST = 60


@transaction.atomic
def open_publicity(
    subject: Subject,
    *,
    text: str,
    key: str,
    by: Any,
    power: str = PUBLISH,
    working_days: int | None = None,
    responsible: Iterable[Any] = (),
) -> Publicity:
    """Publish a text (公示) for as many working days as the rule ``key`` asks for, or more.

    ``power`` opens and ends it. ``responsible`` are those who prepared it, beside ``by``: an
    objection is against them. Raises PermissionDenied, and ValidationError for fewer days than
    the rule asks for or where the same is being published already.
    """
    standing = standing_at(subject.place, power, by)
    today = timezone.localdate()
    least = number(key, on=today, at=subject.place)
    wanted = least if working_days is None else working_days
    if not least <= wanted <= LONGEST:
        told = _("公示不少于%(least)d个、不多于%(most)d个工作日。")
        raise ValidationError({"working_days": told % {"least": least, "most": LONGEST}})
    deadline = days.after(today, wanted)
    opened = Publicity(
        **attachment(subject, power),
        text=text,
        key=key,
        citation=value(key, on=today, at=subject.place).citation,
        days=wanted,
        opened=today,
        ends=deadline.day,
        provisional=deadline.provisional,
        opened_by=by,
    )
    opened.full_clean()
    opened.save()
    opened.responsible.set({by.pk, *(person.pk for person in responsible)})
    record("procedures.publicity_opened", opened, by=by, standing=standing, days=wanted)
    return opened


def close_publicity(publicity: Publicity, *, conclusion: str, by: Any) -> Publicity:
    """Close a publicity after its last day, with a conclusion; a person does that.

    Raises PermissionDenied, ValidationError while it may not be closed.
    """
    return _end(publicity, "close", conclusion, by)


def withdraw_publicity(publicity: Publicity, *, conclusion: str, by: Any) -> Publicity:
    """Withdraw a publicity with the reason; to publish again, open another."""
    return _end(publicity, "withdraw", conclusion, by)


@transaction.atomic
def _end(publicity: Publicity, act: machine.Act, conclusion: str, by: Any) -> Publicity:
    standing = standing_at(publicity.place, publicity.power, by)
    row = Publicity.objects.select_for_update().get(pk=publicity.pk)
    state: machine.State = row.state  # type: ignore[assignment]
    refused = machine.refusal(
        act,
        state=state,
        today=timezone.localdate(),
        ends=row.ends,
        provisional=row.provisional,
        objections=row.objections.filter(state__in=OPEN).count(),
    )
    if refused:
        raise ValidationError(_said(refused))
    if not conclusion.strip():
        raise ValidationError({"conclusion": _("请写明结论或理由。")})
    _follow(row, act, conclusion, by)
    row.state, row.conclusion = machine.after(act, state), conclusion
    row.ended_by, row.ended = by, timezone.now()
    row.save(update_fields=["state", "conclusion", "ended_by", "ended"])
    record(f"procedures.publicity_{row.state}", row, by=by, standing=standing)
    return row


def _follow(row: Publicity, act: machine.Act, conclusion: str, by: Any) -> None:
    """Tell who owns the object, who may refuse."""
    followed = PUBLISHED.get(row.target_type)
    if followed and act == "close":
        followed.closed(row.target_id, by)
    elif followed:
        followed.withdrawn(row.target_id, conclusion, by)


@days.recomputes
def recompute() -> int:
    """Count the last days of open publicities anew; return how many changed."""
    changed = 0
    for row in Publicity.objects.filter(state=Publicity.State.OPEN):
        deadline = days.after(row.opened, row.days)
        if (deadline.day, deadline.provisional) == (row.ends, row.provisional):
            continue
        row.ends, row.provisional = deadline.day, deadline.provisional
        row.save(update_fields=["ends", "provisional"])
        record("procedures.publicity_recounted", row, by=None, ends=row.ends.isoformat())
        said = {"title": row.title, "day": date_format(row.ends)}
        title = _("公示期限已重算：%(title)s，最后一天是%(day)s") % said
        told = {*row.responsible.all(), *objectors_to(row)}
        notices.tell(told, title=title, url=row.get_absolute_url(), place=row.place)
        changed += 1
    return changed


def _said(refused: machine.Refusal) -> str:
    return {
        "not-open": _("公示已经结束或撤回。"),
        "too-early": _("公示还没有满期：最后一天过后才能结束。"),
        "provisional": _("期限还是暂定的：请先录入节假日安排。"),
        "objections": _("还有没有答复的异议，答复后才能结束。"),
    }[refused]
