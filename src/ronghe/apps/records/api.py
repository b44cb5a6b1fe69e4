"""Records and measures for programs: batches in, each item once by its client key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.errors import HttpError

from ronghe.apps.accounts.api import TokenAuth
from ronghe.apps.accounts.models import User
from ronghe.apps.members.models import Member
from ronghe.apps.records import services
from ronghe.apps.records.models import Channel, Measure, Record, Unit
from ronghe.apps.records.permissions import DELIVER_FIGURES, ENTER_RECORDS, SEE_FIGURES, SEE_RECORDS
from ronghe.apps.records.selectors.entries import records_visible_to
from ronghe.apps.records.selectors.figures import definitions_delivered_by, measures_visible_to
from ronghe.apps.records.services import FigureRow
from ronghe.apps.records.services.stating import unit_of
from ronghe.apps.registry.models import Node

MOST = 500
"""Items in one request."""


class RecordIn(Schema):
    """A record to enter: unit by its code, people by their ids, its own lasting key."""

    client_key: str = Field(min_length=1, max_length=80)
    kind: str
    unit: str
    day: date
    quantity: Decimal = Decimal(1)
    quality: int | None = None
    actors: list[int] = []
    served: str = ""
    values: dict[str, str] = {}
    source: str = ""


class Entered(Schema):
    """What came of one item: the record's id, or what is wrong with it by field."""

    client_key: str
    id: int | None = None
    errors: dict[str, list[str]] = {}


class RecordOut(Schema):
    """A record within reach; the quantity with its digits after the point."""

    id: int
    kind: str
    unit: str
    day: date
    quantity: Decimal
    quality: int | None
    served: str
    values: dict[str, Any]
    source: str
    state: str
    supersedes_id: int | None

    @staticmethod
    def resolve_unit(found: Record) -> str:
        """Return the unit's code."""
        return found.unit.code

    @staticmethod
    def resolve_quantity(found: Record) -> Decimal:
        """Return the exact quantity."""
        return found.amount


class MeasureIn(Schema):
    """One figure: of which unit, which measure, how much."""

    unit: str
    measure: str
    value: Decimal


class Delivery(Schema):
    """Measures of a period with the document they stand in."""

    period: str
    source: str
    rows: list[MeasureIn] = Field(min_length=1, max_length=5000)


class Delivered(Schema):
    """How many are new, superseded another, say what was known."""

    new: int
    superseding: int
    same: int


class MeasureOut(Schema):
    """A measure that holds."""

    unit: str
    measure: str
    period: str
    value: Decimal
    source: str

    @staticmethod
    def resolve_unit(found: Measure) -> str:
        """Return the unit's code."""
        return found.unit.code

    @staticmethod
    def resolve_measure(found: Measure) -> str:
        """Return the measure's code."""
        return found.definition.code

    @staticmethod
    def resolve_value(found: Measure) -> Decimal:
        """Return the exact figure."""
        return found.amount


class TokenWith(TokenAuth):
    """Lets in the tokens that carry a power, before anything else is looked at."""

    def __init__(self, power: str) -> None:
        super().__init__()
        self.power = power

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the token's owner; refuse who has not the power."""
        owner = super().authenticate(request, token)
        if owner is not None and not owner.has_perm(self.power):
            raise PermissionDenied
        return owner


router = Router(tags=["records"])


@router.post("/records", response=list[Entered], auth=TokenWith(ENTER_RECORDS))
def enter(request: HttpRequest, items: list[RecordIn]) -> list[Entered]:
    """Enter up to 500 records, each by itself; the same client key is entered once."""
    if len(items) > MOST:
        raise HttpError(413, f"最多 {MOST} 条 · at most {MOST} items")
    units = _units(request.user, {one.unit for one in items})
    return [_entered(one, units, request.user) for one in items]


@router.get("/records", response=list[RecordOut], auth=TokenWith(SEE_RECORDS))
def records(
    request: HttpRequest,
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
    after: int = 0,
    limit: int = 100,
) -> Any:
    """Return records within reach in order of id, at most 500 at a time, ``after`` an id."""
    found = records_visible_to(request.user, kind=kind, since=since, until=until)
    return found.filter(pk__gt=after).order_by("pk")[: max(1, min(limit, MOST))]


@router.post("/measures", response=Delivered, auth=TokenWith(DELIVER_FIGURES))
def deliver(request: HttpRequest, delivery: Delivery) -> Any:
    """Deliver measures, all of them or none; 422 with every wrong row."""
    definitions = {one.code: one for one in definitions_delivered_by(request.user)}
    units = _units(request.user, {one.unit for one in delivery.rows})
    unknown = [
        f"{one.unit} {one.measure}"
        for one in delivery.rows
        if one.unit not in units or one.measure not in definitions
    ]
    if unknown:
        raise HttpError(
            422, "没有这个单位或数据 · no such unit or measure: " + "、".join(unknown[:20])
        )
    rows = [
        FigureRow(_unit(units[one.unit]), definitions[one.measure], one.value)
        for one in delivery.rows
    ]
    try:
        return services.deliver_measures(
            rows, period=delivery.period, source=delivery.source, by=request.user
        )
    except ValidationError as refusal:
        raise HttpError(422, " ".join(refusal.messages)) from refusal


@router.get("/measures", response=list[MeasureOut], auth=TokenWith(SEE_FIGURES))
def measures(request: HttpRequest, period: str, offset: int = 0, limit: int = 100) -> Any:
    """Return the measures of a period within reach, at most 500 at a time."""
    start = max(offset, 0)
    found = measures_visible_to(request.user).filter(period=period).order_by("pk")
    return found[start : start + max(1, min(limit, MOST))]


def _units(user: Any, codes: set[str]) -> dict[str, Unit | Node]:
    """Return what codes stand for in the counties of somebody's posts."""
    counties = {int(one.path.split("/")[0]) for one in user.standings()}
    nodes = Node.objects.filter(Q(county__in=counties) | Q(pk__in=counties), code__in=codes)
    found: dict[str, Unit | Node] = {one.code: one for one in nodes.filter(closed=None)}
    stated = Unit.objects.filter(county__in=counties, code__in=codes).select_related("node")
    return {**found, **{one.code: one for one in stated}}


def _unit(found: Unit | Node) -> Unit:
    return found if isinstance(found, Unit) else unit_of(found)


def _entered(one: RecordIn, units: dict[str, Unit | Node], user: Any) -> Entered:
    said = one.dict(exclude={"unit", "actors"})
    actors = list(Member.objects.filter(pk__in=one.actors))
    if one.unit not in units or len(actors) < len(set(one.actors)):
        wrong = "unit" if one.unit not in units else "actors"
        return Entered(client_key=one.client_key, errors={wrong: ["没有 · not found"]})
    try:
        made = services.add_record(
            unit=units[one.unit], actors=actors, channel=Channel.PROGRAM, by=user, **said
        )
    except PermissionDenied:
        told = "令牌主人不能为它登记 · the token's owner cannot enter it there"
        return Entered(client_key=one.client_key, errors={"unit": [told]})
    except ValidationError as refusal:
        return Entered(client_key=one.client_key, errors=refusal.message_dict)
    return Entered(client_key=one.client_key, id=made.pk)
