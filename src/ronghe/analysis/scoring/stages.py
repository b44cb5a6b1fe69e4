"""Select statements in which every division is computed once, over its parts as columns.

A division stands three times in the SQL that makes it exact. Taking numerator and denominator
out as columns first keeps the text of a scheme short, and the database plans it several times
faster.
"""

from __future__ import annotations

from collections.abc import Sequence

from ronghe.analysis.scoring.expressions import (
    AnyOf,
    Choice,
    Column,
    Compare,
    Condition,
    Expression,
    Greatest,
    IsGap,
    Least,
    Product,
    Quotient,
    Sum,
    Whole,
)
from ronghe.analysis.scoring.sql import Arithmetic, name, operand

Made = Sequence[tuple[str, Expression]]
"""New columns with the expressions that give them."""


def select(write: Arithmetic, source: str, kept: Sequence[str], *layers: Made) -> str:
    """Write a query that keeps columns of `source` and makes others, layer upon layer."""
    used = 0
    held = list(kept)
    for number, made in enumerate(layers):
        found: dict[Quotient, Column] = {}
        plain = [(column, _without_divisions(e, found, used)) for column, e in made]
        if found:
            operands, divided = _in_columns(write, found)
            source = f"(select *, {', '.join(operands)} from {source}) as n{number}"
            source = f"(select *, {', '.join(divided)} from {source}) as d{number}"
            used += len(found)
        if plain:
            columns = [
                f"{write.column(expression)} as {name(column)}" for column, expression in plain
            ]
            source = f"(select *, {', '.join(columns)} from {source}) as l{number}"
            held += [column for column, _ in plain]
    return f"select {', '.join(map(name, held))} from {source}"


def _in_columns(write: Arithmetic, found: dict[Quotient, Column]) -> tuple[list[str], list[str]]:
    """Write each division's operands as columns, and each division over those."""
    operands, divided = [], []
    for quotient, column in found.items():
        number, below = int(column.name[1:]), quotient.denominator
        above = operand("n", number)
        operands.append(f"{write.factor(quotient.numerator)} as {above.name}")
        if not isinstance(below, Whole):
            operands.append(f"{write.factor(below)} as {operand('d', number).name}")
            below = operand("d", number)
        divided.append(f"{write(Quotient(above, below, quotient.whole_steps))} as {column.name}")
    return operands, divided


def _without_divisions(
    expression: Expression, found: dict[Quotient, Column], used: int
) -> Expression:
    """Put a column in the place of each outermost division, and note which."""
    if isinstance(expression, Quotient):
        return found.setdefault(expression, Column(f"q{used + len(found)}"))

    def inside(part: Expression) -> Expression:
        return _without_divisions(part, found, used)

    match expression:
        case Sum(terms):
            return Sum(tuple(map(inside, terms)))
        case Product(factors):
            return Product(tuple(map(inside, factors)))
        case Least(terms):
            return Least(tuple(map(inside, terms)))
        case Greatest(terms):
            return Greatest(tuple(map(inside, terms)))
        case Choice(cases, otherwise):
            last = None if otherwise is None else inside(otherwise)
            return Choice(tuple((_condition(c, found, used), inside(e)) for c, e in cases), last)
    return expression


def _condition(condition: Condition, found: dict[Quotient, Column], used: int) -> Condition:
    match condition:
        case Compare(left, operator, right):
            sides = [_without_divisions(side, found, used) for side in (left, right)]
            return Compare(sides[0], operator, sides[1])
        case AnyOf(conditions):
            return AnyOf(tuple(_condition(one, found, used) for one in conditions))
        case IsGap():
            return condition
