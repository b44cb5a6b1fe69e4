"""Pages of rounds: the list, opening one, where it stands, moving it on, what is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.forms.rounds import PutToSignForm
from ronghe.apps.appraisal.models import Round
from ronghe.apps.appraisal.models.rounds import STAGES
from ronghe.apps.appraisal.rounds.stages import ORDER, Event, Stage, State, blocked
from ronghe.apps.appraisal.selectors import rounds as selectors
from ronghe.apps.appraisal.selectors.appeals import appeals_visible_to
from ronghe.apps.appraisal.services import concluding
from ronghe.apps.appraisal.services import rounds as services
from ronghe.apps.appraisal.services.concluding import PUBLICITY_DAYS
from ronghe.apps.desk import jobs
from ronghe.apps.procedures.selectors.signoff import signatures_of
from ronghe.apps.regulations.selectors import Valid, value
from ronghe.ui.components import Step
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of
from ronghe.ui.sections import sections_of


@dataclass(frozen=True, slots=True)
class Act:
    """What the office can do now: the event, the button, what follows, why not yet."""

    event: str
    title: str | Promise
    told: str | Promise
    held: str = ""


ACTS: tuple[Act, ...] = (
    Act("collect", gettext_lazy("开始采集"), gettext_lazy("缺的数据会出现在提供单位的工作台上。")),
    Act("compute", gettext_lazy("计算"), gettext_lazy("取现在的数据在后台计算；数据随结果留存。")),
    Act(
        "disclose",
        gettext_lazy("反馈被考核方"),
        gettext_lazy("失分和理由先给被考核方看，申诉期从明天起算。"),
    ),
    Act("hear", gettext_lazy("申诉期满，处理申诉"), gettext_lazy("不再收新的申诉，逐件答复。")),
    Act("publicise", gettext_lazy("公示"), gettext_lazy("全县看得到各单位的总分和建议等次。")),
    Act(
        "put_to_sign", gettext_lazy("报请审定"), gettext_lazy("由别的人依次审定，定稿后不再变动。")
    ),
    Act("improve", gettext_lazy("转入整改提升"), gettext_lazy("把失分变成要办的事，下一轮跟踪。")),
    Act("withdraw", gettext_lazy("撤销这一轮"), gettext_lazy("已有的记录保留，这一轮作废。")),
)


@login_required
def rounds(request: HttpRequest) -> HttpResponse:
    """Show the rounds that concern somebody."""
    context = {
        "page": page_of(selectors.rounds_visible_to(request.user), request),
        "may_run": request.user.has_perm(powers.RUN_ROUNDS),
    }
    return render(request, "appraisal/rounds.html", context)


@login_required
def round_(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round: where it stands, what holds it up, what can be done, one's own part in it."""
    shown = selectors.round_visible_to(request.user, pk)
    may_run = request.user.has_perm(powers.RUN_ROUNDS, shown.node)
    whole = selectors.sees_whole(request.user, shown)
    state = selectors.state_of(shown)
    results = selectors.results_visible_to(request.user, shown)
    acts = _acts(state) if may_run else []
    context = {
        "round": shown,
        "steps": _steps(shown, state),
        "acts": [act for act in acts if act.event != Event.WITHDRAW],
        "withdraw": next((act for act in acts if act.event == Event.WITHDRAW), None),
        "lacking": _lacking(shown),
        "lacking_items": len(shown.missing),
        "may_run": may_run,
        "whole": whole,
        "sides": selectors.sides_visible_to(request.user, shown).exists(),
        "days": _days(shown),
        "sections": sections_of("appraisal.round", request.user, shown),
        "signatures": signatures_of(shown) if shown.is_over else [],
        "latest": shown.runs.select_related("job").first() if whole or may_run else None,
        "results": results[:10],
        "more": results.count() > 10,
        "public": selectors.publicised(shown).exists(),
        "appeals": appeals_visible_to(request.user, shown)[:50],
        "improvements": selectors.improvements_visible_to(request.user, shown)[:50],
        "carried": selectors.carried_over(shown)[:50] if whole else [],
        "collecting": shown.stage in (Stage.OPEN, Stage.COLLECTING),
        "may_vote": request.user.has_perm(powers.ENTER_VOTES) and bool(services.ballots_of(shown)),
        "may_score": request.user.has_perm(powers.GIVE_SCORES, shown.node)
        and bool(services.panels_of(shown)),
    }
    return render(request, "appraisal/round.html", context)


def _lacking(shown: Round) -> list[tuple[str, int]]:
    """Return who still owes a collecting round how many items, the most first."""
    if shown.stage != Stage.COLLECTING:
        return []
    owing = Counter(need["supplier"] or _("考核办") for need in shown.missing)
    return owing.most_common()


def _days(shown: Round) -> list[Valid]:
    """Return the rules that say how long appeals can be made and results are published."""
    on = shown.disclosed or timezone.localdate()
    return [value(key, on=on, at=shown.node) for key in (services.APPEAL_DAYS, PUBLICITY_DAYS)]


