"""Pages of results: the list, one result explained, the review, fusion, files."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.comparing import column_of, comparison, median_of_peers, year_before
from ronghe.apps.appraisal.explaining import explanation
from ronghe.apps.appraisal.fusing import fused
from ronghe.apps.appraisal.models import ExpertScore, Result, Round
from ronghe.apps.appraisal.rounds import review as look
from ronghe.apps.appraisal.rounds.stages import Stage
from ronghe.apps.appraisal.selectors import appeals as appealed
from ronghe.apps.appraisal.selectors import rounds as selectors
from ronghe.apps.appraisal.selectors.sampling import places_to_sample, samples_of
from ronghe.apps.appraisal.views.common import language
from ronghe.apps.procedures.selectors.publicity import publicities_of
from ronghe.apps.records.selectors.checks import checks_beneath
from ronghe.exchange.reports.folder import open_run
from ronghe.exchange.reports.labels import Labels
from ronghe.ui.paging import page_of
from ronghe.ui.sections import sections_of

FILES = {
    "excel": ("report.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "notice": (
        "report.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "notice_pdf": ("report.pdf", "application/pdf"),
}
LISTED = 500
MOST_SIDES = 4
"""So many others stand beside a result at most."""


def grades_of(round_: Round) -> dict[str, str]:
    """Return what each grade is called."""
    grading, english = selectors.scheme_of(round_).grading, language() == "en"
    grades = grading.grades if grading else []
    return {one.code: (one.title.en if english else "") or one.title.zh for one in grades}


@login_required
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the results that somebody may see, and during publicity those of all units."""
    round_ = selectors.round_visible_to(request.user, pk)
    people, grades = selectors.scheme_of(round_).about_people, grades_of(round_)
    mine = selectors.results_visible_to(request.user, round_)
    public = selectors.publicised(round_)
    shown = public if public.exists() else mine
    order = ("node__path", "name") if people else ("group", "rank", "name")
    page = page_of(shown.order_by(*order).select_related("node"), request)
    own = set(mine.filter(pk__in=[one.pk for one in page]).values_list("pk", flat=True))
    rows = [(one, grades.get(one.grade, ""), one.pk in own) for one in page]
    groups = {code: str(words) for code, words in selectors.scheme_of(round_).peer_groups.items()}
    context = {
        "round": round_,
        "page": page,
        "rows": rows,
        "people": people,
        "groups": groups,
        "public": public.exists(),
        "publicity": publicities_of(round_).filter(state="open").first(),
    }
    return render(request, "appraisal/results.html", context)


@login_required
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain one result: the way from full score to total, each indicator, peers, open work."""
    shown = selectors.result_visible_to(request.user, pk)
    round_ = shown.run.round
    scheme = selectors.scheme_of(round_)
    context = {
        "result": shown,
        "round": round_,
        "full": scheme.points,
        "grade": grades_of(round_).get(shown.grade, ""),
        "people": scheme.about_people,
        "explained": explanation(shown, language()),
        "appeals": _with_files(request.user, shown),
        "may_appeal": appealed.may_appeal(request.user, shown),
        "may_improve": round_.stage in (Stage.FINAL, Stage.IMPROVEMENT)
        and request.user.has_perm(powers.SEE_RESULTS, shown.node),
        "improvements": shown.improvements.select_related("owner"),
        "until": round_.until if round_.stage == Stage.DISCLOSED else None,
        "signed": round_.stage in (Stage.FINAL, Stage.IMPROVEMENT),
    }
    return render(request, "appraisal/result.html", context)


def _with_files(user: Any, shown: Result) -> list[tuple[Any, list[Any], bool]]:
    """Return the appeals, the files of each that one may open, whether one may add another."""
    appeals = appealed.appeals_of(shown).prefetch_related("inquiries__asked")
    files: dict[int, list[Any]] = {}
    for file in appealed.appeal_files_visible_to(user).filter(appeal__in=appeals):
        files.setdefault(file.appeal_id, []).append(file)
    return [
        (one, files.get(one.pk, []), one.state == "open" and one.by_id == user.pk)
        for one in appeals
    ]


@login_required
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a result beside others, the median of its peers, last year."""
    shown = selectors.result_visible_to(request.user, pk)
    others = selectors.comparable_with(request.user, shown)
    sides = {"peers": median_of_peers(shown), "before": year_before(shown)}
    asked = request.GET.getlist("with") or [name for name, side in sides.items() if side][:1]
    chosen = others.filter(pk__in=[one for one in asked if one.isdecimal()])[:MOST_SIDES]
    columns = [side for name, side in sides.items() if side and name in asked]
    columns += [column_of(one) for one in chosen]
    context = {
        "result": shown,
        "round": shown.run.round,
        "sides": [name for name, side in sides.items() if side],
        "others": others[:LISTED],
        "asked": asked,
        "compared": comparison(
            selectors.scheme_of(shown.run.round), [column_of(shown), *columns[:MOST_SIDES]]
        ),
    }
    return render(request, "appraisal/compare.html", context)


