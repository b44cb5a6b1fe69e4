"""How a value becomes points: every rule of real schemes, as data.

The exact semantics with worked tables are in ``docs/methods/rules.md``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from ronghe.analysis.scheme.parts import (
    Direction,
    NonNegative,
    Number,
    Part,
    PointsFromZero,
    Positive,
    PositivePoints,
)


class Completion(Part):
    """完成率: points × value / target; for less-is-better points × (2 − value / target).

    `target` is a number, or ``data``: the unit's own row in the table of targets. `floor` and
    `cap` bound the ratio.
    """

    kind: Literal["completion"]
    target: Positive | Literal["data"] = "data"
    direction: Direction = "more"
    cap: Positive = Decimal(1)
    floor: NonNegative = Decimal(0)


class Bands(Part):
    """分档: the points of the best step that the value reaches, else `otherwise`.

    `steps` maps thresholds to points; a value reaches a threshold when it is at least (for
    less-is-better: at most) that.
    """

    kind: Literal["bands"]
    steps: Annotated[dict[Number, PointsFromZero], Field(min_length=1)]
    otherwise: PointsFromZero = Decimal(0)
    direction: Direction = "more"


class Goalposts(Part):
    """阈值: linear from `low` (`low_points`) to `high` (all points), clipped.

    `high` under `low` means less is better.
    """

    kind: Literal["goalposts"]
    low: Number
    high: Number
    low_points: PointsFromZero = Decimal(0)


class Efficacy(Part):
    """功效系数: points × (base + (100 − base) × (value − low) / (high − low)) %.

    The percentage stays within [floor, 100].

    `low` is the value just not permitted, `high` the satisfactory one; ``peers`` takes the worst
    and the best of the peer group. Where the high end is no better than the low one, those who
    reach both get full points and the others `floor`.
    """

    kind: Literal["efficacy"]
    low: Number | Literal["peers"]
    high: Number | Literal["peers"]
    direction: Direction = "more"
    base: Annotated[NonNegative, Field(le=100)] = Decimal(60)
    floor: Annotated[NonNegative, Field(le=100)] = Decimal(0)


class RankLadder(Part):
    """位次计分: points by rank in the peer group; equal values share the better rank.

    Either `ladder` (points of rank 1, 2, 3 …; later ranks get `rest`), or `first`, less `step`
    for each further rank, never under `rest`.
    """

    kind: Literal["rank_ladder"]
    ladder: list[PointsFromZero] | None = None
    first: PositivePoints | None = None
    step: PositivePoints | None = None
    rest: PointsFromZero = Decimal(0)
    direction: Direction = "more"


class RatioToBest(Part):
    """与最优比: points × value / best of the peers; less-is-better: points × best / value.

    Not under 0 and not over the points. Less-is-better: a value of 0 or under gets full points.
    More-is-better: where the best is 0 or under, full points to the best and 0 to the others.
    """

    kind: Literal["ratio_to_best"]
    direction: Direction = "more"


class RatioToAverage(Part):
    """与均值比: points × value / mean of the peers; for less-is-better points × (2 − that ratio).

    The ratio stays within [0, cap].
    Where the mean is 0 or under: full points to those at the mean or better, else 0.
    """

    kind: Literal["ratio_to_average"]
    direction: Direction = "more"
    cap: Positive = Decimal(1)


class DistanceFromAverage(Part):
    """均值扣分: full points at the peers' mean or better; `loses` points for each `step` beyond it.

    A part of a step counts in proportion, or not at all with `whole_steps`. Never under 0.
    """

    kind: Literal["distance_from_average"]
    loses: PositivePoints
    step: Positive = Decimal(1)
    whole_steps: bool = False
    direction: Direction = "more"


class CountPoints(Part):
    """计次得分: `each` points for every one counted, up to the indicator's points."""

    kind: Literal["count_points"]
    each: PositivePoints


class Deduction(Part):
    """扣分: full points less `each` for every one counted, never under `floor`."""

    kind: Literal["deduction"]
    each: PositivePoints
    floor: PointsFromZero = Decimal(0)


class ShareOfFull(Part):
    """按比例折算: points × value / `full`, within [0, points]: votes, experts, other schemes."""

    kind: Literal["share_of_full"]
    full: Positive = Decimal(100)


SimpleRule = Annotated[
    Completion
    | Bands
    | Goalposts
    | Efficacy
    | RankLadder
    | RatioToBest
    | RatioToAverage
    | DistanceFromAverage
    | CountPoints
    | Deduction
    | ShareOfFull,
    Field(discriminator="kind"),
]


class CombinedPart(Part):
    """A part of a combined rule: `share` percent of the points, by `rule`, of a view of the value.

    growth: 100 × (value − previous) / |previous|, percent, 4 digits, missing when previous is 0.
    change: value − previous.
    """

    of: Literal["value", "growth", "change"]
    share: Annotated[Positive, Field(le=100)]
    rule: SimpleRule


class Combined(Part):
    """水平与增长结合: parts of the points by level, growth or change; shares add up to 100.

    Each part's points are cut off at a thousandth and the last takes the rest; where one part is
    missing the whole indicator is.
    """

    kind: Literal["combined"]
    parts: Annotated[list[CombinedPart], Field(min_length=1, max_length=3)]


Rule = Annotated[
    Completion
    | Bands
    | Goalposts
    | Efficacy
    | RankLadder
    | RatioToBest
    | RatioToAverage
    | DistanceFromAverage
    | CountPoints
    | Deduction
    | ShareOfFull
    | Combined,
    Field(discriminator="kind"),
]
