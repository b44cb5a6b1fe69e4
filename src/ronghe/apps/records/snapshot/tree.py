"""The units of a county as they stood on the last day of a period, with their codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from ronghe.apps.members.models import Belonging, Member, Relation, Stage, StageChange
from ronghe.apps.records.models import Unit, UnitKind, UnitLevel
from ronghe.apps.records.selectors.units import stands_as
from ronghe.apps.registry.models import (
    BUSINESS_KINDS,
    FormerName,
    Node,
    ParentLink,
    Succession,
)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Who is counted: rows of the table of units, and the codes records are put under.

    ``nodes`` and ``members`` give the code of every node and member, also of those that were no
    unit of their own any more: a merged organisation's work counts for its successor, a closed
    one's for the one above, that of people who are no longer members for their organisation.
    """

    rows: list[Row]
    nodes: Mapping[int, str]
    members: Mapping[int, str]
    units: Mapping[int, str]

    def code_of(self, unit: int, node: int) -> str:
        """Return under which code what is recorded of a unit counts."""
        return self.units.get(unit) or self.nodes[node]


def tree_of(county: Node, day: date) -> Tree:
    """Return the units of a county as they stood on a day."""
    stated = {one.pk: one for one in Unit.objects.filter(county=county)}
    organisations = {
        one.node_id: one for one in stated.values() if one.kind == UnitKind.ORGANISATION
    }
    nodes = {one.pk: one for one in Node.objects.filter(Q(county=county) | Q(pk=county.pk))}
    parents = _parents(county, day)
    names = _names(county, day)
    rows, codes = [], {}
    for node in nodes.values():
        if node.pk != county.pk and node.pk not in parents:
            continue
        stands = _standing(node, organisations.get(node.pk), nodes.get(parents.get(node.pk, 0)))
        if stands is not None:
            codes[node.pk] = organisations[node.pk].code if node.pk in organisations else node.code
            rows.append((node.pk, names.get(node.pk, node.name), *stands))
    heirs = _heirs(county, nodes, parents, codes)
    written = [
        (codes[pk], name, kind, level, group, _above(pk, parents, codes), graded)
        for pk, name, kind, level, group, graded in rows
    ]
    more = dict(_further(stated.values(), heirs))
    people = _people(county, day, stated.values(), heirs)
    members = {pk: row[0] for pk, row in people}
    units = {pk: row[0] for pk, row in more.items()}
    units |= {one.pk: members[one.member_id] for one in stated.values() if one.member_id in members}
    every = [*written, *more.values(), *(row for _pk, row in people)]
    return Tree(sorted(every, key=lambda row: row[0]), heirs, members, units)


def _standing(node: Node, stated: Unit | None, above: Node | None) -> Row | None:
    """Return kind, level, peer group and grading of a node; None where it is no unit.

    A business is one only where its level has been stated: its work counts for those above.
    """
    if node.kind in BUSINESS_KINDS and not (stated and stated.level):
        return None
    follows = stands_as(node.kind, node.level, above.kind if above else "")
    if stated is None:
        return (*follows, "", True) if follows else None
    kind, level = follows or (UnitKind.ORGANISATION, UnitLevel.BRANCH)
    return kind, stated.level or level, stated.peer_group, stated.graded


def _parents(county: Node, day: date) -> dict[int, int]:
    links = ParentLink.objects.filter(_on(day), child__county=county)
    return dict(links.order_by().values_list("child", "parent"))


def _names(county: Node, day: date) -> dict[int, str]:
    """Return the names of the day of those that are called otherwise today."""
    later = FormerName.objects.filter(node__path__startswith=county.path, until__gte=day)
    return dict(later.order_by("-until").values_list("node", "name"))


def _above(pk: int, parents: Mapping[int, int], codes: Mapping[int, str]) -> str | None:
    at = parents.get(pk)
    while at is not None and at not in codes:
        at = parents.get(at)
    return codes[at] if at is not None else None


def _heirs(
    county: Node, nodes: Mapping[int, Node], parents: Mapping[int, int], codes: Mapping[int, str]
) -> dict[int, str]:
    """Return the code under which each node's work counts."""
    merged = Succession.objects.filter(predecessor__county=county, manner=Succession.Manner.MERGED)
    after = dict(merged.order_by().values_list("predecessor", "successor"))
    last = dict(
        ParentLink.objects.filter(child__county=county)
        .order_by("since")
        .values_list("child", "parent")
    )
    found = {}
    for pk in nodes:
        at, seen = pk, set()
        while at not in codes and at not in seen:
            seen.add(at)
            at = parents.get(at) or after.get(at) or last.get(at) or county.pk
        found[pk] = codes.get(at, codes[county.pk])
    return found


def _further(stated: Any, heirs: Mapping[int, str]) -> Iterator[tuple[int, Row]]:
    """Yield the cadres, areas and projects at organisations."""
    for one in stated:
        if one.kind in (UnitKind.ORGANISATION, UnitKind.MEMBER):
            continue
        level = one.level or UnitLevel.PERSON
        above = heirs[one.node_id]
        row = (one.code, str(one), one.kind, level, one.peer_group, above, one.graded)
        yield one.pk, row


def _people(
    county: Node, day: date, stated: Any, heirs: Mapping[int, str]
) -> list[tuple[int, Row]]:
    """Return the full and probationary members of the day, at their organisational relation."""
    kept = {one.member_id: one for one in stated if one.kind == UnitKind.MEMBER}
    stages = dict(
        StageChange.objects.filter(member__county=county, since__lte=day)
        .order_by("since", "pk")
        .values_list("member", "stage")
    )
    homes = Belonging.objects.filter(
        _on(day), member__county=county, relation=Relation.ORGANISATION
    )
    home_of = dict(homes.order_by("since").values_list("member", "node"))
    people = []
    names = Member.objects.filter(county=county).order_by("pk").values_list("pk", "name")
    for pk, name in names.iterator():
        stage, unit = stages.get(pk), kept.get(pk)
        if stage not in (Stage.FULL, Stage.PROBATIONARY) or pk not in home_of:
            continue
        code = unit.code if unit else f"member-{pk}"
        group = unit.peer_group if unit and unit.peer_group else county.code
        graded = stage == Stage.FULL and (unit is None or unit.graded)
        row = (code, name, UnitKind.MEMBER, UnitLevel.PERSON, group, heirs[home_of[pk]], graded)
        people.append((pk, row))
    return people


def _on(day: date) -> Q:
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
