"""Write the tables in the form that was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import duckdb
import xlsxwriter

Format = Literal["csv", "parquet", "xlsx"]

MOST_MEMBERS_IN_EXCEL = 70_000
"""A sheet ends at row 1,048,576; a member leaves about 14 records."""

_DATED = datetime(2025, 12, 31)  # noqa: DTZ001 - an office file carries the period's date
_BATCH = 10_000


def write(
    con: duckdb.DuckDBPyConnection,
    tables: tuple[str, ...],
    parts: Path,
    out: Path,
    format: Format,
    tell: Callable[[int, str], None],
) -> dict[str, int]:
    """Write every table from its parts, county after county; return the rows of each."""
    rows = {}
    for table in tables:
        con.execute(f"create or replace temp view whole_{table} as {_all_of(parts / table)}")
        counted = con.execute(f"select count(*) from whole_{table}").fetchone()
        rows[table] = counted[0] if counted else 0
    if format == "xlsx":
        _write_workbook(con, tables, out / "data.xlsx", tell)
        return rows
    for done, table in enumerate(tables, start=1):
        if format == "csv":
            _write_csv(con, table, out / f"{table}.csv")
        elif table == "records":
            (parts / table).rename(out / table)
        else:
            file = out / f"{table}.parquet"
            con.execute(
                f"copy whole_{table} to {to_write(file)} (format parquet, compression zstd)"
            )
        tell(done, table)
    return rows


def _all_of(folder: Path) -> str:
    files = ", ".join(to_read(file) for file in sorted(folder.glob("*.parquet")))
    return f"select * from read_parquet([{files}])"


def to_write(file: Path) -> str:
    """Write a file's name as SQL text, for a file to be written."""
    return "'" + str(file).replace("'", "''") + "'"


def to_read(file: Path) -> str:
    """Write a file's name as SQL text, for a file to be read: no character is a pattern."""
    return re.sub(r"([\[*?])", r"[\1]", to_write(file))


def _write_csv(con: duckdb.DuckDBPyConnection, table: str, file: Path) -> None:
    """Write UTF-8 text; decimals as short as they can be."""
    columns = ", ".join(
        f"rtrim(rtrim({name}::varchar, '0'), '.') as {name}" if kind.startswith("DECIMAL") else name
        for name, kind, *_ in con.execute(f"describe whole_{table}").fetchall()
    )
    con.execute(f"copy (select {columns} from whole_{table}) to {to_write(file)} (header)")


def _write_workbook(
    con: duckdb.DuckDBPyConnection,
    tables: tuple[str, ...],
    file: Path,
    tell: Callable[[int, str], None],
) -> None:
    """Write one sheet for each table, row by row; memory holds one row."""
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    book.set_properties({"title": "演示数据", "author": "ronghe", "created": _DATED})
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for done, table in enumerate(tables, start=1):
        sheet = book.add_worksheet(table)
        found = con.execute(f"select * from whole_{table}")
        names = [column[0] for column in found.description or []]
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(names) - 1, 16)
        sheet.write_row(0, 0, names, bold)
        number = 1
        while batch := found.fetchmany(_BATCH):
            for row in batch:
                _write_row(sheet, number, row, day)
                number += 1
        tell(done, table)
    book.close()


def _write_row(sheet: Any, number: int, row: tuple[Any, ...], day: Any) -> None:
    for column, value in enumerate(row):
        match value:
            case None:
                continue
            case date():
                sheet.write_datetime(number, column, value, day)
            case int() | Decimal():
                sheet.write_number(number, column, float(value))
            case _:
                sheet.write_string(number, column, str(value))
