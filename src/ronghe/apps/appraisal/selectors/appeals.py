"""Appeals, their files, and what departments are asked about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from ronghe.analysis.scheme.model import Indicator
from ronghe.analysis.scheme.sources import MeasureSource, RecordsSource
from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import Appeal, AppealFile, Inquiry, Result, Round
from ronghe.apps.appraisal.rounds.needs import figures_read
from ronghe.apps.appraisal.rounds.stages import Event, blocked
from ronghe.apps.appraisal.selectors.rounds import scheme_of, sees_whole, state_of
from ronghe.apps.members.selectors import member_of
from ronghe.apps.records.models import (
    KindOwner,
    Measure,
    MeasureDefinition,
    Record,
    Unit,
)
from ronghe.apps.records.models import State as RecordState
from ronghe.apps.records.permissions import DELIVER_FIGURES
from ronghe.apps.registry.models import Node


def may_appeal(user: Any, result: Result) -> bool:
    """Tell whether somebody may appeal against a result now."""
    round_ = result.run.round
    if blocked(state_of(round_), Event.APPEAL, today=timezone.localdate()):
        return False
    own = member_of(user)
    if result.member_id is not None:
        return own is not None and own.pk == result.member_id
    return bool(user.has_perm(powers.APPEAL, result.node))


def appeals_of(result: Result) -> QuerySet[Appeal]:
    """Return the appeals of a unit in its round, whichever computation they were about."""
    same = {"result__run__round": result.run.round_id, "result__unit": result.unit}
    return Appeal.objects.filter(**same).select_related("by", "answered_by")


def appeals_visible_to(user: Any, round_: Round) -> QuerySet[Appeal]:
    """Return the appeals of a round for who answers or watches over them."""
    if not sees_whole(user, round_):
        return Appeal.objects.none()
    appeals = Appeal.objects.filter(result__run__round=round_)
    return appeals.select_related("result", "by", "answered_by")


def appeals_found_for(user: Any) -> QuerySet[Appeal]:
    """Return one's own appeals and those one answers, in any round."""
    answers = user.reach(powers.RUN_ROUNDS).within("result__run__round__node__path")
    return Appeal.objects.filter(Q(by=user) | Q(answers)).select_related("result__run__round")


def appeal_answered_by(user: Any, pk: int) -> Any:
    """Return an open appeal that a person may answer: never one's own; or raise Http404."""
    within = user.reach(powers.RUN_ROUNDS).within("result__run__round__node__path")
    found = Appeal.objects.filter(within, state=Appeal.State.OPEN).exclude(by=user)
    return _one(found.select_related("result__run__round__node", "by"), pk)


def own_open_appeal(user: Any, pk: int) -> Any:
    """Return one's own appeal that is not answered yet, or raise Http404."""
    mine = Appeal.objects.filter(by=user, state=Appeal.State.OPEN)
    return _one(mine.select_related("result__run__round__node"), pk)


def appeal_files_visible_to(user: Any) -> QuerySet[AppealFile]:
    """Return the files of appeals: for who appealed, those who answer or are asked meanwhile."""
    answers = user.reach(powers.RUN_ROUNDS).within("appeal__result__run__round__node__path")
    asked = Q(appeal__in=inquiries_to(user).values("appeal"))
    return AppealFile.objects.filter(Q(appeal__by=user) | Q(answers) | asked)


def appeal_file_visible_to(user: Any, pk: int) -> Any:
    """Return one file of an appeal, or raise Http404."""
    return _one(appeal_files_visible_to(user), pk)


@dataclass(frozen=True, slots=True)
class Input:
    """A figure (数据) that a result was made from: its measure, period, and what holds now."""

    definition: MeasureDefinition
    period: str
    held: Measure | None


