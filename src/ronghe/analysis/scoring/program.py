"""A scheme compiled: which columns its wide table has, and how each comes about.

The columns, by prefix: ``value__`` an indicator's input, ``previous__`` and ``target__`` what
goes with it, ``growth__`` and ``change__`` derived from them, ``exempt__`` 1 where the
indicator does not apply, ``points__`` an indicator's points, ``node__`` a group's own score,
``pool__`` a pool's sum, ``failed__`` 1 where a gate or veto strikes. Codes never hold ``__`` in
front, so a prefix always ends where the code begins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ronghe.analysis.scheme.model import Condition as SchemeCondition
from ronghe.analysis.scheme.model import Gate, Group, Indicator, Missing, Pool, Scheme, Veto
from ronghe.analysis.scheme.rules import Combined, Completion, SimpleRule
from ronghe.analysis.scheme.sources import MeasureSource, RecordsSource, Source
from ronghe.analysis.scoring.expressions import (
    GAP,
    AnyOf,
    Choice,
    Column,
    Compare,
    Condition,
    Expression,
    Greatest,
    IsGap,
    Least,
    Quotient,
    Whole,
    digits,
    if_gap,
    minus,
    plus,
    scaled,
    thousandths,
    times,
)
from ronghe.analysis.scoring.rules import PeerFigure, Value, most, peer_figures, score

GROWTH_SCALE = 4
"""Growth is a percentage with four digits."""

RECORD_SCALE = 3
"""Quantities of records, votes' points, expert scores and published totals have three digits."""


@dataclass(frozen=True, slots=True)
class Input:
    """One column of inputs: where it comes from and the scale it is held at."""

    column: str
    code: str
    source: Source
    scale: int
    target: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """An indicator compiled.

    `raw` gives its points where it applies; `needs` are the columns without which it is missing.
    """

    indicator: Indicator
    raw: Expression
    needs: tuple[Column, ...]
    most: int

    @property
    def missing(self) -> Missing:
        """Return what a missing value means."""
        return self.indicator.missing


@dataclass(frozen=True, slots=True)
class Program:
    """A scheme compiled; every tuple is in the order in which its columns can be computed."""

    scheme: Scheme
    inputs: tuple[Input, ...]
    derived: tuple[tuple[str, Expression], ...]
    peer_figures: tuple[tuple[PeerFigure, str], ...]
    scored: tuple[Scored, ...]
    strikes: tuple[tuple[str, Expression], ...]
    sums: tuple[tuple[tuple[str, Expression], ...], ...]

    @property
    def grades(self) -> int:
        """Return the number of grades."""
        return len(self.scheme.grading.grades) if self.scheme.grading else 0


def scale_of(source: Source, scheme: Scheme) -> int:
    """Return the number of digits after the point at which a source's value is held."""
    match source:
        case MeasureSource(measure=code):
            return next(measure.scale for measure in scheme.measures if measure.code == code)
        case RecordsSource(function="count" | "distinct", cap=None):
            return 0
        case RecordsSource(function="share"):
            return 4
    return RECORD_SCALE


def compile_scheme(scheme: Scheme) -> Program:
    """Compile a scheme that the checks have passed."""
    scored = scheme.scored()
    inputs = [i for indicator in scored for i in _inputs(indicator, scheme)]
    inputs += [
        Input(f"value__{one.code}", one.code, one.source, scale_of(one.source, scheme))
        for one in scheme.striking()
    ]
    return Program(
        scheme=scheme,
        inputs=tuple(inputs),
        derived=tuple(d for indicator in scored for d in _derived(indicator)),
        peer_figures=tuple(
            dict.fromkeys(
                (figure, value.column.name)
                for indicator in scored
                for _, rule, value in _parts(indicator, scheme)
                for figure in peer_figures(rule)
            )
        ),
        scored=tuple(_scored(indicator, scheme) for indicator in scored),
        strikes=tuple((f"failed__{o.code}", _strike(o, scheme)) for o in scheme.striking()),
        sums=tuple(_sums(scheme)),
    )


