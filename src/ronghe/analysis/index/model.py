"""The index (综合指数) as data: a tree of indicators with weights, and one choice for each step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field

from ronghe.analysis.index.aggregate import Mean
from ronghe.analysis.index.normalise import Normalisation
from ronghe.analysis.index.treat import Limits, TreatmentChoice
from ronghe.analysis.scheme.parts import Code, Direction, Level, Part, Words

Imputation = Literal["none", "mean", "median", "group_mean", "group_median"]
"""What stands in for a gap before treatment: nothing, or what the units present have."""

Kind = Literal["organisation", "area", "project"]
"""What can be compared; persons are never ranked by an index."""

Finite = Annotated[float, Field(allow_inf_nan=False)]
Above = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Series(NamedTuple):
    """Which figures an indicator takes: a measure (数据) of a period."""

    measure: str
    period: str = ""


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Node(Part):
    """A group (分组) with children, or an indicator (指标) without.

    Attributes
    ----------
    code, title
        A code of its own in the index; what people read.
    weight
        Above 0; only its proportion to the weights of its siblings counts.
    children
        The parts of a group, at any depth.
    measure, period
        The figures of an indicator: by default the measure of its own code in the period of
        the index.
    per
        A measure of the same period to divide by, such as population.
    direction
        Whether more or less is better.
    low, high
        Goalposts: the values that get the least and the highest score, of the figures after
        division and before logarithms.
    log
        Take natural logarithms of figures and goalposts, which must be above 0.
    """

    code: Code
    title: Words
    weight: Above = 1.0
    children: tuple[Node, ...] = ()
    measure: str = ""
    period: str = ""
    per: str = ""
    direction: Direction = "more"
    low: Finite | None = None
    high: Finite | None = None
    log: bool = False

    def nodes(self) -> Iterator[Node]:
        """Yield this node and all below it, each before its children."""
        yield self
        for child in self.children:
            yield from child.nodes()


INDICATOR_KEYS = ("measure", "period", "per", "direction", "low", "high", "log")
"""What an indicator has and a group has not."""


class IndexModel(Part):
    """An index: which units, which indicators, and what is chosen at each step.

    Attributes
    ----------
    appraises, level
        Which units of the data folder are compared.
    period
        The label of the period, such as 2023.
    impute
        What stands in for gaps.
    treat, skewness, kurtosis, points
        What is done about outliers, from which skewness and excess kurtosis on, and how many
        values of an indicator may be winsorised.
    normalise, scale
        How values become scores, and the least and the highest score; a z-score has no scale.
    aggregate
        The mean for each level from the top: the first puts the top groups together, the last
        holds for all levels below it.
    coverage
        The least share of the weights, 0 to 1, that must be present for a score at any level.
    decimals
        Scores are published, and ranked, with so many digits.
    children
        The groups or indicators of the top level.
    """

    index: Code
    title: Words
    appraises: Kind = "area"
    level: Level = "province"
    period: str = ""
    impute: Imputation = "none"
    treat: TreatmentChoice = "none"
    skewness: Above = 2.0
    kurtosis: Above = 3.5
    points: Annotated[int, Field(ge=1)] = 5
    normalise: Normalisation = "min_max"
    scale: tuple[Finite, Finite] = (0.0, 100.0)
    aggregate: Annotated[tuple[Mean, ...], BeforeValidator(_listed), Field(min_length=1)] = (
        "arithmetic",
    )
    coverage: Annotated[float, Field(ge=0, le=1)] = 0.0
    decimals: Annotated[int, Field(ge=0, le=12)] = 2
    children: Annotated[tuple[Node, ...], Field(min_length=1)]
    note: str = ""

    def nodes(self) -> Iterator[Node]:
        """Yield every group and indicator, each before its children."""
        for child in self.children:
            yield from child.nodes()

    def indicators(self) -> tuple[Node, ...]:
        """Return the indicators in the order of the tree."""
        return tuple(node for node in self.nodes() if not node.children)

    def series_of(self, indicator: Node) -> Series:
        """Return the figures that an indicator takes."""
        return Series(indicator.measure or indicator.code, indicator.period or self.period)

    def divisor_of(self, indicator: Node) -> Series | None:
        """Return the figures that it is divided by, if any."""
        return Series(indicator.per, indicator.period or self.period) if indicator.per else None

    def series(self) -> tuple[Series, ...]:
        """Return all figures that the index needs, each once."""
        taken = [self.series_of(node) for node in self.indicators()]
        divisors = [self.divisor_of(node) for node in self.indicators()]
        return tuple(dict.fromkeys([*taken, *(d for d in divisors if d)]))

    def mean_at(self, depth: int) -> Mean:
        """Return the mean that puts the parts at a depth together; 0 is the top."""
        return self.aggregate[min(depth, len(self.aggregate) - 1)]

    def limits(self) -> Limits:
        """Return when an indicator needs treatment and how far it goes."""
        return Limits(self.skewness, self.kurtosis, self.points)
