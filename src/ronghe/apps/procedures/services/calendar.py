"""Entering the State Council's notice for a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.procedures import days
from ronghe.apps.procedures.models import HolidayNotice
from ronghe.apps.procedures.permissions import KEEP_DAYS
from ronghe.apps.procedures.working_days import Notice, wrong_in
from ronghe.apps.registry.models import Node


@transaction.atomic
def enter_notice(
    *, year: int, number: str, off: Iterable[date], made_up: Iterable[date], by: Any
) -> tuple[HolidayNotice, int]:
    """Enter a year's notice; return it and how many open deadlines were counted anew.

    A later notice for the same year supersedes the earlier one. Raises PermissionDenied, and
    ValidationError with everything that cannot be right.
    """
    standings = by.reach(KEEP_DAYS).standings
    if not standings:
        raise PermissionDenied
    notice = Notice(year, frozenset(off), frozenset(made_up))
    wrong = [_said(code, found) for code, found in wrong_in(notice)]
    if wrong:
        raise ValidationError({"off": wrong})
    entered = HolidayNotice.objects.create(
        year=year,
        number=number,
        off=[day.isoformat() for day in sorted(notice.off)],
        made_up=[day.isoformat() for day in sorted(notice.made_up)],
        entered_by=by,
    )
    moved = days.recompute_all()
    standing = standings[0]
    audit.record(
        "procedures.notice_entered",
        by=by,
        target=entered,
        place=Node.objects.get(pk=standing.node_id),
        standing=standing,
        year=year,
        recomputed=moved,
    )
    return entered, moved


def _said(code: str, found: Iterable[date]) -> str:
    told = {
        "other-year": _("不属于这一年（及上一年最后一周）的日子：%(days)s"),
        "both": _("既放假又上班的日子：%(days)s"),
        "made-up-on-weekday": _("调休上班应在周六、周日，这些不是：%(days)s"),
        "worked-on-holiday": _("法定节日没有列入放假：%(days)s"),
    }[code]
    return told % {"days": _("、").join(date_format(day) for day in found)}
