"""From tables of text to the typed tables of a run, with every problem of every row.

A typed table has whole numbers for decimals (see `Scales`), dates, truth values and trimmed
text; an empty cell is a gap. Rows keep ``source_number`` and ``row_number`` so that a problem
can say where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import duckdb

from ronghe.analysis.errors import Place, Problem
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.expressions import FARTHEST
from ronghe.analysis.scoring.program import RECORD_SCALE
from ronghe.analysis.scoring.sql import name, text
from ronghe.analysis.tables import ColumnSpec, TableSpec
from ronghe.engine.catalogue import CATALOGUE, CORRECTIONS

SHOWN = 100
"""How many rows with the same problem are listed for a table; the rest are counted."""


class SourceOfRows(Protocol):
    """A file or sheet that fed a table."""

    @property
    def place(self) -> Place:
        """Return where it is."""
        ...


class RawTable(Protocol):
    """A table of text in the database under ``raw_<name>``, as a reader of files left it."""

    @property
    def name(self) -> str:
        """Return the table's English name."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that the files had, by English name."""
        ...

    @property
    def sources(self) -> Sequence[SourceOfRows]:
        """Return the files and sheets; ``source_number`` counts them from 0."""
        ...


FINEST = 6
"""The most digits after the point that any value has; those of measures no scheme declares."""

Scales = Mapping[str, str | int]
"""By column, the digits after the point: a number, or SQL that gives it for a row."""

AS_WRITTEN = "as written"
"""A scale for figures of which no scheme has said yet how fine they are: they stay decimals."""


def scales_of(table: str, scheme: Scheme | None) -> Scales:
    """Return the scales of a table's number columns; without a scheme its figures stay decimals."""
    if table in ("measures", "targets"):
        if scheme is None:
            return {"value": AS_WRITTEN}
        whens = " ".join(f"when {text(m.code)} then {m.scale}" for m in scheme.measures)
        return {"value": f"(case measure {whens} else {FINEST} end)" if whens else FINEST}
    return {"votes": 0, "quality": 0}


def take_in(
    con: duckdb.DuckDBPyConnection, tables: Sequence[RawTable], scheme: Scheme | None
) -> list[Problem]:
    """Make the typed tables; those without a file are empty. Return all problems found."""
    problems: list[Problem] = []
    present = {table.name: table for table in tables}
    for spec in CATALOGUE.values():
        raw = present.get(spec.name)
        if raw is None:
            con.execute(f"create or replace table {spec.name} as {empty(spec)}")
        else:
            problems += type_table(con, spec, raw, scales_of(spec.name, scheme))
    return problems


def empty(spec: TableSpec) -> str:
    """Write a query that gives a typed table without rows."""
    columns = ", ".join(f"cast(null as {_SQL_TYPES[c.kind]}) as {stored(c)}" for c in spec.columns)
    return f"select {columns}, 0 as row_number, 0 as source_number where false"


_SQL_TYPES = {"text": "varchar", "number": "bigint", "date": "date", "flag": "boolean"}


def stored(column: ColumnSpec) -> str:
    """Name the stored column: a date's is ``day``, because ``date`` is a type."""
    return "day" if column.name == "date" else name(column.name)


def type_table(
    con: duckdb.DuckDBPyConnection, spec: TableSpec, raw: RawTable, scales: Scales, source: str = ""
) -> list[Problem]:
    """Make one typed table in one pass; only where a row is at fault look for what it is.

    `source` names the table of its rows where that is not ``raw_<name>``.
    """
    source = source or f"raw_{spec.name}"
    types = {row[0]: row[1] for row in con.execute(f"describe {source}").fetchall()}
    held = {c.name: types[c.name] for c in spec.columns if c.name in raw.columns}
    cells = ", ".join(f"{_cell(c, held.get(c.name))} as {name(c.name)}" for c in spec.columns)
    rows = f"(select {cells}, row_number, source_number from {source}) as rows"
    columns = [_reading(column, held.get(column.name), scales) for column in spec.columns]
    typed = ", ".join(
        f"{r.value} as {stored(c)}" for c, r in zip(spec.columns, columns, strict=True)
    )
    fault = " or ".join(reading.fault for reading in columns if reading.fault) or "false"
    con.execute(
        f"create or replace table {spec.name} as"
        f" select {typed}, row_number, source_number, {fault} as at_fault from {rows}"
    )
    faulty = con.execute(f"select count(*) from {spec.name} where at_fault").fetchone()
    con.execute(f"alter table {spec.name} drop at_fault")
    if not faulty or not faulty[0]:
        return []
    return [
        problem
        for column, reading in zip(spec.columns, columns, strict=True)
        for code, condition in reading.causes
        for problem in rows_at_fault(
            con,
            rows,
            raw,
            code,
            condition,
            column.name,
            found=f"cast({name(column.name)} as varchar)",
        )
    ]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a column's text is read: the SQL of its value, of a fault, and of what causes it."""

    value: str
    fault: str
    causes: tuple[tuple[str, str], ...]


