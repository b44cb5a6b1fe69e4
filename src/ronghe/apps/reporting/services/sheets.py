"""Laying the grades of reports judged together before their signers, on one sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.procedures.models import SignOff
from ronghe.apps.procedures.selectors.signoff import signoffs_of
from ronghe.apps.procedures.services.signoff import Signer, change_content, open_signoff
from ronghe.apps.procedures.subject import about
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import GradeSheet, Report, ReportAppraisal, SheetLine
from ronghe.apps.reporting.selectors.reports import grades_for
from ronghe.apps.reporting.selectors.sheets import preparers, signers_for
from ronghe.apps.reporting.services.common import (
    advance,
    holding,
    locked_all,
    record,
    refuse_grade,
    tell_secretary,
)
from ronghe.apps.reporting.stages import Event

MOST = 60
"""Reports on one sheet: more are hardly read before they are signed."""


@transaction.atomic
def put_all_to_sign(
    appraisal: ReportAppraisal,
    *,
    choices: Mapping[int, tuple[str, str]],
    signers: Sequence[str],
    by: Any,
) -> GradeSheet:
    """Lay the grades of reports before their signers (报请签批), in order, on one sheet.

    ``choices`` give a grade and a reason by the report's id; without a grade it is held back,
    and the reason says why. ``signers`` are codes of `signers_for`. Raises ValidationError where
    a report cannot be put to sign, at its ``reason-<id>`` or ``grade-<id>``.
    """
    reports = locked_all(choices, appraisal)
    grades = grades_for(appraisal)
    graded = [one for one in reports if choices[one.pk][0]]
    _refuse_number(graded)
    sheet = GradeSheet.objects.create(appraisal=appraisal, title=_title(appraisal), by=by)
    for one in reports:
        _put_on(sheet, one, *choices[one.pk], grades=grades, by=by)
    prepared = preparers(graded)
    offered = {one.code: one for one in signers_for(appraisal, prepared | {by.pk})}
    if not signers or set(signers) - offered.keys():
        raise ValidationError({"signers": _("请至少选一个签批人。")})
    open_signoff(
        about(sheet, place=appraisal.node, title=sheet.title),
        text=laid_before(sheet),
        signers=[Signer(o.node, role=o.role) for code, o in offered.items() if code in signers],
        by=by,
        power=powers.HOLD,
        prepared_by=get_user_model()._default_manager.filter(pk__in=prepared),
    )
    return sheet


@transaction.atomic
def hold_back(line: SheetLine, *, reason: str, by: Any) -> SheetLine:
    """Take a report off a sheet that is being signed (暂缓); signatures put so far become void.

    Raises ValidationError for the only one on it: then the sheet is returned by a signer.
    """
    paper = SignOff.objects.select_for_update().get(pk=signoffs_of(line.sheet).get().pk)
    now = SheetLine.objects.select_related("sheet__appraisal__node").get(pk=line.pk)
    (report,) = locked_all([now.report_id], now.sheet.appraisal)
    standing = holding(report, by)
    if paper.state != SignOff.State.OPEN or not now.grade:
        raise ValidationError(_("这张签批单已经结束，或者这份已经暂缓。"))
    if not now.sheet.lines.exclude(pk=now.pk).exclude(grade="").exists():
        raise ValidationError(_("单上只剩这一份，请签批人退回整张。"))
    advance(report, Event.SEND_BACK)
    now.grade, now.reason = "", reason
    now.save(update_fields=["grade", "reason"])
    record("reporting.held_back", report, by, standing, sheet=now.sheet_id)
    tell_secretary(report, _("述职评议等次暂缓报批"))
    change_content(paper, text=laid_before(now.sheet), by=by)
    return now


def signed(pk: int, by: Any) -> None:
    """Let the grades of a sheet hold: in the transaction of the last signature."""
    for now in _laid(pk):
        advance(now, Event.SIGN, signed_at=timezone.now())
        record("reporting.final", now, by, None, grade=now.grade, digest=now.digest, sheet=pk)
        tell_secretary(now, _("述职评议等次已经审定"))


def refused(pk: int, _reason: str, by: Any) -> None:
    """Go back to the counted votes: a signer returned the sheet."""
    for now in _laid(pk):
        advance(now, Event.SEND_BACK)
        record("reporting.sent_back", now, by, None, sheet=pk)


def laid_before(sheet: GradeSheet) -> str:
    """Write what is signed: each grade with votes and reasons, and one digest over all reports."""
    grades, held = grades_for(sheet.appraisal), sheet.appraisal
    lines = list(sheet.lines.select_related("report__node").prefetch_related("report__votes"))
    graded = [one for one in lines if one.grade]
    said = [
        _("共%(count)d份报告的拟定等次，逐份的点评、票数和报告见签批的对象。")
        % {"count": len(graded)},
        _("依据：%(document)s。") % {"document": held.document},
        *(_graded(number, one, grades) for number, one in enumerate(graded, start=1)),
        *(_held_back(one) for one in lines if not one.grade),
        _("以上各份报告摘要值依次每行一个，合并的摘要值：%(digest)s")
        % {"digest": digest_of(one.report.digest for one in graded)},
    ]
    return "\n".join(said)


def digest_of(digests: Iterable[str]) -> str:
    """Return one SHA-256 over the digests of reports, each on its line."""
    return hashlib.sha256("".join(f"{one}\n" for one in digests).encode()).hexdigest()


def _put_on(
    sheet: GradeSheet,
    report: Report,
    grade: str,
    reason: str,
    *,
    grades: Mapping[str, str],
    by: Any,
) -> None:
    """Put a report on a sheet: with its grade to sign, or held back from it."""
    standing = holding(report, by)
    line = SheetLine(sheet=sheet, report=report, proposal=report.proposal, reason=reason)
    if grade:
        refuse_grade(report, grade, reason, grades, suffix=f"-{report.pk}")
        advance(report, Event.PUT_TO_SIGN, grade=grade, reason=reason)
        line.grade = grade
    elif not reason.strip():
        raise ValidationError({f"reason-{report.pk}": _("暂缓的写明理由。")})
    else:
        record("reporting.held_back", report, by, standing, sheet=sheet.pk)
        tell_secretary(report, _("述职评议等次暂缓报批"))
    line.save()


def _laid(pk: int) -> list[Report]:
    """Return the reports that are being signed on a sheet, locked."""
    lines = SheetLine.objects.filter(sheet=pk).exclude(grade="")
    sheet = GradeSheet.objects.select_related("appraisal").get(pk=pk)
    return locked_all(lines.values_list("report", flat=True), sheet.appraisal)


def _refuse_number(graded: list[Report]) -> None:
    if not graded:
        raise ValidationError(_("没有要报的等次：至少一份选定等次。"))
    if len(graded) > MOST:
        raise ValidationError(
            _("一张单最多%(most)d份，其余的写明理由暂缓，另报一张。") % {"most": MOST}
        )


def _title(appraisal: ReportAppraisal) -> str:
    return _("%(title)s等次") % {"title": appraisal.title[:190]}


def _graded(number: int, line: SheetLine, grades: Mapping[str, str]) -> str:
    one = line.report
    told = {
        "number": number,
        "place": one.node.name,
        "name": one.name,
        "grade": grades[line.grade],
        "proposal": grades[line.proposal],
        "votes": sum(votes.count for votes in one.votes.all()),
    }
    said = (
        _("%(number)d. %(place)s %(name)s：%(grade)s（票数得出%(proposal)s，共%(votes)d票）") % told
    )
    if line.grade != line.proposal:
        said += _("；理由：%(reason)s") % {"reason": line.reason}
    return said


def _held_back(line: SheetLine) -> str:
    told = {"place": line.report.node.name, "name": line.report.name, "reason": line.reason}
    return _("暂缓：%(place)s %(name)s，%(reason)s") % told
