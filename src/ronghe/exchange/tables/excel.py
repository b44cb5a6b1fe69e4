"""Excel workbooks: sheets become text at the speed of fastexcel, and what it drops is found."""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Literal
from xml.parsers import expat

import fastexcel

from ronghe.analysis.errors import Place, Problem, ProblemsError, errors_among
from ronghe.analysis.tables import TableSpec
from ronghe.exchange.tables.assembly import Assembly, Faults, name
from ronghe.exchange.tables.folder import Found
from ronghe.exchange.tables.headings import Header, key, read_header, table_named
from ronghe.exchange.tables.model import refusal
from ronghe.exchange.tables.package import SHARED_STRINGS, Package, SheetEntry
from ronghe.exchange.tables.rows import find_formulas, find_lost_digits
from ronghe.exchange.tables.sheet import MAX_COLUMN, MAX_ROW, SheetXml, column_name
from ronghe.exchange.tables.unseen import unseen

_GUIDES = {"说明", "填表说明", "使用说明", "guide", "notes", "readme"}
"""Sheets for people; they are passed over without a word."""

_CANDIDATES = 10_000
"""How many long codes of a sheet are looked up to see whether they are numbers."""


def load_workbook(assembly: Assembly, file: Found, catalogue: Mapping[str, TableSpec]) -> None:
    """Add the sheets of a workbook to their tables."""
    with file.path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    with Package(file.path, file.place, assembly.limits) as package:
        chosen = list(_choose(assembly, file, package.sheets(), catalogue))
        if not chosen:
            return
        copy = package.copy((sheet for sheet, _ in chosen), assembly.workdir / f"{sha256}.xlsx")
    with (
        copy.path.open("rb") as checked,
        mmap.mmap(checked.fileno(), 0, access=mmap.ACCESS_READ) as xml,
    ):
        texts = copy.regions.get(SHARED_STRINGS)
        reader = _Reader(copy.path)
        for entry, spec in chosen:
            where = replace(file.place, sheet=entry.name)
            sheet = _Sheet(
                reader, where, sha256, spec, SheetXml(xml, copy.regions[entry.part], texts)
            )
            try:
                _load_sheet(assembly, sheet)
            except ProblemsError as fault:
                assembly.problems += fault.problems
            except (fastexcel.FastExcelError, expat.ExpatError, ValueError) as error:
                reason = str(error).partition("\n")[0]
                assembly.problems.append(Problem("workbook-damaged", where, reason))


def _choose(
    assembly: Assembly,
    file: Found,
    sheets: Sequence[SheetEntry],
    catalogue: Mapping[str, TableSpec],
) -> Iterator[tuple[SheetEntry, TableSpec]]:
    """Yield the sheets to read: those named by a table, else the first of a workbook that is."""
    if not sheets:
        raise refusal("workbook-damaged", file.place, "no sheet")
    meant = {sheet.name: table_named(sheet.name, catalogue) for sheet in sheets}
    if file.table and not any(meant.values()):
        candidates = [sheet for sheet in sheets if key(sheet.name) not in _GUIDES] or sheets
        first = next((sheet for sheet in candidates if sheet.visible), candidates[0])
        meant[first.name] = file.table
    for sheet in sheets:
        spec = meant[sheet.name]
        if spec and sheet.visible:
            yield sheet, spec
        elif spec:
            place = replace(file.place, sheet=sheet.name)
            assembly.problems.append(Problem("sheet-hidden", place))
    unused = [name for name, spec in meant.items() if not spec and key(name) not in _GUIDES]
    if unused:
        tables = "、".join(f"{spec.title} ({spec.name})" for spec in catalogue.values())
        code = "sheet-not-used" if any(meant.values()) else "file-not-used"
        assembly.problems.append(
            Problem(code, file.place, "、".join(unused), tables, severity="warning")
        )


class _Reader:
    """The checked copy of a workbook, read by fastexcel."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _reader(self) -> fastexcel.ExcelReader:
        return fastexcel.read_excel(self._path)

    def load(self, sheet: str, kind: Literal["string", "float"]) -> fastexcel.ExcelSheet:
        """Read a sheet from its first row on, without taking any row for a header."""
        try:
            return self._reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes=kind)
        except BaseException as error:
            if type(error).__name__ == "PanicException":  # the Rust library gave up
                raise ValueError(str(error)) from None
            raise


@dataclass(frozen=True, slots=True)
class _Cells:
    """A sheet's cells as text in the temporary table ``sheet_cells``: c0, c1, … and row_number.

    `columns` are the numbers of their columns in the sheet, from 1.
    """

    columns: tuple[int, ...]
    header_row: int
    headings: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet on its way into a table."""

    reader: _Reader
    where: Place
    sha256: str
    spec: TableSpec
    xml: SheetXml


def _load_sheet(assembly: Assembly, sheet: _Sheet) -> None:
    where, spec = sheet.where, sheet.spec
    assembly.refuse_mixture(spec, where)
    _refuse_size(assembly, where, sheet.xml)
    cells = _read_cells(assembly, sheet)
    header, problems = read_header(cells.headings, spec, replace(where, row=cells.header_row))
    assembly.problems += problems
    faults = Faults(where)
    if not sheet.xml.plain:
        used = {cells.columns[i]: header.headings[i] for i in header.positions.values()}
        faults.add(list(unseen(sheet.xml.facts, faults, used, cells.header_row)))
    if not errors_among(problems):
        number = _insert(assembly, sheet, cells, header)
        find_formulas(assembly, spec, number, header, faults)
        find_lost_digits(assembly, spec, number, header, faults)
        _find_long_numbers(assembly, sheet, number, cells, header, faults)
    assembly.report(faults)


