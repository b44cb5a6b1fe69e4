"""Telling people what happened to a round, in the background: suppliers, the assessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.access import POWERS
from ronghe.apps.accounts.models import Post
from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import Result, Round
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.appraisal.services.missing import note
from ronghe.apps.desk import jobs, notices
from ronghe.apps.desk.models import Job, Notice
from ronghe.apps.procedures.selectors.publicity import publicities_of
from ronghe.apps.records.models import MeasureDefinition
from ronghe.apps.records.permissions import DELIVER_FIGURES

AT_ONCE = 100
"""So many people are told in one short step."""


def tell_later(round_: Round, event: Event, *, by: Any) -> Job:
    """Have everybody told whom an event of a round concerns, in the caller's transaction."""
    key = f"{round_.pk}-{round_.revision}-{event.value}"
    return jobs.start(
        "appraisal.tell", by=by, place=round_.node, key=key, round=round_.pk, event=event.value
    )


@jobs.kind("appraisal.tell", title=gettext_lazy("通知考核有关的人"), retries=3)
def tell(job: jobs.Run, *, round: int, event: str) -> dict[str, Any]:
    """Tell the people an event concerns, a few at a time; who was told is not told again."""
    held = Round.objects.select_related("node__county", "version", "opened_by").get(pk=round)
    title, url = _said(held, Event(event))
    people = sorted(set(WHOM[Event(event)](held)))
    parts = [people[start : start + AT_ONCE] for start in range(0, len(people), AT_ONCE)]

    def act(part: list[int]) -> None:
        told = Notice.objects.filter(to__in=part, title=title[:200], url=url).values("to")
        users = get_user_model()._default_manager.filter(pk__in=part, is_active=True)
        notices.tell(users.exclude(pk__in=told), title=title, url=url, place=held.node)

    job.each(parts, act)
    return {
        "url": held.get_absolute_url(),
        "words": _("已通知%(count)d人。") % {"count": len(people)},
    }


def _said(round_: Round, event: Event) -> tuple[str, str]:
    """Return the words and the address; no personal value, they may go out by message."""
    named = {"title": round_.title}
    url = round_.get_absolute_url()
    if event == Event.COLLECT:
        return _("请提供考核数据：%(title)s") % named, reverse("appraisal:inputs", args=[round_.pk])
    if event == Event.DISCLOSE:
        return _("考核结果已经反馈，可以申诉：%(title)s") % named, url
    if event == Event.PUBLICISE:
        running = publicities_of(round_).first()
        return _(
            "考核结果开始公示：%(title)s"
        ) % named, running.get_absolute_url() if running else url
    return _("考核结果已经定稿：%(title)s") % named, url


def _suppliers(round_: Round) -> Iterable[int]:
    """Return who brings what is missing: departments, who enters votes, experts."""
    note(round_)
    round_.refresh_from_db(fields=["missing"])
    kinds: dict[str, list[dict[str, Any]]] = {}
    for need in round_.missing:
        kinds.setdefault(need["kind"], []).append(need)
    codes = [need["code"] for kind in ("measure", "target") for need in kinds.get(kind, [])]
    owners = MeasureDefinition.objects.filter(county=round_.county, code__in=codes).values("owner")
    yield from _holding(DELIVER_FIGURES).filter(node__in=owners).values_list("user", flat=True)
    voting = Q(pk__in=[])
    for path in {path for need in kinds.get("ballot", []) for path in need["under"]}:
        voting |= Q(node__path=path)
    yield from _holding(powers.ENTER_VOTES).filter(voting).values_list("user", flat=True)
    if "expert" in kinds:
        above = [int(pk) for pk in round_.node.path.split("/") if pk]
        experts = _holding(powers.GIVE_SCORES).filter(node__in=above)
        yield from experts.values_list("user", flat=True)


def _assessed(round_: Round) -> Iterable[int]:
    """Return the members with an account, and who may appeal for the organisations."""
    results = Result.objects.filter(run=round_.run).order_by()
    accounts = results.filter(member__account__isnull=False)
    yield from accounts.values_list("member__account", flat=True)
    paths = results.filter(member=None).values_list("node__path", flat=True).distinct()
    above = {int(pk) for path in paths for pk in path.split("/") if pk}
    holders = _holding(powers.APPEAL).filter(node__path__startswith=round_.node.path)
    for user, node in holders.values_list("user", "node"):
        if node in above:
            yield user


def _assessed_and_office(round_: Round) -> Iterable[int]:
    yield from _assessed(round_)
    yield round_.opened_by_id


def _holding(power: str) -> QuerySet[Post]:
    held: QuerySet[Post] = Post.objects.current().filter(role__in=POWERS[power].roles)
    return held.order_by()


WHOM: dict[Event, Callable[[Round], Iterable[int]]] = {
    Event.COLLECT: _suppliers,
    Event.DISCLOSE: _assessed,
    Event.PUBLICISE: _assessed,
    Event.SIGN: _assessed_and_office,
}
"""Whom an event concerns."""
