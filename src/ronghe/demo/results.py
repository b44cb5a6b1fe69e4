"""Totals of one scheme as another scheme reads them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from ronghe.demo.writing import to_read, to_write


def hand_down(totals: Path, data: Path, *, scheme: str = "township-fusion") -> int:
    """Put a run's totals into ``results.csv`` of a data folder, for units and their cadres.

    A leading cadre takes the total of the organisation above. Totals of other schemes stay.

    Parameters
    ----------
    totals
        ``totals.csv`` of a run: at least the columns unit and total.
    data
        A folder with ``units.csv``; its ``results.csv`` is replaced, or made.

    Returns
    -------
    The number of rows that were put in.
    """
    results, aside = data / "results.csv", data / "results.csv.part"
    with duckdb.connect() as con:
        con.execute(f"create table run as {_rows(totals)}")
        con.execute(f"create table units as {_rows(data / 'units.csv')}")
        con.execute("create table results (scheme varchar, unit varchar, total varchar)")
        if results.exists():
            con.execute(f"insert into results by name {_rows(results)} where scheme <> ?", [scheme])
        con.execute(
            "insert into results select $1, unit, total from run where total is not null union all"
            " select $1, u.unit, r.total from units u join run r on r.unit = u.parent"
            " where u.kind = 'cadre' and r.total is not null",
            [scheme],
        )
        added = con.execute("select count(*) from results where scheme = ?", [scheme]).fetchone()
        con.execute(
            f"copy (select * from results order by scheme, unit) to {to_write(aside)} (header)"
        )
    aside.replace(results)
    return added[0] if added else 0


def _rows(file: Path) -> str:
    return f"select * from read_csv({to_read(file)}, header = true, all_varchar = true)"
