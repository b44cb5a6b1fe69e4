"""Write expressions as SQL text, in a subset that DuckDB and Spark read alike.

There are two ways to calculate, with equal results. `NARROW` calculates in BIGINT: fast, and
only for a database that refuses what does not fit, as DuckDB does. `WIDE` has products in
DECIMAL(38,0) and holds whatever a scheme may ask. There a division is made exact by taking the
remainder away first: the quotient then is a whole number, and held within 10^15 it is one that
every intermediate type has. Every denominator is guarded against zero and below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
)


def name(identifier: str) -> str:
    """Quote an identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """Quote a text."""
    return "'" + value.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A way to write whole-number expressions; `product` is the type of products and totals."""

    product: Literal["bigint", "decimal(38,0)"]

    def __call__(self, expression: Expression) -> str:
        """Write a whole-number expression."""
        match expression:
            case Whole(value):
                return str(value) if value >= 0 else f"({value})"
            case Column(column):
                return name(column)
            case Sum(terms):
                return f"({' + '.join(map(self, terms))})"
            case Product(factors):
                return f"({' * '.join(map(self.factor, factors))})"
            case Quotient(numerator, denominator, whole_steps):
                return self._quotient(self.factor(numerator), denominator, whole_steps)
            case Division(numerator, denominator) if self.product == "bigint":
                return f"({self.factor(numerator)} // {self(denominator)})"
            case Division(numerator, denominator):
                return self._quotient(self.factor(numerator), denominator, whole_steps=True)
            case Least(terms):
                return f"least({', '.join(map(self, terms))})"
            case Greatest(terms):
                return f"greatest({', '.join(map(self, terms))})"
            case Choice((), otherwise):
                return "cast(null as bigint)" if otherwise is None else self(otherwise)
            case Choice(cases, otherwise):
                whens = " ".join(f"when {self.condition(c)} then {self(e)}" for c, e in cases)
                last = "" if otherwise is None else f" else {self(otherwise)}"
                return f"(case {whens}{last} end)"

    def condition(self, one: Condition) -> str:
        """Write a condition."""
        match one:
            case IsGap(column):
                return f"{name(column.name)} is null"
            case AnyOf(conditions):
                return f"({' or '.join(map(self.condition, conditions))})"
            case Compare(left, sign, right):
                return f"{self(left)} {sign} {self(right)}"

    def factor(self, expression: Expression) -> str:
        """Write an expression in the type of products, which operands' columns have already."""
        if isinstance(expression, Product) or (
            isinstance(expression, Column) and is_operand(expression)
        ):
            return self(expression)
        return f"cast({self(expression)} as {self.product})"

    def column(self, expression: Expression) -> str:
        """Write an expression so that its column is a BIGINT, whatever it passes through."""
        written = self(expression)
        return f"cast({written} as bigint)" if "decimal(38,0)" in written else written

    def _quotient(self, above: str, denominator: Expression, whole_steps: bool) -> str:
        """Divide; the operands stand several times: `stages.select` makes columns of them."""
        if isinstance(denominator, Whole):
            below, twice, guard = str(denominator.value), str(2 * denominator.value), "{}"
        else:
            below = self.factor(denominator)
            twice, guard = f"(2 * {below})", f"(case when {below} > 0 then {{}} end)"
        size = f"abs({above})" if whole_steps else f"(2 * abs({above}) + {below})"
        unit = below if whole_steps else twice
        if self.product == "bigint":
            exact = f"least({size} // {unit}, {FARTHEST})"
        else:
            whole = f"cast(({size} - {size} % {unit}) / {unit} as double)"
            exact = f"cast(least({whole}, 1e15) as bigint)"
        return guard.format(f"cast(sign({above}) as bigint) * {exact}")


NARROW = Arithmetic("bigint")
WIDE = Arithmetic("decimal(38,0)")


def operand(kind: Literal["n", "d"], number: int) -> Column:
    """Name a column that holds the numerator or denominator of a division."""
    return Column(f"{kind}{number}")


def is_operand(column: Column) -> bool:
    """Tell whether a column holds an operand of a division; no other column has such a name."""
    return column.name[0] in "nd" and column.name[1:].isdecimal()
