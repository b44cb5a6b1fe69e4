"""A compiled scheme as a list of SQL statements, each making one table.

The typed tables that the statements read are those of `ronghe.engine.catalogue`; what they
leave behind is ``outcome``: one row per unit with inputs, points, sums, total, rank and grade.
Most tables can be made for some units at a time; those that compare units with one another say
who must be together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ronghe.analysis.scheme.model import Grading
from ronghe.analysis.scheme.sources import RecordsSource
from ronghe.analysis.scoring.expressions import (
    GAP,
    Choice,
    Column,
    Compare,
    Expression,
    Greatest,
    Whole,
    thousandths,
)
from ronghe.analysis.scoring.inputs_sql import served_inputs
from ronghe.analysis.scoring.program import Program, applied, zeroed
from ronghe.analysis.scoring.ranges import Range, known_inputs
from ronghe.analysis.scoring.rules import peer_column
from ronghe.analysis.scoring.sql import WIDE, Arithmetic, name, text
from ronghe.analysis.scoring.stages import select
from ronghe.analysis.scoring.tallies import Bounds

Together = Literal["peer_group", "parent", "all"]
"""Whom a statement compares: the units of a peer group, those under a parent, or all."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One step: the table it makes, the query that makes it, and the earlier steps it reads.

    Without `together` a row rests on one unit alone. `by_unit` tables have one row per unit,
    the others are short: figures of groups.
    """

    table: str
    query: str
    reads: tuple[str, ...] = ()
    together: Together | None = None
    by_unit: bool = True


UNIT_COLUMNS = ("unit", "name", "peer_group", "parent", "graded")


@dataclass(frozen=True, slots=True)
class _Writer:
    """What every statement of a run is written from.

    `masks` holds the indicators that do not apply everywhere, with the condition where they do
    not; `carried` are further columns of the units that come through to the outcome.
    """

    program: Program
    write: Arithmetic
    masks: Mapping[str, str]
    exempt: frozenset[str]
    carried: tuple[str, ...]
    bounds: Bounds | None = None
    whole_groups: bool = False

    @property
    def units(self) -> tuple[str, ...]:
        return (*UNIT_COLUMNS, *self.carried)


def statements(
    program: Program,
    *,
    exempt: Iterable[str] = (),
    quotas: Mapping[str, Fraction] | None = None,
    arithmetic: Arithmetic = WIDE,
    carried: Sequence[str] = (),
    bounds: Bounds | None = None,
    whole_groups: bool = False,
) -> list[Statement]:
    """Write the statements of a run.

    Parameters
    ----------
    program
        The compiled scheme.
    exempt
        Codes of the indicators that the data exempts some unit from.
    quotas
        The share (0 to 1) of those graded that each grade may have, by grade code.
    arithmetic
        How to calculate; the results are the same.
    carried
        Further columns of the units to keep in the outcome.
    bounds
        How many records a unit has at most and how large they are, where that is known.
    whole_groups
        Whether every peer group lies within the units that are computed at once: ranks are then
        taken over units, not over the totals that occur.
    """
    codes = frozenset(exempt)
    masks = dict(_masks(program, codes))
    run = _Writer(program, arithmetic, masks, codes, tuple(carried), bounds, whole_groups)
    steps = [Statement("assessed", _assessed(run))]
    below = any(
        isinstance(i.source, RecordsSource) and i.source.scope == "subtree" for i in program.inputs
    )
    if below:
        steps.append(Statement("records_below", _RECORDS_BELOW, by_unit=False))
    reads = ("assessed", "records_below") if below else ("assessed",)
    steps.append(Statement("inputs", _inputs(run), reads))
    peers = list(_peers(program, arithmetic))
    steps += peers
    steps += _points(run, [step.table for step in peers])
    steps += [] if whole_groups else _places()
    steps += _graded(run, quotas or {})
    steps.append(Statement("outcome", _OUTCOME, ("summed", "totals")))
    return steps


def _assessed(run: _Writer) -> str:
    scheme = run.program.scheme
    return (
        f"select {', '.join(run.units)} from units"
        f" where kind = {text(scheme.appraises)} and level = {text(scheme.level)}"
        f" order by {', '.join([*run.carried, 'unit'])}"
    )


_RECORDS_BELOW = (
    "select b.above as unit, r.kind, r.day, r.quantity, r.quality, r.object, r.verified"
    " from records r join below b on r.unit = b.unit"
)


def _inputs(run: _Writer) -> str:
    """Join the sources to the units; what does not apply to a unit is a gap there."""
    served = list(served_inputs(run.program, run.write, run.bounds))
    columns = [f"a.{column}" for column in run.units]
    columns += [
        f"case when {mask} then 1 else 0 end as {name('exempt__' + code)}"
        for code, mask in run.masks.items()
    ]
    codes = {one.column: one.code for one in run.program.inputs}
    for column, counted in ((column, one.counted) for one in served for column in one.columns):
        value = f"coalesce({name(column)}, 0)" if counted else name(column)
        if (mask := run.masks.get(codes.get(column, ""))) is not None:
            value = f"case when {mask} then null else {value} end"
        columns.append(f"{value} as {name(column)}")
    joins = "".join(
        f" left join ({one.query}) as q{n} on q{n}.unit = a.unit" for n, one in enumerate(served)
    )
    source = f"(select {', '.join(columns)} from assessed a{joins}{_exemptions(run)}) as joined"
    digits = {column: sql for one in served for column, sql in one.digits.items()}
    if digits:
        source = f"(select *, {', '.join(_digits(run, digits, codes))} from {source}) as apart"
    ratios = [
        (column, _where_it_applies(run, ratio, codes[column]))
        for one in served
        for column, ratio in one.ratios
    ]
    made = {column for column, _ in ratios}
    kept = [column for column in _input_columns(run) if column not in made]
    known = known_inputs(run.program, run.masks, run.bounds)
    known |= {Column(column): Range(0, gap=False) for column in digits}
    return select(run.write, source, kept, ratios, run.program.derived, known=known)


def _exemptions(run: _Writer) -> str:
    """Join the exemptions of each unit, if there are any."""
    flags = "".join(
        f", cast(max(case when indicator = {text(code)} then 1 end) as bigint) as {name(code)}"
        for code in sorted(run.exempt)
    )
    scheme = text(run.program.scheme.scheme)
    return flags and (
        f" left join (select unit{flags} from exemptions where scheme = {scheme} group by unit)"
        " as x on x.unit = a.unit"
    )


def _digits(run: _Writer, digits: Mapping[str, str], codes: Mapping[str, str]) -> Iterator[str]:
    """Write the tallies that are digits of one number, gaps where they do not apply."""
    for column, sql in digits.items():
        code = codes.get(column)
        if code in run.masks:
            sql = f"case when {name(f'exempt__{code}')} = 0 then {sql} end"
        yield f"{sql} as {name(column)}"


def input_columns(program: Program, exempt: Iterable[str], carried: Sequence[str]) -> list[str]:
    """Return the columns of the table ``inputs``, on which all later steps rest."""
    codes = frozenset(exempt)
    run = _Writer(program, WIDE, dict(_masks(program, codes)), codes, tuple(carried))
    return [*_input_columns(run), *(column for column, _ in program.derived)]


def _input_columns(run: _Writer) -> list[str]:
    exempt = [f"exempt__{code}" for code in run.masks]
    return [*run.units, *(one.column for one in run.program.inputs), *exempt]


def _masks(program: Program, exempt: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the indicators that do not apply everywhere, with the condition where they do not."""
    for scored in program.scored:
        code, groups = scored.indicator.code, scored.indicator.peer_groups
        conditions = []
        if groups:
            conditions.append(f"a.peer_group not in ({', '.join(map(text, groups))})")
        if code in exempt:
            conditions.append(f"x.{name(code)} is not null")
        if conditions:
            yield code, " or ".join(conditions)