_TYPED = {
    "date": re.compile("DATE"),
    "flag": re.compile("BOOLEAN"),
    "number": re.compile(r"U?(TINYINT|SMALLINT|INTEGER|BIGINT)|DECIMAL\((\d|1[0-8]),(\d|1[0-2])\)"),
}
"""The types that a column may have in Parquet to be taken as it is; others are read as text."""


def _is_typed(column: ColumnSpec, held: str | None) -> bool:
    known = _TYPED.get(column.kind)
    return bool(held and known and known.fullmatch(held))


def _reading(column: ColumnSpec, held: str | None, scales: Scales) -> Reading:
    cell = name(column.name)
    scale = scales.get(column.name, RECORD_SCALE)
    if not _is_typed(column, held):
        reading = _READERS[column.kind](cell, scale)
    elif column.kind == "number":
        number = cell if "DECIMAL" in str(held) else f"try_cast({cell} as decimal(18,0))"
        reading = _whole(cell, f"{cell} is not null", number, scale)
    else:
        reading = Reading(cell, "", ())
    if column.required:
        empty = f"{cell} is null"
        fault = f"{empty} or {reading.fault}" if reading.fault else empty
        return Reading(reading.value, fault, (("missing-value", empty), *reading.causes))
    return reading


_BLANKS = " \t\u3000\u00a0"


def _cell(column: ColumnSpec, held: str | None) -> str:
    """Write a cell, text without spaces around it; an empty one is the default or a gap.

    `held` is the type of the column in the raw table, if it is there.
    """
    cell, written = "cast(null as varchar)", f"cast({name(column.name)} as varchar)"
    if held and _is_typed(column, held):
        cell = name(column.name)
    elif held:
        looks = [f"suffix({written}, '{blank}')" for blank in " \t"]
        looks += [f"contains({written}, '{blank}')" for blank in "\u3000\u00a0"]
        trimmed = f"nullif(trim({written}, '{_BLANKS}'), '')"
        cell = (
            f"case when {written} < '!' or {' or '.join(looks)} then {trimmed} else {written} end"
        )
    return cell if column.default is None else f"coalesce({cell}, {text(column.default)})"


def _text(cell: str, _scale: str | int) -> Reading:
    return Reading(cell, "", ())


def _as_written(cell: str, plain: str, number: str) -> Reading:
    """Keep a number as a decimal with as many digits as any scheme may ask for."""
    fits = f"abs({number}) <= {FARTHEST}"
    whole = f"({number} * {10**FINEST} = trunc({number} * {10**FINEST}))"
    read = f"(case when {fits} and {whole} then cast({number} as decimal(24,{FINEST})) end)"
    return Reading(
        read,
        f"({cell} is not null and {read} is null)",
        (
            ("not-a-number", f"{cell} is not null and not {plain}"),
            ("number-too-large", f"{plain} and ({fits}) is not true"),
            ("value-too-fine", f"{fits} and not {whole}"),
        ),
    )


