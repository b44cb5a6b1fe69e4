"""The scheme (考核方案) as a typed document.

A scheme says what is appraised, by which indicators (指标), from which sources, by which rules,
and how totals become grades (等次). YAML, Excel and screens hold the same model. Numbers are
exact decimals; nothing here computes. What each rule means is in ``docs/methods/rules.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from ronghe.analysis.scheme.parts import (
    Code,
    Coefficient,
    Level,
    Number,
    Part,
    PointsFromZero,
    Positive,
    PositivePoints,
    Words,
)
from ronghe.analysis.scheme.rules import Rule
from ronghe.analysis.scheme.sources import Measure, RecordKind, Source

Appraised = Literal["organisation", "cadre", "member", "area", "project"]
"""What a scheme appraises (考核对象)."""

APPRAISED: tuple[Appraised, ...] = ("organisation", "cadre", "member", "area", "project")

PEOPLE: tuple[Appraised, ...] = ("member", "cadre")
"""What a scheme may appraise that is a person: people are never ranked in public."""

Missing = Literal["not_applicable", "zero", "peer_median", "error"]
"""What a missing value means: re-weight, no points, the lower median of the peers' points (where
no peer has any: re-weight), or a refused run."""


class Indicator(Part):
    """A leaf of the tree: an indicator (指标) with its source and its rule.

    `side` and `dimension` serve fusion and outcomes; without them those of the group above hold.
    `peer_groups`: only these groups have the indicator; for others it is not applicable.
    `basis`: the township's basic or assisting duty behind it, as in its duty list (履职事项清单).
    """

    code: Code
    title: Words
    points: PositivePoints
    source: Source
    rule: Rule
    missing: Missing = "error"
    peer_groups: list[str] = []
    side: Literal["party", "economy"] | None = None
    dimension: Literal["innovation", "coordination", "green", "openness", "sharing"] | None = None
    supplier: str = ""
    frequency: Literal["none", "yearly", "half-yearly", "quarterly", "monthly"] = "yearly"
    fields: int = Field(default=1, ge=0, le=200)
    evidence: Literal["none", "sampled", "required"] = "none"
    basis: str = ""
    citation: str = ""
    note: str = ""


class Group(Part):
    """A branch of the tree: `points` is its own full score, `counts_as` (折算) its contribution."""

    code: Code
    title: Words
    points: PositivePoints
    counts_as: PositivePoints | None = None
    side: Literal["party", "economy"] | None = None
    dimension: Literal["innovation", "coordination", "green", "openness", "sharing"] | None = None
    note: str = ""
    children: Annotated[list[Node], Field(min_length=1)]


def _node_kind(value: object) -> str:
    has_children = "children" in value if isinstance(value, dict) else isinstance(value, Group)
    return "group" if has_children else "indicator"


Node = Annotated[
    Annotated[Group, Tag("group")] | Annotated[Indicator, Tag("indicator")],
    Discriminator(_node_kind),
]


class Pool(Part):
    """加分/扣分: items added to (bonus) or taken from (penalty) the total, up to `cap` together."""

    code: Code
    title: Words
    kind: Literal["bonus", "penalty"]
    cap: PositivePoints
    items: Annotated[list[Indicator], Field(min_length=1)]


class Condition(Part):
    """A comparison of a source with a number: exactly one of the four."""

    at_least: Number | None = None
    above: Number | None = None
    at_most: Number | None = None
    below: Number | None = None


class Gate(Part):
    """A precondition (前置条件). Where `requires` fails, the stated consequence is proposed.

    `ceiling`: no grade better than this. `cap_points`: the total is at most this.
    `zeroes`: these indicators or groups get 0; what is missing there stays missing. A missing
    value of the gate itself counts as `missing` says.
    """

    code: Code
    title: Words
    source: Source
    requires: Condition
    missing: Literal["passes", "fails"] = "passes"
    ceiling: str | None = None
    cap_points: PointsFromZero | None = None
    zeroes: list[Code] = []
    citation: str = ""


class Veto(Part):
    """一票否决: where `when` holds, no grade better than `ceiling`. Its authority must be cited."""

    code: Code
    title: Words
    source: Source
    when: Condition
    ceiling: str
    authority: str = ""


class Grade(Part):
    """A grade (等次): from `at_least` points; at most `quota` of those graded, rounded down.

    `coefficient` is what performance pay is multiplied with, where `Scheme.pay` names who set it.
    """

    code: str = Field(min_length=1, max_length=40)
    title: Words
    at_least: PointsFromZero
    quota: Annotated[Positive, Field(le=1)] | None = None
    quota_rule: str = ""
    coefficient: Coefficient | None = None


class Grading(Part):
    """How totals become grades, the best first.

    `within`: quotas count inside the peer group, under one parent, or over all. `ties`: who
    stands level across a quota's edge is put in order by `tie_breakers` (points of these
    indicators or groups, more first) and then by unit code (``order``), or all of them take the
    next grade (``next_grade``). `quota_rule` of a grade names a rulebook key in place of `quota`.
    """

    grades: Annotated[list[Grade], Field(min_length=1)]
    within: Literal["peer_group", "parent", "all"] = "peer_group"
    ties: Literal["order", "next_grade"] = "order"
    tie_breakers: list[Code] = []


class Period(Part):
    """The period appraised: its label in the data, its days, and the label of the one before."""

    label: str = Field(min_length=1)
    since: date
    until: date
    previous: str = ""


class Approval(Part):
    """Who allowed this appraisal: the item of the yearly plan, the document, its date."""

    plan_item: str = ""
    document: str = ""
    dated: date | None = None


class Pay(Part):
    """What sets the coefficients (绩效系数) of performance pay: a document of its own, its date.

    Each grade states its coefficient or, with `divisor`, the total divided by it is one.
    """

    document: str = ""
    dated: date | None = None
    divisor: Positive | None = None


class Scheme(Part):
    """An appraisal scheme (考核方案)."""

    scheme: Code
    version: str = Field(min_length=1)
    title: Words
    appraises: Appraised
    level: Level
    period: Period
    approval: Approval = Field(default_factory=Approval)
    measures: list[Measure] = []
    record_kinds: list[RecordKind] = []
    peer_groups: dict[str, Words] = {}
    points: PositivePoints
    indicators: Annotated[list[Node], Field(min_length=1)]
    pools: list[Pool] = []
    gates: list[Gate] = []
    vetoes: list[Veto] = []
    grading: Grading | None = None
    pay: Pay = Field(default_factory=Pay)
    note: str = ""

    @property
    def coefficients(self) -> dict[str, Decimal]:
        """Return the coefficient of each grade that states one."""
        grades = self.grading.grades if self.grading else []
        return {one.code: one.coefficient for one in grades if one.coefficient is not None}

    @property
    def sets_pay(self) -> bool:
        """Tell whether performance pay can follow its results."""
        return bool(self.coefficients) or self.pay.divisor is not None

    @property
    def about_people(self) -> bool:
        """Tell whether those appraised are persons."""
        return self.appraises in PEOPLE

    def walk(self) -> Iterator[tuple[Group | Indicator, tuple[Group, ...]]]:
        """Every group and indicator of the tree in order, each with the groups above it."""

        def down(
            nodes: list[Node], above: tuple[Group, ...]
        ) -> Iterator[tuple[Group | Indicator, tuple[Group, ...]]]:
            for node in nodes:
                yield node, above
                if isinstance(node, Group):
                    yield from down(node.children, (*above, node))

        yield from down(self.indicators, ())

    def leaves(self) -> list[Indicator]:
        """The indicators of the tree in order, without those of the pools."""
        return [node for node, _ in self.walk() if isinstance(node, Indicator)]

    def scored(self) -> list[Indicator]:
        """Everything that is scored: the tree's indicators, then those of the pools."""
        return [*self.leaves(), *(item for pool in self.pools for item in pool.items)]

    def striking(self) -> list[Gate | Veto]:
        """What may strike a unit: the gates, then the vetoes."""
        return [*self.gates, *self.vetoes]
