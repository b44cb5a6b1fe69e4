"""Sheets with the grades of many reports: what can go on one, what stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils import timezone

from ronghe.apps.appraisal.selectors.signers import Signing, posts_signing
from ronghe.apps.procedures.models import SignOff
from ronghe.apps.procedures.selectors.signoff import signoffs_of
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import GradeSheet, Report, ReportAppraisal, SheetLine
from ronghe.apps.reporting.selectors.reports import (
    appraisals_visible_to,
    reports_listed_for,
    states_of,
)
from ronghe.apps.reporting.stages import Event, Stage, blocked


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report that is not graded yet, and why its grade cannot be put to sign now."""

    report: Report
    why: str

    @property
    def is_ready(self) -> bool:
        """Tell whether its grade can be put to sign now."""
        return not self.why


def appraisal_held_by(user: Any, pk: int) -> ReportAppraisal:
    """Return a report appraisal that a person runs, or raise Http404."""
    found: ReportAppraisal | None = appraisals_visible_to(user).filter(pk=pk).first()
    if found is None or not user.has_perm(powers.HOLD, found.node):
        raise Http404
    return found


def candidates_for(user: Any, appraisal: ReportAppraisal) -> list[Candidate]:
    """Return the reports of an appraisal without a grade, with why one cannot be signed yet.

    ``own`` stands for one's own: somebody else puts it to sign.
    """
    rows = list(reports_listed_for(user, appraisal).exclude(stage=Stage.FINAL))
    states, today = states_of(rows), timezone.localdate()
    lent = powers.principals_of(user) | {user.pk}
    return [
        Candidate(
            one,
            "own"
            if one.secretary_id in lent
            else blocked(states[one.pk], Event.PUT_TO_SIGN, today=today),
        )
        for one in rows
    ]


def is_ready_for(user: Any, appraisal: ReportAppraisal) -> bool:
    """Tell whether somebody can put the grade of a report of an appraisal to sign now."""
    if not user.has_perm(powers.HOLD, appraisal.node):
        return False
    return any(one.is_ready for one in candidates_for(user, appraisal))


def sheets_of(user: Any, appraisal: ReportAppraisal) -> list[tuple[GradeSheet, SignOff | None]]:
    """Return the sheets of an appraisal with their sign-offs, for who sees all its reports."""
    if not user.has_perm(powers.SEE, appraisal.node):
        return []
    sheets = list(appraisal.sheets.all())
    label = GradeSheet._meta.label_lower
    signed = SignOff.objects.filter(target_type=label, target_id__in=[one.pk for one in sheets])
    by_sheet = {one.target_id: one for one in signed}
    return [(one, by_sheet.get(one.pk)) for one in sheets]


def sheet_visible_to(user: Any, pk: int) -> GradeSheet:
    """Return one sheet, for who sees all reports of its appraisal, or raise Http404."""
    found = GradeSheet.objects.select_related("appraisal__node", "by").filter(pk=pk).first()
    if found is None or not user.has_perm(powers.SEE, found.appraisal.node):
        raise Http404
    return found


def is_held_by(user: Any, sheet: GradeSheet) -> bool:
    """Tell whether somebody runs the appraisal of a sheet that is being signed."""
    paper = signoffs_of(sheet).filter(state=SignOff.State.OPEN)
    return bool(user.has_perm(powers.HOLD, sheet.appraisal.node)) and paper.exists()


def line_held_by(user: Any, pk: int) -> SheetLine:
    """Return a line of a sheet whose report a person runs the appraisal of, or raise Http404."""
    more = ("sheet__appraisal", "report__appraisal__node", "report__node", "report__secretary")
    found = SheetLine.objects.select_related(*more).filter(pk=pk).first()
    if found is None or not powers.may_hold(user, found.report):
        raise Http404
    return found


def held_back(report: Report) -> str:
    """Return why a counted report was held back from the sheet before; empty where it was not."""
    if report.stage != Stage.COUNTED:
        return ""
    last = report.lines.order_by("-pk").first()
    return last.reason if last and not last.grade else ""


def signers_for(appraisal: ReportAppraisal, prepared_by: set[int]) -> list[Signing]:
    """Return the posts that can sign grades here, held by others than who prepared them."""
    return posts_signing(appraisal.node, powers.SIGN, besides=prepared_by)


def preparers(reports: list[Report]) -> set[int]:
    """Return who had a part in the reports: the assessed, and who counted their votes."""
    parts = [pk for one in reports for pk in (one.secretary_id, one.counted_by_id)]
    return {pk for pk in parts if pk is not None}
