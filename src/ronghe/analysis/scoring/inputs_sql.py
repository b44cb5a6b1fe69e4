"""Where the inputs come from, as SQL over the typed tables of a run.

Each function writes one query with a column ``unit`` and one column for every input it serves.
All plain aggregates over records are taken in one pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ronghe.analysis.scheme.model import Period
from ronghe.analysis.scheme.sources import (
    BallotSource,
    ExpertSource,
    MeasureSource,
    RecordsSource,
    SchemeSource,
)
from ronghe.analysis.scoring.expressions import (
    Choice,
    Column,
    Compare,
    Expression,
    Quotient,
    Whole,
    if_gap,
    plus,
    scaled,
    thousandths,
    times,
)
from ronghe.analysis.scoring.program import RECORD_SCALE, Input, Program
from ronghe.analysis.scoring.sql import Arithmetic, name, text
from ronghe.analysis.scoring.stages import select
from ronghe.analysis.scoring.tallies import Bounds, Tally, among, tallied


def input_queries(
    program: Program, write: Arithmetic, bounds: Bounds | None = None
) -> Iterator[str]:
    """Write the queries that together give every input of a program.

    `bounds` say how large tallies of a unit's own records can become, where that is known.
    """
    period = program.scheme.period
    measures = [i for i in program.inputs if isinstance(i.source, MeasureSource)]
    for table, served in (
        ("measures", [i for i in measures if not i.target]),
        ("targets", [i for i in measures if i.target]),
    ):
        if served:
            yield _measures(table, served, period)
    yield from _records(program, write, bounds)
    for one in program.inputs:
        match one.source:
            case BallotSource():
                yield _ballot(one, one.source, write)
            case ExpertSource():
                yield _expert(one, one.source, write)
            case SchemeSource(scheme=scheme):
                yield (
                    f"select unit, total as {name(one.column)} from results"
                    f" where scheme = {text(scheme)}"
                )


def _measures(table: str, served: list[Input], period: Period) -> str:
    columns = []
    for one in served:
        assert isinstance(one.source, MeasureSource)
        label = period.label if one.source.period == "current" else period.previous
        columns.append(
            f"max(case when measure = {text(one.source.measure)} and period = {text(label)}"
            f" then value end) as {name(one.column)}"
        )
    codes = ", ".join(sorted({text(i.source.measure) for i in served}))  # type: ignore[union-attr]
    return (
        f"select unit, {', '.join(columns)} from {table} where measure in ({codes}) group by unit"
    )


def _records(program: Program, write: Arithmetic, bounds: Bounds | None) -> Iterator[str]:
    period = program.scheme.period
    pairs = [(i, i.source) for i in program.inputs if isinstance(i.source, RecordsSource)]
    for scope, table in (("own", "records"), ("subtree", "records_below")):
        plain = [(i, s) for i, s in pairs if s.scope == scope and s.cap is None]
        if plain:
            yield _aggregated(plain, period, table, write, bounds if scope == "own" else None)
        for one, source in pairs:
            if source.scope == scope and source.cap is not None:
                yield _capped(one, source, period, table)


def _aggregated(
    served: Sequence[tuple[Input, RecordsSource]],
    period: Period,
    table: str,
    write: Arithmetic,
    bounds: Bounds | None,
) -> str:
    """Write all plain aggregates over a table of records, taken in one pass."""
    tallies: list[Tally] = []
    ratios: list[tuple[str, Expression]] = []
    distinct: list[str] = []
    for one, source in served:
        if source.function == "distinct":
            counted = f"{among(source.of)} and {_condition(source, period) or 'true'}"
            distinct.append(
                f"count(distinct case when {counted} then object end) as {name(one.column)}"
            )
        elif source.function in ("mean", "share"):
            above, below = _parts_of_ratio(one, source, period)
            tallies += (above, below)
            factor = 1 if source.function == "mean" else 100 * 10**4
            ratio = Quotient(times(Whole(factor), Column(above.column)), Column(below.column))
            some = Compare(Column(below.column), ">", Whole(0))
            ratios.append((one.column, Choice(((some, ratio),), None)))
        else:
            condition = _condition(source, period)
            tallies.append(Tally(one.column, tuple(source.of), condition, source.function == "sum"))
    aggregates, columns = tallied(tallies, bounds)
    kinds = sorted({kind for _, source in served for kind in source.of})
    grouped = (
        f"select unit, {', '.join([*aggregates, *distinct])}"
        f" from {table} where {among(kinds)} and {_between(period.since, period.until)}"
        " group by unit"
    )
    columns += [name(i.column) for i, source in served if source.function == "distinct"]
    grouped = f"select unit, {', '.join(columns)} from ({grouped}) as tallied"
    made = {column for column, _ in ratios}
    ready = [one.column for one, _ in served if one.column not in made]
    return select(write, f"({grouped}) as by_unit", ["unit", *ready], ratios)


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


def _ballot(one: Input, source: BallotSource, write: Arithmetic) -> str:
    """Write the weighted mean over voter groups; the worth of a vote is in thousandths."""
    worth = " ".join(
        f"when {text(grade)} then {thousandths(points)}" for grade, points in source.grades.items()
    )
    columns, weighed, weights = [], [], []
    for number, (group, weight) in enumerate(source.groups.items()):
        mine = f"voter_group = {text(group)}"
        columns += [
            f"cast(sum(case when {mine} then votes else 0 end) as bigint) as n{number}",
            f"cast(sum(case when {mine} then votes * (case grade {worth} end) else 0 end)"
            f" as bigint) as s{number}",
        ]
        votes, sums = Column(f"n{number}"), Column(f"s{number}")
        voted = Compare(votes, ">", Whole(0))
        heavy = Whole(scaled(weight, 6))
        weighed.append(Choice(((voted, times(heavy, Quotient(sums, votes))),), Whole(0)))
        weights.append(Choice(((voted, heavy),), Whole(0)))
    mean: Expression = Quotient(plus(*weighed), plus(*weights))
    known = ", ".join(text(group) for group in source.groups)
    return (
        f"select unit, {write(mean)} as {name(one.column)} from ("
        f"select unit, {', '.join(columns)} from ballots"
        f" where ballot = {text(source.ballot)} and voter_group in ({known})"
        f" group by unit) as votes_by_group"
    )


def _expert(one: Input, source: ExpertSource, write: Arithmetic) -> str:
    total, number = Column("total"), Column("number")
    mean = if_gap((total,), None, Quotient(total, number))
    return (
        f"select unit, {write(mean)} as {name(one.column)} from ("
        f"select unit, cast(sum(score) as bigint) as total, count(*) as number from ("
        f"select unit, score,"
        f" row_number() over (partition by unit order by score, expert) as place,"
        f" count(*) over (partition by unit) as experts"
        f" from expert_scores where panel = {text(source.panel)}) as placed"
        f" where place > {source.trim} and place <= experts - {source.trim}"
        f" group by unit) as kept"
    )
