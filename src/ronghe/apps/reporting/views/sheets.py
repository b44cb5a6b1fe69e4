"""Pages of the sheet with many grades: made at once, shown, a report held back from it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronghe.apps.reporting.forms import SheetForm, WordsForm
from ronghe.apps.reporting.models import ReportAppraisal
from ronghe.apps.reporting.selectors import reports as reading
from ronghe.apps.reporting.selectors import sheets as selectors
from ronghe.apps.reporting.services import sheets as services
from ronghe.apps.reporting.services.common import WHY
from ronghe.apps.reporting.stages import Stage
from ronghe.ui.forms import form_page
from ronghe.ui.sections import sections_of


@login_required
def put_all_to_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the grades of all reports that are ready before their signers, on one sheet."""
    held = selectors.appraisal_held_by(request.user, pk)
    form, later = _form(request, held)
    return form_page(
        request,
        form,
        save=lambda **sent: services.put_all_to_sign(held, by=request.user, **sent),
        done=_("已报请签批；签批单在签批人的工作台上。"),
        to=lambda made: made.get_absolute_url(),
        template="reporting/sheet_new.html",
        appraisal=held,
        later=later,
        back=held.get_absolute_url(),
    )


def _form(request: HttpRequest, held: ReportAppraisal) -> tuple[SheetForm, list[tuple[Any, str]]]:
    """Return the form with the reports that are ready, and the others with what they wait for."""
    user: Any = request.user
    candidates = selectors.candidates_for(user, held)
    ready = [one.report for one in candidates if one.is_ready]
    prepared = selectors.preparers(ready) | {user.pk}
    signers = [(one.code, str(one)) for one in selectors.signers_for(held, prepared)]
    grades = reading.grades_for(held)
    form = SheetForm(request.POST or None, reports=ready, grades=grades, signers=signers)
    later = [(one.report, _why(one)) for one in candidates if not one.is_ready]
    return form, later


def _why(candidate: selectors.Candidate) -> str:
    if candidate.why == "own":
        return _("自己的，由别人报")
    if candidate.why == "not-now":
        return str(candidate.report.get_stage_display())
    return str(WHY[candidate.why]())


@login_required
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the reports of a sheet with proposals, grades and reasons, and its sign-off."""
    shown = selectors.sheet_visible_to(request.user, pk)
    grades = reading.grades_for(shown.appraisal)
    lines = shown.lines.select_related("report__node", "report__commented_by")
    context = {
        "sheet": shown,
        "appraisal": shown.appraisal,
        "lines": [(one, grades.get(one.proposal, ""), grades.get(one.grade, "")) for one in lines],
        "may_hold": selectors.is_held_by(request.user, shown),
        "signing": Stage.SIGNING,
        "sections": sections_of("reporting.gradesheet", request.user, shown),
    }
    return render(request, "reporting/sheet.html", context)


@login_required
def hold_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report off a sheet that is being signed."""
    line = selectors.line_held_by(request.user, pk)
    url = line.sheet.get_absolute_url()
    form = WordsForm(request.POST or None, label=_("暂缓的理由"), most=300)
    return form_page(
        request,
        form,
        save=lambda words: services.hold_back(line, reason=words, by=request.user),
        done=_("已暂缓；其余的按新的内容重新签批。"),
        to=url,
        title=_("暂缓：%(report)s") % {"report": line.report},
        explained=_(
            "这一份退回“已评议”，可以另行报批。单上其余的内容变了，已经签的作废，要重新签。"
        ),
        submit=_("暂缓"),
        back=url,
    )
