"""CSV files: the header is read here, the rows stream through DuckDB."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from ronghe.analysis.errors import Place, Problem, errors_among
from ronghe.analysis.tables import TableSpec
from ronghe.exchange.tables.assembly import Assembly, Faults, literal, name, path_pattern
from ronghe.exchange.tables.encoding import CHUNK, Utf8File, as_utf8, with_filled_lines
from ronghe.exchange.tables.folder import Found
from ronghe.exchange.tables.headings import Header, read_header, recognised, trimmed
from ronghe.exchange.tables.model import refusal
from ronghe.exchange.tables.rows import find_formulas, find_lost_digits, shortened

_DELIMITERS = (",", "\t", ";")
_MOST_REJECTS = 10_000
"""So many rejected rows DuckDB keeps; of more is only known that there are some."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a CSV file is written: its headings, what separates cells, the row of the headings."""

    headings: tuple[str, ...]
    delimiter: str
    header_row: int


def load_csv(assembly: Assembly, file: Found, spec: TableSpec) -> None:
    """Add a CSV file to its table."""
    assembly.refuse_mixture(spec, file.place)
    text = as_utf8(file.path, file.place, assembly.workdir)
    layout = _layout(text.path, spec, file.place)
    if len(layout.headings) > assembly.limits.columns:
        width, most = len(layout.headings), assembly.limits.columns
        raise refusal("too-many-columns", file.place, width, most)
    where = replace(file.place, row=layout.header_row)
    header, problems = read_header(_without_empty_end(layout.headings), spec, where)
    assembly.problems += problems
    if errors_among(problems):
        return
    number = _insert(assembly, file, spec, text, layout, header)
    faults = Faults(file.place)
    _take_rejects(assembly, faults, len(layout.headings))
    find_formulas(assembly, spec, number, header, faults)
    find_lost_digits(assembly, spec, number, header, faults)
    assembly.report(faults)


def _without_empty_end(headings: Sequence[str]) -> Sequence[str]:
    """Leave out what delimiters at the end of the line seem to announce."""
    while headings and not trimmed(headings[-1]):
        headings = headings[:-1]
    return headings


def _layout(path: Path, spec: TableSpec, where: Place) -> _Layout:
    """Read the first row that is not empty, with the delimiter that makes most sense of it."""
    with path.open("rb") as file:
        start = file.read(CHUNK).decode("utf-8-sig", errors="ignore")
    body = start.lstrip("\r\n")
    if not trimmed(body):
        raise refusal("file-empty", where)
    skipped = start[: len(start) - len(body)]
    header_row = max(skipped.count("\n"), skipped.count("\r")) + 1
    readings = []
    for delimiter in _DELIMITERS:
        rows = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
        try:
            readings.append(_Layout(tuple(next(rows)), delimiter, header_row))
        except csv.Error:  # a cell of more than 128 KiB: not a heading
            continue
    if not readings:
        raise refusal("line-too-long", replace(where, row=header_row))
    return max(readings, key=lambda r: (recognised(r.headings, spec), len(r.headings)))


def _insert(
    assembly: Assembly,
    file: Found,
    spec: TableSpec,
    text: Utf8File,
    layout: _Layout,
    header: Header,
) -> int:
    cells = ", ".join(f"c{place} as {name(column)}" for column, place in header.positions.items())
    for path in _attempts(assembly, text, layout):
        assembly.con.execute("drop table if exists csv_rejects")
        assembly.con.execute("drop table if exists csv_scans")
        rows = (
            f"select row_number() over () + {layout.header_row} as row_number, {cells}"
            f" from {_read_csv(path, layout)}"
        )
        try:
            return assembly.insert(spec, file.place, text.sha256, list(header.positions), rows)
        except duckdb.InvalidInputException:
            continue
    raise refusal("csv-unreadable", file.place)


def _attempts(assembly: Assembly, text: Utf8File, layout: _Layout) -> Iterator[Path]:
    """Yield the file as it is, and tidied: empty lines would upset the count of rows, and line
    ends of several kinds are refused by DuckDB."""
    if not text.empty_line_inside:
        yield text.path
    tidy = assembly.workdir / f"{text.sha256}.tidy.csv"
    try:
        with_filled_lines(text.path, tidy, layout.delimiter, len(layout.headings))
    except csv.Error:
        yield text.path
    else:
        yield tidy


def _read_csv(path: Path, layout: _Layout) -> str:
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(layout.headings)))
    return (
        f"read_csv({path_pattern(path)}, auto_detect=false, header=true,"
        f" skip={layout.header_row - 1}, delim={literal(layout.delimiter)},"
        f""" quote='"', escape='"', nullstr='', columns={{{columns}}},"""
        " store_rejects=true, rejects_table='csv_rejects', rejects_scan='csv_scans',"
        f" rejects_limit={_MOST_REJECTS})"
    )


_REJECTS = {
    "MISSING COLUMNS": "row-field-count",
    "TOO MANY COLUMNS": "row-field-count",
    "UNQUOTED VALUE": "quote-unbalanced",
    "LINE SIZE OVER MAXIMUM": "line-too-long",
}


def _take_rejects(assembly: Assembly, faults: Faults, width: int) -> None:
    """Turn the rows that DuckDB could not read into problems."""
    rejected = assembly.con.execute(
        "select line, any_value(error_type), any_value(error_message),"
        " any_value(left(csv_line, 80)), count(*) from csv_rejects group by line order by line"
    ).fetchall()
    for row, kind, message, line, _ in rejected[: assembly.limits.problems]:
        code = _REJECTS.get(kind, "row-unreadable")
        count = re.search(r"Found: (\d+)", message)
        found = int(count[1]) if count else shortened(line or "…")
        place = replace(faults.where, row=row)
        faults.add([Problem(code, place, found, expected=width)], total=0)
    faults.total += len(rejected)
    faults.open_ended = sum(count for *_, count in rejected) >= _MOST_REJECTS
    faults.rejected = [row for row, *_ in rejected]
    assembly.con.execute("drop table csv_rejects")
    assembly.con.execute("drop table csv_scans")
