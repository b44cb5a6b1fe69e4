"""Pages of what others do with a report: comment, votes, signing, objection, rectification."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.reporting.forms import (
    GradeForm,
    ItemForm,
    OutcomeForm,
    VotesForm,
    WordsForm,
)
from ronghe.apps.reporting.models import Report
from ronghe.apps.reporting.selectors import facts
from ronghe.apps.reporting.selectors import reports as selectors
from ronghe.apps.reporting.services import holding, judging, rectifying
from ronghe.ui.forms import form_page

CHOSEN_FROM = 60
"""So many of the latest records are offered as the work behind an item."""


def _page(request: HttpRequest, report: Report, form: Any, **more: Any) -> HttpResponse:
    """Show a form about a report and come back to it."""
    url = report.get_absolute_url()
    return form_page(request, form, to=url, back=url, **more)


@login_required
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on a report as the superior."""
    report = selectors.report_commented_by(request.user, pk)
    form = WordsForm(
        request.POST or None, label=_("点评"), told=_("既讲成绩也讲问题，点到具体的事。")
    )
    return _page(
        request,
        report,
        form,
        save=lambda words: judging.comment(report, words=words, by=request.user),
        done=_("已点评。"),
        title=_("点评：%(report)s") % {"report": report},
        submit=_("点评"),
    )


@login_required
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a report to who wrote it."""
    report = selectors.report_held_by(request.user, pk)
    form = WordsForm(request.POST or None, label=_("退回理由"))
    return _page(
        request,
        report,
        form,
        save=lambda words: holding.send_back(report, reason=words, by=request.user),
        done=_("已退回。"),
        title=_("退回：%(report)s") % {"report": report},
        submit=_("退回"),
    )


@login_required
def votes(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the counted votes on a report."""
    report = selectors.report_held_by(request.user, pk)
    groups = [code for code, weight in report.appraisal.weights.items() if weight]
    known = selectors.counts_of(report)
    grades = selectors.grades_for(report.appraisal)
    form = VotesForm(request.POST or None, groups=groups, grades=grades, known=known)
    return _page(
        request,
        report,
        form,
        save=lambda counts: holding.enter_votes(report, counts=counts, by=request.user),
        done=_("票数已录入，书记会收到通知。"),
        title=_("录入票数：%(report)s") % {"report": report},
        explained=_("只录各方各等次的票数，不录谁投的；不足5票的一方不分列。"),
        submit=_("录入"),
    )


@login_required
def put_to_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay a grade before those who sign it."""
    report = selectors.report_held_by(request.user, pk)
    grades = selectors.grades_for(report.appraisal)
    form = GradeForm(request.POST or None, grades=grades, initial={"grade": report.proposal})
    return _page(
        request,
        report,
        form,
        save=lambda **given: holding.put_to_sign(report, by=request.user, **given),
        done=_("已报请签批。"),
        title=_("报请签批：%(report)s") % {"report": report},
        explained=_("等次由人签字才生效；录票的人、报请的人和述职的人都不签。"),
        submit=_("报请签批"),
    )


@login_required
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to what the votes came to."""
    report = selectors.report_of(request.user, pk)
    form = WordsForm(request.POST or None, label=_("异议和理由"))
    return _page(
        request,
        report,
        form,
        save=lambda words: judging.object_to(report, reason=words, by=request.user),
        done=_("异议已提出，答复之前不会签批。"),
        title=_("提出异议：%(report)s") % {"report": report},
        explained=_("由没有点评、没有录票的人答复，答复写明理由。"),
        submit=_("提出异议"),
    )


@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item on the rectification list."""
    report = selectors.report_improved_by(request.user, pk)
    form = ItemForm(request.POST or None, owners=rectifying.owners_for(report, request.user))
    return _page(
        request,
        report,
        form,
        save=lambda **item: rectifying.plan(report, by=request.user, **item),
        done=_("已列入，会出现在负责人的工作台和明年的报告里。"),
        title=_("列一项整改：%(report)s") % {"report": report},
        submit=_("列入"),
    )


@login_required
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of an item, and with which work it was done."""
    item = selectors.rectification_done_by(request.user, pk)
    year = item.report.appraisal.year
    offered = facts.records_for(request.user, item.report.node, year)
    latest = list(offered.values_list("pk", flat=True)[:CHOSEN_FROM])
    form = OutcomeForm(request.POST or None, records=offered.filter(pk__in=latest))
    return form_page(
        request,
        form,
        save=lambda **said: rectifying.finish(item, by=request.user, **said),
        done=_("已办结。"),
        to=reverse("desk:desk"),
        title=_("整改办结"),
        explained=item.words,
        submit=_("办结"),
        back=reverse("desk:desk"),
    )