def _steps(shown: Round, state: State) -> list[Step]:
    """Return the stages with where the round stands and what holds it up."""
    names = dict(STAGES)
    if shown.stage == Stage.WITHDRAWN:
        return [Step(names[Stage.WITHDRAWN], "held")]
    at, why = ORDER.index(Stage(shown.stage)), held_by(state)
    steps = []
    for number, stage in enumerate(ORDER):
        stands = "done" if number < at else "later"
        if number == at:
            stands = "held" if why else "now"
        if stage in (Stage.FINAL, Stage.IMPROVEMENT) and number == at:
            stands = "done" if stage == Stage.FINAL else "now"
        steps.append(Step(names[stage], stands, why if number == at else ""))
    return steps


def held_by(state: State) -> str:
    """Say what a round waits for; empty where the office can go on at once."""
    if state.open_appeals:
        told = ngettext("%(count)d件申诉待答复", "%(count)d件申诉待答复", state.open_appeals)
        return told % {"count": state.open_appeals}
    if state.open_objections:
        told = ngettext("%(count)d件异议待答复", "%(count)d件异议待答复", state.open_objections)
        return told % {"count": state.open_objections}
    if state.stale:
        return _("有申诉或异议成立，待重新计算")
    if state.stage == Stage.DISCLOSED and state.until:
        if timezone.localdate() <= state.until or state.provisional:
            return _("到%(day)s期满") % {"day": state.until}
        return ""
    if state.stage == Stage.PUBLICITY and not state.concluded:
        return _("公示中，期满后写明结论再结束")
    if state.stage == Stage.SIGN_OFF:
        return _("待审定签字")
    return ""


def _acts(state: State) -> list[Act]:
    """Return the acts of this stage, those that have to wait with the reason."""
    found, today = [], timezone.localdate()
    for act in ACTS:
        why = blocked(state, Event(act.event), today=today)
        if why == "not-now":
            continue
        held = str(services.WHY[why]()) if why else ""
        found.append(Act(act.event, act.title, act.told, held))
    return found


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a round on by one of the office's acts."""
    shown = selectors.round_within(request.user, powers.RUN_ROUNDS, pk)
    event = request.POST.get("event", "")
    if event in {act.event for act in ACTS}:
        try:
            if event == "compute":
                run = services.start_computing(shown, by=request.user)
                return redirect("desk:job", run.job_id)
            if event == "publicise":
                concluding.publicise(shown, by=request.user)
            else:
                services.move(shown, Event(event), by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    return redirect("appraisal:round", shown.pk)


@login_required
@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Return from a computation that ended without a result."""
    shown = selectors.round_within(request.user, powers.RUN_ROUNDS, pk)
    try:
        services.give_up_computing(shown, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("appraisal:round", shown.pk)


@login_required
def put_to_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who signs the results, and lay them before them."""
    shown = selectors.round_within(request.user, powers.RUN_ROUNDS, pk)
    offered = [(one.code, str(one)) for one in selectors.signers_for(shown)]
    form = PutToSignForm(request.POST or None, signers=offered)
    return form_page(
        request,
        form,
        save=lambda **sent: concluding.put_to_sign(shown, by=request.user, **sent),
        done=_("已报请审定；签批单在审定人的工作台上。"),
        to=reverse("appraisal:round", args=[shown.pk]),
        title=_("报请审定：%(title)s") % {"title": shown.title},
        explained=_("签完以后结果定稿，数据和结果的摘要一并留存，任何人都不能再改。"),
        submit=_("报请审定"),
        back=reverse("appraisal:round", args=[shown.pk]),
    )


@login_required
@require_POST
def reproduce(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute the results again from the data kept with them, and compare."""
    shown = selectors.round_within(request.user, powers.SEE_WHOLE, pk)
    if shown.run is None:
        return redirect("appraisal:round", shown.pk)
    job = jobs.start("appraisal.reproduce", by=request.user, place=shown.node, run=shown.run_id)
    return redirect("desk:job", job.pk)


@login_required
def inputs(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is still missing, by who supplies it."""
    shown = selectors.round_visible_to(request.user, pk)
    units = selectors.units_of(shown)
    people = selectors.scheme_of(shown).about_people
    named = not people or selectors.sees_whole(request.user, shown)
    rows: list[dict[str, Any]] = []
    for one in selectors.missing_of(shown, units):
        all_ = len(one.units) == one.wanted
        names = [units.names[code] for code in one.units[:20]] if named and not all_ else []
        rows.append({"missing": one, "names": names, "more": len(one.units) - len(names)})
    context = {
        "round": shown,
        "rows": sorted(rows, key=lambda row: not row["missing"].units),
        "units": len(units.names),
    }
    return render(request, "appraisal/inputs.html", context)
