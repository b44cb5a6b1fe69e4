"""What the services of report appraisals share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.access import Standing
from ronghe.apps.audit import services as audit
from ronghe.apps.desk import notices
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import Report, ReportAppraisal
from ronghe.apps.reporting.selectors.reports import state_of
from ronghe.apps.reporting.stages import Event, RefusedStep, step

WHY: dict[str, Any] = {
    "not-now": lambda: _("现在的阶段不能办这件事，请重新打开看看。"),
    "time-is-over": lambda: _("异议期已过。"),
    "time-not-over": lambda: _("异议期还没有满。"),
    "objections-open": lambda: _("有异议还没有答复，暂不能继续。"),
    "count-first": lambda: _("有异议成立，要先重新录入票数。"),
}
"""Why a step is refused, in words."""


def locked(report: Report) -> Report:
    """Return the report as it is now, after every change to it that is under way."""
    found = Report.objects.select_for_update(of=("self",)).select_related("appraisal__node", "node")
    return found.get(pk=report.pk)


def locked_all(pks: Iterable[int], appraisal: ReportAppraisal) -> list[Report]:
    """Return reports of an appraisal as they are now, in their order, locked by id."""
    kept = Report.objects.select_for_update(of=("self",)).filter(appraisal=appraisal, pk__in=pks)
    kept = kept.select_related("appraisal__node", "node", "secretary").order_by("pk")
    return sorted(kept, key=lambda one: (one.node.path, one.pk))


def refuse_grade(
    report: Report, grade: str, reason: str, grades: Mapping[str, str], *, suffix: str = ""
) -> None:
    """Refuse a grade there is not, and one other than the votes come to without a reason."""
    if grade not in grades:
        raise ValidationError({f"grade{suffix}": _("没有这个等次。")})
    if grade != report.proposal and not reason.strip():
        told = _("与票数得出的建议等次不同，请写明理由。")
        raise ValidationError({f"reason{suffix}": told})


def advance(
    report: Report, event: Event, *, until: Any = None, today: date | None = None, **changes: Any
) -> None:
    """Take a step and store the state; of two at once the second is refused.

    ``today`` is the day that counts where it is an earlier one.
    """
    day = today or timezone.localdate()
    try:
        after = step(state_of(report), event, today=day, until=until)
    except RefusedStep as refusal:
        raise ValidationError(WHY[refusal.code]()) from None
    values = {"stage": after.stage.value, "until": after.until, **changes}
    if not Report.objects.filter(pk=report.pk, stage=report.stage).update(**values):
        raise ValidationError(WHY["not-now"]())
    report.refresh_from_db()


def standing_of(report: Report, power: str, by: Any) -> Standing | None:
    """Return the post from which somebody acts on a report: where it is held, or their own."""
    found: Standing | None = by.reach(power).standing_for(report.appraisal.node.path)
    return found


def writing(report: Report, by: Any) -> Standing | None:
    """Return the post a report is written from, another's for a deputy; refuse who may not."""
    if not powers.may_write(by, report):
        raise PermissionDenied
    if report.secretary_id is None:
        return standing_of(report, powers.HOLD, by)
    lent = by.reach(powers.WRITE).standings
    return next((one for one in lent if one.principal_id == report.secretary_id), None)


def holding(report: Report, by: Any) -> Standing | None:
    """Return the post an appraisal is held from; refuse who may not, or whose own it is."""
    if not powers.may_hold(by, report):
        raise PermissionDenied
    return standing_of(report, powers.HOLD, by)


def record(action: str, report: Report, by: Any, standing: Standing | None, **details: Any) -> None:
    """Record an act on a report."""
    place = report.node
    audit.record(action, by=by, target=report, place=place, standing=standing, **details)


def tell_secretary(report: Report, title: str) -> None:
    """Tell the secretary what happened to the report."""
    if report.secretary is not None:
        url = report.get_absolute_url()
        notices.tell([report.secretary], title=title, url=url, place=report.node)
