"""One run: a scheme carried out on typed tables, its outcome left in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from fractions import Fraction

import duckdb

from ronghe.analysis.errors import Place, Problem, ProblemsError, errors_among
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.program import Program, compile_scheme
from ronghe.analysis.scoring.sql import name, text
from ronghe.analysis.scoring.statements import statements
from ronghe.engine.checks import check_tables, missing_inputs, sources_of
from ronghe.engine.database import Database
from ronghe.engine.intake import RawTable, take_in
from ronghe.engine.steps import Steps, carry_out

Stage = Callable[[str], AbstractContextManager[None]]
"""What surrounds a stage of a run, named ``check`` or ``compute``: progress and timing."""


Compute = Callable[[duckdb.DuckDBPyConnection, Program, Mapping[str, Fraction]], None]
"""Carries a program out on the typed tables, by the grades' quotas, and leaves ``outcome``."""


def _unwatched(_stage: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: its program, what was left aside, and row counts; the outcome is in `con`."""

    con: duckdb.DuckDBPyConnection
    program: Program
    rows: Mapping[str, int]
    left_out: int
    warnings: tuple[Problem, ...]


def appraise(
    con: duckdb.DuckDBPyConnection,
    scheme: Scheme,
    tables: Sequence[RawTable],
    *,
    quotas: Mapping[str, Fraction],
    other_periods: bool = False,
    stage: Stage = _unwatched,
    compute: Compute | None = None,
) -> Run:
    """Carry out a checked scheme on the raw tables; the table ``outcome`` holds the result.

    Parameters
    ----------
    quotas
        The share (0 to 1) of those graded that a grade may have, by grade code.
    other_periods
        Leave records of other periods out; otherwise they are problems.
    stage
        Surrounds each stage.
    compute
        Computes elsewhere, as on Spark; without it the database does.

    Raises
    ------
    ProblemsError
        Everything wrong with the data, together; nothing was computed.
    """
    with stage("check"):
        found = _taken_in(con, tables, scheme)
        program, warnings = _checked(con, scheme, tables, found, other_periods)
    with stage("compute"):
        (compute or _compute)(con, program, quotas)
    return Run(con, program, _rows(con, tables), _left_out(con, scheme), warnings)


def appraise_typed(
    con: duckdb.DuckDBPyConnection,
    scheme: Scheme,
    tables: Sequence[RawTable],
    *,
    quotas: Mapping[str, Fraction],
    other_periods: bool = False,
) -> Run:
    """Do the same as `appraise` with tables that are typed already."""
    program, warnings = _checked(con, scheme, tables, [], other_periods)
    _compute(con, program, quotas)
    return Run(con, program, _rows(con, tables), _left_out(con, scheme), warnings)


def _checked(
    con: duckdb.DuckDBPyConnection,
    scheme: Scheme,
    tables: Sequence[RawTable],
    found: Sequence[Problem],
    other_periods: bool,
) -> tuple[Program, tuple[Problem, ...]]:
    """Check typed tables; return the compiled scheme and what is only to be warned of."""
    problems = [*found, *check_tables(con, tables, scheme, other_periods=other_periods)]
    if errors_among(problems):
        raise ProblemsError(problems)
    program = compile_scheme(scheme)
    return program, (*problems, *silences(program, _heard(con, scheme)))


def _taken_in(
    con: duckdb.DuckDBPyConnection, tables: Sequence[RawTable], scheme: Scheme
) -> list[Problem]:
    """Take the raw tables in; name those that turn out to be damaged while they are read."""
    try:
        return take_in(con, tables, scheme)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        found = str(error).partition("\n")[0]
        damaged = [table for table in tables if not _readable(con, table)]
        if not damaged:
            raise
        problems = [Problem("data-unreadable", table.sources[0].place, found) for table in damaged]
        raise ProblemsError(problems) from error


def _readable(con: duckdb.DuckDBPyConnection, table: RawTable) -> bool:
    try:
        con.execute(
            f"select max(hash({', '.join(map(name, table.columns))})) from raw_{table.name}"
        )
    except duckdb.Error:
        return False
    return True


def _compute(
    con: duckdb.DuckDBPyConnection, program: Program, quotas: Mapping[str, Fraction]
) -> None:
    carry_out(
        con,
        steps_of(con, program, quotas),
        after=lambda table: refuse_gaps(con, program) if table == "inputs" else None,
    )


def steps_of(con: Database, program: Program, quotas: Mapping[str, Fraction]) -> Steps:
    """Return how to write a run's statements, with what ``exemptions`` exempts units from."""
    exempt = con.execute(
        f"select distinct indicator from exemptions where scheme = {text(program.scheme.scheme)}"
    ).fetchall()
    return lambda arithmetic: statements(
        program, exempt=[code for (code,) in exempt], quotas=quotas, arithmetic=arithmetic
    )


def refuse_gaps(con: Database, program: Program) -> None:
    """Raise the gaps in ``inputs`` that the scheme does not allow."""
    needed = [
        (s.indicator.code, str(s.indicator.title), [column.name for column in s.needs])
        for s in program.scored
        if s.missing == "error"
    ]
    if problems := missing_inputs(con, needed):
        raise ProblemsError(problems)


@dataclass(frozen=True, slots=True)
class Heard:
    """What there are data about: figures and targets by measure and period, kinds of record."""

    measures: Set[tuple[str, str]]
    targets: Set[tuple[str, str]]
    kinds: Set[str]


def _heard(con: duckdb.DuckDBPyConnection, scheme: Scheme) -> Heard:
    since, until = scheme.period.since.isoformat(), scheme.period.until.isoformat()
    kinds = con.execute(
        f"select distinct kind from records where day between date '{since}' and date '{until}'"
    ).fetchall()
    figures = "select distinct measure, period from"
    return Heard(
        set(con.execute(f"{figures} measures").fetchall()),
        set(con.execute(f"{figures} targets").fetchall()),
        {kind for (kind,) in kinds},
    )


def silences(program: Program, heard: Heard) -> list[Problem]:
    """Warn of measures, targets and kinds of record that the scheme reads and nobody has."""
    scheme = program.scheme
    problems = []
    for measure, period in {
        (s.measure, s.period) for s in sources_of(scheme) if s.kind == "measure"
    }:
        label = scheme.period.label if period == "current" else scheme.period.previous
        if (measure, label) not in heard.measures:
            problems.append(_silence("measure-without-values", "measures", measure, label))
    for measure in _targeted(program):
        label = scheme.period.label
        if (measure, label) not in heard.targets:
            problems.append(_silence("measure-without-targets", "targets", measure, label))
    for kind in _expected_kinds(scheme) - heard.kinds:
        problems.append(_silence("kind-without-records", "records", kind, None))
    return sorted(problems, key=lambda problem: (problem.code, problem.found))


def _silence(code: str, table: str, found: str, expected: str | None) -> Problem:
    return Problem(code, Place(table), found, expected, severity="warning")


def _targeted(program: Program) -> set[str]:
    """Return the measures that are compared with targets of the data."""
    sources = (one.source for one in program.inputs if one.target)
    return {source.measure for source in sources if source.kind == "measure"}


def _expected_kinds(scheme: Scheme) -> set[str]:
    """Return the kinds of record that earn points; of the others none is good news."""
    return {
        kind
        for indicator in scheme.leaves()
        if indicator.source.kind == "records" and indicator.rule.kind != "deduction"
        for kind in indicator.source.of
    }


def _rows(con: duckdb.DuckDBPyConnection, tables: Sequence[RawTable]) -> dict[str, int]:
    counts = {}
    for table in tables:
        row = con.execute(f"select count(*) from {table.name}").fetchone()
        counts[table.name] = int(row[0]) if row else 0
    return counts


def _left_out(con: duckdb.DuckDBPyConnection, scheme: Scheme) -> int:
    since, until = scheme.period.since.isoformat(), scheme.period.until.isoformat()
    row = con.execute(
        f"select count(*) from records where day not between date '{since}' and date '{until}'"
    ).fetchone()
    return int(row[0]) if row else 0
