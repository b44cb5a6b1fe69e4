"""Compute an expression for one unit: what explanations and headroom use."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from math import prod

from ronghe.analysis.scoring.expressions import (
    FARTHEST,
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
    rounded,
)

_COMPARE = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(expression: Expression, row: Mapping[str, int | None]) -> int | None:
    """Compute a whole-number expression over one row; a gap in an operand gives a gap."""
    match expression:
        case Whole(value):
            return value
        case Column(name):
            return row.get(name)
        case Quotient(numerator, denominator, whole_steps):
            above, below = evaluate(numerator, row), evaluate(denominator, row)
            if above is None or below is None or below <= 0:
                return None
            size = abs(above) // below if whole_steps else rounded(abs(above), below)
            return min(size, FARTHEST) * (1 if above >= 0 else -1)
        case Division(numerator, denominator):
            return evaluate(Quotient(numerator, denominator, whole_steps=True), row)
        case Choice(cases, otherwise):
            for condition, then in cases:
                if holds(condition, row):
                    return evaluate(then, row)
            return None if otherwise is None else evaluate(otherwise, row)
        case Sum(operands):
            return _over(sum, operands, row)
        case Product(operands):
            return _over(prod, operands, row)
        case Least(operands):
            return _over(min, operands, row)
        case Greatest(operands):
            return _over(max, operands, row)


def _over(
    combine: Callable[[list[int]], int],
    operands: tuple[Expression, ...],
    row: Mapping[str, int | None],
) -> int | None:
    found = [evaluate(operand, row) for operand in operands]
    values = [value for value in found if value is not None]
    return combine(values) if len(values) == len(found) else None


def holds(condition: Condition, row: Mapping[str, int | None]) -> bool:
    """Tell whether a condition holds for one row; a comparison with a gap does not."""
    match condition:
        case IsGap(column):
            return row.get(column.name) is None
        case AnyOf(conditions):
            return any(holds(one, row) for one in conditions)
        case Compare(left, sign, right):
            one, other = evaluate(left, row), evaluate(right, row)
            return one is not None and other is not None and _COMPARE[sign](one, other)
