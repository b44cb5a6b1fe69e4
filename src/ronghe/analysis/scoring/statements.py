"""A compiled scheme as a list of SQL statements, each making one table.

The typed tables that the statements read are those of `ronghe.engine.tables`; what they leave
behind is ``outcome``: one row per unit with inputs, points, sums, total, rank and grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

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
from ronghe.analysis.scoring.inputs_sql import input_queries
from ronghe.analysis.scoring.program import Program, applied, zeroed
from ronghe.analysis.scoring.rules import peer_column
from ronghe.analysis.scoring.sql import name, text, to_sql
from ronghe.analysis.scoring.stages import select


@dataclass(frozen=True, slots=True)
class Statement:
    """One step: the table it makes and the query that makes it."""

    table: str
    query: str


UNIT_COLUMNS = ("unit", "name", "peer_group", "parent", "graded")


def statements(
    program: Program, *, exempt: Iterable[str] = (), quotas: dict[str, Fraction] | None = None
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
    """
    masks = dict(_masks(program, frozenset(exempt)))
    steps = [Statement("assessed", _assessed(program))]
    if any(
        isinstance(i.source, RecordsSource) and i.source.scope == "subtree" for i in program.inputs
    ):
        steps.append(Statement("records_below", _RECORDS_BELOW))
    steps.append(Statement("inputs", _inputs(program, frozenset(exempt), masks)))
    steps += _peers(program)
    steps.append(Statement("first_points", _first_points(program, masks)))
    if _filled(program):
        steps.append(Statement("medians", _medians(program)))
    steps.append(Statement("summed", _summed(program, masks)))
    steps.append(Statement("ranked", _ranked(program)))
    steps += _graded(program, quotas or {})
    steps.append(Statement("outcome", _outcome(program)))
    return steps


def _assessed(program: Program) -> str:
    scheme = program.scheme
    return (
        f"select {', '.join(UNIT_COLUMNS)} from units"
        f" where kind = {text(scheme.appraises)} and level = {text(scheme.level)}"
    )


_RECORDS_BELOW = (
    "select b.above as unit, r.kind, r.day, r.quantity, r.quality, r.object, r.verified"
    " from records r join below b on r.unit = b.unit"
)


def _inputs(program: Program, exempt: frozenset[str], masks: Mapping[str, str]) -> str:
    """Join the sources to the units; what does not apply to a unit is a gap there."""
    queries = [f"({query}) as q{n}" for n, query in enumerate(input_queries(program))]
    joins = "".join(f" left join {query} on q{n}.unit = a.unit" for n, query in enumerate(queries))
    flags = "".join(
        f", cast(max(case when indicator = {text(code)} then 1 end) as bigint) as {name(code)}"
        for code in sorted(exempt)
    )
    if flags:
        joins += (
            f" left join (select unit{flags} from exemptions"
            f" where scheme = {text(program.scheme.scheme)} group by unit) as x on x.unit = a.unit"
        )
    columns = [f"a.{column}" for column in UNIT_COLUMNS]
    for one in program.inputs:
        value = _without_gaps(one.source, name(one.column))
        if one.code in masks:
            value = f"case when {masks[one.code]} then null else {value} end"
        columns.append(f"{value} as {name(one.column)}")
    columns += [
        f"case when {mask} then 1 else 0 end as {name('exempt__' + code)}"
        for code, mask in masks.items()
    ]
    inner = f"select {', '.join(columns)} from assessed a{joins}"
    held = _input_columns(program, masks)
    return select(f"({inner}) as i", held, program.derived) if program.derived else inner


def _input_columns(program: Program, masks: Mapping[str, str]) -> list[str]:
    exempt = [f"exempt__{code}" for code in masks]
    return [*UNIT_COLUMNS, *(one.column for one in program.inputs), *exempt]


def _without_gaps(source: object, column: str) -> str:
    """Count no records as none: only a mean and a share can be missing."""
    if isinstance(source, RecordsSource) and source.function in ("count", "sum", "distinct"):
        return f"coalesce({column}, 0)"
    return column


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


def _peers(program: Program) -> Iterator[Statement]:
    """Make the peer groups' figures, and a narrow table for each ranking."""
    figures = [(f, c) for f, c in program.peer_figures if f in _AGGREGATES]
    ranks = [(f, c) for f, c in program.peer_figures if f not in _AGGREGATES]
    columns = "".join(
        f", cast({_AGGREGATES[figure].format(name(column))} as {_sum_type(figure)})"
        f" as {name(peer_column(figure, column))}"
        for figure, column in figures
    )
    yield Statement("peers", f"select peer_group{columns} from inputs group by peer_group")
    for number, (figure, column) in enumerate(ranks):
        order = "desc" if figure == "rank_more" else "asc"
        yield Statement(
            f"ranks{number}",
            f"select unit, cast(rank() over (partition by peer_group"
            f" order by {name(column)} {order}) as bigint) as {name(peer_column(figure, column))}"
            f" from inputs where {name(column)} is not null",
        )


