"""Every rule of a scheme as a whole-number expression; the semantics are those of the model.

A rule looks at one value (a column with a scale), may ask for figures of the peer group, and
gives thousandths of a point. Values that are gaps are dealt with by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from ronghe.analysis.scheme.parts import Direction
from ronghe.analysis.scheme.rules import (
    Bands,
    Completion,
    CountPoints,
    Deduction,
    DistanceFromAverage,
    Efficacy,
    Goalposts,
    RankLadder,
    RatioToAverage,
    RatioToBest,
    ShareOfFull,
    SimpleRule,
)
from ronghe.analysis.scoring.expressions import (
    Choice,
    Column,
    Compare,
    Expression,
    Greatest,
    Quotient,
    Whole,
    between,
    digits,
    minus,
    plus,
    scaled,
    thousandths,
    times,
)

PeerFigure = Literal["count", "least", "greatest", "total", "rank_more", "rank_less"]
"""Figures of the peer group over the values that are there; a rank belongs to the unit."""


def peer_column(figure: PeerFigure, column: str) -> str:
    """Name the column that holds a figure of the peer group."""
    return f"{figure}__{column}"


@dataclass(frozen=True, slots=True)
class Value:
    """The value that a rule looks at: its column, the scale it is held at, the unit's target."""

    column: Column
    scale: int
    target: Column | None = None

    def at(self, scale: int) -> Expression:
        """Return the value at a scale no smaller than its own."""
        return times(self.column, Whole(10 ** (scale - self.scale)))

    def peers(self, figure: PeerFigure) -> Column:
        """Return a figure of the peer group about this value."""
        return Column(peer_column(figure, self.column.name))

    def scale_with(self, *numbers: Decimal) -> int:
        """Return a scale that holds the value and these numbers."""
        return max(self.scale, *(digits(number) for number in numbers))


def score(rule: SimpleRule, value: Value, points: int) -> Expression:
    """Write a rule as thousandths of a point.

    Parameters
    ----------
    rule
        Any rule but a combined one.
    value
        What it looks at; where it or its target is a gap the result means nothing.
    points
        The indicator's points, in thousandths.
    """
    return _RULES[type(rule)](rule, value, points)


def _completion(rule: Completion, value: Value, points: int) -> Expression:
    if rule.target == "data":
        assert value.target is not None
        target: Expression = value.target
        actual: Expression = value.column
    else:
        scale = value.scale_with(rule.target)
        target, actual = Whole(scaled(rule.target, scale)), value.at(scale)
    done = actual if rule.direction == "more" else minus(times(Whole(2), target), actual)
    low, high = (_share(points, bound) for bound in (rule.floor, rule.cap))
    return between(low, Quotient(times(Whole(points), done), target), high)


