"""The figures of an index out of a data folder: units, measures, everything wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.index import IndexModel, Series, Values
from ronghe.analysis.scheme.model import APPRAISED
from ronghe.analysis.scheme.parts import LEVELS
from ronghe.analysis.scoring.sql import name, text
from ronghe.engine.catalogue import CATALOGUE, MEASURES, UNITS
from ronghe.engine.database import connect
from ronghe.engine.intake import rows_at_fault
from ronghe.exchange.tables import RawTable, open_tables
from ronghe.exchange.tables.headings import table_named

_NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?"
_BLANKS = " \t\u3000\u00a0"
_KEYS = {"units": ("unit",), "measures": ("unit", "measure", "period")}


@dataclass(frozen=True, slots=True)
class Figures:
    """What an index is built from: figures, the names of the units, remarks on the files."""

    values: Values
    names: tuple[str, ...]
    warnings: list[Problem]


def read_figures(model: IndexModel, folder: Path) -> Figures:
    """Read the tables of units and measures (see ``docs/reference/data-tables.md``).

    Raises
    ------
    ProblemsError
        Everything wrong with the files and their rows, or no unit is what the index compares.
    """
    warnings: list[Problem] = []
    with TemporaryDirectory(prefix="ronghe-") as workdir, connect(temporary=workdir) as con:
        wanted = {spec.name: spec for spec in (UNITS, MEASURES)}
        tables = open_tables(con, folder, wanted, workdir=Path(workdir), warn=warnings.append)
        warnings = [one for one in warnings if not _of_another_table(one)]
        _tidy(con, tables)
        problems = [problem for table in tables for problem in _rows_wrong(con, table)]
        if problems:
            raise ProblemsError(problems)
        units = con.execute(
            "select unit, name, coalesce(peer_group, '') from units"
            f" where kind = {text(model.appraises)} and level = {text(model.level)} order by unit"
        ).fetchall()
        if not units:
            wanted_units = f"{model.appraises}, {model.level}"
            raise ProblemsError([Problem("no-units", Place(str(folder)), expected=wanted_units)])
        codes, names, groups = (tuple(map(str, column)) for column in zip(*units, strict=True))
        columns = _columns(con, model, codes)
    return Figures(Values(codes, columns, groups), names, warnings)


def _of_another_table(warning: Problem) -> bool:
    """Tell whether a file was passed over because it holds a table that no index reads."""
    stem = Path(warning.where.source).parts[:1]
    unused = warning.code == "file-not-used" and stem
    return bool(unused and table_named(Path(stem[0]).stem, CATALOGUE))


def _tidy(con: duckdb.DuckDBPyConnection, tables: Sequence[RawTable]) -> None:
    """Make both tables with all their columns, of text without blanks around it."""
    present = {table.name: table for table in tables}
    for spec in (UNITS, MEASURES):
        raw = present.get(spec.name)
        held = raw.columns if raw else ()
        cells = ", ".join(
            f"nullif(trim(cast({name(c.name)} as varchar), '{_BLANKS}'), '') as {name(c.name)}"
            if c.name in held
            else f"cast(null as varchar) as {name(c.name)}"
            for c in spec.columns
        )
        rows = f"from raw_{spec.name}" if raw else "where false"
        numbers = "row_number, source_number" if raw else "0 as row_number, 0 as source_number"
        con.execute(f"create table {spec.name} as select {cells}, {numbers} {rows}")


def _rows_wrong(con: duckdb.DuckDBPyConnection, raw: RawTable) -> Iterator[Problem]:
    """Yield what is wrong with the rows of a table."""
    spec = UNITS if raw.name == "units" else MEASURES
    for column in spec.columns:
        if column.required:
            empty = f"{name(column.name)} is null"
            yield from rows_at_fault(con, spec.name, raw, "missing-value", empty, column.name)
    keys = ", ".join(_KEYS[spec.name])
    again = (
        "(source_number, row_number) in (select (source_number, row_number) from (select"
        f" source_number, row_number, row_number() over (partition by {keys}"
        f" order by source_number, row_number) as n from {spec.name}) where n > 1)"
    )
    code = "duplicate-unit" if spec is UNITS else "duplicate-row"
    yield from rows_at_fault(con, spec.name, raw, code, again, _KEYS[spec.name][-1])
    if spec is UNITS:
        for column_name, words in (("kind", APPRAISED), ("level", LEVELS)):
            listed = ", ".join(map(text, words))
            yield from rows_at_fault(
                con,
                "units",
                raw,
                "word-not-allowed",
                f"{column_name} not in ({listed})",
                column_name,
                expected=text("、".join(words)),
            )
    else:
        unknown = "unit not in (select unit from units where unit is not null)"
        yield from rows_at_fault(con, "measures", raw, "unknown-unit", unknown, "unit")
        no_number = f"not regexp_full_match(value, '{_NUMBER}')"
        yield from rows_at_fault(con, "measures", raw, "not-a-number", no_number, "value")


def _columns(
    con: duckdb.DuckDBPyConnection, model: IndexModel, units: Sequence[str]
) -> dict[Series, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Return the figures of each series, one a unit, gaps as NaN."""
    columns = {series: np.full(len(units), np.nan) for series in model.series()}
    at = {unit: number for number, unit in enumerate(units)}
    wanted = ", ".join(f"({text(s.measure)}, {text(s.period)})" for s in columns)
    rows = con.execute(
        "select unit, measure, period, cast(value as double) from measures"
        f" where (measure, period) in ({wanted})"
    ).fetchall()
    for unit, measure, period, value in rows:
        if unit in at:
            columns[Series(measure, period)][at[unit]] = value
    return columns
