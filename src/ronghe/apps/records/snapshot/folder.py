"""Writing the tables, each as a Parquet file with the columns that the engine declares."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ronghe.apps.records.models import Measure, Target
from ronghe.apps.records.numbers import Period, period_of
from ronghe.apps.records.snapshot.reading import one_read
from ronghe.apps.records.snapshot.tree import Tree, tree_of
from ronghe.apps.records.snapshot.work import figure_rows, record_rows
from ronghe.apps.registry.models import Node
from ronghe.engine.catalogue import CATALOGUE

Provider = Callable[[Node, Period, Tree], Iterable[tuple[Any, ...]]]
_PROVIDERS: dict[str, Provider] = {
    "measures": lambda county, period, tree: figure_rows(Measure, county, period, tree),
    "targets": lambda county, period, tree: figure_rows(Target, county, period, tree),
    "records": record_rows,
}
_TYPES = {"text": "varchar", "number": "decimal(28, 6)", "date": "date", "flag": "varchar"}
_FLAGS = {True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the folder and how many rows of each table."""

    folder: Path
    rows: dict[str, int]


def provides(table: str) -> Callable[[Provider], Provider]:
    """Register who gives the rows of a data table, in the order of the engine's columns.

    The provider is called inside the one read transaction and only reads.
    """

    def register(provider: Provider) -> Provider:
        if table not in CATALOGUE:
            raise KeyError(table)
        _PROVIDERS[table] = provider
        return provider

    return register


def write_folder(folder: Path, *, county: Node, period: Period | str) -> Written:
    """Write the data folder of a county and a period; the folder is made and must be new.

    Units are those of the period's last day, records those of the period that stand, figures
    those of the period and the one before. A period without its own days is given by its label.
    """
    chosen = period_of(period) if isinstance(period, str) else period
    folder.mkdir(parents=True)
    rows = {}
    with one_read(), duckdb.connect() as con:
        tree = tree_of(county, chosen.until)
        rows["units"] = _write(con, folder, "units", tree.rows)
        for table, provider in _PROVIDERS.items():
            rows[table] = _write(con, folder, table, provider(county, chosen, tree))
    return Written(folder, rows)


def _write(
    con: duckdb.DuckDBPyConnection, folder: Path, table: str, rows: Iterable[tuple[Any, ...]]
) -> int:
    """Write a table by way of a text file that is gone afterwards; return how many rows.

    Parquet keeps text that looks like a formula as the text it is.
    """
    aside, spec = folder / f".{table}.csv", CATALOGUE[table]
    many = 0
    with aside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for many, row in enumerate(rows, start=1):  # noqa: B007 - the last is how many
            writer.writerow(_FLAGS[one] if isinstance(one, bool) else one for one in row)
    columns = {column.name: _TYPES[column.kind] for column in spec.columns}
    try:
        con.execute(
            "copy (select * from read_csv($file, columns = $columns, header = false,"
            " auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '',"
            " new_line = '\\n', parallel = false))"
            f" to '{str(folder / table).replace(chr(39), chr(39) * 2)}.parquet'"
            " (format parquet, compression zstd)",
            {"file": str(aside), "columns": columns},
        )
    finally:
        aside.unlink()
    return many
