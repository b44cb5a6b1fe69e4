"""Rows of a sheet made into drafts: every row is told all that is wrong with it."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.apps.members.models import Belonging, Member
from ronghe.apps.records.catalogue import Kind
from ronghe.apps.records.drafts import Draft, checked
from ronghe.apps.records.models import Record
from ronghe.apps.records.sheets import Table
from ronghe.apps.registry.models import Node

_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can be entered: its number, organisation, contents, and its own key."""

    row: int
    node: Node
    draft: Draft
    key: str


@dataclass
class Review:
    """What came of looking through a sheet: rows to enter, and what is wrong by row."""

    entries: list[Entry] = field(default_factory=list)
    problems: dict[int, list[str]] = field(default_factory=dict)


class Places:
    """The organisations a sheet may name, and their people, read once."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._by_code: dict[str, Node] = {}
        names: dict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            self._by_code[node.code.casefold()] = node
            names[node.name].append(node)
        self._by_name = names
        self._people: dict[int, dict[str, list[Member]]] = {}

    def named(self, text: str) -> Node:
        """Return the organisation of a code or name. Raises ValidationError."""
        if not text:
            raise ValidationError(_("没有填单位。"))
        if found := self._by_code.get(text.casefold()):
            return found
        same = self._by_name.get(text, [])
        if len(same) > 1:
            raise ValidationError(
                _("有%(many)d个单位叫“%(name)s”，请填代码。") % {"many": len(same), "name": text}
            )
        if not same:
            raise ValidationError(_("您负责的范围里没有单位“%(name)s”。") % {"name": text})
        return same[0]

    def people(self, node: Node, names: str) -> list[Member]:
        """Return the people of an organisation by their names. Raises ValidationError."""
        if node.pk not in self._people:
            self._people[node.pk] = _people_at(node)
        found, wrong = [], []
        for name in filter(None, re.split(r"[、,，;；\s]+", names)):
            same = self._people[node.pk].get(name, [])
            if len(same) == 1:
                found.append(same[0])
            elif same:
                wrong.append(
                    _("有%(many)d个人叫“%(name)s”，请在网页上登记这一条。")
                    % {"many": len(same), "name": name}
                )
            else:
                wrong.append(
                    _("%(node)s没有叫“%(name)s”的人。") % {"node": node.name, "name": name}
                )
        if wrong:
            raise ValidationError(wrong)
        return found


def _people_at(node: Node) -> dict[str, list[Member]]:
    here = Belonging.objects.filter(until=None, node__path__startswith=node.path)
    people: dict[str, list[Member]] = defaultdict(list)
    for member in Member.objects.filter(pk__in=here.values("member")):
        people[member.name].append(member)
    return people


def review(table: Table, kind: Kind, places: Places, *, by: Any) -> Review:
    """Look through every row of a sheet of records of one kind; nothing is written."""
    found = Review()
    seen: dict[str, int] = {}
    for number, cells in table.rows:
        said = table.said(cells)
        try:
            entry = _entry(number, said, kind, places)
        except ValidationError as refusal:
            found.problems[number] = _in_words(refusal)
            continue
        if entry.key in seen:
            told = _("与第%(row)d行完全相同；确是两件事的，请在“来源”里写不同的编号。")
            found.problems[number] = [told % {"row": seen[entry.key]}]
            continue
        seen[entry.key] = number
        found.entries.append(entry)
    _leave_out_known(found, by)
    return found


def _leave_out_known(found: Review, by: Any) -> None:
    """Refuse the rows that the same person has entered already."""
    keys = [one.key for one in found.entries]
    known: set[str] = set()
    for start in range(0, len(keys), 500):
        there = Record.objects.filter(entered_by=by, client_key__in=keys[start : start + 500])
        known.update(there.values_list("client_key", flat=True))
    for one in found.entries:
        if one.key in known:
            told = _("已经登记过完全相同的一条；确是两件事的，请在“来源”里写不同的编号。")
            found.problems[one.row] = [told]
    found.entries = [one for one in found.entries if one.key not in known]


def _entry(number: int, said: Mapping[str, str], kind: Kind, places: Places) -> Entry:
    """Read one row, or raise with everything that is wrong with it."""
    wrong: list[str] = []
    node, actors = None, []
    try:
        node = places.named(said.get("unit", ""))
        actors = places.people(node, said.get("actors", ""))
    except ValidationError as refusal:
        wrong += refusal.messages
    draft = Draft(
        kind=kind.code,
        day=day_in(said.get("day", ""), wrong),
        quantity=said.get("quantity") or (1 if kind.credits else ""),
        quality=_rating(said.get("quality", ""), wrong),
        actors=actors,
        served=said.get("served", ""),
        values={f.code: _choice(said[f.code], f) for f in kind.fields if said.get(f.code)},
        source=said.get("source", ""),
    )
    try:
        columns = checked(draft)
    except ValidationError as refusal:
        wrong += _in_words(refusal)
    if wrong or node is None:
        raise ValidationError(list(dict.fromkeys(wrong)))
    people = sorted(one.pk for one in actors)
    return Entry(number, node, draft, _key(node.pk, people, columns))


def _key(node: int, people: list[int], columns: Mapping[str, Any]) -> str:
    told = repr((node, people, sorted((name, str(value)) for name, value in columns.items())))
    return f"import:{hashlib.sha256(told.encode()).hexdigest()}"


def _choice(said: str, one: Any) -> str:
    """Return the code of what was chosen by its words."""
    return next((code for code, words in one.choices if said in (code, str(words))), said)


def day_in(text: str, wrong: list[str]) -> date:
    """Return the day a cell names; where it names none, say so and return a day long ago."""
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(text[:10])
    except ValueError:
        wrong.append(_("日期“%(text)s”读不懂，应写成2026-03-01的样子。") % {"text": text})
        return date(2000, 1, 1)


def _rating(text: str, wrong: list[str]) -> int | None:
    if not text:
        return None
    if not text.isdecimal():
        wrong.append(_("评价“%(text)s”应为0至5的整数。") % {"text": text})
        return None
    return int(text[:3])


def _in_words(refusal: ValidationError) -> list[str]:
    return list(refusal.messages)
