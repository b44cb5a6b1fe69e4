"""Schemes as Excel workbooks that officials can read, fill in and send on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.exchange.scheme.cells import Cell
from ronghe.exchange.scheme.document import aside, number_text, plain
from ronghe.exchange.scheme.guide import Guide, guide
from ronghe.exchange.scheme.layout import (
    GATES,
    GRADES,
    INDICATORS,
    KINDS,
    MEASURES,
    NOTES,
    PEER_GROUPS,
    POOLS,
    SCHEME,
    TABLES,
    VETOES,
    Column,
    SheetLayout,
)
from ronghe.exchange.scheme.packing import pack_condition, pack_rule, pack_source
from ronghe.wording import Language

_SPARE_ROWS = 300
"""Choices are offered on so many rows below the last one too."""

_LONGEST = 32_767
"""The longest text that a cell of Excel holds."""

_PACKERS = {
    "source": pack_source,
    "rule": pack_rule,
    "requires": pack_condition,
    "when": pack_condition,
}

Row = Mapping[str, Any]


def write_scheme_excel(scheme: Scheme, path: Path, language: Language = "zh") -> None:
    """Write a scheme as a workbook; the same scheme gives the same bytes.

    Parameters
    ----------
    scheme
        A scheme that the checks have passed.
    path
        The file; it appears only when it is complete.
    language
        Of the sheet that explains the others; these are always in Chinese.

    Raises
    ------
    ProblemsError
        A text is longer than a cell can hold.
    """
    with aside(path) as unfinished:
        book = _Book(unfinished, scheme)
        book.write(plain(scheme), guide(language))
        book.close()
        if book.problems:
            raise ProblemsError(book.problems)


class _Book:
    """A workbook in the making, with its formats."""

    def __init__(self, path: Path, scheme: Scheme) -> None:
        self.problems: list[Problem] = []
        self._file = str(path)
        self._book: Workbook = xlsxwriter.Workbook(self._file, {"in_memory": True})
        made = datetime.combine(scheme.period.until, time())
        self._book.set_properties({"title": scheme.title.zh, "created": made})
        body = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C8C8C8"}
        self._formats: dict[tuple[str, int], Format] = {}
        self._body = body
        self._head = self._book.add_format(
            body | {"bold": True, "bg_color": "#DDE7F0", "align": "center", "valign": "vcenter"}
        )

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _format(self, kind: str = "text", depth: int = -1) -> Format:
        """Return a format: of text, days or groups (whose titles are set in by their depth)."""
        if (kind, depth) not in self._formats:
            more: dict[str, Any] = {"day": {"num_format": "yyyy-mm-dd"}}.get(kind, {})
            if kind == "group":
                more = {"bold": True, "bg_color": "#F3F6F9"}
            if depth > 0:
                more["indent"] = depth
            self._formats[kind, depth] = self._book.add_format(self._body | more)
        return self._formats[kind, depth]

    def write(self, document: Row, notes: Guide) -> None:
        """Write all sheets."""
        self._write_notes(notes)
        self._write_scheme(document)
        rows: dict[str, Sequence[Row]] = {
            INDICATORS.name: list(_tree_rows(document["indicators"])),
            MEASURES.name: document.get("measures", []),
            KINDS.name: document.get("record_kinds", []),
            PEER_GROUPS.name: [
                {"@name": name, **title} for name, title in document.get("peer_groups", {}).items()
            ],
            POOLS.name: list(_pool_rows(document.get("pools", []))),
            GATES.name: document.get("gates", []),
            VETOES.name: document.get("vetoes", []),
            GRADES.name: document.get("grading", {}).get("grades", []),
        }
        for layout in TABLES:
            self._write_table(layout, rows[layout.name])

    def _write_notes(self, notes: Guide) -> None:
        sheet = self._book.add_worksheet(NOTES)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 96)
        title = self._book.add_format({"bold": True, "font_size": 14})
        heading = self._book.add_format({"bold": True, "valign": "top"})
        text = self._book.add_format({"text_wrap": True, "valign": "top"})
        for index, (label, content) in enumerate(notes):
            sheet.write_string(index, 0, label, title if index == 0 else heading)
            sheet.write_string(index, 1, content, text)

    def _write_scheme(self, document: Row) -> None:
        sheet = self._book.add_worksheet(SCHEME.name)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 48)
        sheet.set_column(2, 2, 48)
        for index, heading in enumerate(("项目", "内容", "说明")):
            sheet.write_string(0, index, heading, self._head)
        for index, column in enumerate(SCHEME.columns, start=1):
            sheet.write_string(index, 0, column.heading, self._format("group"))
            self._write_cell(sheet, index, 1, column, document)
            sheet.write_string(index, 2, f"{column.zh}\n{column.en}", self._format())
            _offer(sheet, (index, 1, index, 1), column)
        sheet.freeze_panes(1, 1)
        _set_up_print(sheet)

    def _write_table(self, layout: SheetLayout, rows: Sequence[Row]) -> None:
        sheet = self._book.add_worksheet(layout.name)
        for index, column in enumerate(layout.columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.heading, self._head)
            sheet.write_comment(0, index, f"{column.zh}\n{column.en}", {"author": "", "x_scale": 2})
            _offer(sheet, (1, index, len(rows) + _SPARE_ROWS, index), column)
        for number, row in enumerate(rows, start=1):
            packed = {key: _PACKERS[key](row[key]) for key in _PACKERS if key in row}
            for index, column in enumerate(layout.columns):
                self._write_cell(sheet, number, index, column, {**row, **packed})
        sheet.freeze_panes(1, layout.frozen)
        sheet.repeat_rows(0)
        _set_up_print(sheet)

    def _write_cell(
        self, sheet: Worksheet, row: int, index: int, column: Column, part: Row
    ) -> None:
        kind = "group" if part.get("@group") else "text"
        style = self._format(kind, part.get("@depth", 0) if column.heading == "名称" else -1)
        value = _value(part, column)
        if value is None or value == "":
            sheet.write_blank(row, index, None, style)
        elif isinstance(value, Decimal) and len(value.as_tuple().digits) <= 15:
            sheet.write_number(row, index, float(value), style)
        elif isinstance(value, date) and value.year >= 1900:
            sheet.write_datetime(row, index, value, self._format("day"))
        else:
            text = number_text(value) if isinstance(value, Decimal) else str(value)
            if len(text) > _LONGEST:
                where = Place(sheet=sheet.name, row=row + 1, column=column.heading)
                self.problems.append(Problem("scheme-cell-too-long", where, len(text), _LONGEST))
            sheet.write_string(row, index, text[:_LONGEST], style)


def _value(part: Row, column: Column) -> Cell:
    """Return what a column's cell holds: nothing where the part does not say it."""
    here: Any = part
    for key in column.path:
        if key not in here:
            return None
        here = here[key]
    return column.codec.write(here)


def _tree_rows(
    nodes: Sequence[Row], parent: str = "", number: str = "", depth: int = 0
) -> Iterator[Row]:
    """Yield the rows of the tree, each with its number, depth and the code above it."""
    for index, node in enumerate(nodes, start=1):
        own = f"{number}{index}"
        above = {"@parent": parent} if parent else {}
        group = "children" in node
        yield {**node, **above, "@number": own, "@depth": depth, "@group": group}
        if group:
            yield from _tree_rows(node["children"], node["code"], f"{own}.", depth + 1)


def _pool_rows(pools: Sequence[Row]) -> Iterator[Row]:
    for pool in pools:
        yield {**pool, "@group": True}
        yield from ({**item, "@parent": pool["code"], "@depth": 1} for item in pool["items"])


def _offer(sheet: Worksheet, area: tuple[int, int, int, int], column: Column) -> None:
    """Offer the names to choose from in an area."""
    if column.labels:
        sheet.data_validation(
            *area,
            {
                "validate": "list",
                "source": column.labels,
                "error_title": "请从列表中选择",
                "error_message": "、".join(column.labels)[:255],
            },
        )


def _set_up_print(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