_AGGREGATES = {"count": "count({})", "least": "min({})", "greatest": "max({})", "total": "sum({})"}


def _peers(program: Program, write: Arithmetic) -> Iterator[Statement]:
    """Make the peer groups' figures, and of each ranking the rank of every value."""
    figures = [(f, c) for f, c in program.peer_figures if f in _AGGREGATES]
    ranks = [(f, c) for f, c in program.peer_figures if f not in _AGGREGATES]
    if figures:
        types = {"total": write.product}
        columns = "".join(
            f", cast({_AGGREGATES[figure].format(name(column))} as {types.get(figure, 'bigint')})"
            f" as {name(peer_column(figure, column))}"
            for figure, column in figures
        )
        query = f"select peer_group{columns} from inputs group by peer_group"
        yield Statement("peers", query, ("inputs",), "peer_group", by_unit=False)
    for number, (figure, column) in enumerate(ranks):
        query = _rank_of_each(
            "inputs", name(column), figure == "rank_more", name(peer_column(figure, column))
        )
        yield Statement(f"ranks{number}", query, ("inputs",), "peer_group", by_unit=False)


def _rank_of_each(table: str, column: str, falling: bool, rank: str) -> str:
    """Write the rank of every value in its peer group: one more than there are better ones."""
    return (
        f"select peer_group, {column}, cast(1 + coalesce(sum(n) over (partition by peer_group"
        f" order by {column} {'desc' if falling else 'asc'}"
        f" rows between unbounded preceding and 1 preceding), 0) as bigint) as {rank}"
        f" from {_how_often(table, column)}"
    )


