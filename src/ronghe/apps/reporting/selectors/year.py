"""A secretary's year: what is due when, what is recorded, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.appraisal.models import Improvement, Result, Round
from ronghe.apps.appraisal.permissions import APPEAL
from ronghe.apps.appraisal.rounds.stages import Stage as RoundStage
from ronghe.apps.appraisal.selectors.rounds import rounds_visible_to
from ronghe.apps.members.models import PARTY_KINDS
from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.models import STANDING, MeasureDefinition
from ronghe.apps.records.numbers import period_of, plain
from ronghe.apps.records.selectors.entries import records_visible_to
from ronghe.apps.records.selectors.figures import measures_visible_to, targets_visible_to
from ronghe.apps.registry.models import Kind, Node
from ronghe.apps.regulations import selectors as regulations
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import Rectification
from ronghe.apps.reporting.selectors.facts import MEETINGS
from ronghe.apps.reporting.selectors.reports import reports_visible_to
from ronghe.apps.reporting.stages import Stage
from ronghe.apps.reporting.yearplan import Done, Entry, Span, State, recurring, state_of

MOST = 100
BRANCHES = set(PARTY_KINDS) - {Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH}


def places_led_by(user: Any) -> list[Node]:
    """Return the organisations whose secretary a person is, or acts for, today."""
    led = [one.node_id for one in user.reach(powers.WRITE).standings]
    return list(Node.objects.filter(pk__in=led, closed=None).order_by("-level", "path"))


def place_led_by(user: Any, pk: int | None) -> Node:
    """Return one of them, the first without an id, or raise Http404."""
    places = places_led_by(user)
    found = next((one for one in places if pk is None or one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def entries_for(user: Any, node: Node, year: int) -> list[Entry]:
    """Return what the year of an organisation holds for its secretary, by day."""
    found = [
        *_meetings(user, node, year),
        *_rounds(user, node, year),
        *_reports(user, node, year),
        *_items(user, node, year),
    ]
    return sorted(found, key=lambda one: (one.day, one.title, one.key))


def figures_for(user: Any, node: Node, year: int) -> list[dict[str, Any]]:
    """Return the measures with a target or value for the year: who delivers them, and by when."""
    own = {"unit__node": node, "unit__kind__in": ["organisation", "area"], "period": str(year)}
    values = {one.definition_id: one for one in measures_visible_to(user).filter(**own)}
    targets = {one.definition_id: one for one in targets_visible_to(user).filter(**own)}
    asked = MeasureDefinition.objects.filter(pk__in={*values, *targets}).select_related("owner")
    until = period_of(str(year)).until
    return [
        {
            "definition": one,
            "value": plain(values[one.pk].amount) if one.pk in values else "",
            "target": plain(targets[one.pk].amount) if one.pk in targets else "",
            "owner": one.owner or one.owner_named,
            "due": date.fromordinal(until.toordinal() + one.due_after),
        }
        for one in asked[:MOST]
    ]


def _meetings(user: Any, node: Node, year: int) -> Iterator[Entry]:
    """Yield the meetings that the rulebook asks of a branch, done or due."""
    if node.kind not in BRANCHES:
        return
    today, last = timezone.localdate(), date(year, 12, 31)
    held = records_visible_to(user, node=node, since=date(year, 1, 1), until=last)
    held = held.filter(unit__node=node, kind__in=MEETINGS, state__in=STANDING)
    done: dict[str, list[Done]] = {}
    for pk, kind, day in held.order_by("day", "pk").values_list("pk", "kind", "day"):
        done.setdefault(kind, []).append(Done(day, reverse("records:record", args=[pk])))
    for kind, key in MEETINGS.items():
        rule = regulations.find(key, on=min(today, last), at=node)
        if rule is not None and isinstance(rule.value, int):
            yield from recurring(
                kind,
                str(KINDS[kind].title),
                f"{rule.title} {rule.citation}",
                year=year,
                every_months=rule.value,
                done=done.get(kind, []),
                today=today,
            )


def _rounds(user: Any, node: Node, year: int) -> Iterator[Entry]:
    """Yield when inputs of rounds are due, and until when results can be appealed against."""
    above = [int(pk) for pk in node.path.split("/") if pk]
    collecting = rounds_visible_to(user).filter(node__in=above, collect_until__year=year)
    for one in collecting.exclude(stage=RoundStage.WITHDRAWN)[:MOST]:
        over = one.stage not in (RoundStage.OPEN, RoundStage.COLLECTING)
        url = reverse("appraisal:round", args=[one.pk])
        title = _("数据截止：%(round)s") % {"round": one.title}
        yield _entry(f"round-{one.pk}", one.collect_until, title, done=over, url=url)
    if not user.has_perm(APPEAL, node):
        return
    told = Result.objects.filter(
        node=node,
        member=None,
        run__in=Round.objects.exclude(run=None).values("run"),
        run__round__stage__in=[RoundStage.DISCLOSED, RoundStage.PUBLICITY],
        run__round__until__year=year,
    )
    for result in told.select_related("run__round")[:MOST]:
        url, until = reverse("appraisal:result", args=[result.pk]), result.run.round.until
        if until is not None:
            title = _("对考核结果有异议的，到这天：%(round)s") % {"round": result.run.round.title}
            yield _entry(f"result-{result.pk}", until, title, url=url)


def _reports(user: Any, node: Node, year: int) -> Iterator[Entry]:
    mine = reports_visible_to(user).filter(node=node)
    for one in mine.filter(appraisal__due__year=year)[:MOST]:
        title = _("交述职报告：%(title)s") % {"title": one.appraisal.title}
        url, done = one.get_absolute_url(), one.stage != Stage.DRAFT
        yield _entry(f"report-{one.pk}", one.appraisal.due, title, done=done, url=url)
    for one in mine.filter(stage=Stage.COUNTED, until__year=year)[:MOST]:
        if one.until is not None:
            title = _("对评议结果有异议的，到这天")
            yield _entry(f"votes-{one.pk}", one.until, title, url=one.get_absolute_url())


def _items(user: Any, node: Node, year: int) -> Iterator[Entry]:
    """Yield what is to be put right this year, or was."""
    this_year = Q(due__year=year) | Q(done__year=year)
    seen = [one.pk for one in reports_visible_to(user).filter(node=node)]
    for item in Rectification.objects.filter(this_year, report__in=seen)[:MOST]:
        url = reverse("reporting:report", args=[item.report_id])
        title = _("整改：%(words)s") % {"words": item.words}
        day = item.done or item.due
        yield _entry(f"item-{item.pk}", day, title, done=bool(item.done), url=url)
    if not user.has_perm(APPEAL, node):
        return
    planned = Improvement.objects.filter(this_year, result__node=node, result__member=None)
    for one in planned[:MOST]:
        url = reverse("appraisal:result", args=[one.result_id])
        title = _("考核整改：%(words)s") % {"words": one.words}
        day = one.done or one.due
        yield _entry(f"improvement-{one.pk}", day, title, done=bool(one.done), url=url)


def _entry(key: str, day: date, title: str, *, done: bool = False, url: str = "") -> Entry:
    today = timezone.localdate()
    state: State = "done" if done else state_of(Span(date(day.year, day.month, 1), day), today)
    return Entry(key, day, title, state, "", url)
