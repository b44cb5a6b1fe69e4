"""Measures and targets for programs: read, delivered, set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import Field

from ronghe.apps.accounts.models import User
from ronghe.apps.programs.paging import Page, Paging, Text, page_of
from ronghe.apps.programs.problems import Fault, Refusal, faults_of
from ronghe.apps.programs.tokens import TokenWith
from ronghe.apps.records import services
from ronghe.apps.records.models import Figure, MeasureDefinition, Unit
from ronghe.apps.records.permissions import DELIVER_FIGURES, SEE_FIGURES, SET_TARGETS
from ronghe.apps.records.selectors.figures import (
    definitions_visible_to,
    measures_visible_to,
    targets_visible_to,
)
from ronghe.apps.records.services import FigureRow
from ronghe.apps.records.services.stating import unit_of
from ronghe.apps.registry.models import Node


class FigureIn(Schema):
    """One figure: of which unit, which measure, how much."""

    unit: Text = Field(description=gettext_noop("单位代码"))
    measure: Text = Field(description=gettext_noop("数据代码"))
    value: Annotated[Decimal, Field(max_digits=21)]


class Delivery(Schema):
    """Figures of a period with the document they stand in."""

    period: Text = Field(description=gettext_noop("2025、2025H1、2025Q3或2025-07"))
    source: Text = Field(description=gettext_noop("出自哪份文件或报表"))
    rows: list[FigureIn] = Field(min_length=1, max_length=5000)


class Delivered(Schema):
    """How many are new, superseded another, say what was known."""

    new: int
    superseding: int
    same: int


class FigureOut(Schema):
    """A figure that holds."""

    id: int
    unit: str
    measure: str
    period: str
    value: Decimal
    source: str

    @staticmethod
    def resolve_unit(found: Figure) -> str:
        """Return the unit's code."""
        return found.unit.code

    @staticmethod
    def resolve_measure(found: Figure) -> str:
        """Return the measure's code."""
        return found.definition.code

    @staticmethod
    def resolve_value(found: Figure) -> Decimal:
        """Return the exact figure."""
        return found.amount


class DefinitionOut(Schema):
    """What a measure is: how fine, how far down it is official, whose."""

    id: int
    county_id: int
    code: str
    title: str
    unit_of_measurement: str
    scale: int
    lowest_level: str
    owner_id: int | None


class FiguresAsked(Paging):
    """Which figures."""

    period: Text = ""
    measure: Text = ""
    unit: Text = ""


READ = TokenWith("measures:read", SEE_FIGURES)
router = Router()


@router.get(
    "/measure-definitions",
    response=Page[DefinitionOut],
    auth=READ,
    summary=gettext_noop("数据口径"),
)
def definitions(request: HttpRequest, paging: Query[Paging]) -> Any:
    """Return what the measures of one's counties are."""
    return page_of(request, definitions_visible_to(request.user), paging)


@router.get("/measures", response=Page[FigureOut], auth=READ, summary=gettext_noop("范围内的数据"))
def measures(request: HttpRequest, asked: Query[FiguresAsked]) -> Any:
    """Return the measures within reach."""
    return page_of(request, _asked_for(measures_visible_to(request.user), asked), asked)


@router.get("/targets", response=Page[FigureOut], auth=READ, summary=gettext_noop("范围内的目标"))
def targets(request: HttpRequest, asked: Query[FiguresAsked]) -> Any:
    """Return the targets within reach."""
    return page_of(request, _asked_for(targets_visible_to(request.user), asked), asked)


@router.post(
    "/measures",
    response=Delivered,
    auth=TokenWith("measures:write", DELIVER_FIGURES),
    summary=gettext_noop("报送一期数据，全部接受或全部退回"),
)
def deliver(request: HttpRequest, delivery: Delivery) -> Any:
    """Deliver measures, all of them or none; 422 with every wrong row."""
    return _taken(services.deliver_measures, delivery, request.user)


@router.post(
    "/targets",
    response=Delivered,
    auth=TokenWith("targets:write", SET_TARGETS),
    summary=gettext_noop("下达一期目标，全部接受或全部退回"),
)
def set_targets(request: HttpRequest, delivery: Delivery) -> Any:
    """Set targets, all of them or none; 422 with every wrong row."""
    return _taken(services.set_targets, delivery, request.user)


def counties_of(user: Any) -> set[int]:
    """Return the counties of somebody's posts."""
    return {int(one.path.split("/")[0]) for one in user.standings()}


def units_named(codes: set[str], user: User) -> dict[str, Unit | Node]:
    """Return what codes stand for in the counties of somebody's posts."""
    counties = counties_of(user)
    nodes = Node.objects.filter(Q(county__in=counties) | Q(pk__in=counties), code__in=codes)
    found: dict[str, Unit | Node] = {one.code: one for one in nodes.filter(closed=None)}
    stated = Unit.objects.filter(county__in=counties, code__in=codes).select_related("node")
    return {**found, **{one.code: one for one in stated}}


def _asked_for(found: QuerySet[Any], asked: FiguresAsked) -> QuerySet[Any]:
    given = {"period": asked.period, "definition__code": asked.measure, "unit__code": asked.unit}
    return found.filter(**{name: value for name, value in given.items() if value})


def _taken(service: Callable[..., Any], delivery: Delivery, by: Any) -> dict[str, int]:
    """Hand a delivery to its service; refuse it with every row that is wrong."""
    rows = _rows(delivery, by)
    try:
        done = service(rows, period=delivery.period, source=delivery.source, by=by)
    except PermissionDenied:
        told = _("其中有由别的部门提供的数据，没有接受。")
        fix = _("请核对数据口径里的责任单位。")
        raise Refusal(403, told, [Fault("body.rows", told, fix)]) from None
    except ValidationError as refusal:
        raise Refusal(422, _("没有接受。"), faults_of(refusal, "body")) from None
    return asdict(done)


def _rows(delivery: Delivery, by: Any) -> list[FigureRow]:
    known = {one.code: one for one in definitions_visible_to(by)}
    units = units_named({one.unit for one in delivery.rows}, by)
    wrong: list[Fault] = []
    for at, one in enumerate(delivery.rows):
        for name, value, there in (("unit", one.unit, units), ("measure", one.measure, known)):
            if value not in there:
                told = _("没有“%(code)s”。") % {"code": value[:60]}
                wrong.append(Fault(f"body.rows.{at}.{name}", told, _("请核对代码。")))
    if wrong:
        raise Refusal(422, _("有%(count)d处不合要求。") % {"count": len(wrong)}, wrong[:200])
    return [_row(one, units[one.unit], known[one.measure]) for one in delivery.rows]


def _row(one: FigureIn, unit: Unit | Node, definition: MeasureDefinition) -> FigureRow:
    return FigureRow(unit if isinstance(unit, Unit) else unit_of(unit), definition, one.value)