def _number(cell: str, scale: str | int) -> Reading:
    """Read a decimal; what is not one, is too large or has too many digits is a fault."""
    plain = f"regexp_full_match({cell}, '{_DECIMAL}')"
    number = f"try_cast(case when {plain} then {cell} end as decimal(38,12))"
    if isinstance(scale, str):
        return _whole(cell, plain, number, scale)
    simple = rf"regexp_full_match({cell}, '[+-]?\d{{1,12}}(\.\d{{0,{scale}}}0*)?')"
    quick = f"cast(try_cast({cell} as decimal(18,{scale})) * {10**scale} as bigint)"
    return _whole(cell, plain, number, scale, first=f"when {simple} then {quick}")


def _whole(cell: str, plain: str, number: str, scale: str | int, first: str = "") -> Reading:
    """Shift a number's point so that it is a whole one.

    `plain` is SQL for whether there is a number, `first` a quicker way for those that it fits.
    """
    if scale == AS_WRITTEN:
        return _as_written(cell, plain, number)
    power = f"cast(power(10, {scale}) as bigint)" if isinstance(scale, str) else str(10**scale)
    shifted = f"({number} * {power})"
    fits = f"abs({shifted}) <= {FARTHEST}"
    exact = f"when {fits} and {shifted} = trunc({shifted}) then cast({shifted} as bigint)"
    read = f"(case {first} {exact} end)"
    return Reading(
        read,
        f"({cell} is not null and {read} is null)",
        (
            ("not-a-number", f"{cell} is not null and not {plain}"),
            ("number-too-large", f"{plain} and ({fits}) is not true"),
            ("value-too-fine", f"{fits} and {shifted} <> trunc({shifted})"),
        ),
    )


_DECIMAL = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?"


def _date(cell: str, _scale: str | int) -> Reading:
    """Read 2025-03-01, 2025/3/1, 2025.3.1, 20250301, 2025年3月1日, with or without midnight."""
    written = f"regexp_replace(regexp_replace({cell}, '{_MIDNIGHT}', ''), '{_DAY}', '\\1-\\2-\\3')"
    iso = f"case when {cell} like '____-__-__' then {cell} else {written} end"
    day = f"try_cast({iso} as date)"
    fault = f"({cell} is not null and {day} is null)"
    return Reading(day, fault, (("not-a-date", fault),))


_MIDNIGHT = r"[ T]00:00(:00(\.0+)?)?$"
_DAY = r"^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$"


def _flag(cell: str, _scale: str | int) -> Reading:
    words = " ".join(
        f"when '{word}' then {value}" for value, words in _FLAGS.items() for word in words
    )
    known = f"(case lower({cell}) {words} end)"
    fault = f"({cell} is not null and {known} is null)"
    return Reading(known, fault, (("not-a-flag", fault),))


_FLAGS = {
    "true": ("yes", "true", "1", "y", "是", "已核实"),
    "false": ("no", "false", "0", "n", "否", "未核实"),
}


_READERS: dict[str, Callable[[str, str | int], Reading]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "flag": _flag,
}


def rows_at_fault(
    con: duckdb.DuckDBPyConnection,
    table: str,
    raw: RawTable,
    code: str,
    condition: str,
    column: str,
    *,
    found: str = "",
    expected: str = "null",
) -> list[Problem]:
    """Find the rows for which a condition holds: the first `SHOWN` as problems, the rest counted.

    `found` and `expected` are SQL for what a problem shows; without `found` the column itself.
    """
    shown = found or ("day" if column == "date" else name(column))
    rows = con.execute(
        f"select source_number, row_number, {shown}, {expected}, count(*) over () from {table}"
        f" where {condition} order by source_number, row_number limit {SHOWN}"
    ).fetchall()
    problems = [
        Problem(
            code,
            _at(raw.sources[source].place, row, raw_heading(raw.name, column)),
            found=value,
            expected=wanted,
        )
        for source, row, value, wanted, _ in rows
    ]
    if rows and rows[0][4] > SHOWN:
        where = Place(raw.sources[0].place.source, column=raw_heading(raw.name, column))
        problems.append(Problem("more-of-the-same", where, found=rows[0][4] - SHOWN))
    return problems


def raw_heading(table: str, column: str) -> str:
    """Name a column as people see it: English name and Chinese heading."""
    return f"{column} {CORRECTIONS[table].column(column).title}"


def _at(place: Place, row: int, column: str) -> Place:
    return Place(place.source, place.sheet, row, column)
