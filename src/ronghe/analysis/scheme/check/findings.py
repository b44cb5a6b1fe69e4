"""Collecting what the checks find, and walking a scheme with the places of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, NamedTuple

from ronghe.analysis.errors import Place, Problem, Severity
from ronghe.analysis.scheme.check.places import Loc, PlaceOf
from ronghe.analysis.scheme.model import Condition, Gate, Group, Indicator, Scheme, Veto
from ronghe.analysis.scheme.parts import Text
from ronghe.analysis.scheme.rules import Combined, SimpleRule
from ronghe.analysis.scheme.sources import Source

_LISTED = 10
"""So many declared codes are offered where none is like the one that was found."""


class Findings:
    """Problems found so far; what rests on a part that could not be read is left out.

    Parameters
    ----------
    place_of
        Where each part stands.
    unread
        Locations that hold a stand-in because what stood there was refused.
    """

    def __init__(self, place_of: PlaceOf, unread: Iterable[Loc] = ()) -> None:
        self.place_of = place_of
        self.problems: list[Problem] = []
        self._unread = tuple(unread)

    def add(
        self,
        code: str,
        loc: Loc,
        found: Any = None,
        expected: Any = None,
        *,
        severity: Severity = "error",
        rests_on: Sequence[Loc] = (),
        **details: Any,
    ) -> None:
        """Note a problem at a location; `rests_on` are the other parts that it follows from."""
        if any(_overlap(loc, bad) for bad in self._unread) or self._lost(rests_on):
            return
        found, expected = neat(found), neat(expected)
        neat_details = {key: neat(value) for key, value in details.items()}
        self.problems.append(
            Problem(code, self.place_of(loc), found, expected, neat_details, severity)
        )

    def unknown(self, code: str, loc: Loc, found: str, known: Mapping[str, Loc], at: Loc) -> None:
        """Note a code that is declared nowhere, with the likely ones, or the first that are.

        `known` says where each is declared, `at` where all of them are.
        """
        near = get_close_matches(found, known, n=3, cutoff=0.5)
        listed = near or [*list(known)[:_LISTED], *(["…"] if len(known) > _LISTED else [])]
        self.add(code, loc, found, " / ".join(listed) or "—", rests_on=[at, *known.values()])

    @property
    def complete(self) -> bool:
        """Whether everything in the document could be read."""
        return not self._unread

    def _lost(self, rests_on: Sequence[Loc]) -> bool:
        """Whether one of these parts, or one that it belongs to, could not be read."""
        return any(one[: len(bad)] == bad for one in rests_on for bad in self._unread)


def spot(place: Place) -> str:
    """Write a place that a message about another one mentions: ``指标!12``, ``a.yaml:12``."""
    if place.row is None:
        return place.path
    return f"{place.sheet}!{place.row}" if place.sheet else f"{place.source}:{place.row}"


def _overlap(one: Loc, other: Loc) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def neat(value: Any) -> Any:
    """Write a decimal without exponent and idle zeros; other values stay as they are."""
    if not isinstance(value, Decimal):
        return value
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def tree(scheme: Scheme) -> Iterator[tuple[Loc, Group | Indicator]]:
    """Yield every group and indicator of the tree with its location."""

    def down(nodes: list[Group | Indicator], at: Loc) -> Iterator[tuple[Loc, Group | Indicator]]:
        for index, node in enumerate(nodes):
            yield (*at, index), node
            if isinstance(node, Group):
                yield from down(node.children, (*at, index, "children"))

    yield from down(scheme.indicators, ("indicators",))


def scored(scheme: Scheme) -> Iterator[tuple[Loc, Indicator]]:
    """Yield all that is scored: the tree's indicators, then the items of the pools."""
    yield from ((loc, node) for loc, node in tree(scheme) if isinstance(node, Indicator))
    for p, pool in enumerate(scheme.pools):
        yield from ((("pools", p, "items", i), item) for i, item in enumerate(pool.items))


def strikes(scheme: Scheme) -> Iterator[tuple[Loc, Gate | Veto, Loc, Condition]]:
    """Yield gates and vetoes, each with its location, and its condition with its location."""
    for index, gate in enumerate(scheme.gates):
        loc: Loc = ("gates", index)
        yield loc, gate, (*loc, "requires"), gate.requires
    for index, veto in enumerate(scheme.vetoes):
        loc = ("vetoes", index)
        yield loc, veto, (*loc, "when"), veto.when


def sources(scheme: Scheme) -> Iterator[tuple[Loc, Source, Text]]:
    """Yield every source with its location and the title of what it feeds."""
    for loc, indicator in scored(scheme):
        yield (*loc, "source"), indicator.source, indicator.title
    for loc, strike, _, _ in strikes(scheme):
        yield (*loc, "source"), strike.source, strike.title


class RuleAt(NamedTuple):
    """A simple rule: where it stands, what it looks at, and the points it deals out."""

    loc: Loc
    rule: SimpleRule
    of: str
    points: Decimal


def simple_rules(loc: Loc, indicator: Indicator) -> Iterator[RuleAt]:
    """Yield the rules of an indicator: its own, or the parts of a combined one."""
    rule, at = indicator.rule, (*loc, "rule")
    if not isinstance(rule, Combined):
        yield RuleAt(at, rule, "value", indicator.points)
        return
    for index, part in enumerate(rule.parts):
        points = indicator.points * part.share / 100
        yield RuleAt((*at, "parts", index, "rule"), part.rule, part.of, points)