def _whole(request: HttpRequest, pk: int) -> Round:
    round_: Round = selectors.round_within(request.user, powers.SEE_WHOLE, pk)
    if not selectors.sees_whole(request.user, round_):
        raise Http404
    return round_


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the office what is unusual before anything is disclosed."""
    round_ = _whole(request, pk)
    held = Result.objects.filter(run=round_.run) if round_.run else Result.objects.none()
    rows = [
        look.Seen(
            one.unit,
            one.name,
            one.group,
            one.total,
            one.previous,
            tuple(code for code, points in one.scores.items() if points is None),
        )
        for one in held
    ]
    scores: dict[tuple[str, int], dict[str, int]] = {}
    given = ExpertScore.objects.filter(round=round_)
    for panel, expert, unit, score in given.values_list("panel", "expert", "unit", "score"):
        scores.setdefault((panel, expert), {})[unit] = score
    links = dict(held.values_list("unit", "pk"))
    scheme = selectors.scheme_of(round_)
    full, period = int(scheme.points * 1000), scheme.period
    kinds = [kind.code for kind in scheme.record_kinds]
    named = dict(given.values_list("expert", "expert__name"))
    context = {
        "round": round_,
        "links": links,
        "outliers": [(one, links[one.unit]) for one in look.outliers(rows)][:LISTED],
        "jumps": [(one, links[one.unit]) for one in look.jumps(rows, full)][:LISTED],
        "without": [(one, links[one.unit]) for one in look.without(rows)][:LISTED],
        "assessors": [(one, named[one.expert]) for one in look.assessors(scores)],
        "samples": samples_of(request.user, round_),
        "to_draw": sum(many for _node, many in places_to_sample(request.user, round_)),
        "checks": checks_beneath(round_.node, kinds, period.since, period.until),
        "warnings": round_.run.warnings.splitlines() if round_.run else [],
    }
    return render(request, "appraisal/review.html", context)


@login_required
def fusion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show Party building and the economy side by side: who leads, how far in step."""
    round_ = selectors.round_with_sides(request.user, pk)
    found = fused(round_, language(), request.user)
    more = sections_of("appraisal.fusion", request.user, found) if found else []
    context = {"round": round_, "fused": found, "sections": more}
    return render(request, "appraisal/fusion.html", context)


@login_required
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the workbook of a round."""
    return _file(request, pk, "excel")


@login_required
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft of the official notice."""
    return _file(request, pk, "notice")


@login_required
def notice_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft of the official notice, as it prints."""
    return _file(request, pk, "notice_pdf")


def _file(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Draw a report from the run's folder; the folder itself stays as it is."""
    from ronghe.exchange.reports.notice import write_notice
    from ronghe.exchange.reports.notice_pdf import write_notice_pdf
    from ronghe.exchange.reports.workbook import write_workbook

    round_, (name, kind) = _whole(request, pk), FILES[what]
    if round_.run is None or not (round_.run.folder / "run" / "run.json").is_file():
        raise Http404
    writers = {"excel": write_workbook, "notice": write_notice, "notice_pdf": write_notice_pdf}
    writer = writers[what]
    with TemporaryDirectory(prefix="ronghe-") as folder:
        target = Path(folder, name)
        with open_run(round_.run.folder / "run") as run:
            writer(run, Labels(language()), target)
        content = target.read_bytes()
    shown = _("%(title)s结果") % {"title": round_.title}
    disposition = content_disposition_header(True, f"{shown}{target.suffix}") or ""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
