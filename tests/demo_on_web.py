"""A generated county put into the web's tables, in bulk."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ronghe.apps.members.models import Belonging, Member, StageChange
from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.models import (
    Measure,
    MeasureDefinition,
    Record,
    State,
    Target,
    Unit,
)
from ronghe.apps.records.numbers import whole
from ronghe.apps.registry.models import Node, ParentLink
from ronghe.demo import generate

SINCE = date(2023, 1, 1)
NODE_KINDS = {"county": "county", "township": "township"}
NODE_LEVELS = {"county": 1, "township": 2}


def county_on_web(members: int, folder: Path) -> tuple[Node, Path]:
    """Generate a county and put it on the web; return it and the generator's folder."""
    data = generate(members, folder / "generated", format="parquet").folder
    rows = {
        table: duckdb.sql(f"select * from '{data}/{table}{suffix}.parquet'").fetchall()
        for table, suffix in {"units": "", "measures": "", "targets": "", "records": "/*"}.items()
    }
    county = _tree(rows["units"])
    units = _units(rows["units"], county)
    for model, table in ((Measure, "measures"), (Target, "targets")):
        _figures(model, rows[table], county, units)
    _records(rows["records"], units)
    return county, data


def _tree(rows: list[tuple[Any, ...]]) -> Node:
    nodes: dict[str, Node] = {}
    organisations = [row for row in rows if row[2] == "organisation"]
    for code, name, _kind, level, _group, parent, _graded in sorted(organisations):
        above = nodes.get(parent)
        nodes[code] = Node.objects.create(
            code=code,
            name=name,
            kind=NODE_KINDS.get(level, "branch"),
            level=NODE_LEVELS.get(level, 3),
            county=nodes["QH"] if above else None,
        )
        nodes[code].path = f"{above.path if above else ''}{nodes[code].pk}/"
        nodes[code].save()
        if above:
            ParentLink.objects.create(child=nodes[code], parent=above, since=SINCE)
    return nodes["QH"]


def _units(rows: list[tuple[Any, ...]], county: Node) -> dict[str, Unit]:
    nodes = {one.code: one for one in Node.objects.all()}
    made = []
    for code, name, kind, level, group, parent, graded in rows:
        node, member = nodes.get(code) or nodes.get(parent) or county, None
        if kind == "member":
            stage = "full" if graded == "yes" else "probationary"
            member = Member.objects.create(county=county, name=name, stage=stage)
            StageChange.objects.create(member=member, stage=stage, since=SINCE)
            Belonging.objects.create(member=member, node=node, relation="organisation", since=SINCE)
        unit = Unit(code=code, name=name, kind=kind, level=level, peer_group=group or "")
        unit.node, unit.member, unit.county = node, member, county
        unit.graded = graded == "yes"
        made.append(unit)
    Unit.objects.bulk_create(made)
    return {one.code: one for one in made}


def _figures(model: Any, rows: list[tuple[Any, ...]], county: Node, units: Any) -> None:
    definitions = {}
    made = []
    for code, measure, period, value, source in rows:
        if measure not in definitions:
            definitions[measure], _new = MeasureDefinition.objects.get_or_create(
                county=county, code=measure, defaults={"title": measure, "scale": 6}
            )
        what = definitions[measure]
        number = whole(value, 6, field="value")
        made.append(
            model(definition=what, unit=units[code], period=period, value=number, source=source)
        )
    model.objects.bulk_create(made)


def _records(rows: list[tuple[Any, ...]], units: dict[str, Unit]) -> None:
    """Members' work with the member as actor of the branch's record, other work of its unit."""
    homes = {one.node_id: one for one in units.values() if one.kind == "organisation"}
    made, behind = [], []
    for _id, code, kind, day, quantity, quality, served, verified, source in rows:
        unit = units[code]
        scale = max(KINDS[kind].scale, 1)
        made.append(
            Record(
                unit=homes[unit.node_id] if unit.member_id else unit,
                kind=kind,
                day=day,
                quantity=whole(quantity, scale, field="quantity"),
                scale=scale,
                quality=quality,
                served=served or "",
                source=source,
                channel="import",
                state=State.ACCEPTED if verified == "yes" else State.PENDING,
            )
        )
        behind.append(unit.member_id)
    Record.objects.bulk_create(made, batch_size=2000)
    through = Record.actors.through
    links = [
        through(record_id=one.pk, member_id=member)
        for one, member in zip(made, behind, strict=True)
        if member
    ]
    through.objects.bulk_create(links, batch_size=5000)
