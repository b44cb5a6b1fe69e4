"""What is known of an organisation's year, as far as a person may see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone, translation

from ronghe.apps.appraisal.models import Improvement, Result
from ronghe.apps.appraisal.permissions import SEE_RESULTS
from ronghe.apps.appraisal.rounds.stages import Stage as RoundStage
from ronghe.apps.appraisal.selectors.rounds import scheme_of
from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.models import STANDING, Record, State, UnitKind
from ronghe.apps.records.permissions import SEE_RECORDS
from ronghe.apps.records.selectors.entries import records_visible_to
from ronghe.apps.records.selectors.figures import measures_visible_to, targets_visible_to
from ronghe.apps.regulations import selectors as regulations
from ronghe.apps.reporting.models import Rectification
from ronghe.apps.reporting.telling import Facts, Figure, Item, Outcome, Required, Work
from ronghe.apps.reporting.telling.facts import Kind
from ronghe.apps.reporting.telling.works import plain

MEETINGS = {
    "meeting_held": "meetings.members_every_months",
    "committee_meeting": "meetings.committee_every_months",
    "group_meeting": "meetings.group_every_months",
    "theme_day": "meetings.themed_day_every_months",
    "life_meeting": "meetings.organisational_life_every_months",
}
"""The kinds of meeting that the rulebook asks for, with the rule of each."""

DERIVED = ("life_attended",)
"""Kinds that follow from other records, which are told already."""

MOST_LOST = 3
FINAL = (RoundStage.FINAL, RoundStage.IMPROVEMENT)


def facts_for(user: Any, node: Any, year: int) -> Facts:
    """Return a place's year as a person may see it: what stands, nothing about single people."""
    until = min(timezone.localdate(), date(year, 12, 31))
    with translation.override("zh-hans"):
        kinds = {
            kind.code: Kind(str(kind.title), str(kind.unit), kind.nature == "obligation")
            for kind in KINDS.values()
            if not kind.personal and kind.code not in DERIVED
        }
    works = tuple(_works(user, node, date(year, 1, 1), until))
    return Facts(
        year,
        until,
        kinds,
        works,
        figures=tuple(_figures(user, node, year)),
        outcomes=tuple(_outcomes(user, node, year)),
        items=tuple(_items(user, node, year)),
        required=tuple(
            Required(code, kinds[code].title)
            for code, key in MEETINGS.items()
            if regulations.find(key, on=until, at=node)
        ),
        units=len({one.unit for one in works}),
    )


def results_for(user: Any, node: Any, year: int) -> list[Result]:
    """Return the signed results of an organisation itself for a year, for who may see them."""
    if not user.has_perm(SEE_RESULTS, node):
        return []
    found = Result.objects.filter(
        node=node,
        member=None,
        total__isnull=False,
        run=F("run__round__run"),
        run__round__period=str(year),
        run__round__stage__in=FINAL,
    )
    return list(found.select_related("run__round__version").order_by("pk"))


def grade_of(result: Result) -> str:
    """Return what a result's grade is called in the scheme."""
    grading = scheme_of(result.run.round).grading
    grades = grading.grades if grading else []
    return next((one.title.zh for one in grades if one.code == result.grade), "")


def points(result: Result) -> Decimal:
    """Return the total of a result in points."""
    return Decimal(result.total or 0).scaleb(-3)


def lost_by(result: Result) -> list[tuple[str, Decimal]]:
    """Return where an organisation lost points, the largest loss first."""
    lost = []
    for one in scheme_of(result.run.round).leaves():
        given = result.scores.get(one.code)
        if given is not None and (loss := int(one.points * 1000) - given) > 0:
            lost.append((one.title.zh, Decimal(loss).scaleb(-3)))
    return sorted(lost, key=lambda one: (-one[1], one[0]))


def _works(user: Any, node: Any, since: date, until: date) -> Iterator[Work]:
    found = records_visible_to(user, node=node, since=since, until=until)
    found = found.filter(state__in=STANDING).exclude(kind__in=hidden_kinds())
    columns = ("pk", "kind", "day", "quantity", "scale", "unit__node", "took_part", "quality",
               "state", "values")  # fmt: skip
    counted = found.order_by("day", "pk").annotate(took_part=Count("actors"))
    for pk, kind, day, quantity, scale, unit, people, quality, state, values in (
        counted.values_list(*columns)
    ):  # fmt: skip
        yield Work(
            pk,
            kind,
            day,
            Decimal(quantity).scaleb(-scale),
            unit,
            people,
            quality,
            state == State.ACCEPTED,
            str(values.get("matter") or values.get("project") or "")[:100],
            str(values.get("topic") or "")[:100],
        )


