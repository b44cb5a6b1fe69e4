"""Checks of grades, gates, vetoes, pools and the approval."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ronghe.analysis.scheme.check.findings import Findings, scored, tree
from ronghe.analysis.scheme.check.places import Loc
from ronghe.analysis.scheme.check.rules import best_points
from ronghe.analysis.scheme.check.tree import worth
from ronghe.analysis.scheme.model import Grade, Group, Indicator, Scheme

_TOTAL: list[Loc] = [("indicators",), ("pools",), ("points",)]
"""What the highest possible total rests on."""


def check_grading(scheme: Scheme, findings: Findings) -> None:
    """Grades (等次) descend, can be reached, leave nobody without one, and quotas are clear."""
    if scheme.grading is None:
        return
    grades = scheme.grading.grades
    for index, (better, worse) in enumerate(pairwise(grades), start=1):
        if worse.at_least >= better.at_least:
            findings.add(
                "grades-not-descending",
                ("grading", "grades", index, "at_least"),
                worse.at_least,
                better.at_least,
                rests_on=[("grading", "grades", index - 1, "at_least")],
                title=worse.title,
                better=better.title,
            )
    most = highest_total(scheme)
    for index, grade in enumerate(grades):
        _check_grade(grade, ("grading", "grades", index), most, findings)
    if grades[-1].at_least > 0:
        findings.add(
            "lowest-grade-open",
            ("grading", "grades", len(grades) - 1, "at_least"),
            grades[-1].at_least,
            0,
            severity="warning",
            title=grades[-1].title,
        )
    _check_tie_breakers(scheme, scheme.grading.tie_breakers, findings)


def _check_grade(grade: Grade, loc: Loc, most: Decimal, findings: Findings) -> None:
    if grade.at_least > most:
        at = (*loc, "at_least")
        findings.add(
            "grade-unreachable", at, grade.at_least, most, rests_on=_TOTAL, title=grade.title
        )
    if grade.quota is not None and grade.quota_rule:
        findings.add("quota-twice", (*loc, "quota"), title=grade.title)


def _check_tie_breakers(scheme: Scheme, codes: list[str], findings: Findings) -> None:
    known = _codes(scheme)
    for index, code in enumerate(codes):
        at = ("grading", "tie_breakers", index)
        if code not in known:
            findings.unknown("tie-breaker-not-found", at, code, known, ("indicators",))
        elif code in codes[:index]:
            findings.add("named-twice", at, code)


def highest_total(scheme: Scheme) -> Decimal:
    """Return the highest total that a unit can reach, bonuses and caps over 100 % included."""
    bonuses = (pool.cap for pool in scheme.pools if pool.kind == "bonus")
    best = sum((_best(("indicators", i), n) for i, n in enumerate(scheme.indicators)), Decimal(0))
    return max(best, scheme.points) + sum(bonuses, Decimal(0))


def _best(loc: Loc, node: Group | Indicator) -> Decimal:
    if isinstance(node, Indicator):
        return best_points(loc, node)
    below = enumerate(node.children)
    best = sum((_best((*loc, "children", i), child) for i, child in below), Decimal(0))
    return best * worth(node) / node.points


def check_strikes(scheme: Scheme, findings: Findings) -> None:
    """Gates have a consequence, vetoes an authority, and both name what exists."""
    known = _codes(scheme) | {item.code: (*loc, "code") for loc, item in scored(scheme)}
    for index, gate in enumerate(scheme.gates):
        loc: Loc = ("gates", index)
        if gate.ceiling is None and gate.cap_points is None and not gate.zeroes:
            findings.add("gate-without-consequence", loc, title=gate.title)
        for z, code in enumerate(gate.zeroes):
            at = (*loc, "zeroes", z)
            if code not in known:
                findings.unknown("zeroed-not-found", at, code, known, ("indicators",))
            elif code in gate.zeroes[:z]:
                findings.add("named-twice", at, code)
    for index, veto in enumerate(scheme.vetoes):
        if not veto.authority:
            findings.add("veto-without-authority", ("vetoes", index, "authority"), title=veto.title)
    for loc, ceiling in _ceilings(scheme):
        _check_ceiling(loc, ceiling, scheme, findings)


def _codes(scheme: Scheme) -> dict[str, Loc]:
    """Return the codes of the tree, each with the place where it stands."""
    return {node.code: (*loc, "code") for loc, node in tree(scheme)}


def _ceilings(scheme: Scheme) -> Iterator[tuple[Loc, str]]:
    for index, gate in enumerate(scheme.gates):
        if gate.ceiling is not None:
            yield ("gates", index, "ceiling"), gate.ceiling
    yield from ((("vetoes", i, "ceiling"), veto.ceiling) for i, veto in enumerate(scheme.vetoes))


def _check_ceiling(loc: Loc, ceiling: str, scheme: Scheme, findings: Findings) -> None:
    if scheme.grading is None:
        findings.add("ceiling-without-grades", loc, ceiling, rests_on=[("grading",)])
        return
    grades = scheme.grading.grades
    codes: dict[str, Loc] = {
        grade.code: ("grading", "grades", i, "code") for i, grade in enumerate(grades)
    }
    if ceiling not in codes:
        findings.unknown("grade-not-declared", loc, ceiling, codes, ("grading",))
    elif ceiling == grades[0].code:
        findings.add("ceiling-without-effect", loc, ceiling, severity="warning")


def check_approval(scheme: Scheme, findings: Findings) -> None:
    """An appraisal names what allowed it: the item of the yearly plan or the document."""
    if not (scheme.approval.plan_item or scheme.approval.document):
        findings.add("approval-not-named", ("approval",), severity="warning")