def _inputs(indicator: Indicator, scheme: Scheme) -> Iterator[Input]:
    code, source = indicator.code, indicator.source
    scale = scale_of(source, scheme)
    yield Input(f"value__{code}", code, source, scale)
    if _takes_target(indicator):
        yield Input(f"target__{code}", code, source, scale, target=True)
    if _looks_back(indicator) and isinstance(source, MeasureSource):
        before = source.model_copy(update={"period": "previous"})
        yield Input(f"previous__{code}", code, before, scale)


def _simple_rules(indicator: Indicator) -> list[SimpleRule]:
    rule = indicator.rule
    return [part.rule for part in rule.parts] if isinstance(rule, Combined) else [rule]


def _takes_target(indicator: Indicator) -> bool:
    return any(isinstance(r, Completion) and r.target == "data" for r in _simple_rules(indicator))


def _looks_back(indicator: Indicator) -> bool:
    rule = indicator.rule
    return isinstance(rule, Combined) and any(part.of != "value" for part in rule.parts)


def _derived(indicator: Indicator) -> Iterator[tuple[str, Expression]]:
    rule = indicator.rule
    if not isinstance(rule, Combined):
        return
    now = Column(f"value__{indicator.code}")
    before = Column(f"previous__{indicator.code}")
    for view in dict.fromkeys(part.of for part in rule.parts):
        risen = minus(now, before)
        if view == "change":
            yield f"change__{indicator.code}", if_gap((now, before), None, risen)
        if view == "growth":
            percent = times(Whole(100 * 10**GROWTH_SCALE), risen)
            size = Greatest((before, times(Whole(-1), before)))
            growth = Choice(((Compare(size, ">", Whole(0)), Quotient(percent, size)),), None)
            yield f"growth__{indicator.code}", if_gap((now, before), None, growth)


def _parts(indicator: Indicator, scheme: Scheme) -> list[tuple[int, SimpleRule, Value]]:
    """Return the indicator's points (thousandths) by part, each with its rule and its value."""
    points = thousandths(indicator.points)
    scale = scale_of(indicator.source, scheme)
    target = Column(f"target__{indicator.code}") if _takes_target(indicator) else None
    rule = indicator.rule
    if not isinstance(rule, Combined):
        return [(points, rule, Value(Column(f"value__{indicator.code}"), scale, target))]
    parts, left = [], points
    for part in rule.parts:
        last = part is rule.parts[-1]
        share = left if last else int(points * part.share / 100)
        left -= share
        held = GROWTH_SCALE if part.of == "growth" else scale
        column = Column(f"{part.of}__{indicator.code}")
        parts.append((share, part.rule, Value(column, held, target)))
    return parts


def _scored(indicator: Indicator, scheme: Scheme) -> Scored:
    parts = _parts(indicator, scheme)
    targets = [Column(f"target__{indicator.code}")] if _takes_target(indicator) else []
    return Scored(
        indicator=indicator,
        raw=plus(*(score(rule, value, points) for points, rule, value in parts)),
        needs=tuple(dict.fromkeys([value.column for _, _, value in parts] + targets)),
        most=sum(most(rule, points) for points, rule, _ in parts),
    )


def applied(one: Scored) -> Expression:
    """Write an indicator's points before medians: a gap where it is missing and not zero."""
    then = Whole(0) if one.missing == "zero" else None
    return if_gap(one.needs, then, one.raw)


def never_missing(program: Program, exempt: Collection[str]) -> frozenset[str]:
    """Return the indicators in which every unit has points; of `exempt` some unit is exempt."""
    return frozenset(
        scored.indicator.code
        for scored in program.scored
        if scored.missing == "zero"
        and not scored.indicator.peer_groups
        and scored.indicator.code not in exempt
    )


def _strike(one: Gate | Veto, scheme: Scheme) -> Expression:
    """Write 1 where a gate fails or a veto strikes, else 0."""
    column = Column(f"value__{one.code}")
    scale = scale_of(one.source, scheme)
    if isinstance(one, Veto):
        return Choice(((_holds(one.when, column, scale), Whole(1)),), Whole(0))
    passes: list[Condition] = [_holds(one.requires, column, scale)]
    if one.missing == "passes":
        passes.append(IsGap(column))
    return Choice(((AnyOf(tuple(passes)), Whole(0)),), Whole(1))


