"""Data tables (数据表) from a folder of CSV, Excel and Parquet files into a database.

What may be in the folder, which encodings, limits and mistakes are known, is described in
``docs/reference/data-files.md``. Nothing is written into the folder. What reads a format is
imported when a file has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ronghe.analysis.errors import Problem, ProblemsError, errors_among
from ronghe.analysis.tables import TableSpec
from ronghe.exchange.tables.assembly import Assembly
from ronghe.exchange.tables.folder import Found, find_files
from ronghe.exchange.tables.model import Limits, RawTable, Source, refusal

if TYPE_CHECKING:
    import duckdb

__all__ = ["Limits", "RawTable", "Source", "open_tables"]


def open_tables(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    catalogue: Mapping[str, TableSpec],
    *,
    limits: Limits | None = None,
    workdir: Path | None = None,
    warn: Callable[[Problem], None] = lambda _: None,
) -> list[RawTable]:
    """Read every file of a folder that belongs to the catalogue into tables ``raw_<name>``.

    CSV and Excel become tables of text, Parquet a view that keeps its types. Several files and
    sheets may feed one table. Memory is bounded by the connection's own limit: rows stream.

    Parameters
    ----------
    catalogue
        The tables looked for, by English name.
    workdir
        Where temporary files go while reading; the system's place for them by default.
    warn
        Called with each warning (a file, sheet or column that is not used) if nothing is wrong.

    Raises
    ------
    ProblemsError
        All problems of all files together, warnings among them.
    """
    found, problems = find_files(folder, catalogue)
    with TemporaryDirectory(prefix="ronghe-", dir=workdir) as temporary:
        assembly = Assembly(con, limits or Limits(), Path(temporary), problems)
        for spec in catalogue.values():
            parts = [f for f in found if f.format == "parquet" and f.table is spec]
            if parts:
                from ronghe.exchange.tables.parquet import load_parquet

                load_parquet(assembly, spec, parts)
        for file in found:
            if file.format != "parquet":
                _load(assembly, file, catalogue)
    if errors_among(problems):
        raise ProblemsError(problems)
    for problem in problems:
        warn(problem)
    return assembly.tables()


def _load(assembly: Assembly, file: Found, catalogue: Mapping[str, TableSpec]) -> None:
    """Add a file to its table, or its problems to the others."""
    limits = assembly.limits
    most = limits.csv_bytes if file.format == "csv" else limits.workbook_bytes
    try:
        if (size := file.path.stat().st_size) > most:
            raise refusal("file-too-large", file.place, size, most)
        if file.format == "csv" and file.table:
            from ronghe.exchange.tables.delimited import load_csv

            load_csv(assembly, file, file.table)
        else:
            from ronghe.exchange.tables.excel import load_workbook

            load_workbook(assembly, file, catalogue)
    except ProblemsError as fault:
        assembly.problems += fault.problems
    except OSError as error:
        assembly.problems.append(Problem("file-unreadable", file.place, error.strerror))
