"""Checks of the tree: points that add up, codes that differ, groups that exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ronghe.analysis.scheme.check.findings import Findings, scored, sources, spot, tree
from ronghe.analysis.scheme.check.places import Loc
from ronghe.analysis.scheme.model import Group, Indicator, Scheme
from ronghe.analysis.scheme.parts import Text
from ronghe.analysis.scheme.sources import BallotSource

Node = Group | Indicator


def check_points(scheme: Scheme, findings: Findings) -> None:
    """Points of children (折算分 where given) add up to those of the group, and of the scheme.

    Where indicators hold for some peer groups only, it is enough that what holds for each peer
    group adds up.
    """
    _check_sum(scheme.indicators, ("indicators",), scheme.points, scheme, scheme.title, findings)
    for loc, node in tree(scheme):
        if isinstance(node, Group):
            at = (*loc, "children")
            _check_sum(node.children, at, node.points, scheme, node.title, findings)


def _check_sum(
    nodes: Sequence[Node],
    at: Loc,
    full: Decimal,
    scheme: Scheme,
    title: Text,
    findings: Findings,
) -> None:
    total = sum(map(worth, nodes), Decimal(0))
    if total == full or _adds_up_for_each(nodes, full, scheme):
        return
    keys = [(*at, index, key) for index in range(len(nodes)) for key in ("points", "counts_as")]
    findings.add(
        "points-too-few" if total < full else "points-too-many",
        (*at[:-1], "points"),
        total,
        full,
        rests_on=keys,
        title=title,
        count=len(nodes),
        difference=abs(full - total),
    )


def worth(node: Node) -> Decimal:
    """Return what a node counts for in its parent."""
    if isinstance(node, Group) and node.counts_as is not None:
        return node.counts_as
    return node.points


def _adds_up_for_each(nodes: Sequence[Node], full: Decimal, scheme: Scheme) -> bool:
    sums = [sum((worth(n) for n in nodes if _holds(n, g)), Decimal(0)) for g in scheme.peer_groups]
    return bool(sums) and all(total == full for total in sums)


def _holds(node: Node, peer_group: str) -> bool:
    if isinstance(node, Group):
        return any(_holds(child, peer_group) for child in node.children)
    return not node.peer_groups or peer_group in node.peer_groups


def check_codes(scheme: Scheme, findings: Findings) -> None:
    """No two parts of one kind have the same code."""
    for codes in (_scored_codes(scheme), *_declared_codes(scheme)):
        first: dict[str, Loc] = {}
        for loc, code in codes:
            if code in first:
                where = spot(findings.place_of(first[code]))
                at = (*loc, "code")
                findings.add("duplicate-code", at, code, where, rests_on=[first[code]])
            else:
                first[code] = (*loc, "code")


def _scored_codes(scheme: Scheme) -> Iterator[tuple[Loc, str]]:
    """Yield the codes that become columns of the results: they share one set of names."""
    yield from ((loc, node.code) for loc, node in tree(scheme))
    for p, pool in enumerate(scheme.pools):
        yield ("pools", p), pool.code
        yield from ((("pools", p, "items", i), item.code) for i, item in enumerate(pool.items))
    yield from ((("gates", i), gate.code) for i, gate in enumerate(scheme.gates))
    yield from ((("vetoes", i), veto.code) for i, veto in enumerate(scheme.vetoes))


def _declared_codes(scheme: Scheme) -> Iterator[list[tuple[Loc, str]]]:
    yield [(("measures", i), measure.code) for i, measure in enumerate(scheme.measures)]
    yield [(("record_kinds", i), kind.code) for i, kind in enumerate(scheme.record_kinds)]
    grades = scheme.grading.grades if scheme.grading else []
    yield [(("grading", "grades", i), grade.code) for i, grade in enumerate(grades)]


def check_peer_groups(scheme: Scheme, findings: Findings) -> None:
    """Peer groups (考核分组) that indicators name are declared, once each, and not nameless."""
    for loc, indicator in scored(scheme):
        for index, group in enumerate(indicator.peer_groups):
            at = (*loc, "peer_groups", index)
            if group not in scheme.peer_groups:
                declared: dict[str, Loc] = {g: ("peer_groups", g) for g in scheme.peer_groups}
                above: Loc = ("peer_groups",)
                findings.unknown("peer-group-not-declared", at, group, declared, above)
            elif group in indicator.peer_groups[:index]:
                findings.add("named-twice", at, group)
    for group in scheme.peer_groups:
        if not group:
            findings.add("text-empty", ("peer_groups", group), group)


def check_texts(scheme: Scheme, findings: Findings) -> None:
    """No nameless votes or voter groups, no control characters in any text."""
    for loc, source, _ in sources(scheme):
        if isinstance(source, BallotSource):
            for key, names in (("grades", source.grades), ("groups", source.groups)):
                if "" in names:
                    findings.add("text-empty", (*loc, key, ""), "")
    for loc, text in _texts(scheme.model_dump(exclude_defaults=True)):
        bad = next((char for char in text if char in _UNPRINTABLE), None)
        if bad is not None:
            findings.add("text-unprintable", loc, f"U+{ord(bad):04X}")


_UNPRINTABLE = {
    *(set(map(chr, range(0x20))) - set("\n\t")),
    *map(chr, range(0x7F, 0xA0)),
    *map(chr, range(0xD800, 0xE000)),
    *"\u2028\u2029\ufffe\uffff",
}


def _texts(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _texts(each, (*loc, index))
    elif isinstance(value, dict):
        for key, each in value.items():
            if isinstance(key, str):
                yield (*loc, key), key
            yield from _texts(each, (*loc, key))
