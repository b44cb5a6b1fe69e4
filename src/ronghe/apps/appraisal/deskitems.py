"""What waits for people about schemes, rounds, results and improvement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import Appeal, Improvement, Inquiry, Result, Round, Version
from ronghe.apps.appraisal.rounds.stages import ENDED, Stage
from ronghe.apps.appraisal.selectors.appeals import inquiries_to
from ronghe.apps.appraisal.selectors.rounds import rounds_visible_to
from ronghe.apps.appraisal.services.rounds import panels_of
from ronghe.apps.desk.items import Item
from ronghe.apps.members.selectors import member_of
from ronghe.apps.procedures.models import Publicity
from ronghe.apps.records.models import MeasureDefinition
from ronghe.apps.records.permissions import DELIVER_FIGURES

State = Version.State
MOST = 20
"""So many items of a kind are listed; the rest stand on the pages."""


def schemes_waiting(user: Any) -> Iterator[Item]:
    """List the versions that wait for somebody's approval, or to be published by them."""
    for power, state, own, action in (
        (powers.APPROVE_SCHEMES, State.SUBMITTED, "submitted_by", _("审批")),
        (powers.EDIT_SCHEMES, State.APPROVED, "decided_by", _("发布")),
    ):
        within = user.reach(power).within("scheme__node__path")
        waiting = Version.objects.filter(within, state=state).exclude(**{own: user})
        for version in waiting.select_related("submitted_by", "decided_by")[:MOST]:
            yield _version_item(version, action)


def _version_item(version: Version, action: str) -> Item:
    named = {"title": version.title, "version": version.version}
    if version.state == State.SUBMITTED:
        why = _("%(name)s送审，请审批。") % {"name": version.submitted_by.name}
    else:
        why = _("已经批准（%(document)s），可以发布。") % {"document": version.approval_document}
    title = _("考核方案“%(title)s”（%(version)s）") % named
    return Item(title, why, reverse("appraisal:version", args=[version.pk]), action)


def inputs_waiting(user: Any) -> Iterator[Item]:
    """List what a department, a township, an expert still owes the rounds that collect."""
    collecting = rounds_visible_to(user).filter(stage=Stage.COLLECTING)
    rounds = list(collecting[:MOST])
    if not rounds:
        return
    owned = _owned(user)
    voting = [one.path for one in user.reach(powers.ENTER_VOTES).standings]
    for round_ in rounds:
        for need in round_.missing:
            figures = need["kind"] in ("measure", "target")
            if figures and (round_.county.pk, need["code"]) in owned:
                yield _need_item(round_, need, sum(need["under"].values()), "appraisal:inputs")
            if need["kind"] == "ballot":
                mine = [n for at, n in need["under"].items() if any(
                    at.startswith(path) for path in voting)]  # fmt: skip
                if mine:
                    yield _need_item(round_, need, sum(mine), "appraisal:votes")
        asked = user.has_perm(powers.GIVE_SCORES, round_.node) and panels_of(round_)
        if asked and not round_.expert_scores.filter(expert=user).exists():
            yield _scores_item(round_)


def _owned(user: Any) -> set[tuple[int, str]]:
    """Return county and code of the measures that a person's departments deliver."""
    reach = user.reach(DELIVER_FIGURES)
    nodes = [one.node_id for one in reach.standings]
    owned = MeasureDefinition.objects.filter(owner__in=nodes)
    return set(owned.values_list("county_id", "code"))


def _need_item(round_: Round, need: dict[str, Any], lacking: int, page: str) -> Item:
    title = need["title"]["en"] if get_language() == "en" else ""
    what = " ".join(filter(None, (title or need["title"]["zh"], need["period"])))
    return Item(
        _("%(what)s：还缺%(count)d个单位的") % {"what": what, "count": lacking},
        _("“%(title)s”要用；一次提供，各单位不用再报。") % {"title": round_.title},
        reverse(page, args=[round_.pk]),
        _("去办"),
        round_.collect_until,
    )


