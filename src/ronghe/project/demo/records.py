"""The demonstration's records, measures and targets: the generated ones, and this year's.

The generated year is appraised. So that today's pages are not empty, the records that the year
before left in the township of the accounts stand in the current year, as far as their days have
come.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml
from django.utils import timezone

from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.models import (
    Channel,
    KindOwner,
    Measure,
    MeasureDefinition,
    Record,
    State,
    Target,
    Unit,
    UnitKind,
    UnitLevel,
)
from ronghe.apps.records.numbers import whole
from ronghe.apps.registry.models import Node
from ronghe.demo.growing import YEAR
from ronghe.project.demo.people import BRANCH, TOWNSHIP
from ronghe.project.demo.world import World, bare, in_batches
from ronghe.schemes import ready

OWNERS = {
    "project_landed": "县发展改革局",
    "firm_promoted": "县统计局",
    "data_error": "县统计局",
    "overdue_item": "县委督查室",
}
"""The departments in charge of kinds of record, where the county has them."""


def load(world: World) -> None:
    """Put units, what measures are, figures and records into the county."""
    units = _units(world)
    departments = {node.name: node for node in world.nodes.values() if node.kind == "department"}
    owned = [(kind, departments[name]) for kind, name in OWNERS.items() if name in departments]
    in_batches([KindOwner(county=world.county, kind=k, owner=o) for k, o in owned], KindOwner)
    definitions = {
        one.code: one for one in in_batches(_definitions(world, departments), MeasureDefinition)
    }
    for model, table in ((Measure, "measures"), (Target, "targets")):
        rows = world.rows(table, "unit, measure, period, value, source")
        in_batches(_figures(model, rows, units, definitions), model)
    _records(world, units, f"year(date) = {YEAR}", YEAR)
    if (now := timezone.localdate().year) > YEAR:
        _records(world, units, f"year(date) = {YEAR - 1} and unit like '{TOWNSHIP}%'", now)


def _units(world: World) -> dict[str, Unit]:
    """Return every generated unit by code; members keep the codes they were generated with."""
    made = []
    rows = world.rows("units", "unit, name, kind, level, peer_group, parent, graded")
    for code, name, kind, level, group, parent, graded in rows:
        node = world.nodes.get(code) or world.nodes.get(parent) or world.county
        unit = Unit(node=node, kind=kind, code=code, level=level, county=world.county)
        unit.peer_group, unit.graded = group or "", graded == "yes"
        if kind == UnitKind.MEMBER:
            unit.member_id = world.members[code]
        elif kind != UnitKind.ORGANISATION:
            unit.name = bare(name)
        made.append(unit)
    return {one.code: one for one in in_batches(made, Unit)}


def _definitions(world: World, departments: dict[str, Node]) -> Iterator[MeasureDefinition]:
    """Yield the measures of the ready schemes, each once, and one that businesses deliver."""
    known = set()
    for file in ready().values():
        for said in yaml.safe_load(file.read_text("utf-8")).get("measures", []):
            if said["code"] in known:
                continue
            known.add(said["code"])
            yield MeasureDefinition(
                county=world.county,
                code=said["code"],
                title=said["title"]["zh"],
                title_en=said["title"].get("en", ""),
                unit_of_measurement=said.get("unit", ""),
                scale=said.get("scale", 2),
                lowest_level=said["lowest_level"],
                owner=departments.get(said.get("owner", "")),
                owner_named=said.get("owner", ""),
                citation=said.get("citation", ""),
            )
    yield MeasureDefinition(
        county=world.county,
        code="staff_at_end",
        title="期末用工人数",
        title_en="Workers at the end of the quarter",
        unit_of_measurement="人",
        scale=0,
        lowest_level=UnitLevel.ENTERPRISE,
        every=MeasureDefinition.Every.QUARTER,
        due_after=15,
    )


def _figures(
    model: Any, rows: list[Any], units: dict[str, Unit], definitions: dict[str, MeasureDefinition]
) -> Iterator[Any]:
    for code, measure, period, value, source in rows:
        what = definitions[measure]
        number = whole(value, what.scale, field="value")
        yield model(definition=what, unit=units[code], period=period, value=number, source=source)


def _records(world: World, units: dict[str, Unit], where: str, year: int) -> None:
    """Put some generated records into a year: members' work under their branch."""
    today, homes = timezone.localdate(), {u.node_id: u for u in units.values() if not u.member_id}
    branch = world.nodes[BRANCH]
    columns = "unit, record, kind, date, quantity, quality, object, verified, source"
    made, behind = [], []
    for code, _id, kind, day, quantity, quality, served, verified, source in world.rows(
        "records", columns, where=where
    ):
        unit, moved = units[code], _moved(day, year)
        if moved > today:
            continue
        one = Record(unit=homes[unit.node_id] if unit.member_id else unit, kind=kind, day=moved)
        one.scale = KINDS[kind].scale
        one.quantity = whole(quantity, one.scale, field="quantity")
        one.quality, one.served, one.source = quality, served or "", source
        one.channel, one.state = Channel.IMPORT, State.ACCEPTED
        if verified != "yes":
            _wait(one, unit.node, alone=unit.node_id != branch.pk)
        made.append(one)
        behind.append(unit.member_id)
    in_batches(made, Record)
    through = Record.actors.through
    pairs = zip(made, behind, strict=True)
    in_batches([through(record_id=r.pk, member_id=pk) for r, pk in pairs if pk], through)


def _wait(record: Record, node: Node, *, alone: bool) -> None:
    """Let a record wait: in the one branch with accounts for its second person, else above."""
    ids = [int(pk) for pk in node.path.split("/") if pk]
    above = ids[1] if len(ids) > 2 else ids[0]
    record.state, record.by_sampling = State.PENDING, alone
    record.verify_at_id = above if alone else node.pk


def _moved(day: date, year: int) -> date:
    last = calendar.monthrange(year, day.month)[1]
    return date(year, day.month, min(day.day, last))
