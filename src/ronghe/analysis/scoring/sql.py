"""Write expressions as SQL text, in a subset that DuckDB and Spark read alike.

Products are DECIMAL(38,0), everything else BIGINT. A division of decimals is made exact by
taking the remainder away first: the quotient then is a whole number, and held within 10^15 it
is one that every intermediate type has. Every denominator is guarded against zero and below.
"""

from __future__ import annotations

from typing import Literal

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


def name(identifier: str) -> str:
    """Quote an identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """Quote a text."""
    return "'" + value.replace("'", "''") + "'"


def to_sql(expression: Expression) -> str:
    """Write a whole-number expression as SQL."""
    match expression:
        case Whole(value):
            return str(value) if value >= 0 else f"({value})"
        case Column(column):
            return name(column)
        case Sum(terms):
            return f"({' + '.join(map(to_sql, terms))})"
        case Product(factors):
            return f"({' * '.join(map(wide, factors))})"
        case Quotient(numerator, denominator, whole_steps):
            return _quotient(wide(numerator), denominator, whole_steps)
        case Least(terms):
            return f"least({', '.join(map(to_sql, terms))})"
        case Greatest(terms):
            return f"greatest({', '.join(map(to_sql, terms))})"
        case Choice((), otherwise):
            return "cast(null as bigint)" if otherwise is None else to_sql(otherwise)
        case Choice(cases, otherwise):
            whens = " ".join(f"when {condition(c)} then {to_sql(e)}" for c, e in cases)
            last = "" if otherwise is None else f" else {to_sql(otherwise)}"
            return f"(case {whens}{last} end)"


def condition(one: Condition) -> str:
    """Write a condition as SQL."""
    match one:
        case IsGap(column):
            return f"{name(column.name)} is null"
        case AnyOf(conditions):
            return f"({' or '.join(map(condition, conditions))})"
        case Compare(left, sign, right):
            return f"{to_sql(left)} {sign} {to_sql(right)}"


def wide(expression: Expression) -> str:
    """Write an expression as a decimal of 38 digits; columns named ``n…`` and ``d…`` are that."""
    if isinstance(expression, Product) or (
        isinstance(expression, Column) and is_operand(expression)
    ):
        return to_sql(expression)
    return f"cast({to_sql(expression)} as decimal(38,0))"


def operand(kind: Literal["n", "d"], number: int) -> Column:
    """Name a column that holds the numerator or denominator of a division."""
    return Column(f"{kind}{number}")


def is_operand(column: Column) -> bool:
    """Tell whether a column holds an operand of a division; no other column has such a name."""
    return column.name[0] in "nd" and column.name[1:].isdecimal()


def _quotient(above: str, denominator: Expression, whole_steps: bool) -> str:
    """Divide; the operands stand several times: `stages.select` makes columns of them first."""
    if isinstance(denominator, Whole):
        below, twice, guard = str(denominator.value), str(2 * denominator.value), "{}"
    else:
        below = wide(denominator)
        twice, guard = f"(2 * {below})", f"(case when {below} > 0 then {{}} end)"
    size = f"abs({above})" if whole_steps else f"(2 * abs({above}) + {below})"
    unit = below if whole_steps else twice
    whole = f"cast(({size} - {size} % {unit}) / {unit} as double)"
    exact = f"cast(least({whole}, 1e15) as bigint)"
    return guard.format(f"cast(sign({above}) as bigint) * {exact}")
