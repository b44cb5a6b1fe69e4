"""Where an indicator's value comes from: measures, records, ballots, experts, other schemes.

The exact semantics with worked tables are in ``docs/methods/sources.md``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from ronghe.analysis.scheme.parts import (
    Code,
    Level,
    Part,
    PointsFromZero,
    Positive,
    PositivePoints,
    Words,
)


class Measure(Part):
    """A measure (数据): what a statistic or ledger figure is, and who publishes it.

    `scale` is the number of digits after the point, at most 6; a figure with more is refused.
    `lowest_level` is the lowest level at which the figure is officially published.
    `statistic` names an entry of the rulebook's catalogue of official statistics, whose
    lowest level and proxies then hold.
    """

    code: Code
    title: Words
    unit: str = ""
    scale: int = Field(default=2, ge=0, le=6)
    lowest_level: Level
    statistic: str = ""
    owner: str = ""
    citation: str = ""


class RecordKind(Part):
    """A kind of record (纪实) that work leaves behind.

    `nature` tells work (a case solved, a job created) from obligations (meetings attended,
    hours of training) and paper (documents, articles, photographs): obligations may be a
    precondition, never points; paper is what the rules against formalism forbid to count.
    `scale` is the number of digits after the point that a quantity may have.
    """

    code: Code
    title: Words
    unit: str = ""
    scale: int = Field(default=3, ge=0, le=3)
    nature: Literal["work", "obligation", "paper"] = "work"


class MeasureSource(Part):
    """One value of a measure for the unit: of the scheme's period or of the one before."""

    kind: Literal["measure"]
    measure: Code
    period: Literal["current", "previous"] = "current"


class Cap(Part):
    """At most `each` of a unit's records (or of their quantity) counts in each month and so on."""

    each: PositivePoints
    per: Literal["day", "month", "quarter", "year"]


class RecordsSource(Part):
    """An aggregate over records of the unit, or of the unit and everything below it.

    count: number of records. sum: their quantity. mean: mean quantity (3 digits). distinct:
    number of different objects served. share: percentage of records whose quality reaches
    `quality_at_least` (4 digits; here the filter does not drop records). Without records count,
    sum and distinct are 0; mean and share are missing.
    """

    kind: Literal["records"]
    of: Annotated[list[Code], Field(min_length=1)]
    function: Literal["count", "sum", "mean", "distinct", "share"] = "count"
    quality_at_least: int | None = Field(default=None, ge=0, le=5)
    verified_only: bool = False
    since: date | None = None
    until: date | None = None
    cap: Cap | None = None
    scope: Literal["own", "subtree"] = "own"


class BallotSource(Part):
    """Democratic evaluation (民主测评): grades to points of 100, voter groups to weights.

    Per group the mean over its votes, rounded to 3 digits; then the weighted mean over the
    groups that voted, rounded to 3 digits. No votes at all: missing.
    """

    kind: Literal["ballot"]
    ballot: Code
    grades: Annotated[dict[str, PointsFromZero], Field(min_length=2)]
    groups: Annotated[dict[str, Positive], Field(min_length=1)]


class ExpertSource(Part):
    """Mean expert score after dropping the `trim` highest and lowest (3 digits).

    With no more than 2 × trim scores nothing is left: missing.
    """

    kind: Literal["expert"]
    panel: Code
    trim: int = Field(default=0, ge=0, le=10)


class SchemeSource(Part):
    """The unit's total under another scheme, as a run of that scheme published it."""

    kind: Literal["scheme"]
    scheme: Code


Source = Annotated[
    MeasureSource | RecordsSource | BallotSource | ExpertSource | SchemeSource,
    Field(discriminator="kind"),
]