def inquiries_to(user: Any) -> QuerySet[Inquiry]:
    """Return what is asked of a person's own departments and not answered or decided yet.

    Only a post at the department itself counts: who looks after it from above, as the office
    that asked does, does not answer in its place.
    """
    offices = [one.node_id for one in user.reach(DELIVER_FIGURES).standings]
    waiting = Inquiry.objects.filter(asked__in=offices, wrong=None, appeal__state=Appeal.State.OPEN)
    return waiting.exclude(by=user).exclude(appeal__by=user)


def inquiry_answered_by(user: Any, pk: int) -> Any:
    """Return an inquiry that a person answers for the department, or raise Http404."""
    found = inquiries_to(user).select_related("asked", "appeal__result__run__round__node__county")
    return _one(found, pk)


def departments_behind(made: Appeal) -> QuerySet[Node]:
    """Return the departments that own what the appealed points were made from: not asked yet."""
    round_, (measures, kinds) = made.result.run.round, _sources(made)
    county = round_.county
    owners = MeasureDefinition.objects.filter(county=county, code__in=measures).values("owner")
    of_kinds = KindOwner.objects.filter(county=county, kind__in=kinds).values("owner")
    found = Node.objects.filter(Q(pk__in=owners) | Q(pk__in=of_kinds), closed=None)
    return found.exclude(pk__in=made.inquiries.values("asked")).order_by("code")


def inputs_of(inquiry: Inquiry) -> list[Input]:
    """Return the department's figures of the unit that the appealed points were made from."""
    made = inquiry.appeal
    county = made.result.run.round.county
    named = {key for one in _indicators(made) for key in _figures(one, made)}
    owned = MeasureDefinition.objects.filter(
        county=county, owner=inquiry.asked_id, code__in={code for code, _period in named}
    )
    held = Measure.objects.filter(
        definition__in=owned, unit__code=made.result.unit, unit__county=county, current=True
    )
    values = {(one.definition_id, one.period): one for one in held.select_related("definition")}
    return [
        Input(one, period, values.get((one.pk, period)))
        for one in owned.order_by("code")
        for code, period in sorted(named)
        if code == one.code
    ]


def records_behind(inquiry: Inquiry) -> QuerySet[Record]:
    """Return the department's records of the unit that the appealed points were made from."""
    made, period = inquiry.appeal, scheme_of(inquiry.appeal.result.run.round).period
    county = made.result.run.round.county
    owned = KindOwner.objects.filter(county=county, owner=inquiry.asked_id)
    kinds = owned.filter(kind__in=_sources(made)[1]).values("kind")
    found = Record.objects.filter(
        kind__in=kinds,
        unit__code=made.result.unit,
        unit__county=county,
        day__gte=period.since,
        day__lte=period.until,
    )
    return found.exclude(state=RecordState.STAGED).select_related("unit__node")


def unit_behind(inquiry: Inquiry) -> Unit | None:
    """Return the unit whose figures are asked about."""
    result = inquiry.appeal.result
    county = result.run.round.county
    return Unit.objects.filter(code=result.unit, county=county).select_related("node").first()


def _indicators(made: Appeal) -> list[Indicator]:
    """Return what an appeal is about: one indicator, or all where it is about the total."""
    scored = scheme_of(made.result.run.round).scored()
    return [one for one in scored if made.indicator in ("", one.code)]


def _sources(made: Appeal) -> tuple[set[str], set[str]]:
    """Return the codes of measures, and of kinds of records, behind what is appealed."""
    measures: set[str] = set()
    kinds: set[str] = set()
    for one in _indicators(made):
        if isinstance(one.source, MeasureSource):
            measures.add(one.source.measure)
        elif isinstance(one.source, RecordsSource):
            kinds.update(one.source.of)
    return measures, kinds


def _figures(indicator: Indicator, made: Appeal) -> Iterator[tuple[str, str]]:
    """Yield measure and period of each figure that an indicator reads."""
    source = indicator.source
    if isinstance(source, MeasureSource):
        scheme = scheme_of(made.result.run.round)
        for kind, period in figures_read(indicator.rule, source, scheme):
            if kind == "measure":
                yield source.measure, period


def _one(rows: QuerySet[Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
