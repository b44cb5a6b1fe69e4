"""Files of data for the tests of reading tables: a small catalogue and short ways to make files."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.analysis.tables import ColumnSpec, TableSpec
from ronghe.exchange.tables import Limits, RawTable, open_tables

UNITS = TableSpec("units", "考核对象", (ColumnSpec("unit", "单位代码"), ColumnSpec("name", "名称")))
RECORDS = TableSpec(
    "records",
    "纪实",
    (
        ColumnSpec("unit", "单位代码"),
        ColumnSpec("date", "日期", "date"),
        ColumnSpec("quantity", "数量", "number", required=False),
        ColumnSpec("note", "备注", required=False),
    ),
)
CATALOGUE = {"units": UNITS, "records": RECORDS}


class Reading:
    """A folder that was read: the tables, the warnings and the rows."""

    def __init__(
        self,
        folder: Path,
        limits: Limits | None = None,
        con: duckdb.DuckDBPyConnection | None = None,
    ) -> None:
        self.con = con or duckdb.connect()
        self.warnings: list[Problem] = []
        self.tables: list[RawTable] = open_tables(
            self.con, folder, CATALOGUE, limits=limits, warn=self.warnings.append
        )

    def table(self, name: str) -> RawTable:
        """Return a table by name."""
        return next(table for table in self.tables if table.name == name)

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Return the rows of a table in order."""
        listed = ", ".join(f'"{column}"' for column in columns)
        return self.con.execute(
            f"select {listed} from raw_{table} order by source_number, row_number"
        ).fetchall()


def refused(folder: Path, limits: Limits | None = None) -> list[Problem]:
    """Read a folder that must be refused, and return its errors."""
    try:
        Reading(folder, limits)
    except ProblemsError as refusal:
        return [problem for problem in refusal.problems if problem.severity == "error"]
    raise AssertionError("the folder was read")


def codes(problems: Iterable[Problem]) -> list[str]:
    """Return the codes of problems."""
    return [problem.code for problem in problems]


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """Write a workbook with openpyxl."""
    return change(path, lambda _: None, sheets)


def change(
    path: Path, edit: Callable[[openpyxl.Workbook], object], sheets: dict[str, list[list[Any]]]
) -> Path:
    """Write a workbook and edit it before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    edit(book)
    book.save(path)
    return path


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def bare_workbook(
    path: Path, sheet_xml: str, *, name: str = "records", extra: dict[str, bytes] | None = None
) -> Path:
    """Write a workbook of one sheet from its XML, and further parts; the smallest that opens."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet_xml,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in {**parts, **(extra or {})}.items():
            archive.writestr(part, content)
    return path


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> str:
    """Wrap rows of XML into a sheet."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{_MAIN}">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


HEADER_XML = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>unit</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>date</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>quantity</t></is></c></row>'
)