def hidden_kinds() -> list[str]:
    """Return the kinds that no report tells of: about single people, or told already."""
    return [*(kind.code for kind in KINDS.values() if kind.personal), *DERIVED]


def _figures(user: Any, node: Any, year: int) -> Iterator[Figure]:
    people = (UnitKind.CADRE, UnitKind.MEMBER)
    own = {"unit__node": node, "period__in": [str(year), str(year - 1)]}
    held = measures_visible_to(user).filter(**own).exclude(unit__kind__in=people)
    values = {(one.definition_id, one.period): one for one in held.order_by("definition__code")}
    aims = targets_visible_to(user).filter(unit__node=node, period=str(year))
    targets = {one.definition_id: one for one in aims.exclude(unit__kind__in=people)}
    for (definition, period), one in values.items():
        if period != str(year):
            continue
        before, target = values.get((definition, str(year - 1))), targets.get(definition)
        yield Figure(
            one.pk,
            one.definition.code,
            one.definition.title,
            one.definition.unit_of_measurement,
            one.amount,
            before.amount if before else None,
            before.pk if before else None,
            target.amount if target else None,
            target.pk if target else None,
        )


def _outcomes(user: Any, node: Any, year: int) -> Iterator[Outcome]:
    for result in results_for(user, node, year):
        lost = tuple((title, plain(loss)) for title, loss in lost_by(result)[:MOST_LOST])
        total, title = plain(points(result)), result.run.round.version.title
        yield Outcome(result.pk, title, total, grade_of(result), lost)


def _items(user: Any, node: Any, year: int) -> Iterator[Item]:
    """Yield what last year's report appraisal and appraisal left to be put right."""
    before = _rectifications(user).filter(report__node=node, report__appraisal__year=year - 1)
    for one in before.prefetch_related("records"):
        records = tuple(record.pk for record in one.records.all())
        yield Item("rectification", one.pk, one.words, one.due, one.done, one.outcome, records)
    if not user.has_perm(SEE_RESULTS, node):
        return
    left = Improvement.objects.filter(result__node=node, result__member=None)
    left = left.filter(Q(result__run__round__period=str(year - 1)))
    for item in left:
        yield Item("improvement", item.pk, item.words, item.due, item.done, item.outcome)


def _rectifications(user: Any) -> QuerySet[Rectification]:
    within = user.reach(SEE_RECORDS).within("report__node__path")
    return Rectification.objects.filter(within | Q(owner=user))


def sources_shown(user: Any, sources: list[list[Any]]) -> list[dict[str, Any]]:
    """Return the sources of a sentence to show: what each is, and its address where it opens.

    What a person may not see is only counted: it is shown without words.
    """
    ids: dict[str, list[int]] = {}
    for kind, pk in sources:
        ids.setdefault(kind, []).append(pk)
    found: dict[tuple[str, int], Any] = {}
    results = user.reach(SEE_RESULTS)
    for kind, rows in (
        ("record", records_visible_to(user)),
        ("measure", measures_visible_to(user)),
        ("target", targets_visible_to(user)),
        ("rectification", _rectifications(user)),
        ("improvement", Improvement.objects.filter(results.within("result__node__path"))),
        ("result", Result.objects.filter(results.within("node__path"), member=None)),
    ):
        if kind in ids:
            wanted: Any = rows.filter(pk__in=ids[kind])
            found |= {(kind, one.pk): one for one in wanted}
    return [{"kind": kind, "pk": pk, "row": found.get((kind, pk))} for kind, pk in sources]


def records_for(user: Any, node: Any, year: int) -> Any:
    """Return the records of a place's year that can be named as the work behind an item."""
    since, until = date(year, 1, 1), min(timezone.localdate(), date(year + 1, 12, 31))
    found = records_visible_to(user, node=node, since=since, until=until)
    rows: Any = found.filter(state__in=STANDING).exclude(kind__in=hidden_kinds())
    return rows


def record_of_the_report(record: Record) -> str:
    """Name a record in a list to choose from."""
    matter = record.values.get("matter") or record.values.get("topic") or ""
    return " ".join(filter(None, (record.day.isoformat(), record.title, str(matter))))