def _how_often(table: str, column: str) -> str:
    return (
        f"(select peer_group, {column}, count(*) as n from {table}"
        f" where {column} is not null group by peer_group, {column}) as how_often"
    )


def _points(run: _Writer, peers: Sequence[str]) -> Iterator[Statement]:
    """Make every unit's points, groups, pools and total.

    Where gaps are filled with the peers' median there is a step between: points before that,
    and the medians.
    """
    program = run.program
    joins = "".join(f" left join {table} using ({_keys(program, table)})" for table in peers)
    later = _later(run)
    first = []
    for scored in program.scored:
        code = scored.indicator.code
        column = f"first__{code}" if code in later else f"points__{code}"
        first.append((column, _where_it_applies(run, applied(scored), code)))
    final = [(f"points__{code}", expression) for code, expression in later.items()]
    sums = (program.strikes, final, *program.sums)
    held = _peer_columns(run)
    known = known_inputs(program, run.masks, run.bounds)
    reads = ("inputs", *peers)
    if not (filled := _filled(program)):
        query = select(run.write, f"inputs{joins}", held, first, *sums, known=known)
        yield Statement("summed", query, reads)
        return
    query = select(run.write, f"inputs{joins}", held, first, known=known)
    yield Statement("first_points", query, reads)
    medians = [f"medians{number}" for number in range(len(filled))]
    for table, code in zip(medians, filled, strict=True):
        query = _median(name(f"first__{code}"), name(f"median__{code}"))
        yield Statement(table, query, ("first_points",), "peer_group", by_unit=False)
    held = [*held, *(column for column, _ in first), *(f"median__{code}" for code in filled)]
    joins = "".join(f" left join {table} using (peer_group)" for table in medians)
    query = select(run.write, f"first_points{joins}", held, *sums, known=known)
    yield Statement("summed", query, ("first_points", *medians))


def _keys(program: Program, table: str) -> str:
    """Return what figures of the peers are joined by: the group, and a rank by its value too."""
    if table == "peers":
        return "peer_group"
    ranked = [column for figure, column in program.peer_figures if figure not in _AGGREGATES]
    return f"peer_group, {name(ranked[int(table.removeprefix('ranks'))])}"


def _median(column: str, median: str) -> str:
    """Write each peer group's lower median: the least value that half of the values reach."""
    return (
        f"select peer_group, min(case when 2 * upto >= whole then {column} end) as {median} from"
        f" (select peer_group, {column},"
        f" sum(n) over (partition by peer_group order by {column}"
        " rows between unbounded preceding and current row) as upto,"
        " sum(n) over (partition by peer_group) as whole"
        f" from {_how_often('first_points', column)}) as running group by peer_group"
    )


def _later(run: _Writer) -> dict[str, Expression]:
    """Return the final points of the indicators that medians or gates may still change."""
    later = {}
    for scored in run.program.scored:
        code = scored.indicator.code
        first = Column(f"first__{code}")
        points: Expression = first
        if scored.missing == "peer_median":
            points = Choice(((Compare(first, ">=", Whole(0)), first),), Column(f"median__{code}"))
        points = zeroed(points, code, run.program.scheme)
        if points != first:
            later[code] = _where_it_applies(run, points, code)
    return later


def _where_it_applies(run: _Writer, points: Expression, code: str) -> Expression:
    exempt = Compare(Column(f"exempt__{code}"), "=", Whole(1))
    return Choice(((exempt, GAP),), points) if code in run.masks else points


def _peer_columns(run: _Writer) -> list[str]:
    derived = [column for column, _ in run.program.derived]
    figures = [peer_column(figure, column) for figure, column in run.program.peer_figures]
    return [*_input_columns(run), *derived, *figures]


