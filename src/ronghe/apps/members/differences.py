"""What a roster file says beside what the roster says: a person for every row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.apps.members.models import Belonging, Member, Relation, Stage
from ronghe.apps.members.numbers import digest
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.apps.members.rows import Entry, Mapped, entry_of
from ronghe.apps.members.selectors import organisations_reached_by
from ronghe.apps.members.services.keeping import next_stages
from ronghe.apps.registry.models import Node
from ronghe.exchange.roster import RosterTable

AT_ONCE = 500
"""So many identity numbers are looked up with one query."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that says something else than the roster: what, of whom, and where it puts them."""

    entry: Entry
    node: Node
    member: Member | None
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be taken, and why."""

    row: int
    name: str
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Review:
    """A whole file beside the roster.

    ``same`` counts the rows that say the same; ``absent`` are members kept by this person in
    the organisations the file is about, but not in the file.
    """

    differences: list[Difference]
    refusals: list[Refusal]
    same: int
    absent: list[Member]


def review(table: RosterTable, mapping: Mapped, *, by: Any) -> Review:
    """Compare a file with the part of the roster that a person keeps."""
    entries, refusals = _entries(table, mapping)
    places = _places(by)
    known, nameless = _known(entries, by), _nameless(entries, places)
    differences, same = [], 0
    for entry in entries:
        try:
            found = _compared(entry, places, known, nameless, by)
        except ValidationError as refusal:
            refusals.append(Refusal(entry.row, entry.name, refusal.messages))
            continue
        if found.changes:
            differences.append(found)
        else:
            same += 1
    refusals.sort(key=lambda one: one.row)
    found_out = {one.member.pk for one in differences if one.member is not None}
    absent = [one for one in _absent(entries, places) if one.pk not in found_out]
    return Review(differences, refusals, same, absent)


Places = Mapping[str, Node | None]
"""The organisations one keeps by name and by code; None where several have the name."""


def _places(by: Any) -> Places:
    found: dict[str, Node | None] = {}
    for node in organisations_reached_by(by, MANAGE_MEMBERS):
        found[node.name] = None if node.name in found else node
        found[node.code] = node
    return found


def _entries(table: RosterTable, mapping: Mapped) -> tuple[list[Entry], list[Refusal]]:
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    seen: dict[str, int] = {}
    for number, cells in table.rows:
        try:
            entry = entry_of(number, cells, mapping)
            if entry.id_number in seen:
                told = _("与第%(row)d行是同一个身份证号。") % {"row": seen[entry.id_number]}
                raise ValidationError(told)
        except ValidationError as refusal:
            at = mapping.get("name", -1)
            name = cells[at] if 0 <= at < len(cells) else ""
            refusals.append(Refusal(number, name, refusal.messages))
        else:
            seen[entry.id_number] = number
            entries.append(entry)
    return entries, refusals


Known = Mapping[str, tuple[Member, Belonging | None]]
"""Members with the place that counts, by the digest of their identity number."""


def _known(entries: Iterable[Entry], by: Any) -> Known:
    """Return the members of the counties one keeps something in that the file is about."""
    counties = {int(one.path.split("/")[0]) for one in by.reach(MANAGE_MEMBERS).standings}
    digests = [str(digest(entry.id_number)) for entry in entries]
    found: dict[str, tuple[Member, Belonging | None]] = {}
    for at in range(0, len(digests), AT_ONCE):
        part = digests[at : at + AT_ONCE]
        members = Member.objects.filter(county__in=counties, id_digest__in=part)
        open_ones = Belonging.objects.filter(
            member__in=members, relation=Relation.ORGANISATION, until=None
        ).select_related("node")
        places = {one.member_id: one for one in open_ones}
        found |= {str(one.id_digest): (one, places.get(one.pk)) for one in members}
    return found


Nameless = Mapping[tuple[int, str, str], list[Member]]
"""Members whose number is not known, by organisation, name and stage."""


def _nameless(entries: Iterable[Entry], places: Places) -> Nameless:
    nodes = _named(entries, places)
    there = Belonging.objects.filter(
        node__in=nodes, relation=Relation.ORGANISATION, until=None, member__id_digest=None
    )
    found: dict[tuple[int, str, str], list[Member]] = {}
    for one in there.select_related("member"):
        key = (one.node_id, one.member.name, one.member.stage)
        found.setdefault(key, []).append(one.member)
    return found


def _compared(
    entry: Entry, places: Places, known: Known, nameless: Nameless, by: Any
) -> Difference:
    node, named = places.get(entry.organisation), {"name": entry.organisation}
    if node is None and entry.organisation in places:
        raise ValidationError(_("有几个党组织叫“%(name)s”，请在这一列写组织代码。") % named)
    if node is None:
        raise ValidationError(_("在您负责的范围里没有党组织“%(name)s”。") % named)
    member, place = known.get(str(digest(entry.id_number)), (None, None))
    if member is None:
        namesakes = nameless.get((node.pk, entry.name, entry.stage), [])
        if len(namesakes) == 1:
            return Difference(entry, node, namesakes[0], ("id_number",))
        return Difference(entry, node, None, ("new",))
    if place is None or not by.has_perm(MANAGE_MEMBERS, place.node):
        raise ValidationError(_("此人在本县别的党组织的名册上，请由上级办理转接。"))
    if entry.stage not in (member.stage, *next_stages(member)):
        raise ValidationError(_("阶段与名册上的接不上，请核对后单独办理。"))
    differs = {
        "name": entry.name != member.name,
        "phone": bool(entry.phone) and entry.phone != member.phone,
        "organisation": node.pk != place.node_id,
        "stage": entry.stage != member.stage,
    }
    return Difference(entry, node, member, tuple(one for one, is_so in differs.items() if is_so))


def _named(entries: Iterable[Entry], places: Places) -> set[int]:
    """Return the ids of the organisations that a file names."""
    found = (places.get(entry.organisation) for entry in entries)
    return {node.pk for node in found if node is not None}


def _absent(entries: list[Entry], places: Places) -> list[Member]:
    """Return the members of the organisations the file names who are not in it."""
    listed = {digest(one.id_number) for one in entries}
    there = Belonging.objects.filter(
        node__in=_named(entries, places), relation=Relation.ORGANISATION, until=None
    ).values("member")
    rest = Member.objects.filter(pk__in=there).exclude(stage=Stage.LEFT)
    return [one for one in rest.defer("id_number", "phone") if one.id_digest not in listed]
