"""Late corrections (更正) of a finished run: changed rows take the place of those they correct.

Rows with the key of an earlier row supersede it, others are new, and ``withdrawals`` take
records back. What they touch is computed again; what was stored before stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ronghe.analysis.errors import Place, Problem, ProblemsError, errors_among
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.sql import text
from ronghe.engine.catalogue import CATALOGUE, WITHDRAWALS
from ronghe.engine.checks import check_changes
from ronghe.engine.intake import (
    RawTable,
    SourceOfRows,
    empty,
    rows_at_fault,
    stored,
    take_in,
    type_table,
)
from ronghe.engine.outputs import points

KEYS = {
    "units": ("unit",),
    "measures": ("unit", "measure", "period"),
    "targets": ("unit", "measure", "period"),
    "records": ("record",),
    "ballots": ("ballot", "unit", "voter_group", "grade"),
    "expert_scores": ("panel", "unit", "expert"),
    "results": ("scheme", "unit"),
    "exemptions": ("scheme", "unit", "indicator"),
    "open_items": ("item",),
}
"""By table, the columns that say which row is meant."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A table after the correction, with the places its rows come from."""

    name: str
    columns: tuple[str, ...]
    sources: tuple[SourceOfRows, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    place: Place


def take_changes(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[RawTable],
    scheme: Scheme,
    *,
    other_periods: bool,
    as_written: bool = False,
) -> None:
    """Make a table ``changed_<name>`` of each raw table, checked as far as it can be alone.

    With `as_written` figures stay decimals, as a store keeps them.

    Raises
    ------
    ProblemsError
        Everything wrong with the changed rows, together; or there are none.
    """
    if not tables:
        raise ProblemsError([Problem("nothing-changed", Place())])
    ordinary = [table for table in tables if table.name in CATALOGUE]
    problems = take_in(con, ordinary, None if as_written else scheme)
    withdrawn = next((table for table in tables if table.name == WITHDRAWALS.name), None)
    if withdrawn:
        problems += type_table(con, WITHDRAWALS, withdrawn, {})
    problems += check_changes(con, ordinary, scheme, other_periods=other_periods)
    if errors_among(problems):
        raise ProblemsError(problems)
    for table in tables:
        con.execute(f"create or replace table changed_{table.name} as from {table.name}")
    for spec in (*CATALOGUE.values(), WITHDRAWALS):
        con.execute(f"drop table if exists {spec.name}")


def merged_rows(table: str, earlier: str, changed: Sequence[str], mine: str = "true") -> str:
    """Write a query that gives a table's rows after the correction.

    Parameters
    ----------
    earlier
        A query that gives the rows before.
    changed
        The tables that have changed rows.
    mine
        A condition for the changed rows that are meant.
    """
    columns = ", ".join(stored(column) for column in CATALOGUE[table].columns)
    rows = f"select {columns}, row_number, source_number from ({earlier}) as e"
    conditions = []
    if table in changed:
        same = " and ".join(f"c.{key} = e.{key}" for key in KEYS[table])
        conditions.append(f"not exists (select 1 from changed_{table} c where {same})")
    if table == "records" and WITHDRAWALS.name in changed:
        conditions.append(
            "not exists (select 1 from changed_withdrawals w"
            " where w.record = e.record and w.unit = e.unit)"
        )
    if conditions:
        rows += f" where {' and '.join(conditions)}"
    if table in changed:
        rows += (
            f" union all select {columns}, row_number, source_number + 1"
            f" from changed_{table} where {mine}"
        )
    return rows


def merge_into_tables(
    con: duckdb.DuckDBPyConnection, tables: Sequence[RawTable], kept: Path
) -> list[RawTable]:
    """Make the typed tables from those that a run kept and the changed rows.

    Returns the tables that have rows, with the places they come from.

    Raises
    ------
    ProblemsError
        Withdrawals name records that are not there.
    """
    raw = {table.name: table for table in tables}
    made: list[RawTable] = []
    for table, spec in CATALOGUE.items():
        file = kept / f"{table}.parquet"
        there = file.is_file()
        source = f"read_parquet({text(str(file))})" if there else f"({empty(spec)})"
        earlier = f"select * replace (0 as source_number) from {source} as kept"
        if table == "records":
            refuse_vain_withdrawals(con, raw, earlier)
        con.execute(f"create or replace table {table} as {merged_rows(table, earlier, list(raw))}")
        if there or table in raw:
            sources: list[SourceOfRows] = [_Kept(Place(f"inputs/{file.name}"))]
            sources += raw[table].sources if table in raw else ()
            names = tuple(column.name for column in spec.columns)
            made.append(Merged(table, names, tuple(sources)))
    return made


def refuse_vain_withdrawals(
    con: duckdb.DuckDBPyConnection, raw: Mapping[str, RawTable], records: str, mine: str = "true"
) -> None:
    """Raise withdrawals of records that the unit does not have.

    `records` is a query, `mine` a condition for the withdrawals that are meant.
    """
    if WITHDRAWALS.name not in raw:
        return
    missing = (
        f"{mine} and not exists (select 1 from ({records}) as r"
        " where r.record = changed_withdrawals.record and r.unit = changed_withdrawals.unit)"
    )
    table = raw[WITHDRAWALS.name]
    problems = rows_at_fault(con, "changed_withdrawals", table, "no-such-record", missing, "record")
    if problems:
        raise ProblemsError(problems)


@dataclass(frozen=True, slots=True)
class Changed:
    """For how many units a correction changed total or grade, and for how many the rank alone."""

    results: int
    ranks: int


def write_changes(con: duckdb.DuckDBPyConnection, before: str, after: str, path: Path) -> Changed:
    """Write what a correction changed for whom: first whose total or grade, then whose rank alone.

    Parameters
    ----------
    before, after
        Queries that give outcomes.
    """
    columns = ", ".join(
        f"{side}.{column} as {column}_{side}"
        for column in ("total", "rank", "grade")
        for side in ("before", "after")
    )
    con.execute(
        "create or replace table changes as select coalesce(after.unit, before.unit) as unit,"
        f" coalesce(after.name, before.name) as name, {columns},"
        " before.total is not distinct from after.total"
        " and before.grade is not distinct from after.grade as rank_alone"
        f" from ({before}) as before full join ({after}) as after on after.unit = before.unit"
        " where before.unit is null or after.unit is null"
        " or before.total is distinct from after.total or before.rank is distinct from after.rank"
        " or before.grade is distinct from after.grade"
    )
    shown = ", ".join(f"{points(c)} as {c}" for c in ("total_before", "total_after"))
    con.execute(
        f"copy (select * exclude (rank_alone) replace ({shown}) from changes"
        f" order by rank_alone, unit) to {text(str(path))} (format csv, header)"
    )
    found = con.execute(
        "select count(case when not rank_alone then 1 end), count(case when rank_alone then 1 end)"
        " from changes"
    ).fetchall()
    return Changed(*found[0])
