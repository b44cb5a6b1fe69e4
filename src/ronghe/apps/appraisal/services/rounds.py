"""Running a round: opened, inputs entered, moved from stage to stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.analysis.backtest import for_year
from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.sources import BallotSource, ExpertSource
from ronghe.apps.access import Standing
from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import ExpertScore, Round, Run, Version, Votes
from ronghe.apps.appraisal.models.schemes import digest_of
from ronghe.apps.appraisal.rounds.stages import Event, RefusedStep, Stage, State, step
from ronghe.apps.appraisal.selectors.rounds import is_part, scheme_of, state_of, units_in
from ronghe.apps.appraisal.selectors.schemes import document_of
from ronghe.apps.appraisal.services.missing import note
from ronghe.apps.appraisal.services.telling import tell_later
from ronghe.apps.audit import services as audit
from ronghe.apps.desk import jobs
from ronghe.apps.procedures import days
from ronghe.apps.procedures.services.common import standing_at
from ronghe.apps.records.snapshot.tree import tree_of
from ronghe.apps.registry.models import Node
from ronghe.apps.regulations.selectors import number

APPEAL_DAYS = "appraisal.appeal_working_days"
"""The rule that says how long appeals can be made."""

MOVED_BY_THE_OFFICE = (
    Event.COLLECT,
    Event.DISCLOSE,
    Event.HEAR,
    Event.IMPROVE,
    Event.WITHDRAW,
)

WHY: dict[str, Any] = {
    "not-now": lambda: _("现在的阶段不能办这件事，请重新打开看看。"),
    "no-appeal": lambda: _("没有待答复的申诉。"),
    "time-is-over": lambda: _("期限已过。"),
    "time-not-over": lambda: _("期限还没有满。"),
    "provisional": lambda: _("期限还是暂定的：请先录入节假日安排。"),
    "appeals-open": lambda: _("还有申诉没有答复。"),
    "no-objection": lambda: _("没有待答复的异议。"),
    "objections-open": lambda: _("公示中的异议还没有答复。"),
    "compute-first": lambda: _("有申诉或异议成立，要先重新计算。"),
    "not-concluded": lambda: _("公示还没有结束：公示期满后，由人写明结论再结束。"),
}
"""Why a step is refused, in words."""


@transaction.atomic
def open_round(
    version: Version,
    *,
    period: str,
    collect_until: date,
    by: Any,
    at: Node | None = None,
    groups: Sequence[str] = (),
    chosen: Sequence[str] = (),
) -> Round:
    """Open a round (开展考核) with a published version on a period, at the scheme's node or below.

    ``groups`` and ``chosen`` narrow its units: to peer groups, to units by code. Raises
    ValidationError for a version that is not published or not for the place, a period that is
    no year, no units, and units that are in another round of the same scheme and period.
    """
    node = at or version.scheme.node
    standing = standing_at(node, powers.RUN_ROUNDS, by)
    if version.state != Version.State.PUBLISHED or digest_of(version.document) != version.digest:
        raise ValidationError({"version": _("只能用已发布的版本。")})
    if not node.path.startswith(version.scheme.node.path):
        raise ValidationError({"at": _("这个方案不在这里使用。")})
    scheme = scheme_for(version, period)
    tree = tree_of(node.county or node, scheme.period.until)
    units = set(units_in(tree, scheme, node, groups=groups, chosen=chosen).names)
    if is_narrowed := bool(node.county_id or groups or chosen):
        _refuse_unknown(units, chosen)
    same = Round.objects.filter(
        node__path__startswith=(node.county or node).path, version__code=version.code, period=period
    )
    for other in same.exclude(stage=Stage.WITHDRAWN).select_related("node__county", "version"):
        taken = units_in(
            tree, scheme_of(other), other.node, groups=other.groups, chosen=other.chosen
        ).names
        if not (is_narrowed or is_part(other)) or units & set(taken):
            told = _("“%(title)s”已经用这个方案在这一年考核其中的考核对象。")
            raise ValidationError(told % {"title": other.title})
    title = f"{version.title} {scheme.period.label}"
    round_ = Round.objects.create(
        node=node,
        version=version,
        groups=sorted(groups),
        chosen=sorted(chosen),
        title=f"{title} · {node.name}"[:200] if node.county_id else title,
        period=period,
        collect_until=collect_until,
        opened_by=by,
    )
    record("appraisal.round_opened", round_, by, standing, period=period)
    return round_


def scheme_for(version: Version, period: str) -> Scheme:
    """Return a version's scheme moved to a year; ValidationError where it is none."""
    try:
        return for_year(document_of(version), period)
    except ProblemsError:
        raise ValidationError({"period": _("考核期应是四位数的年份。")}) from None