def _holds(condition: SchemeCondition, column: Column, scale: int) -> Compare:
    for name, sign in _SIGNS.items():
        bound: Decimal | None = getattr(condition, name)
        if bound is not None:
            wider = max(scale, digits(bound))
            value = times(column, Whole(10 ** (wider - scale)))
            return Compare(value, sign, Whole(scaled(bound, wider)))
    raise ValueError("a condition without a comparison passed the checks")


_SIGNS: dict[str, Literal[">=", ">", "<=", "<"]] = {
    "at_least": ">=",
    "above": ">",
    "at_most": "<=",
    "below": "<",
}


def _sums(scheme: Scheme) -> Iterator[tuple[tuple[str, Expression], ...]]:
    """Yield the layers of columns from the groups up to the total; a layer needs those before."""
    groups = [(node, len(above)) for node, above in scheme.walk() if isinstance(node, Group)]
    for depth in range(max((d for _, d in groups), default=-1), -1, -1):
        yield tuple(
            (f"node__{g.code}", zeroed(_rolled_up(g.children, g.points), g.code, scheme))
            for g, d in groups
            if d == depth
        )
    yield tuple(
        [("tree", _rolled_up(scheme.indicators, scheme.points))]
        + [(f"pool__{pool.code}", _pooled(pool)) for pool in scheme.pools]
    )
    yield (("total", _total(scheme)),)


def zeroed(points: Expression, code: str, scheme: Scheme) -> Expression:
    """Give 0 where a gate that zeroes this indicator or group fails; a gap stays a gap."""
    failed = tuple(
        Compare(Column(f"failed__{gate.code}"), "=", Whole(1))
        for gate in scheme.gates
        if code in gate.zeroes
    )
    if not failed:
        return points
    return Choice(((AnyOf(failed), times(Whole(0), points)),), points)


def contribution(node: Group | Indicator) -> tuple[Expression, Column, int]:
    """Return what a node adds to its parent, the column it rests on, and its full worth."""
    if isinstance(node, Indicator):
        own = Column(f"points__{node.code}")
        return own, own, thousandths(node.points)
    own = Column(f"node__{node.code}")
    points = thousandths(node.points)
    if node.counts_as is None:
        return own, own, points
    worth = thousandths(node.counts_as)
    return Quotient(times(Whole(worth), own), Whole(points)), own, worth


def _rolled_up(nodes: list[Group | Indicator], full: Decimal) -> Expression:
    """Add up the children; those that are gaps leave their weight to the others."""
    terms = [contribution(node) for node in nodes]
    there = plus(*(if_gap((own,), Whole(0), given) for given, own, _ in terms))
    weight = plus(*(if_gap((own,), Whole(0), Whole(worth)) for _, own, worth in terms))
    part = Quotient(times(there, Whole(thousandths(full))), weight)
    some = AnyOf(tuple(IsGap(own) for _, own, _ in terms))
    whole = sum(worth for _, _, worth in terms) == thousandths(full)
    return Choice(((Compare(weight, "=", Whole(0)), GAP), (some, part)), there if whole else part)


def _pooled(pool: Pool) -> Expression:
    points = [Column(f"points__{item.code}") for item in pool.items]
    together = plus(*(if_gap((column,), Whole(0), column) for column in points))
    return Least((together, Whole(thousandths(pool.cap))))


def _total(scheme: Scheme) -> Expression:
    """Write the total: tree, bonus and penalty pools, gates' caps, never under 0."""
    signs = {"bonus": 1, "penalty": -1}
    pools = [times(Whole(signs[p.kind]), Column(f"pool__{p.code}")) for p in scheme.pools]
    total: Expression = Greatest((Whole(0), plus(Column("tree"), *pools)))
    for gate in scheme.gates:
        if gate.cap_points is not None:
            failed = Compare(Column(f"failed__{gate.code}"), "=", Whole(1))
            capped = Least((total, Whole(thousandths(gate.cap_points))))
            total = Choice(((failed, capped),), total)
    return if_gap((Column("tree"),), None, total)
