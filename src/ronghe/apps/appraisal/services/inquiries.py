"""Asking a department about its own input to a result, and what the department answers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.access import Standing
from ronghe.apps.accounts.selectors import holders_at
from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import Appeal, Inquiry
from ronghe.apps.appraisal.selectors.appeals import (
    Input,
    departments_behind,
    inputs_of,
    inquiries_to,
    records_behind,
    unit_behind,
)
from ronghe.apps.appraisal.services.rounds import locked
from ronghe.apps.audit import services as audit
from ronghe.apps.desk import notices
from ronghe.apps.procedures import days
from ronghe.apps.procedures.services.common import standing_at
from ronghe.apps.records.models import Measure, State
from ronghe.apps.records.permissions import DELIVER_FIGURES
from ronghe.apps.records.services import FigureRow, deliver_measures
from ronghe.apps.records.services.stating import unit_of
from ronghe.apps.registry.models import Node
from ronghe.apps.regulations.selectors import number

INQUIRY_DAYS = "appraisal.inquiry_working_days"
"""The rule that says how long a department has to check its figures."""


@transaction.atomic
def pass_on(made: Appeal, *, department: Node, by: Any) -> Inquiry:
    """Ask the department that owns an input whether it is right (转请核实), with a due date.

    Raises ValidationError for another department, one where nobody can answer, and an appeal
    that has been answered.
    """
    now = locked(made.result.run.round)
    standing = standing_at(now.node, powers.RUN_ROUNDS, by)
    if not Appeal.objects.filter(pk=made.pk, state=Appeal.State.OPEN).exclude(by=by).exists():
        raise ValidationError(_("申诉已经答复，请重新打开看看。"))
    if not departments_behind(made).filter(pk=department.pk).exists():
        raise ValidationError({"department": _("这项得分没有用这个部门的数据，或者已经转请过。")})
    people = {user for _node, user in holders_at([department.pk], DELIVER_FIGURES)}
    people -= {by.pk, made.by_id}
    if not people:
        told = _("%(department)s还没有能报送数据的账号，请先请管理员设置，或者线下核实后直接答复。")
        raise ValidationError({"department": told % {"department": department.name}})
    today = timezone.localdate()
    due = days.after(today, number(INQUIRY_DAYS, on=today, at=now.node)).day
    asked = Inquiry.objects.create(appeal=made, asked=department, due=due, by=by)
    details = {"appeal": made.pk, "department": department.pk, "due": due.isoformat()}
    audit.record(
        "appraisal.inquiry_made", by=by, target=asked, place=now.node, standing=standing, **details
    )
    url = reverse("appraisal:inquiry", args=[asked.pk])
    users = get_user_model()._default_manager.filter(pk__in=people)
    notices.tell(users, title=_("请核实申诉所涉的数据"), url=url, place=department)
    return asked


@transaction.atomic
def state(
    inquiry: Inquiry,
    *,
    wrong: bool,
    statement: str,
    corrected: Mapping[tuple[int, str], Decimal] | None = None,
    source: str = "",
    by: Any,
) -> Inquiry:
    """Answer for the department (核实) with reasons; what was wrong is corrected along with it.

    ``corrected`` holds new values by measure and period, ``source`` the document they stand in.
    Raises PermissionDenied for others, ValidationError where a figure is called wrong and none
    was corrected, or called right and changed.
    """
    locked(inquiry.appeal.result.run.round)
    if not inquiries_to(by).filter(pk=inquiry.pk).exists():
        raise PermissionDenied
    standing = next(
        one for one in by.reach(DELIVER_FIGURES).standings if one.node_id == inquiry.asked_id
    )
    if not statement.strip():
        raise ValidationError({"statement": _("请写明核实的情况和理由。")})
    changed = _changed(inquiry, corrected or {})
    if changed and not wrong:
        raise ValidationError({"wrong": _("改了数，请选“有误，已改正”；没有错就不要改。")})
    _correct(inquiry, changed, source, by)
    if wrong and not changed and not _was_corrected(inquiry):
        raise ValidationError({"wrong": _("有误的，请先改正数据或纪实，再提交核实情况。")})
    Inquiry.objects.filter(pk=inquiry.pk).update(
        wrong=wrong, statement=statement.strip(), answered_by=by, answered_at=timezone.now()
    )
    inquiry.refresh_from_db()
    _told(inquiry, standing, len(changed), by)
    return inquiry


def _changed(
    inquiry: Inquiry, corrected: Mapping[tuple[int, str], Decimal]
) -> list[tuple[Input, Decimal]]:
    """Return the figures for which another value was given, only those that are asked about."""
    found = []
    for one in inputs_of(inquiry):
        value = corrected.get((one.definition.pk, one.period))
        if value is not None and (one.held is None or one.held.amount != value):
            found.append((one, value))
    return found


def _correct(inquiry: Inquiry, changed: list[tuple[Input, Decimal]], source: str, by: Any) -> None:
    """Deliver the corrected figures as any others: they supersede, with their source."""
    if not changed:
        return
    result = inquiry.appeal.result
    unit = unit_behind(inquiry)
    if unit is None and result.unit == result.node.code:
        unit = unit_of(result.node)
    if unit is None:
        raise ValidationError(_("这个单位还没有登记为考核对象，不能在这里改正。"))
    for period in sorted({one.period for one, _value in changed}):
        rows = [
            FigureRow(unit, one.definition, value) for one, value in changed if one.period == period
        ]
        deliver_measures(rows, period=period, source=source, by=by)


def _was_corrected(inquiry: Inquiry) -> bool:
    """Tell whether figures or records behind the points have changed since the appeal."""
    since = inquiry.appeal.at
    held = [one.held.pk for one in inputs_of(inquiry) if one.held is not None]
    if Measure.objects.filter(pk__in=held, at__gte=since).exists():
        return True
    changed = Q(entered_at__gte=since) | Q(state=State.WITHDRAWN)
    return records_behind(inquiry).filter(changed).exists()


def _told(inquiry: Inquiry, standing: Standing, changed: int, by: Any) -> None:
    """Record the answer and tell who asked."""
    details = {"appeal": inquiry.appeal_id, "wrong": inquiry.wrong, "corrected": changed}
    audit.record(
        "appraisal.inquiry_answered",
        by=by,
        target=inquiry,
        place=inquiry.asked,
        standing=standing,
        **details,
    )
    url = reverse("appraisal:answer", args=[inquiry.appeal_id])
    title = _("部门已核实申诉所涉的数据")
    notices.tell([inquiry.by], title=title, url=url, place=inquiry.asked)
