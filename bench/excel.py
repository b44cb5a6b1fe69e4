"""How fast Excel is read and written, against openpyxl, on the same data in one run.

    python -m bench.excel [rows]

Each way is timed three times in turn and the medians are compared. Reading means: file to table
of text in DuckDB with all checks of `ronghe.exchange.tables`, against openpyxl's
``load_workbook`` and a look at every value (and, beside it, its read-only mode, which keeps
nothing). Writing means `ronghe.exchange.workbook.write_sheets`, against a workbook of openpyxl
filled by ``append`` (and its write-only mode), and against plain XlsxWriter.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import duckdb
import openpyxl
import xlsxwriter

from ronghe.analysis.tables import ColumnKind, ColumnSpec, TableSpec
from ronghe.exchange.tables import open_tables
from ronghe.exchange.workbook import Sheet, write_sheets

KINDS: dict[str, ColumnKind] = {
    "record": "text",
    "unit": "text",
    "kind": "text",
    "date": "date",
    "quantity": "number",
    "quality": "number",
    "object": "text",
    "source": "text",
}
TABLE = TableSpec("records", "纪实", tuple(ColumnSpec(n, n, kind) for n, kind in KINDS.items()))
HEADINGS = list(KINDS)
REPEATS = 3


def rows(count: int) -> Iterator[list[Any]]:
    """Make rows such as a township hands in: codes, dates, figures, names and remarks."""
    chance = random.Random(1)  # noqa: S311
    for number in range(count):
        yield [
            f"R{number:06d}",
            f"QH{number % 5000:05d}",
            ("case", "visit", "job", "training")[number % 4],
            date(2025, 1, 1) + timedelta(days=number % 365),
            round(chance.random() * 1000, 2),
            number % 6,
            f"清河县第{number % 700}户",
            f"台账第 {number // 40} 页",
        ]


def read_ours(file: Path) -> int:
    """Read the folder of a file into DuckDB."""
    con = duckdb.connect()
    tables = open_tables(con, file.parent, {"records": TABLE})
    con.close()
    return tables[0].sources[0].rows


def read_openpyxl(file: Path, *, read_only: bool = False) -> int:
    """Read with openpyxl and look at every value."""
    book = openpyxl.load_workbook(file, read_only=read_only, data_only=True)
    count = sum(1 for row in book["records"].iter_rows(min_row=2, values_only=True) if any(row))
    book.close()
    return count


def write_ours(file: Path, data: list[list[Any]]) -> None:
    """Write with the project's writer."""
    write_sheets(file, [Sheet("records", HEADINGS, data)], created=date(2025, 12, 31))


def write_openpyxl(file: Path, data: list[list[Any]], *, write_only: bool = False) -> None:
    """Write with openpyxl."""
    book = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("records")
    for row in [HEADINGS, *data]:
        sheet.append(row)
    book.save(file)


def write_xlsxwriter(file: Path, data: list[list[Any]]) -> None:
    """Write with XlsxWriter, one row at a time, in constant memory."""
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("records")
    sheet.set_column(3, 3, 11, day)
    for number, row in enumerate([HEADINGS, *data]):
        sheet.write_row(number, 0, row)
    book.close()


def compare(title: str, ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Time each way in turn and print medians, and how many times the first is faster."""
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(REPEATS):
        for way, run in ways.items():
            start = perf_counter()
            run()
            seconds[way].append(perf_counter() - start)
    medians = {way: median(taken) for way, taken in seconds.items()}
    first = next(iter(medians.values()))
    print(title)
    for way, taken in medians.items():
        print(f"  {way:24} {taken:7.2f} s   ratio {taken / first:5.1f}")
    return {way: taken / first for way, taken in medians.items()}


def main(count: int = 100_000) -> None:
    """Print the comparison for so many rows of eight columns."""
    data = list(rows(count))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "data", "records.xlsx")
        file.parent.mkdir()
        other = Path(folder, "other.xlsx")
        compare(
            f"write {count} rows × {len(HEADINGS)} columns",
            {
                "ronghe": lambda: write_ours(file, data),
                "openpyxl": lambda: write_openpyxl(other, data),
                "openpyxl write-only": lambda: write_openpyxl(other, data, write_only=True),
                "XlsxWriter": lambda: write_xlsxwriter(other, data),
            },
        )
        if not read_ours(file) == read_openpyxl(file) == count:
            raise SystemExit("the two readers do not see the same rows")
        compare(
            f"read {count} rows × {len(HEADINGS)} columns",
            {
                "ronghe, with all checks": lambda: read_ours(file),
                "openpyxl": lambda: read_openpyxl(file),
                "openpyxl read-only": lambda: read_openpyxl(file, read_only=True),
            },
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
