"""What a scheme needs that records do not bring by themselves, and who brings it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Literal

from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.parts import Text
from ronghe.analysis.scheme.rules import Combined, Completion
from ronghe.analysis.scheme.sources import BallotSource, ExpertSource, MeasureSource

Kind = Literal["measure", "target", "ballot", "expert"]


@dataclass(frozen=True, slots=True)
class Need:
    """A figure that each unit should have (所需数据): its kind, code, period and supplier.

    `groups`: only units of these peer groups need it; empty: all do.
    """

    kind: Kind
    code: str
    title: Text
    period: str
    supplier: str
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Missing:
    """A need and the units, by code, that do not have it yet."""

    need: Need
    wanted: int
    units: tuple[str, ...]

    @property
    def there(self) -> int:
        """Return how many units have it."""
        return self.wanted - len(self.units)


def needs(scheme: Scheme) -> list[Need]:
    """Return what has to be delivered or entered, each once however many indicators use it."""
    found: dict[tuple[str, str, str], Need] = {}
    titles = {measure.code: (measure.title, measure.owner) for measure in scheme.measures}
    for indicator in scheme.scored():
        groups, source = frozenset(indicator.peer_groups), indicator.source
        named: list[tuple[Kind, str, Text, str, str]] = []
        if isinstance(source, MeasureSource):
            title, owner = titles.get(source.measure, (indicator.title, ""))
            supplier = owner or indicator.supplier
            for kind, period in figures_read(indicator.rule, source, scheme):
                named.append((kind, source.measure, title, period, supplier))
        elif isinstance(source, BallotSource):
            named.append(("ballot", source.ballot, indicator.title, "", indicator.supplier))
        elif isinstance(source, ExpertSource):
            named.append(("expert", source.panel, indicator.title, "", indicator.supplier))
        for kind, code, title, period, supplier in named:
            key = (kind, code, period)
            known = found.get(key)
            both = known.groups | groups if known and known.groups and groups else frozenset()
            united = both if known else groups
            found[key] = Need(kind, code, title, period, supplier, united)
    return list(found.values())


def figures_read(rule: object, source: MeasureSource, scheme: Scheme) -> Iterable[tuple[Kind, str]]:
    """Yield the figures and targets that a rule reads of a measure, by period."""
    now, before = scheme.period.label, scheme.period.previous
    yield "measure", now if source.period == "current" else before
    parts = rule.parts if isinstance(rule, Combined) else ()
    if any(part.of != "value" for part in parts) and before:
        yield "measure", before
    rules = [rule, *(part.rule for part in parts)]
    if any(isinstance(one, Completion) and one.target == "data" for one in rules):
        yield "target", now


def missing(
    wanted: Iterable[Need], groups: Mapping[str, str], have: Mapping[tuple[str, str, str], Set[str]]
) -> list[Missing]:
    """Return each need with the units that lack it; `groups` gives each unit's peer group."""
    found = []
    for need in wanted:
        asked = [unit for unit, group in groups.items() if not need.groups or group in need.groups]
        there = have.get((need.kind, need.code, need.period), set())
        lacking = tuple(sorted(unit for unit in asked if unit not in there))
        found.append(Missing(need, len(asked), lacking))
    return found
