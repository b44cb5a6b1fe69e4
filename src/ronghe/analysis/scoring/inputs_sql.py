"""Where the inputs come from, as SQL over the typed tables of a run.

Each function writes one query with a column ``unit`` and one column for every input it serves.
"""

from __future__ import annotations

from collections.abc import Iterator

from ronghe.analysis.scheme.model import Period
from ronghe.analysis.scheme.sources import (
    BallotSource,
    ExpertSource,
    MeasureSource,
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
from ronghe.analysis.scoring.program import Input, Program
from ronghe.analysis.scoring.records_sql import Served, served_by_records
from ronghe.analysis.scoring.sql import Arithmetic, name, text
from ronghe.analysis.scoring.tallies import Bounds


def served_inputs(program: Program, write: Arithmetic, bounds: Bounds | None) -> Iterator[Served]:
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
            columns = tuple(one.column for one in served)
            yield Served(_measures(table, served, period), columns)
    yield from served_by_records(program, bounds)
    for one in program.inputs:
        match one.source:
            case BallotSource():
                yield Served(_ballot(one, one.source, write), (one.column,))
            case ExpertSource():
                yield Served(_expert(one, one.source, write), (one.column,))
            case SchemeSource(scheme=scheme):
                query = (
                    f"select unit, total as {name(one.column)} from results"
                    f" where scheme = {text(scheme)}"
                )
                yield Served(query, (one.column,))


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