def _refuse_unknown(units: set[str], chosen: Sequence[str]) -> None:
    if not units or set(chosen) - units:
        raise ValidationError({"picked": _("所选范围里没有这个方案的考核对象，请重新选择。")})


@transaction.atomic
def move(round_: Round, event: Event, *, by: Any) -> Round:
    """Move a round to the next stage (推进) by an event that needs nothing but the office's word.

    Raises ValidationError that says why it cannot happen now.
    """
    standing = standing_at(round_.node, powers.RUN_ROUNDS, by)
    if event not in MOVED_BY_THE_OFFICE:
        raise ValidationError(WHY["not-now"]())
    now = locked(round_)
    if event == Event.DISCLOSE:
        today = timezone.localdate()
        deadline = appeal_deadline(now, today)
        advance(now, event, until=deadline.day, provisional=deadline.provisional, disclosed=today)
    else:
        advance(now, event)
    record("appraisal.round_moved", now, by, standing, event=event.value, stage=now.stage)
    if event in (Event.COLLECT, Event.DISCLOSE):
        tell_later(now, event, by=by)
    return now


def appeal_deadline(round_: Round, disclosed: date) -> days.Deadline:
    """Return the last day of the time for appeals (申诉期): working days by the rule there."""
    return days.after(disclosed, number(APPEAL_DAYS, on=disclosed, at=round_.node))


@days.recomputes
def recount_appeal_time() -> int:
    """Count the last days for appeals anew after a notice of holidays; return how many changed."""
    changed = 0
    for round_ in Round.objects.filter(stage=Stage.DISCLOSED).select_related("node"):
        if round_.disclosed is None:
            continue
        deadline = appeal_deadline(round_, round_.disclosed)
        if (deadline.day, deadline.provisional) == (round_.until, round_.provisional):
            continue
        found = Round.objects.filter(pk=round_.pk, stage=Stage.DISCLOSED)
        changed += found.update(until=deadline.day, provisional=deadline.provisional)
        day = deadline.day.isoformat()
        audit.record(
            "appraisal.round_recounted", by=None, target=round_, place=round_.node, until=day
        )
    return changed


def locked(round_: Round) -> Round:
    """Return the round as it is now, after every change to it that is under way."""
    return Round.objects.select_for_update().get(pk=round_.pk)


def advance(
    round_: Round,
    event: Event,
    *,
    until: date | None = None,
    provisional: bool = False,
    **changes: Any,
) -> None:
    """Take a step and store the state; of two at once the second is refused."""
    today = timezone.localdate()
    try:
        after: State = step(
            state_of(round_), event, today=today, until=until, provisional=provisional
        )
    except RefusedStep as refusal:
        raise ValidationError(WHY[refusal.code]()) from None
    values = {
        "stage": after.stage.value,
        "resume": after.resume.value if after.resume else "",
        "stale": after.stale,
        "until": after.until,
        "provisional": after.provisional,
        "revision": round_.revision + 1,
        **changes,
    }
    same = Round.objects.filter(pk=round_.pk, revision=round_.revision)
    if not same.update(**values):
        raise ValidationError(WHY["not-now"]())
    round_.refresh_from_db()


