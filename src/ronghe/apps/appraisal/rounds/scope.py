"""A data folder cut down to the units of a round."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb


def keep_only(folder: Path, kind: str, level: str, chosen: Collection[str]) -> None:
    """Leave out the appraised units that are not chosen, and what tells of them.

    What stood below a unit left out stands below the next one above it from then on.
    """
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute("create table chosen as select unnest($1) as unit", [sorted(chosen)])
        con.execute(f"create table units as from {_read(folder / 'units.parquet')}")
        con.execute(
            "create table gone as select unit, parent from units"
            " where kind = $1 and level = $2 and unit not in (from chosen)",
            [kind, level],
        )
        if con.execute("select 1 from gone limit 1").fetchone() is None:
            return
        hung = (
            "update units set parent = gone.parent from gone where units.parent = gone.unit"
            " returning 1"
        )
        while con.execute(hung).fetchall():
            pass
        con.execute("delete from units where unit in (select unit from gone)")
        _write(con, "select * from units order by unit", folder / "units.parquet")
        for file in sorted(folder.glob("*.parquet")):
            if file.stem != "units":
                _without(con, file)


def _without(con: duckdb.DuckDBPyConnection, file: Path) -> None:
    columns = [row[0] for row in con.execute(f"describe from {_read(file)}").fetchall()]
    if "unit" in columns:
        con.execute(f"create or replace table kept as from {_read(file)}")
        _write(con, "from kept where unit not in (select unit from gone)", file)


def _read(file: Path) -> str:
    return f"read_parquet({_quoted(file)})"


def _write(con: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    con.execute(f"copy ({query}) to {_quoted(file)} (format parquet, compression zstd)")


def _quoted(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"
