"""Checks of several schemes at once: who builds on whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ronghe.analysis.errors import Problem
from ronghe.analysis.scheme.check.findings import Findings, neat, scored, sources
from ronghe.analysis.scheme.check.places import Loc, PlaceOf, by_path
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.rules import ShareOfFull
from ronghe.analysis.scheme.sources import SchemeSource


def check_together(
    schemes: Sequence[Scheme], places: Sequence[PlaceOf] | None = None
) -> list[Problem]:
    """Check schemes that are used together.

    Parameters
    ----------
    schemes
        Each already checked by itself.
    places
        For each scheme where its parts stand; without it they name the path.

    Returns
    -------
    Problems: two schemes with one code, schemes that build on each other in a circle, and a
    warning where another scheme's total is scored against a full value that it does not have.
    """
    counted = Counter(scheme.scheme for scheme in schemes)
    by_code = {scheme.scheme: scheme for scheme in schemes}
    problems: list[Problem] = []
    for scheme, place_of in zip(schemes, places or map(by_path, schemes), strict=True):
        findings = Findings(place_of)
        if counted[scheme.scheme] > 1:
            findings.add("scheme-twice", ("scheme",), scheme.scheme)
        for loc, code in _used(scheme):
            chain = _chain(scheme.scheme, code, by_code)
            if chain and code != scheme.scheme:
                findings.add("scheme-cycle", loc, " → ".join([scheme.scheme, *chain]))
        _check_full(scheme, by_code, findings)
        problems += findings.problems
    return problems


def _used(scheme: Scheme) -> Iterator[tuple[Loc, str]]:
    for loc, source, _ in sources(scheme):
        if isinstance(source, SchemeSource):
            yield (*loc, "scheme"), source.scheme


def _chain(goal: str, start: str, by_code: dict[str, Scheme]) -> list[str]:
    """Return the schemes from one to the goal along what they use, or nothing."""
    ways: list[list[str]] = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        if way[-1] == goal:
            return way
        scheme = by_code.get(way[-1])
        for _, code in _used(scheme) if scheme else ():
            if code not in seen:
                seen.add(code)
                ways.append([*way, code])
    return []


def _check_full(scheme: Scheme, by_code: dict[str, Scheme], findings: Findings) -> None:
    for loc, indicator in scored(scheme):
        source, rule = indicator.source, indicator.rule
        used = by_code.get(source.scheme) if isinstance(source, SchemeSource) else None
        if used and isinstance(rule, ShareOfFull) and rule.full != used.points:
            findings.add(
                "full-differs-from-scheme",
                (*loc, "rule"),
                neat(rule.full),
                neat(used.points),
                severity="warning",
                title=indicator.title,
                used=used.title,
            )
