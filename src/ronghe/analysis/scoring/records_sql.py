"""Inputs from records of work, as SQL: all plain aggregates over records are taken in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ronghe.analysis.scheme.model import Period
from ronghe.analysis.scheme.sources import RecordsSource
from ronghe.analysis.scoring.expressions import (
    Choice,
    Column,
    Compare,
    Expression,
    Quotient,
    Whole,
    scaled,
    times,
)
from ronghe.analysis.scoring.program import RECORD_SCALE, Input, Program
from ronghe.analysis.scoring.sql import name
from ronghe.analysis.scoring.tallies import Bounds, Tally, among, tallied


@dataclass(frozen=True, slots=True)
class Served:
    """A query with a column ``unit``, and how inputs follow from its other columns.

    `digits` are columns in SQL over those, `ratios` inputs over all of them. `counted` columns
    are 0 for a unit that the query does not give.
    """

    query: str
    columns: tuple[str, ...]
    counted: bool = False
    digits: Mapping[str, str] = field(default_factory=dict)
    ratios: tuple[tuple[str, Expression], ...] = ()


def served_by_records(program: Program, bounds: Bounds | None) -> Iterator[Served]:
    """Write the queries over records that serve a program.

    `bounds` say how large tallies of a unit's own records can become, where that is known.
    """
    period = program.scheme.period
    pairs = [(i, i.source) for i in program.inputs if isinstance(i.source, RecordsSource)]
    for scope, table in (("own", "records"), ("subtree", "records_below")):
        plain = [(i, s) for i, s in pairs if s.scope == scope and s.cap is None]
        if plain:
            yield _aggregated(plain, period, table, bounds if scope == "own" else None)
        for one, source in pairs:
            if source.scope == scope and source.cap is not None:
                yield Served(_capped(one, source, period, table), (one.column,), counted=True)


def _aggregated(
    pairs: Sequence[tuple[Input, RecordsSource]],
    period: Period,
    table: str,
    bounds: Bounds | None,
) -> Served:
    """Write all plain aggregates over a table of records, taken in one pass."""
    tallies: list[Tally] = []
    ratios: list[tuple[str, Expression]] = []
    distinct: dict[str, str] = {}
    for one, source in pairs:
        condition = _condition(source, period)
        if source.function == "distinct":
            counted = f"{among(source.of)} and {condition or 'true'}"
            distinct[one.column] = f"count(distinct case when {counted} then object end)"
        elif source.function in ("mean", "share"):
            above, below = _parts_of_ratio(one, source, period)
            tallies += (above, below)
            factor = 1 if source.function == "mean" else 100 * 10**4
            ratio = Quotient(times(Whole(factor), Column(above.column)), Column(below.column))
            some = Compare(Column(below.column), ">", Whole(0))
            ratios.append((one.column, Choice(((some, ratio),), None)))
        else:
            tallies.append(Tally(one.column, tuple(source.of), condition, source.function == "sum"))
    found = tallied(tallies, bounds)
    aggregates = {**found.aggregates, **distinct}
    columns = ", ".join(f"{sql} as {name(column)}" for column, sql in aggregates.items())
    kinds = sorted({kind for _, source in pairs for kind in source.of})
    query = (
        f"select unit, {columns} from {table}"
        f" where {among(kinds)} and {_between(period.since, period.until)} group by unit"
    )
    return Served(query, tuple(aggregates), True, found.digits, tuple(ratios))


def _between(since: date, until: date) -> str:
    return f"day between date '{since.isoformat()}' and date '{until.isoformat()}'"


def counts(source: RecordsSource, period: Period) -> str:
    """Write the condition under which a record of a unit counts."""
    within = _between(period.since, period.until)
    return " and ".join(filter(None, (within, among(source.of), _condition(source, period))))


def _condition(source: RecordsSource, period: Period) -> str:
    """Write what a record of the period and of the kinds must meet to count, if anything."""
    conditions = []
    since = max(period.since, source.since or period.since)
    until = min(period.until, source.until or period.until)
    if (since, until) != (period.since, period.until):
        conditions.append(_between(since, until))
    if source.quality_at_least is not None and source.function != "share":
        conditions.append(f"quality >= {source.quality_at_least}")
    if source.verified_only:
        conditions.append("verified")
    return " and ".join(conditions)


def _parts_of_ratio(one: Input, source: RecordsSource, period: Period) -> tuple[Tally, Tally]:
    """Return a mean's or a share's two sides: quantity or good ones, and how many there are."""
    kinds, condition = tuple(source.of), _condition(source, period)
    number = Tally(f"below__{one.column}", kinds, condition)
    above = f"above__{one.column}"
    if source.function == "mean":
        return Tally(above, kinds, condition, quantity=True), number
    good = " and ".join(filter(None, (condition, f"quality >= {source.quality_at_least}")))
    return Tally(above, kinds, good), number


def _capped(one: Input, source: RecordsSource, period: Period, table: str) -> str:
    assert source.cap is not None
    counted = str(10**RECORD_SCALE) if source.function == "count" else "quantity"
    most = scaled(source.cap.each, RECORD_SCALE)
    return (
        f"select unit, cast(sum(least({most}, amount)) as bigint) as {name(one.column)} from ("
        f"select unit, cast(sum({counted}) as bigint) as amount from {table}"
        f" where {counts(source, period)}"
        f" group by unit, date_trunc('{source.cap.per}', day)) as buckets group by unit"
    )