@transaction.atomic
def start_computing(round_: Round, *, by: Any) -> Run:
    """Compute (计算) a round in the background: the data as they are now, kept with the result."""
    standing = standing_at(round_.node, powers.RUN_ROUNDS, by)
    now = locked(round_)
    advance(now, Event.COMPUTE)
    last = now.runs.order_by("-number").values_list("number", flat=True).first() or 0
    run = Run.objects.create(round=now, number=last + 1, by=by)
    record("appraisal.computation_started", now, by, standing, run=run.number)
    job = jobs.start(
        "appraisal.compute", by=by, place=now.node, key=f"{now.pk}-{run.number}", run=run.pk
    )
    Run.objects.filter(pk=run.pk).update(job=job)
    run.refresh_from_db()
    return run


@transaction.atomic
def give_up_computing(round_: Round, *, by: Any) -> Round:
    """Return from a computation whose job ended without one (没有算成)."""
    standing = standing_at(round_.node, powers.RUN_ROUNDS, by)
    now = locked(round_)
    run = now.runs.order_by("-number").first()
    if run and run.job and run.job.state in ("waiting", "running"):
        raise ValidationError(_("还在计算，请等一等。"))
    advance(now, Event.FAILED)
    record("appraisal.computation_given_up", now, by, standing)
    return now


@transaction.atomic
def enter_votes(
    round_: Round,
    *,
    ballot: str,
    unit: str,
    counts: Mapping[tuple[str, str], int],
    node: Any,
    by: Any,
) -> None:
    """Enter the counted votes (民主测评票数) of a unit: by voter group and grade.

    ``node`` is where the unit stands. Raises PermissionDenied out of reach, ValidationError
    outside of collecting or for a group or grade that the ballot does not have.
    """
    standing = standing_at(node, powers.ENTER_VOTES, by)
    now = _collecting(round_)
    source = next((one for one in ballots_of(now) if one.ballot == ballot), None)
    known = source is not None and all(
        group in source.groups and grade in source.grades for group, grade in counts
    )
    if not known or any(count < 0 for count in counts.values()):
        raise ValidationError(_("票数应是不小于零的整数。"))
    Votes.objects.filter(round=now, ballot=ballot, unit=unit).delete()
    Votes.objects.bulk_create(
        Votes(round=now, ballot=ballot, unit=unit, group=group, grade=grade, count=count, by=by)
        for (group, grade), count in counts.items()
    )
    record(
        "appraisal.votes_entered",
        now,
        by,
        standing,
        ballot=ballot,
        unit=unit,
        votes=sum(counts.values()),
    )
    transaction.on_commit(partial(note, now))  # fmt: skip


@transaction.atomic
def give_scores(round_: Round, *, panel: str, scores: Mapping[str, int], by: Any) -> None:
    """Give an expert's own scores (专家评分), thousandths by unit, in place of earlier ones."""
    standing = standing_at(round_.node, powers.GIVE_SCORES, by)
    now = _collecting(round_)
    if panel not in panels_of(now) or any(not 0 <= one <= 100_000 for one in scores.values()):
        raise ValidationError(_("评分应在0到100之间。"))
    ExpertScore.objects.filter(round=now, panel=panel, expert=by).delete()
    ExpertScore.objects.bulk_create(
        ExpertScore(round=now, panel=panel, unit=unit, expert=by, score=score)
        for unit, score in scores.items()
    )
    record("appraisal.scores_given", now, by, standing, panel=panel, units=len(scores))


def ballots_of(round_: Round) -> list[BallotSource]:
    """Return the ballots that the scheme's indicators take, each once."""
    found = [i.source for i in scheme_of(round_).scored() if isinstance(i.source, BallotSource)]
    return list({one.ballot: one for one in found}.values())


def panels_of(round_: Round) -> list[str]:
    """Return the panels of experts that the scheme's indicators take."""
    found = [i.source for i in scheme_of(round_).scored() if isinstance(i.source, ExpertSource)]
    return list(dict.fromkeys(one.panel for one in found))


def _collecting(round_: Round) -> Round:
    now = locked(round_)
    if now.stage != Stage.COLLECTING:
        raise ValidationError(_("现在不在采集阶段。"))
    return now


def record(action: str, round_: Round, by: Any, standing: Standing, **details: Any) -> None:
    """Record an act on a round."""
    audit.record(action, by=by, target=round_, place=round_.node, standing=standing, **details)
