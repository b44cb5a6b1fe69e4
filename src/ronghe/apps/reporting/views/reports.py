"""The page of a report: its text with sources, what others said, what came of it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.records.numbers import plain
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import Report
from ronghe.apps.reporting.models.reports import STAGES, THEMES
from ronghe.apps.reporting.selectors import facts
from ronghe.apps.reporting.selectors import reports as selectors
from ronghe.apps.reporting.selectors.sheets import held_back
from ronghe.apps.reporting.services.common import WHY
from ronghe.apps.reporting.services.drafting import sorted_sentences
from ronghe.apps.reporting.services.rectifying import PLANNED_FROM
from ronghe.apps.reporting.stages import Event, Stage, State, blocked
from ronghe.ui.components import Step
from ronghe.ui.sections import sections_of

ORDER = [stage for stage, _words in STAGES]


@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report with what its reader can do now."""
    shown = selectors.report_visible_to(request.user, pk)
    state, grades = selectors.state_of(shown), selectors.grades_for(shown.appraisal)
    rows = groupby(sorted_sentences(shown), key=lambda one: one.theme)
    titles = dict(THEMES)
    context = {
        "report": shown,
        "appraisal": shown.appraisal,
        "themes": [(titles[theme], list(rows_of)) for theme, rows_of in rows],
        "steps": _steps(shown, state),
        "may": _may(request.user, shown, state),
        "count": selectors.count_of(shown),
        "grades": grades,
        "proposal": grades.get(shown.proposal, ""),
        "grade": grades.get(shown.grade, ""),
        "results": _results(request.user, shown),
        "held_back": held_back(shown),
        "items": shown.rectifications.select_related("owner").prefetch_related("records"),
        "sections": sections_of("reporting.report", request.user, shown),
    }
    return render(request, "reporting/report.html", context)


def _steps(shown: Report, state: State) -> list[Step]:
    """Return the stages with where the report stands, what it waits for, what holds it up."""
    names, at = dict(STAGES), ORDER.index(Stage(shown.stage))
    waits, why = _waits_until(state), _held_by(state)
    steps = []
    for number, stage in enumerate(ORDER):
        look = "done" if number < at or shown.stage == Stage.FINAL else "later"
        if number == at and shown.stage != Stage.FINAL:
            look = "held" if why else "now"
        steps.append(Step(names[stage], look, (waits or why) if number == at else ""))
    return steps


def _waits_until(state: State) -> str:
    if state.stage == Stage.COUNTED and state.until and timezone.localdate() <= state.until:
        return _("异议期到%(day)s") % {"day": state.until}
    return ""


def _held_by(state: State) -> str:
    why = blocked(state, Event.PUT_TO_SIGN, today=timezone.localdate())
    return str(WHY[why]()) if why in ("objections-open", "count-first") else ""


def _may(user: Any, shown: Report, state: State) -> dict[str, bool]:
    """Return what a reader can do with a report now."""
    today = timezone.localdate()
    free = {event: not blocked(state, event, today=today) for event in Event}
    holds, writes = powers.may_hold(user, shown), powers.may_write(user, shown)
    return {
        "write": writes and shown.stage == Stage.DRAFT,
        "comment": powers.may_comment(user, shown) and free[Event.COMMENT],
        "return": holds and free[Event.RETURN],
        "count": holds and (free[Event.COUNT] or free[Event.RECOUNT]),
        "put_to_sign": holds and free[Event.PUT_TO_SIGN],
        "object": shown.secretary_id == user.pk and free[Event.OBJECT],
        "object_on_paper": holds and shown.stage == Stage.COUNTED,
        "plan": (holds or writes) and shown.stage in PLANNED_FROM,
    }


def _results(user: Any, shown: Report) -> list[dict[str, Any]]:
    """Return the year's signed results to stand beside the grade."""
    return [
        {
            "result": one,
            "title": one.run.round.version.title,
            "total": plain(facts.points(one)),
            "grade": facts.grade_of(one),
        }
        for one in facts.results_for(user, shown.node, shown.appraisal.year)
    ]
