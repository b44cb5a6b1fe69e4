"""What a roster file says beside what the roster says: a person for every row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.members.models import Belonging, Member, Relation, Stage, masked
from ronghe.apps.members.numbers import digest
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.apps.members.rows import Entry, Mapped, entry_of
from ronghe.apps.members.selectors import organisations_reached_by
from ronghe.apps.members.services.keeping import next_stages
from ronghe.apps.registry.models import Node
from ronghe.exchange.roster import RosterTable

CHANGES: dict[str, str | Promise] = {
    "new": gettext_lazy("新登记"),
    "id_number": gettext_lazy("补登身份证号"),
    "name": gettext_lazy("姓名不同"),
    "phone": gettext_lazy("手机号不同"),
    "organisation": gettext_lazy("党组织不同"),
    "stage": gettext_lazy("阶段不同"),
}
"""What can differ, in words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that says something else than the roster: what, of whom, and where it puts them."""

    entry: Entry
    node: Node
    member: Member | None
    changes: tuple[str, ...]

    @property
    def words(self) -> list[str | Promise]:
        """Return the changes in words."""
        return [CHANGES[one] for one in self.changes]

    @property
    def masked_id_number(self) -> str:
        """Return the identity number with only its ends shown."""
        return masked(self.entry.id_number, 4, 4)


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
    places = {node.name: node for node in organisations_reached_by(by, MANAGE_MEMBERS)}
    known = _known(entries, by)
    differences, same = [], 0
    for entry in entries:
        try:
            found = _compared(entry, places, known, by)
        except ValidationError as refusal:
            refusals.append(Refusal(entry.row, entry.name, refusal.messages))
            continue
        if found.changes:
            differences.append(found)
        else:
            same += 1
    refusals.sort(key=lambda one: one.row)
    found_out = [one.member.pk for one in differences if one.member is not None]
    absent = [one for one in _absent(entries, places) if one.pk not in found_out]
    return Review(differences, refusals, same, absent)


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
    digests = [digest(entry.id_number) for entry in entries]
    members = Member.objects.filter(county__in=counties, id_digest__in=digests)
    open_ones = Belonging.objects.filter(
        member__in=members, relation=Relation.ORGANISATION, until=None
    ).select_related("node")
    places = {one.member_id: one for one in open_ones}
    return {str(one.id_digest): (one, places.get(one.pk)) for one in members}


def _compared(
    entry: Entry,
    places: dict[str, Node],
    known: Known,
    by: Any,
) -> Difference:
    node = places.get(entry.organisation)
    if node is None:
        named = {"name": entry.organisation}
        raise ValidationError(_("在您负责的范围里没有党组织“%(name)s”。") % named)
    member, place = known.get(str(digest(entry.id_number)), (None, None))
    if member is None:
        namesake = _without_number(entry, node)
        changes = ("new",) if namesake is None else ("id_number",)
        return Difference(entry, node, namesake, changes)
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


def _without_number(entry: Entry, node: Node) -> Member | None:
    """Return the one person of this name in the organisation whose number is not known yet."""
    there = Belonging.objects.filter(node=node, relation=Relation.ORGANISATION, until=None)
    found = Member.objects.filter(name=entry.name, id_digest=None, stage=entry.stage)
    namesakes = list(found.filter(pk__in=there.values("member"))[:2])
    return namesakes[0] if len(namesakes) == 1 else None


def _absent(entries: list[Entry], places: dict[str, Node]) -> list[Member]:
    """Return the members of the organisations the file names who are not in it."""
    named = [places[one.organisation].pk for one in entries if one.organisation in places]
    listed = [digest(one.id_number) for one in entries]
    there = Belonging.objects.filter(
        node__in=named, relation=Relation.ORGANISATION, until=None
    ).values("member")
    rest = Member.objects.filter(pk__in=there).exclude(id_digest__in=listed)
    return list(rest.exclude(stage=Stage.LEFT))