def _refuse_size(assembly: Assembly, where: Place, xml: SheetXml) -> None:
    """Refuse what would fill the memory while it is read."""
    limits = assembly.limits
    height, width = xml.extent(limits.cells)
    corner = f"{column_name(width)}{height}"
    if height > MAX_ROW or width > MAX_COLUMN:
        raise refusal("workbook-damaged", where, corner)
    if height * width > limits.cells:
        raise refusal("sheet-too-large", where, corner, limits.cells)
    if (size := xml.text_bytes(limits.unpacked_bytes)) > limits.unpacked_bytes:
        raise refusal("workbook-unpacks-too-large", where, size, limits.unpacked_bytes)


def _read_cells(assembly: Assembly, sheet: _Sheet) -> _Cells:
    loaded = sheet.reader.load(sheet.where.sheet, "string")
    if not loaded.width or not loaded.height:
        raise refusal("sheet-empty", sheet.where)
    if loaded.width > assembly.limits.columns:
        raise refusal("too-many-columns", sheet.where, loaded.width, assembly.limits.columns)
    looking = Thread(target=sheet.xml.look)  # while the database works
    looking.start()
    _to_table(assembly, loaded, "sheet_cells")
    looking.join()
    filled = ", ".join(f"c{i}" for i in range(loaded.width))
    first = assembly.con.execute(
        f"select rowid + 1, * from sheet_cells where coalesce({filled}) is not null"
        " order by rowid limit 1"
    ).fetchall()
    if not first:
        raise refusal("sheet-empty", sheet.where)
    columns = tuple(column.absolute_index + 1 for column in loaded.selected_columns)
    return _Cells(columns, first[0][0], first[0][1:])


def _to_table(assembly: Assembly, sheet: fastexcel.ExcelSheet, table: str) -> None:
    """Copy a sheet into a temporary table; the row with ``rowid`` 0 is the sheet's first.

    DuckDB takes the sheet through the Arrow C interface: no other library is needed.
    """
    columns = ", ".join(f"{name(c.name)} as c{i}" for i, c in enumerate(sheet.selected_columns))
    assembly.con.register("sheet_object", sheet)
    assembly.con.execute(
        f"create or replace temp table {table} as select {columns} from sheet_object"
    )
    assembly.con.unregister("sheet_object")


def _insert(assembly: Assembly, sheet: _Sheet, cells: _Cells, header: Header) -> int:
    numbers = {c.name for c in sheet.spec.columns if c.kind == "number"} & header.positions.keys()
    rows = "sheet_cells as t"
    exact = bool(numbers) and sheet.xml.has_long_numbers
    if exact:
        _to_table(assembly, sheet.reader.load(sheet.where.sheet, "float"), "sheet_numbers")
        rows += " join sheet_numbers as n on t.rowid = n.rowid"
    values = ", ".join(
        f"{_number(i, exact) if column in numbers else _text(i)} as {name(column)}"
        for column, i in header.positions.items()
    )
    below = f"where t.rowid >= {cells.header_row}"
    query = f"select t.rowid + 1 as row_number, {values} from {rows} {below}"
    return assembly.insert(sheet.spec, sheet.where, sheet.sha256, list(header.positions), query)


def _text(position: int) -> str:
    """SQL of a cell's text: a date without midnight, a time without the day that Excel adds."""
    cell = f"t.c{position}"
    return (
        f"case when length({cell}) = 19 and regexp_full_match({cell},"
        f" '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} 00:00:00') then left({cell}, 10)"
        f" when length({cell}) = 19 and starts_with({cell}, '1899-12-31 ') then right({cell}, 8)"
        f" else nullif({cell}, '') end"
    )


def _number(position: int, exact: bool) -> str:
    """SQL of a number's text with the 15 significant digits that Excel shows.

    As text fastexcel gives nine digits after the point; where there may be more, the number
    itself is at hand.
    """
    cell, number = f"t.c{position}", f"n.c{position}"
    long = f"length({cell}) > 16 and regexp_full_match({cell}, '-?[0-9]+[.][0-9]+')"
    rounded = f"when {long} then printf('%.15g', try_cast({cell} as double))"
    if exact:
        rounded = (
            f"when try_cast({cell} as double) <> {number} then printf('%.15g', {number}) {rounded}"
        )
    return f"case {rounded} else {_text(position)} end"


def _find_long_numbers(
    assembly: Assembly, sheet: _Sheet, number: int, cells: _Cells, header: Header, faults: Faults
) -> None:
    """Find codes of more than 15 digits that are numbers in the sheet: Excel keeps only so many.

    The text of such a cell is that of the nearest binary number; of texts few are the same.
    """
    nearest = "cast(try_cast(try_cast({0} as double) as hugeint) as varchar)"
    long_number = "length({0}) between 16 and 38 and regexp_full_match({0}, '[1-9][0-9]*')"
    conditions = {
        c.name: f"{long_number} and {nearest} = {{0}}".format(name(c.name))
        for c in sheet.spec.columns
        if c.kind == "text" and c.name in header.positions
    }
    found, _ = assembly.faulty(sheet.spec, number, conditions, _CANDIDATES)
    suspects = {
        (row, cells.columns[header.positions[column]]): (column, text)
        for row, column, text in found
    }
    for place in sheet.xml.numeric_cells(sorted(suspects)):
        column, text = suspects[place]
        faults.add([Problem("digits-lost", faults.at(place[0], header.heading(column)), text)])
