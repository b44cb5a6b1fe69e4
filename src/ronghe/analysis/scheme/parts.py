"""What every part of a scheme is made of: codes, exact numbers, levels, wordings."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
"""An identifier: small letters, digits, ``_`` and ``-``, at most 40, a letter first."""


def _decimal_of(value: object) -> object:
    """Read a number as it was written: 0.1 is one tenth, whatever binary made of it."""
    if isinstance(value, bool):
        return "a truth value"
    return Decimal(repr(value)) if isinstance(value, float) else value


def _plain_number(value: Decimal) -> int | float | str:
    """Write a number so that reading it again gives the same decimal."""
    if value == value.to_integral_value() and abs(value) < 10**15:
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else str(value)


Number = Annotated[
    Decimal,
    BeforeValidator(_decimal_of),
    PlainSerializer(_plain_number, when_used="json-unless-none"),
    Field(allow_inf_nan=False, max_digits=18, decimal_places=6),
]
"""An exact decimal with at most 18 digits, 6 of them after the point."""

Positive = Annotated[Number, Field(gt=0)]
NonNegative = Annotated[Number, Field(ge=0)]
Points = Annotated[
    Decimal,
    BeforeValidator(_decimal_of),
    PlainSerializer(_plain_number, when_used="json-unless-none"),
    Field(allow_inf_nan=False, max_digits=10, decimal_places=3),
]
"""An exact number of points, in thousandths at the finest."""

PositivePoints = Annotated[Points, Field(gt=0)]
PointsFromZero = Annotated[Points, Field(ge=0)]
Coefficient = Annotated[
    Decimal,
    BeforeValidator(_decimal_of),
    PlainSerializer(_plain_number, when_used="json-unless-none"),
    Field(ge=0, le=1000, allow_inf_nan=False, max_digits=8, decimal_places=4),
]
"""What something is multiplied with: from 0 to 1000, at most 4 digits after the point."""

Direction = Literal["more", "less"]
"""Whether more or less of a value is better."""

Level = Literal[
    "country", "province", "city", "county", "township", "village", "enterprise", "branch", "person"
]
"""Where a unit stands, from the widest to the narrowest; statistics are published down to one."""

LEVELS: tuple[Level, ...] = (
    "country",
    "province",
    "city",
    "county",
    "township",
    "village",
    "enterprise",
    "branch",
    "person",
)


class Part(BaseModel):
    """A part of the document: frozen, and an unknown key is a problem, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Text(Part):
    """A wording in Chinese, the text of record, and in English."""

    zh: str = Field(min_length=1)
    en: str = ""

    def __str__(self) -> str:
        return self.zh


def _text_of(value: object) -> object:
    return {"zh": value} if isinstance(value, str) else value


Words = Annotated[Text, BeforeValidator(_text_of)]