def _share(points: int, ratio: Decimal) -> int:
    """Points times a ratio, rounded to a thousandth of a point, half up."""
    return int((points * ratio + Decimal("0.5")) // 1)


def _bands(rule: Bands, value: Value, points: int) -> Expression:  # noqa: ARG001
    more = rule.direction == "more"
    scale = value.scale_with(*rule.steps)
    sign: Literal[">=", "<="] = ">=" if more else "<="
    return Choice(
        tuple(
            (
                Compare(value.at(scale), sign, Whole(scaled(threshold, scale))),
                Whole(thousandths(worth)),
            )
            for threshold, worth in sorted(rule.steps.items(), reverse=more)
        ),
        Whole(thousandths(rule.otherwise)),
    )


def _goalposts(rule: Goalposts, value: Value, points: int) -> Expression:
    scale = value.scale_with(rule.low, rule.high)
    low, high = scaled(rule.low, scale), scaled(rule.high, scale)
    start = thousandths(rule.low_points)
    sign = 1 if high > low else -1
    risen = times(Whole(sign), minus(value.at(scale), Whole(low)))
    whole = sign * (high - low)
    line = Quotient(plus(Whole(start * whole), times(Whole(points - start), risen)), Whole(whole))
    return between(min(start, points), line, max(start, points))


def _efficacy(rule: Efficacy, value: Value, points: int) -> Expression:
    numbers = [end for end in (rule.low, rule.high) if isinstance(end, Decimal)]
    scale = value.scale_with(*numbers, Decimal(0))
    worst: PeerFigure = "least" if rule.direction == "more" else "greatest"
    best: PeerFigure = "greatest" if rule.direction == "more" else "least"
    low = _end(rule.low, worst, value, scale)
    high = _end(rule.high, best, value, scale)
    less = rule.direction == "less"
    if isinstance(rule.low, Decimal) and isinstance(rule.high, Decimal):
        less = rule.high < rule.low
    sign = Whole(-1 if less else 1)
    span = times(sign, minus(high, low))
    risen = times(sign, minus(value.at(scale), low))
    finer = max(digits(rule.base), digits(rule.floor))
    hundred, base = 100 * 10**finer, scaled(rule.base, finer)
    percent = plus(times(Whole(base), span), times(Whole(hundred - base), risen))
    line = Quotient(times(Whole(points), percent), times(Whole(hundred), span))
    floor = _share(points, rule.floor / 100)
    reaches_both = Compare(
        times(sign, value.at(scale)), ">=", Greatest((times(sign, low), times(sign, high)))
    )
    without_span = Choice(((reaches_both, Whole(points)),), Whole(floor))
    return Choice(((Compare(span, "<=", Whole(0)), without_span),), between(floor, line, points))


def _end(
    end: Decimal | Literal["peers"], figure: PeerFigure, value: Value, scale: int
) -> Expression:
    if isinstance(end, Decimal):
        return Whole(scaled(end, scale))
    return times(value.peers(figure), Whole(10 ** (scale - value.scale)))


def _rank_ladder(rule: RankLadder, value: Value, points: int) -> Expression:  # noqa: ARG001
    rank = value.peers(_rank(rule.direction))
    rest = Whole(thousandths(rule.rest))
    if rule.ladder is not None:
        steps = enumerate(rule.ladder, start=1)
        return Choice(
            tuple((Compare(rank, "=", Whole(n)), Whole(thousandths(p))) for n, p in steps), rest
        )
    first, step = thousandths(rule.first or Decimal(0)), thousandths(rule.step or Decimal(0))
    return Greatest((rest, minus(Whole(first + step), times(Whole(step), rank))))


def _rank(direction: Direction) -> PeerFigure:
    return "rank_more" if direction == "more" else "rank_less"


def _ratio_to_best(rule: RatioToBest, value: Value, points: int) -> Expression:
    full, none, here = Whole(points), Whole(0), value.column
    if rule.direction == "less":
        ratio = Quotient(times(full, value.peers("least")), here)
        return Choice(((Compare(here, "<=", Whole(0)), full),), between(0, ratio, points))
    best = value.peers("greatest")
    is_best = Choice(((Compare(here, "=", best), full),), none)
    ratio = Quotient(times(full, here), best)
    return Choice(((Compare(best, "<=", Whole(0)), is_best),), between(0, ratio, points))


def _ratio_to_average(rule: RatioToAverage, value: Value, points: int) -> Expression:
    total = value.peers("total")
    here = times(value.column, value.peers("count"))
    more = rule.direction == "more"
    reached = here if more else minus(times(Whole(2), total), here)
    ratio = Quotient(times(Whole(points), reached), total)
    as_good = Compare(here, ">=" if more else "<=", total)
    without_ratio = Choice(((as_good, Whole(points)),), Whole(0))
    return Choice(
        ((Compare(total, "<=", Whole(0)), without_ratio),),
        between(0, ratio, _share(points, rule.cap)),
    )


def _distance_from_average(rule: DistanceFromAverage, value: Value, points: int) -> Expression:
    scale = value.scale_with(rule.step)
    wider = Whole(10 ** (scale - value.scale))
    count, total = value.peers("count"), value.peers("total")
    above = times(wider, minus(times(value.column, count), total))
    beyond = above if rule.direction == "less" else times(Whole(-1), above)
    step = times(count, Whole(scaled(rule.step, scale)))
    loses = thousandths(rule.loses)
    if rule.whole_steps:
        kept: Expression = minus(
            Whole(points), times(Whole(loses), Quotient(beyond, step, whole_steps=True))
        )
    else:
        kept = Quotient(minus(times(Whole(points), step), times(Whole(loses), beyond)), step)
    return Choice(((Compare(beyond, "<=", Whole(0)), Whole(points)),), between(0, kept, points))


def _count_points(rule: CountPoints, value: Value, points: int) -> Expression:
    earned = Quotient(times(Whole(thousandths(rule.each)), value.column), Whole(10**value.scale))
    return between(0, earned, points)


def _deduction(rule: Deduction, value: Value, points: int) -> Expression:
    lost = times(Whole(thousandths(rule.each)), value.column)
    one = 10**value.scale
    return between(
        thousandths(rule.floor), Quotient(minus(Whole(points * one), lost), Whole(one)), points
    )


def _share_of_full(rule: ShareOfFull, value: Value, points: int) -> Expression:
    scale = value.scale_with(rule.full)
    part = Quotient(times(Whole(points), value.at(scale)), Whole(scaled(rule.full, scale)))
    return between(0, part, points)


_RULES: dict[type, Callable[[Any, Value, int], Expression]] = {
    Completion: _completion,
    Bands: _bands,
    Goalposts: _goalposts,
    Efficacy: _efficacy,
    RankLadder: _rank_ladder,
    RatioToBest: _ratio_to_best,
    RatioToAverage: _ratio_to_average,
    DistanceFromAverage: _distance_from_average,
    CountPoints: _count_points,
    Deduction: _deduction,
    ShareOfFull: _share_of_full,
}


def peer_figures(rule: SimpleRule) -> tuple[PeerFigure, ...]:
    """Name the figures of the peer group that a rule asks for."""
    match rule:
        case Efficacy(low=low, high=high) if "peers" in (low, high):
            return ("least", "greatest")
        case RankLadder(direction=direction):
            return (_rank(direction),)
        case RatioToBest(direction=direction):
            return ("greatest",) if direction == "more" else ("least",)
        case RatioToAverage() | DistanceFromAverage():
            return ("count", "total")
    return ()


def most(rule: SimpleRule, points: int) -> int:
    """Return the most that a rule can give, in thousandths."""
    match rule:
        case Completion(cap=cap) | RatioToAverage(cap=cap):
            return _share(points, cap)
        case Bands(steps=steps, otherwise=otherwise):
            return max(thousandths(worth) for worth in (*steps.values(), otherwise))
        case RankLadder(ladder=ladder, first=first, rest=rest):
            return max(thousandths(p) for p in (*(ladder or ()), first or Decimal(0), rest))
    return points