def _scores_item(round_: Round) -> Item:
    return Item(
        _("专家评分：%(title)s") % {"title": round_.title},
        _("请按了解的情况评分；不了解的可以不评。"),
        reverse("appraisal:scores", args=[round_.pk]),
        _("评分"),
        round_.collect_until,
    )


def inquiries_waiting(user: Any) -> Iterator[Item]:
    """List what one's department is asked about its own figures."""
    asked = inquiries_to(user).select_related("appeal__result")
    for one in asked.order_by("due", "pk")[:MOST]:
        title = _("核实数据：%(name)s") % {"name": one.appeal.result.name}
        why = _("有一件考核申诉涉及本部门提供的数据；核实以后由考核办答复。")
        url = reverse("appraisal:inquiry", args=[one.pk])
        yield Item(title, why, url, _("去核实"), one.due)


def rounds_waiting(user: Any) -> Iterator[Item]:
    """List the rounds that the office can take further, and the appeals it has to answer."""
    today = timezone.localdate()
    within = user.reach(powers.RUN_ROUNDS).within("node__path")
    running = Round.objects.filter(within).exclude(stage__in=[*ENDED, Stage.COMPUTING])
    heard = Q(stage=Stage.DISCLOSED, until__lt=today, provisional=False)
    ended = Q(stage=Stage.PUBLICITY, pk__in=_concluded())
    ready = running.filter(heard | ended | Q(stage__in=[Stage.OPEN, Stage.REVIEW, Stage.APPEALS]))
    due = running.filter(stage=Stage.COLLECTING, collect_until__lte=today)
    for round_ in [*ready[:MOST], *due[:MOST]]:
        yield _round_item(round_, _("可以办下一步了。"), _("打开"))
    answering = user.reach(powers.RUN_ROUNDS).within("result__run__round__node__path")
    appeals = Appeal.objects.filter(answering, state=Appeal.State.OPEN).exclude(by=user)
    asked = Inquiry.objects.filter(wrong=None, due__gte=today)
    answerable = appeals.exclude(pk__in=asked.values("appeal"))
    for made in answerable.select_related("result")[:MOST]:
        title = _("申诉：%(name)s") % {"name": made.result.name}
        url = reverse("appraisal:answer", args=[made.pk])
        yield Item(title, _("逐件答复，写明理由；答复之前不能定稿。"), url, _("答复"))


def _concluded() -> QuerySet[Publicity, Any]:
    """Return the ids of the rounds whose publicity was ended with a conclusion."""
    ended = Publicity.objects.filter(
        target_type=Round._meta.label_lower, state=Publicity.State.CLOSED
    )
    return ended.values("target_id")


def _round_item(round_: Round, why: str, action: str) -> Item:
    title = f"{round_.title} · {round_.get_stage_display()}"
    return Item(title, why, reverse("appraisal:round", args=[round_.pk]), action)


def own_results_waiting(user: Any) -> Iterator[Item]:
    """List the results disclosed to somebody while appeals can be made, and one's improvement."""
    own = member_of(user)
    mine = Q(member=own) if own else Q(pk__in=[])
    place = Q(user.reach(powers.APPEAL).within("node__path"), member=None)
    results = Result.objects.filter(
        mine | place,
        run=F("run__round__run"),
        run__round__stage=Stage.DISCLOSED,
        run__round__until__gte=timezone.localdate(),
    )
    for result in results.select_related("run__round")[:MOST]:
        round_ = result.run.round
        title = _("考核结果：%(name)s") % {"name": result.name}
        why = _("失分和理由已经反馈；有异议可以申诉，没有异议不用办。")
        url = reverse("appraisal:result", args=[result.pk])
        yield Item(title, why, url, _("看看"), round_.until)
    for item in Improvement.objects.filter(owner=user, done=None)[:MOST]:
        url = reverse("appraisal:finish", args=[item.pk])
        yield Item(item.words, _("考核整改。"), url, _("办结"), item.due)
