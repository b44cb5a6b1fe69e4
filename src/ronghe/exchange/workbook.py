"""Writing large tables to an Excel workbook: fast, in constant memory, the same bytes each time.

XlsxWriter writes the workbook; only the rows of the sheets are put into XML here, because its
own way costs several calls for each cell (``bench/excel.py`` measures the difference). Text
stays text: nothing becomes a formula or a link, whatever it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ronghe.analysis.errors import Place, Problem, ProblemsError

Cell = str | int | float | Decimal | bool | date | datetime | None

MAX_ROWS, MAX_TEXT, MAX_DIGITS = 1_048_576, 32_767, 15
"""What a sheet holds: rows, characters (UTF-16 units) in a cell, digits in a number."""

_DAY_ZERO, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
"""Excel takes 1900 for a leap year; before this day its numbers for days are wrong."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write: headings in bold, frozen, and rows of cells below.

    `widths` of the columns in characters, from the first; `formats` are Excel number formats
    by column, from 0. A number with more than 15 digits, which Excel cannot hold, is written as
    text; a day before March 1900 too. Empty text and None leave the cell empty.
    """

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[float] = ()
    formats: Mapping[int, str] = field(default_factory=dict)


def write_sheets(path: Path, sheets: Iterable[Sheet], *, created: date, title: str = "") -> None:
    """Write a workbook; it appears under its name only when it is complete.

    Parameters
    ----------
    created
        The date that the file's properties state: that of the data, so that equal input gives
        equal bytes.

    Raises
    ------
    ProblemsError
        A cell or a sheet holds more than Excel can.
    """
    part = path.with_name(f".{path.name}.part")
    with TemporaryDirectory(prefix="ronghe-") as temporary:
        book = xlsxwriter.Workbook(str(part), {"tmpdir": temporary})
        midnight = datetime(created.year, created.month, created.day)  # noqa: DTZ001
        book.set_properties({"title": title, "created": midnight})
        for number, sheet in enumerate(sheets):
            _add(book, sheet, Path(temporary, f"rows{number}.xml"))
        try:
            book.close()
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


class _PreparedSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose rows are XML already."""

    rows_file: Path

    def _write_dimension(self) -> None:
        """Leave out the optional element: the extent is not known before the rows are."""

    def _write_sheet_data(self) -> None:
        self.fh.write("<sheetData>")
        with self.rows_file.open(encoding="utf-8", newline="") as rows:
            copyfileobj(rows, self.fh, 1 << 20)
        self.fh.write("</sheetData>")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column's letters and the style attributes of its cells."""

    letters: str
    heading: str
    style: str
    day_style: str
    time_style: str


def _add(book: Any, sheet: Sheet, rows_file: Path) -> None:
    """Put a sheet's rows into XML and hand them to the workbook."""

    def style(properties: dict[str, Any]) -> str:
        return f' s="{book.add_format(properties)._get_xf_index()}"' if properties else ""

    columns = []
    for number, heading in enumerate(sheet.headers):
        own = sheet.formats.get(number, "")
        columns.append(
            _Column(
                xl_col_to_name(number),
                heading,
                style({"num_format": own} if own else {}),
                style({"num_format": own or "yyyy-mm-dd"}),
                style({"num_format": own or "yyyy-mm-dd hh:mm:ss"}),
            )
        )
    prepared = book.add_worksheet(sheet.name, worksheet_class=_PreparedSheet)
    prepared.rows_file = rows_file
    prepared.freeze_panes(1, 0)
    for number, width in enumerate(sheet.widths):
        prepared.set_column(number, number, width)
    bold = style({"bold": True})
    headings = [_Column(c.letters, c.heading, bold, bold, bold) for c in columns]
    with rows_file.open("w", encoding="utf-8", newline="") as out:
        out.write(_row(sheet.name, 1, sheet.headers, headings))
        for number, row in enumerate(sheet.rows, start=2):
            if number > MAX_ROWS:
                raise _refusal("excel-too-many-rows", sheet.name, number, "", None, MAX_ROWS)
            out.write(_row(sheet.name, number, row, columns))


def _row(sheet: str, number: int, row: Sequence[Cell], columns: Sequence[_Column]) -> str:
    """Write a row as XML."""
    cells = [
        _cell(value, column, number, sheet)
        for column, value in zip(columns, row, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(value: Cell, column: _Column, row: int, sheet: str) -> str:
    """Write a cell as XML: the value decides how, the column's number format how it looks."""
    start = f'<c r="{column.letters}{row}"'
    match value:
        case str():
            text = value
        case bool():
            return f'{start}{column.style} t="b"><v>{value:d}</v></c>'
        case int() if -(10**MAX_DIGITS) < value < 10**MAX_DIGITS:
            return f"{start}{column.style}><v>{value}</v></c>"
        case float():
            if not isfinite(value):
                raise _refusal("excel-not-a-number", sheet, row, column.heading, value)
            return f"{start}{column.style}><v>{value!r}</v></c>"
        case Decimal() if len(value.normalize().as_tuple().digits) <= MAX_DIGITS:
            return f"{start}{column.style}><v>{value:f}</v></c>"
        case datetime() if value.date() >= _FIRST_DAY:
            return f"{start}{column.time_style}><v>{_days(value)!r}</v></c>"
        case date() if not isinstance(value, datetime) and value >= _FIRST_DAY:
            return f"{start}{column.day_style}><v>{(value - _DAY_ZERO).days}</v></c>"
        case _:
            text = str(value)
    if len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        raise _refusal("excel-text-too-long", sheet, row, column.heading, len(text), MAX_TEXT)
    kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f'{start}{column.style} t="inlineStr"><is><t{kept}>{_escaped(text)}</t></is></c>'


def _days(moment: datetime) -> float:
    """Return a moment as Excel counts it: days, with the time of day as their fraction."""
    since = moment.replace(tzinfo=None) - datetime(_DAY_ZERO.year, _DAY_ZERO.month, _DAY_ZERO.day)  # noqa: DTZ001
    return since.days + since.seconds / 86_400


_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def _escaped(text: str) -> str:
    """Write text for XML; what XML cannot hold as Excel does: _x0001_."""
    return _SPECIAL.sub(_escape, text) if _SPECIAL.search(text) else text


def _escape(found: re.Match[str]) -> str:
    mark = found[0]
    if len(mark) > 1:
        return f"_x005F{mark}"
    return _NAMED.get(mark) or f"_x{ord(mark):04X}_"


def _refusal(
    code: str, sheet: str, row: int, heading: str, found: Any = None, expected: Any = None
) -> ProblemsError:
    place = Place(sheet=sheet, row=row, column=heading)
    return ProblemsError([Problem(code, place, found, expected)])
