"""Packing: any checked data into a store, cut and sorted along the organisation tree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from ronghe.analysis.errors import Place, Problem, ProblemsError, errors_among
from ronghe.analysis.scoring.sql import text
from ronghe.analysis.scoring.tallies import Bounds
from ronghe.engine.catalogue import CATALOGUE
from ronghe.engine.checks import check_data
from ronghe.engine.intake import RawTable, stored, take_in
from ronghe.engine.store import ABOVE, Kind, Part, names_a_folder, part_folder, write_manifest


def pack(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[RawTable],
    level: str,
    folder: Path,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Check raw tables and write them into a folder as a store.

    Parameters
    ----------
    level
        The level of the units that head the parts, such as ``county``.

    Raises
    ------
    ProblemsError
        Everything wrong with the data, together; or no unit is of that level.
    """
    progress("check")
    problems = take_in(con, tables, None)
    problems += check_data(con, tables)
    if errors_among(problems):
        raise ProblemsError(problems)
    _place_units(con, level)
    progress("write")
    codes = [code for (code,) in con.execute(_PARTS).fetchall()]
    files = {code: _PartFiles(con, folder, code) for code in codes}
    for table in CATALOGUE:
        _write_table(con, table, files)
    spread = con.execute(_SPREAD).fetchall()
    parts = [files[code].part(number) for number, code in enumerate(codes)]
    write_manifest(folder, level, parts, _kinds(con), _bounds(con), spread)


_PARTS = "select part_code from place group by part_code, part_number order by part_number"

_SPREAD = (
    "select kind, level from (select kind, level, peer_group from units join place using (unit)"
    " group by kind, level, peer_group having count(distinct part_number) > 1) as groups"
    " group by kind, level order by kind, level"
)


def _place_units(con: duckdb.DuckDBPyConnection, level: str) -> None:
    """Make the table ``place``: each unit's part and its position along the organisation path.

    A unit of the level under another of that level belongs to the part of the upper one.
    """
    where = Place("units", column="level")
    heads = con.execute(f"select unit from units where level = {text(level)}").fetchall()
    if not heads:
        raise ProblemsError([Problem("no-unit-of-level", where, found=level)])
    if wrong := sorted(code for (code,) in heads if not names_a_folder(code) or code == ABOVE):
        raise ProblemsError([Problem("part-code-unfit", where, code) for code in wrong])
    con.execute(
        "create or replace table place as with recursive down(unit, part_code, path) as ("
        f" select unit, case when level = {text(level)} then unit else {text(ABOVE)} end, [unit]"
        " from units where parent is null"
        " union all"
        f" select u.unit, case when d.part_code = {text(ABOVE)} and u.level ="
        f" {text(level)} then u.unit else d.part_code end,"
        " list_append(d.path, u.unit) from down d join units u on u.parent = d.unit)"
        " select unit, part_code, cast(dense_rank() over (order by part_code) - 1 as integer)"
        " as part_number, row_number() over (order by part_code, path) as position from down"
    )


class _PartFiles:
    """The files of a part as they are written."""

    def __init__(self, con: duckdb.DuckDBPyConnection, folder: Path, code: str) -> None:
        self.con, self.code = con, code
        self.folder = part_folder(folder, code)
        self.folder.mkdir(parents=True)
        self.files: dict[str, tuple[int, str]] = {}

    def write(self, table: str, rows: str) -> None:
        """Write a table's rows, if there are any."""
        path = self.folder / f"{table}.parquet"
        written = self.con.execute(
            f"copy ({rows}) to {text(str(path))}"
            " (format parquet, compression zstd, row_group_size 1000000)"
        ).fetchall()
        if not written[0][0]:
            path.unlink()
            return
        with path.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        self.files[table] = (int(written[0][0]), sha256)

    def part(self, number: int) -> Part:
        """Return what the manifest says of it."""
        name, units, first, last = self.con.execute(
            f"select max(case when unit = {text(self.code)} then name end), count(*), min(unit),"
            f" max(unit) from units join place using (unit) where part_number = {number}"
        ).fetchall()[0]
        return Part(self.folder, self.code, name or "", units, first, last, self.files)


def _write_table(con: duckdb.DuckDBPyConnection, table: str, files: dict[str, _PartFiles]) -> None:
    """Sort a table along the organisation path and write it part by part."""
    columns = ", ".join(stored(column) for column in CATALOGUE[table].columns)
    then = "record" if table == "records" else "source_number, row_number"
    con.execute(
        f"create or replace table sorted as select {columns}, part_number"
        f" from {table} join place using (unit) order by position, {then}"
    )
    held = con.execute("select distinct part_number from sorted order by 1").fetchall()
    inhabited = {number for (number,) in held}
    for number, part in enumerate(files.values()):
        if number in inhabited:
            part.write(table, f"select {columns} from sorted where part_number = {number}")
    con.execute("drop table sorted")


def _kinds(con: duckdb.DuckDBPyConnection) -> dict[str, Kind]:
    """Sum up the records of each kind: how many, from when to when, how fine their quantities."""
    finest = " ".join(
        f"when quantity % {10 ** (3 - digits)} = 0 then {digits}" for digits in range(3)
    )
    found = con.execute(
        f"select kind, count(*), min(day), max(day), max(case {finest} else 3 end)"
        " from records group by kind order by kind"
    ).fetchall()
    return {
        kind: Kind(rows, since.isoformat(), until.isoformat(), digits)
        for kind, rows, since, until, digits in found
    }


def _bounds(con: duckdb.DuckDBPyConnection) -> Bounds:
    found = con.execute(
        "select coalesce(max(n), 0), coalesce(max(most), 0) from"
        " (select count(*) as n, max(quantity) as most from records group by unit) as by_unit"
    ).fetchall()
    return Bounds(*found[0])
