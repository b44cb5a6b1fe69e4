"""Checks of rules: parameters that fit each other, the source, and the indicator's points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from ronghe.analysis.scheme.check.findings import Findings, RuleAt, neat, scored, simple_rules
from ronghe.analysis.scheme.check.places import Loc
from ronghe.analysis.scheme.model import Indicator, Scheme
from ronghe.analysis.scheme.rules import (
    Bands,
    Combined,
    Completion,
    Deduction,
    Efficacy,
    Goalposts,
    RankLadder,
    RatioToAverage,
    SimpleRule,
)
from ronghe.analysis.scheme.sources import MeasureSource


def check_rules(scheme: Scheme, findings: Findings) -> None:
    """Check every rule of every indicator."""
    for loc, indicator in scored(scheme):
        if isinstance(indicator.rule, Combined):
            _check_combined(indicator.rule, loc, indicator, scheme, findings)
        for at in simple_rules(loc, indicator):
            _check_simple(at, loc, indicator, findings)


def _check_combined(
    rule: Combined, loc: Loc, indicator: Indicator, scheme: Scheme, findings: Findings
) -> None:
    at = (*loc, "rule", "parts")
    total = sum((part.share for part in rule.parts), Decimal(0))
    if total != 100:
        findings.add("shares-do-not-add-up", at, total, 100, title=indicator.title)
    for index, part in enumerate(rule.parts):
        if part.of == "value":
            continue
        where = (*at, index, "of")
        source = indicator.source
        if not isinstance(source, MeasureSource) or source.period != "current":
            findings.add("growth-without-measure", where, part.of, rests_on=[(*loc, "source")])
        elif not scheme.period.previous:
            findings.add("previous-not-named", where, rests_on=[("period", "previous")])


def _check_simple(at: RuleAt, loc: Loc, indicator: Indicator, findings: Findings) -> None:
    match at.rule:
        case Completion():
            _check_completion(at, at.rule, loc, indicator, findings)
        case Bands():
            _check_bands(at, at.rule, loc, indicator, findings)
        case Goalposts(low=low, high=high):
            if low == high:
                findings.add("equal-ends", (*at.loc, "high"), high, rests_on=[(*at.loc, "low")])
            _check_least(at, "low_points", at.rule.low_points, loc, indicator, findings)
        case Efficacy():
            _check_efficacy(at, at.rule, findings)
        case RankLadder():
            _check_ladder(at, at.rule, loc, indicator, findings)
        case Deduction(floor=floor):
            _check_least(at, "floor", floor, loc, indicator, findings)


def _check_completion(
    at: RuleAt, rule: Completion, loc: Loc, indicator: Indicator, findings: Findings
) -> None:
    if rule.floor > rule.cap:
        floor, cap = (*at.loc, "floor"), (*at.loc, "cap")
        findings.add("floor-over-cap", floor, rule.floor, rule.cap, rests_on=[cap])
    if rule.target != "data":
        return
    where = (*at.loc, "target")
    if not isinstance(indicator.source, MeasureSource):
        findings.add(
            "target-without-measure",
            where,
            rests_on=[(*loc, "source")],
            title=indicator.title,
        )
    elif at.of != "value":
        findings.add("target-for-growth", where, at.of, title=indicator.title)


def _check_bands(
    at: RuleAt, rule: Bands, loc: Loc, indicator: Indicator, findings: Findings
) -> None:
    steps = sorted(rule.steps.items(), reverse=rule.direction == "less")
    worths = [("otherwise", rule.otherwise), *((str(neat(k)), v) for k, v in steps)]
    for (_, worse), (step, better) in pairwise(worths):
        if better < worse:
            findings.add(
                "bands-not-monotone",
                (*at.loc, "steps"),
                better,
                worse,
                rests_on=[(*at.loc, "otherwise"), (*at.loc, "direction")],
                step=step,
                title=indicator.title,
            )
    _check_most(at, "steps", [worth for _, worth in worths], loc, indicator, findings)


def _check_ladder(
    at: RuleAt, rule: RankLadder, loc: Loc, indicator: Indicator, findings: Findings
) -> None:
    by_list, by_step = bool(rule.ladder), rule.first is not None and rule.step is not None
    strays = rule.first is not None or rule.step is not None
    if by_list == by_step or (by_list and strays):
        findings.add("rank-ladder-form", at.loc, title=indicator.title)
        return
    points = rule.ladder or [rule.first or Decimal(0)]
    for rank, (better, worse) in enumerate(pairwise([*points, rule.rest]), start=2):
        if worse > better:
            where = (*at.loc, "ladder" if rank <= len(points) else "rest")
            findings.add(
                "ladder-not-descending", where, worse, better, rank=rank, title=indicator.title
            )
    _check_most(at, "ladder" if by_list else "first", points, loc, indicator, findings)


def _check_efficacy(at: RuleAt, rule: Efficacy, findings: Findings) -> None:
    if not (isinstance(rule.low, Decimal) and isinstance(rule.high, Decimal)):
        return
    if rule.low == rule.high:
        findings.add("equal-ends", (*at.loc, "high"), rule.high, rests_on=[(*at.loc, "low")])
    elif (rule.high > rule.low) != (rule.direction == "more"):
        findings.add(
            "ends-against-direction",
            (*at.loc, "direction"),
            f"{neat(rule.low)} → {neat(rule.high)}",
            rests_on=[(*at.loc, "low"), (*at.loc, "high")],
        )


def _check_most(
    at: RuleAt,
    key: str,
    dealt: Iterable[Decimal],
    loc: Loc,
    indicator: Indicator,
    findings: Findings,
) -> None:
    """What a rule deals out at most is the indicator's points: no more, and preferably no less."""
    most = max(dealt)
    rests_on = [(*loc, "points"), at.loc]
    where = (*at.loc, key)
    if most > at.points:
        findings.add(
            "points-over-indicator",
            where,
            most,
            at.points,
            rests_on=rests_on,
            title=indicator.title,
        )
    elif most < at.points:
        findings.add(
            "full-points-unreachable",
            where,
            most,
            at.points,
            severity="warning",
            rests_on=rests_on,
            title=indicator.title,
        )


def _check_least(
    at: RuleAt, key: str, least: Decimal, loc: Loc, indicator: Indicator, findings: Findings
) -> None:
    """The points kept at the low end leave something to lose."""
    if least >= at.points:
        findings.add(
            "floor-over-points",
            (*at.loc, key),
            least,
            at.points,
            rests_on=[(*loc, "points")],
            title=indicator.title,
        )


def best_points(loc: Loc, indicator: Indicator) -> Decimal:
    """Return the most points that an indicator can give, over its own where a cap allows it."""
    return sum((_best(at.rule, at.points) for at in simple_rules(loc, indicator)), Decimal(0))


def _best(rule: SimpleRule, points: Decimal) -> Decimal:
    match rule:
        case Completion(cap=cap) | RatioToAverage(cap=cap):
            return points * cap
        case Bands(steps=steps, otherwise=otherwise):
            return max(*steps.values(), otherwise)
        case RankLadder(ladder=ladder, first=first, rest=rest):
            return max(*(ladder or ()), first or Decimal(0), rest)
    return points
