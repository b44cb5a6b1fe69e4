"""Expressions made shorter by what is known of their columns; the values stay the same.

Tests for gaps that cannot be, bounds that are never reached and branches that are never taken
go. A division of numbers that are not negative needs no sign and becomes a `Division`. Values
are only the same where an expression means something: least and greatest have no gaps inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import gcd

from ronghe.analysis.scoring.expressions import (
    FARTHEST,
    GAP,
    AnyOf,
    Choice,
    Column,
    Compare,
    Condition,
    Division,
    Expression,
    Greatest,
    IsGap,
    Least,
    Product,
    Quotient,
    Sum,
    Whole,
    plus,
    times,
)
from ronghe.analysis.scoring.ranges import BEYOND, Known, Range, added, divided, hull, multiplied

Simpler = tuple[Expression, Range]
"""An expression with the range of its values."""

NOBODY = Range(BEYOND, -BEYOND)
"""The range of a gap."""


def simplified(
    expression: Expression, known: Known, low: int = -BEYOND, high: int = BEYOND
) -> Simpler:
    """Simplify an expression; return it with the range of its values.

    Parameters
    ----------
    known
        Ranges of columns; of a column that is not there nothing is known.
    low, high
        Whoever asks takes no notice of how far a value is below `low` or above `high`.
    """
    found, held = _simplified(expression, known, low, high)
    return found, held.within(known[found]) if found in known else held


def _simplified(expression: Expression, known: Known, low: int, high: int) -> Simpler:
    match expression:
        case Whole(value):
            return expression, Range(value, value, gap=False)
        case Column():
            return expression, known.get(expression, Range())
        case Sum(terms):
            return _sum([simplified(term, known) for term in terms])
        case Product(factors):
            return _product([simplified(factor, known) for factor in factors])
        case Quotient():
            return _quotient(expression, known, low, high)
        case Least(terms):
            ends = [term.value for term in terms if isinstance(term, Whole)]
            return _least([simplified(t, known, low, min([high, *ends])) for t in terms])
        case Greatest(terms):
            ends = [term.value for term in terms if isinstance(term, Whole)]
            return _greatest([simplified(t, known, max([low, *ends]), high) for t in terms])
        case Choice(cases, otherwise):
            return _choice(cases, otherwise, known, low, high)
        case Division():
            return expression, Range()


def _sum(parts: Sequence[Simpler]) -> Simpler:
    """Add up; what is the same but for a whole number before it stands once."""
    whole, often = 0, dict[tuple[Expression, ...], int]()
    for part, _ in parts:
        for term in part.terms if isinstance(part, Sum) else (part,):
            number, factors = _apart(term)
            if factors:
                often[factors] = often.get(factors, 0) + number
            else:
                whole += number
    terms = [times(Whole(number), *factors) for factors, number in often.items()]
    kept = terms if terms and not whole else [*terms, Whole(whole)]
    return plus(*kept), added(held for _, held in parts)


def _apart(term: Expression) -> tuple[int, tuple[Expression, ...]]:
    """Return the whole number and the other factors of a term."""
    match term:
        case Whole(value):
            return value, ()
        case Product((Whole(value), *factors)):
            return value, tuple(factors)
        case Product(factors):
            return 1, tuple(factors)
    return 1, (term,)


def _product(parts: Sequence[Simpler]) -> Simpler:
    """Multiply; a whole number goes into a sum."""
    held = multiplied(held for _, held in parts)
    whole = 1
    kept: list[Expression] = []
    for part, _ in parts:
        number, factors = _apart(part)
        whole *= number
        kept += factors
    if not kept or (whole == 0 and not held.gap):
        return Whole(whole), held
    if len(kept) == 1 and isinstance(kept[0], Sum) and whole not in (0, 1):
        return Sum(tuple(_scaled(term, whole) for term in kept[0].terms)), held
    return times(Whole(whole), *kept), held


def _scaled(term: Expression, by: int, over: int = 1) -> Expression:
    number, factors = _apart(term)
    return times(Whole(number * by // over), *factors)


def _quotient(one: Quotient, known: Known, low: int, high: int) -> Simpler:
    """Divide without a sign where nothing is negative, or what is negative counts as 0."""
    above, of = simplified(one.numerator, known)
    below, by = simplified(one.denominator, known)
    held = divided(of, by)
    if of.low < 0 <= low:
        above, of = Greatest((Whole(0), above)), replace(of, low=0)
        held = divided(of, by)
    far = min(held.high, high) > FARTHEST or held.low < -FARTHEST
    if below == Whole(1) and not far:
        return above, held
    if of.low < 0 or by.low < 1 or far:
        return replace(one, numerator=above, denominator=below), held
    return _floored(above, below, one.whole_steps), held


def _floored(above: Expression, below: Expression, whole_steps: bool) -> Expression:
    """Divide what is not negative, half of the denominator added where it is to be rounded."""

    def of(*parts: Expression) -> Expression:
        return _sum([(part, Range()) for part in parts])[0]

    if not isinstance(below, Whole):
        if whole_steps:
            return Division(above, below)
        twice = [_product([(Whole(2), Range()), (part, Range())])[0] for part in (above, below)]
        return Division(of(twice[0], below), twice[1])
    above, below = _reduced(above, below.value)
    if below == Whole(1):
        return above
    return Division(above if whole_steps else of(above, Whole(below.value // 2)), below)


def _reduced(above: Expression, below: int) -> tuple[Expression, Whole]:
    """Reduce a fraction by what divides every term of the numerator."""
    terms = above.terms if isinstance(above, Sum) else (above,)
    common = gcd(below, *(_apart(term)[0] for term in terms))
    return plus(*(_scaled(term, 1, common) for term in terms)), Whole(below // common)


def _least(parts: Sequence[Simpler]) -> Simpler:
    """Leave out whole numbers that another term never exceeds."""
    high = min(held.high for _, held in parts)
    kept = [p for p in parts if not (isinstance(p[0], Whole) and p[0].value > high)]
    kept = list(dict.fromkeys(kept))
    others = [held.high for part, held in kept if not isinstance(part, Whole)]
    if others and min(others) <= high:
        kept = [p for p in kept if not isinstance(p[0], Whole)]
    held = Range(min(h.low for _, h in kept), high, any(h.gap for _, h in kept))
    return (kept[0][0] if len(kept) == 1 else Least(tuple(e for e, _ in kept))), held


def _greatest(parts: Sequence[Simpler]) -> Simpler:
    """Leave out whole numbers that another term is never below."""
    low = max(held.low for _, held in parts)
    kept = [p for p in parts if not (isinstance(p[0], Whole) and p[0].value < low)]
    kept = list(dict.fromkeys(kept))
    others = [held.low for part, held in kept if not isinstance(part, Whole)]
    if others and max(others) >= low:
        kept = [p for p in kept if not isinstance(p[0], Whole)]
    held = Range(low, max(h.high for _, h in kept), any(h.gap for _, h in kept))
    return (kept[0][0] if len(kept) == 1 else Greatest(tuple(e for e, _ in kept))), held


def _choice(
    cases: Iterable[tuple[Condition, Expression]],
    otherwise: Expression | None,
    known: Known,
    low: int,
    high: int,
) -> Simpler:
    """Leave out the cases that never hold, and those after one that always holds."""
    kept: list[tuple[Condition, Expression]] = []
    ranges: list[Range] = []
    for case, then in cases:
        condition = _condition(case, known)
        if condition is False:
            continue
        if condition is True:
            otherwise = then
            break
        found, held = simplified(then, _where(condition, known), low, high)
        kept.append((condition, found))
        ranges.append(held)
        known = _where_not(condition, known)
    if otherwise is None or otherwise == GAP:
        last, held = None, NOBODY
    else:
        last, held = simplified(otherwise, known, low, high)
    if not kept:
        return last or GAP, held
    return Choice(tuple(kept), last), hull([*ranges, held])


def _condition(condition: Condition, known: Known) -> Condition | bool:
    """Simplify a condition; say so where it always holds or never."""
    match condition:
        case IsGap(column):
            held = known.get(column, Range())
            return held == NOBODY or (condition if held.gap else False)
        case AnyOf(conditions):
            found = [_condition(one, known) for one in conditions]
            if True in found:
                return True
            kept = tuple(one for one in found if not isinstance(one, bool))
            return AnyOf(kept) if kept else False
        case Compare(left, sign, right):
            one, other = simplified(left, known), simplified(right, known)
            never, always = _decided(sign, one[1], other[1])
            if never or (always and not one[1].gap and not other[1].gap):
                return always
            return Compare(one[0], sign, other[0])


def _decided(sign: str, one: Range, other: Range) -> tuple[bool, bool]:
    """Tell whether a comparison never holds, and whether it always does where nothing is a gap."""
    match sign:
        case "<":
            return one.low >= other.high, one.high < other.low
        case "<=":
            return one.low > other.high, one.high <= other.low
        case ">":
            return one.high <= other.low, one.low > other.high
        case ">=":
            return one.high < other.low, one.low >= other.high
    apart = one.high < other.low or other.high < one.low
    return apart, one.low == one.high == other.low == other.high


def _where(condition: Condition, known: Known) -> Known:
    """Return what is known where a condition holds."""
    match condition:
        case IsGap(column) | AnyOf((IsGap(column),)):
            return known | {column: NOBODY}
        case Compare(left, sign, Whole(value)):
            held = known.get(left, Range())
            bound = {
                "<": Range(high=value - 1, gap=False),
                "<=": Range(high=value, gap=False),
                ">": Range(low=value + 1, gap=False),
                ">=": Range(low=value, gap=False),
                "=": Range(value, value, gap=False),
            }[sign]
            return known | {left: held.within(bound)}
    return known


def _where_not(condition: Condition, known: Known) -> Known:
    """Return what is known where a condition does not hold."""
    match condition:
        case IsGap(column):
            held = known.get(column, Range())
            return known | {column: replace(held, gap=False)}
        case AnyOf(conditions):
            for one in conditions:
                known = _where_not(one, known)
        case Compare(left, sign, Whole(value)) if sign != "=":
            held = known.get(left, Range())
            bound = {
                "<": Range(low=value),
                "<=": Range(low=value + 1),
                ">": Range(high=value),
                ">=": Range(high=value - 1),
            }[sign]
            return known | {left: held.within(bound)}
    return known