def _filled(program: Program) -> list[str]:
    return [s.indicator.code for s in program.scored if s.missing == "peer_median"]


def _places() -> Iterator[Statement]:
    """Make the rank of every total in its peer group."""
    query = _rank_of_each("summed", "total", True, "place")
    yield Statement("places", query, ("summed",), "peer_group", by_unit=False)


def _breakers(program: Program) -> list[str]:
    grading = program.scheme.grading
    if grading is None:
        return []
    leaves = {s.indicator.code for s in program.scored}
    return [f"{'points' if c in leaves else 'node'}__{c}" for c in grading.tie_breakers]


def _first_grade(program: Program, grading: Grading) -> Expression:
    """Number the grades from 1, the best: the first whose threshold is reached, under ceilings."""
    codes = [grade.code for grade in grading.grades]
    cases = tuple(
        (Compare(Column("total"), ">=", Whole(thousandths(grade.at_least))), Whole(number))
        for number, grade in enumerate(grading.grades, start=1)
    )
    reached: Expression = Choice(cases, Whole(len(codes) + 1))
    ceilings: list[Expression] = [
        Choice(((_failed(code), Whole(codes.index(ceiling) + 1)),), Whole(1))
        for code, ceiling in _ceilings(program)
    ]
    return Greatest((reached, *ceilings)) if ceilings else reached


def _ceilings(program: Program) -> list[tuple[str, str]]:
    gates = [(gate.code, gate.ceiling) for gate in program.scheme.gates if gate.ceiling]
    return gates + [(veto.code, veto.ceiling) for veto in program.scheme.vetoes]


def _failed(code: str) -> Compare:
    return Compare(Column(f"failed__{code}"), "=", Whole(1))


_QUOTA_SCOPES = {"peer_group": "peer_group", "parent": "parent", "all": "1"}


def _graded(run: _Writer, quotas: Mapping[str, Fraction]) -> Iterator[Statement]:
    """Grade by thresholds and ceilings, then apply the quotas from the best grade down.

    Who is over a quota takes the next grade. The tables are narrow.
    """
    grading = run.program.scheme.grading
    breakers = [name(column) for column in _breakers(run.program)]
    columns = ", ".join(["unit", "peer_group", "parent", *run.carried, "total", *breakers])
    first = run.write(_first_grade(run.program, grading)) if grading else "cast(null as bigint)"
    yield Statement(
        "graded0",
        f"select {columns}, case when graded and total is not null then {first} end as grade"
        " from summed",
        ("summed",),
    )
    table = "graded0"
    for number, grade in enumerate(grading.grades if grading else [], start=1):
        if grading is None or grade.code not in quotas:
            continue
        share = quotas[grade.code]
        within = f"partition by {_QUOTA_SCOPES[grading.within]}"
        order = ", ".join(["total desc", *(f"{c} desc nulls last" for c in breakers), "unit"])
        if grading.ties == "order":
            place = f"row_number() over ({within}, grade order by {order})"
        else:
            place = f"count(*) over ({within}, grade order by total desc)"
        over = f"count(grade) over ({within}) * {share.numerator} < {place} * {share.denominator}"
        yield Statement(
            f"graded{number}",
            f"select {columns}, case when grade = {number} and {over}"
            f" then {number + 1} else grade end as grade from {table}",
            (table,),
            grading.within,
        )
        table = f"graded{number}"
    none = "cast(null as bigint)"
    number = run.program.grades
    given = f"case when grade <= {number} then cast(grade as bigint) else {none} end"
    kept = ", ".join(["unit", "peer_group", *run.carried, "total"])
    given = given if number else none
    if run.whole_groups:
        place = "rank() over (partition by peer_group order by total desc nulls last)"
        place = f"case when total is not null then {place} end"
        query = f"select {kept}, {place} as {name('rank')}, {given} as grade from {table}"
        yield Statement("totals", query, (table,), "peer_group")
        return
    query = (
        f"select {kept}, place as {name('rank')}, {given} as grade"
        f" from {table} left join places using (peer_group, total)"
    )
    yield Statement("totals", query, (table, "places"))


_OUTCOME = (
    f"select s.*, t.{name('rank')}, t.grade from summed s join totals t on t.unit = s.unit"
    f" order by s.peer_group, t.{name('rank')} nulls last, s.unit"
)
"""The wide result, in an order that never depends on how it was computed."""