def _sum_type(figure: str) -> str:
    return "decimal(38,0)" if figure == "total" else "bigint"


def _later(program: Program, masks: Mapping[str, str]) -> dict[str, Expression]:
    """Return the final points of the indicators that medians or gates may still change."""
    later = {}
    for scored in program.scored:
        code = scored.indicator.code
        first = Column(f"first__{code}")
        points: Expression = first
        if scored.missing == "peer_median":
            points = Choice(((Compare(first, ">=", Whole(0)), first),), Column(f"median__{code}"))
        points = zeroed(points, code, program.scheme)
        if points != first:
            later[code] = _where_it_applies(points, code, masks)
    return later


def _where_it_applies(points: Expression, code: str, masks: Mapping[str, str]) -> Expression:
    exempt = Compare(Column(f"exempt__{code}"), "=", Whole(1))
    return Choice(((exempt, GAP),), points) if code in masks else points


def _first_points(program: Program, masks: Mapping[str, str]) -> str:
    """Write every indicator's points before medians, beside the figures they rest on."""
    figures = [f for f, _ in program.peer_figures]
    ranks = [peer_column(f, c) for f, c in program.peer_figures if f not in _AGGREGATES]
    joins = "".join(f" left join ranks{n} using (unit)" for n in range(len(ranks)))
    if len(ranks) < len(figures):
        joins += " join peers using (peer_group)"
    later = _later(program, masks)
    made = []
    for scored in program.scored:
        code = scored.indicator.code
        column = f"first__{code}" if code in later else f"points__{code}"
        made.append((column, _where_it_applies(applied(scored), code, masks)))
    return select(f"inputs{joins}", _peer_columns(program, masks), made)


def _peer_columns(program: Program, masks: Mapping[str, str]) -> list[str]:
    derived = [column for column, _ in program.derived]
    figures = [peer_column(figure, column) for figure, column in program.peer_figures]
    return [*_input_columns(program, masks), *derived, *figures]


def _filled(program: Program) -> list[str]:
    return [s.indicator.code for s in program.scored if s.missing == "peer_median"]


def _medians(program: Program) -> str:
    """Make the peers' lower median of each indicator that fills gaps with it."""
    placed, median = [], []
    for number, code in enumerate(_filled(program)):
        column = name(f"first__{code}")
        placed.append(
            f"{column}, row_number() over (partition by peer_group order by {column} nulls last)"
            f" as p{number}, count({column}) over (partition by peer_group) as c{number}"
        )
        median.append(
            f"max(case when 2 * p{number} - c{number} between 0 and 1 then {column} end)"
            f" as {name('median__' + code)}"
        )
    return (
        f"select peer_group, {', '.join(median)} from"
        f" (select peer_group, {', '.join(placed)} from first_points) as placed"
        " group by peer_group"
    )


def _summed(program: Program, masks: Mapping[str, str]) -> str:
    """Write what strikes and the final points, then layer by layer groups, pools and total."""
    joins = " left join medians using (peer_group)" if _filled(program) else ""
    later = _later(program, masks)
    codes = [scored.indicator.code for scored in program.scored]
    columns = [
        *_peer_columns(program, masks),
        *(f"first__{code}" if code in later else f"points__{code}" for code in codes),
        *(f"median__{code}" for code in _filled(program)),
    ]
    final = tuple((f"points__{code}", expression) for code, expression in later.items())
    return select(f"first_points{joins}", columns, program.strikes, final, *program.sums)


def _ranked(program: Program) -> str:
    """Write total, rank and the grade by thresholds and ceilings, on a narrow table."""
    grading = program.scheme.grading
    breakers = _breakers(program)
    columns = "".join(f", {name(column)}" for column in breakers)
    grade = to_sql(_first_grade(program, grading)) if grading else "cast(null as bigint)"
    return (
        f"select unit, peer_group, parent, graded, total{columns},"
        " case when total is not null then cast(rank() over (partition by peer_group"
        " order by total desc nulls last) as bigint) end as place,"
        f" case when graded and total is not null then {grade} end as grade"
        " from summed"
    )


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


def _graded(program: Program, quotas: dict[str, Fraction]) -> Iterator[Statement]:
    """Apply the quotas from the best grade down: who is over one takes the next grade."""
    grading = program.scheme.grading
    breakers = [name(column) for column in _breakers(program)]
    columns = ", ".join(["unit", "peer_group", "parent", "total", *breakers, "place"])
    table = "ranked"
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
        )
        table = f"graded{number}"
    yield Statement("graded", f"select unit, place, grade from {table}")


def _outcome(program: Program) -> str:
    """Write the wide result, in an order that never depends on how it was computed."""
    none = "cast(null as bigint)"
    grade = f"case when g.grade <= {program.grades} then cast(g.grade as bigint) else {none} end"
    return (
        f"select s.*, g.place as {name('rank')}, {grade if program.grades else none} as grade"
        " from summed s join graded g on g.unit = s.unit"
        " order by s.peer_group, g.place nulls last, s.unit"
    )
