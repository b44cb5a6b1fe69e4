"""A small language of whole-number expressions (the rule IR), between schemes and SQL.

Every value is an integer or a gap (None, SQL NULL). A decimal is held as an integer with a
known scale: 12.5 at scale 2 is 1250. Points are thousandths. `sql.py` writes an expression as
SQL, `evaluate.py` computes it for one unit; both give the same integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Column:
    """The unit's value in a column of the wide table."""

    name: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    value: int


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of its terms."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """The product of its factors, wide enough not to overflow (38 digits)."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """Numerator / denominator rounded half away from zero, or towards zero with `whole_steps`.

    The denominator is a positive whole number; elsewhere it must be guarded by a `Choice`. The
    result stays within ± `FARTHEST`.
    """

    numerator: Expression
    denominator: Expression
    whole_steps: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """Numerator / denominator rounded down; the one is not negative, the other positive.

    What `simplify` makes of a quotient. Where the denominator is not known to be positive it
    must not be computed.
    """

    numerator: Expression
    denominator: Expression


FARTHEST = 10**15
"""The largest input and the largest quotient: up to here every way of computing one is exact."""


@dataclass(frozen=True, slots=True)
class Least:
    """The least of its terms, none of which may be a gap."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Greatest:
    """The greatest of its terms, none of which may be a gap."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison; where a side is a gap it does not hold."""

    left: Expression
    operator: Literal["=", "<", "<=", ">", ">="]
    right: Expression


@dataclass(frozen=True, slots=True)
class IsGap:
    """Holds where the column is a gap."""

    column: Column


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds where one of its conditions holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The value of the first case whose condition holds, else `otherwise` (None: a gap)."""

    cases: tuple[tuple[Condition, Expression], ...]
    otherwise: Expression | None


Condition: TypeAlias = Compare | IsGap | AnyOf
Expression: TypeAlias = (
    Column | Whole | Sum | Product | Quotient | Division | Least | Greatest | Choice
)


def plus(*terms: Expression) -> Expression:
    """Add up, leaving out what does not matter."""
    return terms[0] if len(terms) == 1 else Sum(terms)


def times(*factors: Expression) -> Expression:
    """Multiply, leaving out factors of one."""
    kept = tuple(f for f in factors if f != Whole(1))
    if not kept:
        return Whole(1)
    return kept[0] if len(kept) == 1 else Product(kept)


def minus(left: Expression, right: Expression) -> Expression:
    """Subtract."""
    return Sum((left, times(Whole(-1), right)))


def between(low: int, value: Expression, high: int) -> Expression:
    """Hold a value within bounds."""
    return Least((Greatest((value, Whole(low))), Whole(high)))


def if_gap(columns: tuple[Column, ...], then: Expression | None, otherwise: Expression) -> Choice:
    """Choose `then` where any of the columns is a gap."""
    return Choice(((AnyOf(tuple(IsGap(c) for c in columns)), then or GAP),), otherwise)


GAP = Choice((), None)
"""A gap."""


def digits(number: Decimal) -> int:
    """Count the digits after the point that matter: 12.50 has one."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def scaled(number: Decimal, scale: int) -> int:
    """Turn a decimal into a whole number at a scale that holds all its digits.

    >>> scaled(Decimal("12.5"), 2)
    1250
    """
    shifted = number.scaleb(scale)
    if shifted != shifted.to_integral_value():
        raise ValueError(f"{number} has more than {scale} digits after the point")
    return int(shifted)


def thousandths(points: Decimal) -> int:
    """Turn points into thousandths of a point."""
    return scaled(points, 3)


def rounded(numerator: int, denominator: int) -> int:
    """Divide whole numbers, rounding half away from zero; the denominator is positive.

    >>> rounded(5, 2), rounded(-5, 2), rounded(4, 3)
    (3, -3, 1)
    """
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size
