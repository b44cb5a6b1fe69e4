"""Holding a report appraisal: opened with its rules; reports returned, counted, put to sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.desk import notices
from ronghe.apps.procedures import days
from ronghe.apps.procedures.services import signoff
from ronghe.apps.procedures.services.objections import refuse_frozen
from ronghe.apps.procedures.subject import about
from ronghe.apps.reporting import grading
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import Report, ReportAppraisal, VoterGroup, Votes
from ronghe.apps.reporting.selectors.reports import (
    counts_of,
    grades_for,
    secretaries_beneath,
)
from ronghe.apps.reporting.services.common import (
    advance,
    holding,
    locked,
    record,
    refuse_grade,
    tell_secretary,
)
from ronghe.apps.reporting.stages import Event, Stage


@transaction.atomic
def open_appraisal(
    place: Any,
    *,
    year: int,
    document: str,
    due: date,
    weights: Mapping[str, int],
    needed: int,
    result_share: int,
    objection_days: int,
    by: Any,
) -> ReportAppraisal:
    """Open the report appraisal (开展述职评议) of a year, with a report of each secretary beneath.

    Raises PermissionDenied, ValidationError for weights that do not sum to a hundred, where it
    was opened before, and where there is no secretary beneath.
    """
    standing = by.reach(powers.HOLD).standing_for(place.path)
    if standing is None:
        raise PermissionDenied
    if sum(weights.values()) != 100:
        raise ValidationError(
            _("各方权重合计为%(sum)d，应为100。") % {"sum": sum(weights.values())}
        )
    held = ReportAppraisal(node=place, year=year, document=document, due=due, opened_by=by)
    held.title = _("%(place)s%(year)d年度述职评议考核") % {"place": place.name, "year": year}
    held.weights, held.needed, held.result_share = dict(weights), needed, result_share
    held.objection_days = objection_days
    held.full_clean()
    secretaries = secretaries_beneath(place)
    if not secretaries:
        raise ValidationError(_("这里下面没有登记书记，请先登记任职或班子。"))
    held.save()
    Report.objects.bulk_create(
        Report(appraisal=held, node=one.node, secretary=one.account, name=one.name)
        for one in secretaries
    )
    audit.record(
        "reporting.opened", by=by, target=held, place=place, standing=standing, year=year,
        reports=len(secretaries),
    )  # fmt: skip
    accounts = [one.account for one in secretaries if one.account is not None]
    title = _("请准备述职报告：%(title)s") % {"title": held.title}
    notices.tell(accounts, title=title, url=held.get_absolute_url(), place=place)
    return held


@transaction.atomic
def send_back(report: Report, *, reason: str, by: Any) -> Report:
    """Return a report (退回) to who wrote it, with the reason, before it is commented on."""
    now = locked(report)
    standing = holding(now, by)
    advance(now, Event.RETURN, returned=reason, digest="")
    record("reporting.returned", now, by, standing)
    tell_secretary(now, _("述职报告已退回，请修改"))
    return now


@transaction.atomic
def enter_votes(report: Report, *, counts: Mapping[tuple[str, str], int], by: Any) -> Report:
    """Enter the counted votes (评议票数) by voter group and grade, in place of earlier ones.

    The grade they come to is the proposal; the secretary may object for the days of the
    appraisal. Raises ValidationError where a group with a weight has none.
    """
    now = locked(report)
    standing = holding(now, by)
    held, grades = now.appraisal, list(grades_for(now.appraisal))
    _refuse_counts(counts, held, grades)
    if now.stage == Stage.COUNTED:
        advance(now, Event.RECOUNT)
    now.votes.all().delete()
    Votes.objects.bulk_create(
        Votes(report=now, group=group, grade=grade, count=count, by=by)
        for (group, grade), count in counts.items()
    )
    shared = grading.shares(counts, held.weights, grades)
    proposal = grading.proposal(shared, grades, held.needed)
    until = days.after(timezone.localdate(), held.objection_days).day
    advance(
        now, Event.COUNT, until=until, proposal=proposal, counted_by=by, counted_at=timezone.now()
    )
    record("reporting.counted", now, by, standing, votes=sum(counts.values()), proposal=proposal)
    tell_secretary(now, _("述职评议的结果出来了"))
    return now


@transaction.atomic
def put_to_sign(report: Report, *, grade: str, reason: str, by: Any) -> Report:
    """Lay the grade before those who sign it (报请签批), who are never the assessed.

    A grade other than the votes come to needs a reason. Raises ValidationError while an
    objection is open or its time has not passed.
    """
    now = locked(report)
    holding(now, by)
    grades = grades_for(now.appraisal)
    refuse_grade(now, grade, reason, grades)
    refuse_frozen(now)
    advance(now, Event.PUT_TO_SIGN, grade=grade, reason=reason)
    subject = about(now, place=now.appraisal.node, title=_title(now))
    signoff.open_signoff(
        subject,
        text=_laid_before(now, grades),
        signers=[signoff.Signer(now.appraisal.node, power=powers.SIGN)],
        by=by,
        power=powers.HOLD,
        prepared_by=[one for one in (now.secretary, now.counted_by) if one is not None],
    )
    return now


def signed(pk: int, by: Any) -> None:
    """Let the grade hold: in the transaction of the last signature."""
    now = locked(Report(pk=pk))
    refuse_frozen(now)
    advance(now, Event.SIGN, signed_at=timezone.now())
    record("reporting.final", now, by, None, grade=now.grade, digest=now.digest)
    tell_secretary(now, _("述职评议等次已经审定"))


def refused(pk: int, _reason: str, by: Any) -> None:
    """Go back to the counted votes: a signer returned the sheet."""
    now = locked(Report(pk=pk))
    advance(now, Event.SEND_BACK)
    record("reporting.sent_back", now, by, None)


def _refuse_counts(counts: grading.Counts, held: ReportAppraisal, grades: list[str]) -> None:
    groups = {group for group, weight in held.weights.items() if weight}
    known = all(group in groups and grade in grades for group, grade in counts)
    if not known or any(count < 0 for count in counts.values()):
        raise ValidationError(_("票数应是不小于零的整数。"))
    lacking = grading.silent(counts, held.weights)
    if lacking:
        named = "、".join(str(VoterGroup(one).label) for one in lacking)
        raise ValidationError(_("还没有这些方面的票：%(groups)s。") % {"groups": named})


def _title(report: Report) -> str:
    named = {"place": report.node.name, "name": report.name, "year": report.appraisal.year}
    return _("%(year)d年度述职评议等次：%(place)s%(name)s") % named


def _laid_before(report: Report, grades: dict[str, str]) -> str:
    """Write what is signed: grade, what the votes come to, the comment, the report's digest."""
    said = [
        _("拟定等次：%(grade)s。") % {"grade": grades[report.grade]},
        _("票数得出的建议等次：%(grade)s；共%(votes)d票。")
        % {"grade": grades[report.proposal], "votes": sum(counts_of(report).values())},
        _("依据：%(document)s。") % {"document": report.appraisal.document},
        _("点评：%(comment)s") % {"comment": report.comment},
        _("报告摘要值：%(digest)s") % {"digest": report.digest},
    ]
    if report.grade != report.proposal:
        said.insert(2, _("与建议等次不同的理由：%(reason)s") % {"reason": report.reason})
    return "\n".join(said)
