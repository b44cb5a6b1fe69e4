"""Records for programs: batches in, each item once by its client key; read with filters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Body, Path, Query, Router, Schema
from pydantic import Field

from ronghe.apps.accounts.models import User
from ronghe.apps.members.models import Member
from ronghe.apps.programs.paging import MOST, Id, Page, Paging, Text, one_of, page_of
from ronghe.apps.programs.problems import Fault, FaultOut, faults_of
from ronghe.apps.programs.tokens import TokenWith
from ronghe.apps.records import services
from ronghe.apps.records.api.figures import counties_of, units_named
from ronghe.apps.records.models import Channel, Record, State, Unit
from ronghe.apps.records.permissions import ENTER_RECORDS, SEE_RECORDS
from ronghe.apps.records.selectors.entries import record_visible_to, records_visible_to
from ronghe.apps.registry.models import Node

Number = Annotated[Decimal, Field(max_digits=21)]
Key = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")]


class RecordIn(Schema):
    """A record to enter: unit by its code, people by their ids, its own lasting key."""

    client_key: Key = Field(description=gettext_noop("自己的编号，同一条永远相同"))
    kind: Text = Field(description=gettext_noop("类别的代码，见目录"))
    unit: Text = Field(description=gettext_noop("单位代码"))
    day: date
    quantity: Number = Decimal(1)
    quality: Annotated[int, Field(ge=0, le=5)] | None = None
    actors: list[Id] = Field([], max_length=200)
    served: Text = ""
    values: dict[Text, Text] = {}
    source: Text = ""


class Entered(Schema):
    """What came of one item: 201 new, 200 known, else refused with what is wrong by field."""

    client_key: str
    status: int
    id: int | None = None
    errors: list[FaultOut] = []


class RecordOut(Schema):
    """A record within reach; the quantity with its digits after the point."""

    id: int
    kind: str
    unit: str
    day: date
    quantity: Decimal
    quality: int | None
    actors: list[int]
    served: str
    values: dict[str, Any]
    source: str
    state: Annotated[State, one_of(State)]
    supersedes_id: int | None

    @staticmethod
    def resolve_unit(found: Record) -> str:
        """Return the unit's code."""
        return found.unit.code

    @staticmethod
    def resolve_quantity(found: Record) -> Decimal:
        """Return the exact quantity."""
        return found.amount

    @staticmethod
    def resolve_actors(found: Record) -> list[int]:
        """Return the ids of those who did the work."""
        return [one.pk for one in found.actors.all()]


class Asked(Paging):
    """Which records."""

    kind: Text = ""
    state: Annotated[State, one_of(State)] | None = None
    unit: Text = ""
    since: date | None = None
    until: date | None = None


READ = TokenWith("records:read", SEE_RECORDS)
router = Router()


@router.post(
    "/records",
    response=list[Entered],
    auth=TokenWith("records:write", ENTER_RECORDS),
    summary=gettext_noop("登记一批纪实，最多500条"),
)
def enter(
    request: HttpRequest, items: Body[Annotated[list[RecordIn], Field(max_length=MOST)]]
) -> list[Entered]:
    """Enter records, each by itself; the same client key is entered once."""
    by: Any = request.user
    units = units_named({one.unit for one in items}, by)
    keys = {one.client_key for one in items}
    entered = Record.objects.filter(entered_by=by, client_key__in=keys).select_related("unit")
    known = {one.client_key: one for one in entered}
    people = _people({pk for one in items for pk in one.actors}, by)
    told = []
    for one in items:
        done, made = _entered(one, units, people, known, by)
        told.append(done)
        if made is not None:
            known[one.client_key] = made
    return told


@router.get(
    "/records",
    response=Page[RecordOut],
    auth=READ,
    summary=gettext_noop("范围内的纪实"),
)
def records(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Return records within reach."""
    found = records_visible_to(
        request.user,
        kind=asked.kind,
        state=asked.state or "",
        since=asked.since,
        until=asked.until,
    )
    return page_of(request, found.filter(unit__code=asked.unit) if asked.unit else found, asked)


@router.get("/records/{pk}", response=RecordOut, auth=READ, summary=gettext_noop("一条纪实"))
def record(request: HttpRequest, pk: Path[Id]) -> Any:
    """Return one record."""
    return record_visible_to(request.user, pk)


def _people(wanted: set[int], by: User) -> dict[int, Member]:
    """Return the members of one's counties among those wanted."""
    found = Member.objects.filter(pk__in=wanted, county__in=counties_of(by))
    return {one.pk: one for one in found}


def _entered(
    one: RecordIn,
    units: dict[str, Unit | Node],
    people: dict[int, Member],
    known: dict[str, Record],
    by: User,
) -> tuple[Entered, Record | None]:
    """Enter one item; return what is told of it, and the record where it is new."""
    unit = units.get(one.unit)
    if before := known.get(one.client_key):
        return _again(one, unit, before), None
    if unit is None:
        return _refused(one, 404, [Fault("unit", _("没有这个单位。"), _("请核对单位代码。"))]), None
    if set(one.actors) - people.keys():
        wrong = Fault("actors", _("名册上没有其中的人。"), _("请核对人员编号。"))
        return _refused(one, 404, [wrong]), None
    said = one.dict(exclude={"unit", "actors"})
    actors = [people[pk] for pk in dict.fromkeys(one.actors)]
    try:
        made = services.add_record(unit=unit, actors=actors, channel=Channel.PROGRAM, by=by, **said)
    except PermissionDenied:
        wrong = Fault("unit", _("令牌主人不能为它登记。"), _("请用有权登记的人的令牌。"))
        return _refused(one, 403, [wrong]), None
    except ValidationError as refusal:
        return _refused(one, 422, faults_of(refusal)), None
    return Entered(client_key=one.client_key, status=201, id=made.pk), made


def _again(one: RecordIn, unit: Unit | Node | None, before: Record) -> Entered:
    """Tell of an item entered before; another one under its key is a conflict."""
    same = (
        unit is not None
        and before.unit.code == unit.code
        and (before.kind, before.day, before.amount) == (one.kind, one.day, one.quantity)
    )
    if same:
        return Entered(client_key=one.client_key, status=200, id=before.pk)
    told = Fault(
        "client_key", _("这个编号已经登记了另一条。"), _("换一个编号；要改已登记的请更正。")
    )
    return _refused(one, 409, [told], pk=before.pk)


def _refused(one: RecordIn, status: int, faults: Iterable[Fault], pk: int | None = None) -> Entered:
    told = [FaultOut(field=f.field, message=f.message, fix=f.fix) for f in faults]
    return Entered(client_key=one.client_key, status=status, id=pk, errors=told)
