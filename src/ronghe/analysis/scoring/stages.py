"""Select statements in which every division is computed once, over its parts as columns.

A division stands three times in the SQL that makes it exact. Taking numerator and denominator
out as columns first keeps the text of a scheme short, and the database plans it several times
faster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ronghe.analysis.scoring.expressions import (
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
from ronghe.analysis.scoring.ranges import Known
from ronghe.analysis.scoring.simplify import simplified
from ronghe.analysis.scoring.sql import NARROW, Arithmetic, name, operand

Made = Sequence[tuple[str, Expression]]
"""New columns with the expressions that give them."""


def select(
    write: Arithmetic,
    source: str,
    kept: Sequence[str],
    *layers: Made,
    known: Known | None = None,
) -> str:
    """Write a query that keeps columns of `source` and makes others, layer upon layer.

    `known` says what is known of the columns; what is found out of new ones is added.
    """
    used = 0
    held = list(kept)
    known = {} if known is None else known
    for number, made in enumerate(layers):
        found: dict[Quotient, Column] = {}
        simpler = {column: simplified(expression, known) for column, expression in made}
        known |= {Column(column): range_ for column, (_, range_) in simpler.items()}
        apart = _Apart(write == NARROW, found, used)
        plain = [(column, apart.expression(e)) for column, (e, _) in simpler.items()]
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


@dataclass(frozen=True, slots=True)
class _Apart:
    """Puts columns in the place of the outermost divisions, and notes which in `found`.

    With `short` those that stand once in the SQL stay where they are.
    """

    short: bool
    found: dict[Quotient, Column]
    used: int

    def _column(self, division: Quotient) -> Column:
        return self.found.setdefault(division, Column(f"q{self.used + len(self.found)}"))

    def expression(self, one: Expression) -> Expression:
        match one:
            case Quotient():
                return self._column(one)
            case Division(above, below) if self.short:
                return Division(self.expression(above), self.expression(below))
            case Division(above, below):
                return self._column(Quotient(above, below, whole_steps=True))
            case Sum(terms):
                return Sum(tuple(map(self.expression, terms)))
            case Product(factors):
                return Product(tuple(map(self.expression, factors)))
            case Least(terms):
                return Least(tuple(map(self.expression, terms)))
            case Greatest(terms):
                return Greatest(tuple(map(self.expression, terms)))
            case Choice(cases, otherwise):
                last = None if otherwise is None else self.expression(otherwise)
                whens = [(self.condition(c), self.expression(e)) for c, e in cases]
                return Choice(tuple(whens), last)
        return one

    def condition(self, one: Condition) -> Condition:
        match one:
            case Compare(left, operator, right):
                return Compare(self.expression(left), operator, self.expression(right))
            case AnyOf(conditions):
                return AnyOf(tuple(map(self.condition, conditions)))
            case IsGap():
                return one
