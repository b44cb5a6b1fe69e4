"""Workbooks: numbers, dates and texts as people see them, and nothing that goes unseen."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from table_files import (
    HEADER_XML,
    Reading,
    bare_workbook,
    change,
    codes,
    refused,
    sheet_xml,
    workbook,
)

from ronghe.exchange.tables import Limits

HEADER = ["unit", "date", "quantity", "note"]
ROW = ["Q1", "2025-01-01", 3, "走访"]
NOON = dt.datetime.fromisoformat("2024-05-01 12:00:00")


def cell(folder: Path, value: Any, *, column: str = "note", style: str = "General") -> str | None:
    """Write a value to a cell of a workbook and read it back."""
    position = HEADER.index(column) + 1

    def edit(book: openpyxl.Workbook) -> None:
        written = book["records"].cell(2, position, value)
        written.number_format = style

    change(folder / "town.xlsx", edit, {"records": [HEADER, ROW]})
    return Reading(folder).rows("records", column)[0][0]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.0, "1"),
        (3, "3"),
        (-5, "-5"),
        (0.1 + 0.2, "0.3"),
        (1.1, "1.1"),
        (57.13, "57.13"),
        (1 / 3, "0.333333333333333"),
        (123456789.123456789, "123456789.123457"),
        (99999999999999.98, "100000000000000"),
        (1.0000000004, "1.0000000004"),
        (0.9999999999, "0.9999999999"),
        (True, "true"),
        ("3.10", "3.10"),
        ("三", "三"),
    ],
)
def test_a_number_has_the_digits_that_excel_shows(tmp_path: Path, value: Any, shown: str) -> None:
    assert cell(tmp_path, value, column="quantity") == shown


@pytest.mark.parametrize(
    ("value", "style", "shown"),
    [
        (dt.date(2024, 5, 1), "yyyy-mm-dd", "2024-05-01"),
        (dt.date(2024, 5, 1), 'yyyy"年"m"月"d"日"', "2024-05-01"),
        (dt.date(2024, 5, 1), "m/d/yy", "2024-05-01"),
        (
            dt.datetime.fromisoformat("2024-05-01 13:04:05"),
            "yyyy-mm-dd hh:mm:ss",
            "2024-05-01 13:04:05",
        ),
        (dt.time(13, 4, 5), "h:mm:ss", "13:04:05"),
        ("2024年5月1日", "@", "2024年5月1日"),
    ],
)
@pytest.mark.parametrize("column", ["date", "note"])
def test_a_date_becomes_iso_text_in_every_column(
    tmp_path: Path, column: str, value: Any, style: str, shown: str
) -> None:
    assert cell(tmp_path, value, column=column, style=style) == shown


def test_dates_counted_from_1904_are_understood(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book["records"]["B2"] = dt.date(2024, 5, 1)

    change(tmp_path / "town.xlsx", edit, {"records": [HEADER, ROW]})
    assert Reading(tmp_path).rows("records", "date") == [("2024-05-01",)]


@pytest.mark.parametrize(
    "text", ["00123", " 前后有空 ", "第一行\n第二行", "110101199003070000", "0.10000000000000001"]
)
def test_text_stays_as_it_is(tmp_path: Path, text: str) -> None:
    assert cell(tmp_path, text) == text


def test_a_code_typed_as_a_number_has_lost_digits(tmp_path: Path) -> None:
    rows = [HEADER, ROW, ["110101199003071000", "d", 1, None], [110101199003071234, "d", 1, None]]
    workbook(tmp_path / "town.xlsx", {"records": rows})
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.where.row, problem.where.column) == ("digits-lost", 4, "unit")


def test_rows_are_numbered_as_in_the_sheet_whatever_is_empty(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["records"]
        for column, (heading, value) in enumerate(zip(HEADER, ROW, strict=True), start=3):
            sheet.cell(4, column, heading)
            sheet.cell(7, column, value)
            sheet.cell(9, column, value)
        sheet.cell(8, 5, "  ")

    change(tmp_path / "town.xlsx", edit, {"records": []})
    assert Reading(tmp_path).rows("records", "row_number", "unit") == [(7, "Q1"), (9, "Q1")]


def test_places_hold_when_the_sheet_begins_below_and_beside_the_corner(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["records"]
        for column, heading in enumerate(HEADER, start=3):
            sheet.cell(4, column, heading)
        for column, value in enumerate(["Q1", "d", "#N/A", "=1"], start=3):
            sheet.cell(6, column, value)
        sheet["F6"].data_type = "s"

    change(tmp_path / "town.xlsx", edit, {"records": []})
    found = {(p.code, p.where.row, p.where.column) for p in refused(tmp_path)}
    assert found == {("cell-error", 6, "quantity"), ("formula-in-text", 6, "note")}


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    workbook(tmp_path / "town.xlsx", {"records": [HEADER]})
    assert Reading(tmp_path).table("records").sources[0].rows == 0


def test_an_empty_sheet_is_a_problem(tmp_path: Path) -> None:
    workbook(tmp_path / "town.xlsx", {"records": [], "units": [[None], [None]]})
    assert codes(refused(tmp_path)) == ["sheet-empty", "sheet-empty"]


def test_several_sheets_of_one_workbook_are_read(tmp_path: Path) -> None:
    workbook(
        tmp_path / "town.xlsx",
        {"考核对象": [["单位代码", "名称"], ["Q1", "一村"]], "纪实": [HEADER, ROW]},
    )
    reading = Reading(tmp_path)
    assert reading.rows("units", "unit", "name") == [("Q1", "一村")]
    assert reading.rows("records", "unit", "quantity") == [("Q1", "3")]


def test_a_workbook_with_macros_is_read_like_any_other(tmp_path: Path) -> None:
    workbook(tmp_path / "town.xlsx", {"records": [HEADER, ROW]}).rename(tmp_path / "town.xlsm")
    assert Reading(tmp_path).rows("records", "unit") == [("Q1",)]


def test_the_value_of_a_formula_is_what_excel_computed_last(tmp_path: Path) -> None:
    row = (
        '<row r="2"><c r="A2" t="str"><f>"Q"&amp;1</f><v>Q1</v></c>'
        '<c r="B2" t="str"><f>IF(TRUE,"","")</f><v></v></c><c r="C2"><f>1+1</f><v>2</v></c></row>'
    )
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + row))
    assert Reading(tmp_path).rows("records", "unit", "date", "quantity") == [("Q1", None, "2")]


@pytest.mark.parametrize("formula", ["<f>1+1</f>", "<f>1+1</f><v></v>", "<f>1+1</f><v/>"])
def test_a_formula_that_was_never_computed_is_a_problem(tmp_path: Path, formula: str) -> None:
    row = f'<row r="2"><c r="A2" t="str"><v>Q1</v></c><c r="C2">{formula}</c></row>'
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(HEADER_XML + row))
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.where.row, problem.where.column) == (
        "formula-without-value",
        2,
        "quantity",
    )


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!"])
def test_an_error_in_a_cell_is_a_problem(tmp_path: Path, error: str) -> None:
    workbook(tmp_path / "town.xlsx", {"records": [HEADER, ROW, ["Q2", "d", error]]})
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.found, problem.where.row) == ("cell-error", error, 3)


def test_errors_in_columns_that_are_not_read_do_not_matter(tmp_path: Path) -> None:
    workbook(tmp_path / "town.xlsx", {"records": [[*HEADER, "同比"], [*ROW, "#DIV/0!"]]})
    assert Reading(tmp_path).rows("records", "unit") == [("Q1",)]


def test_merged_cells_are_a_problem(tmp_path: Path) -> None:
    rows = [HEADER, ROW, ROW]
    change(tmp_path / "town.xlsx", lambda b: b["records"].merge_cells("A2:A3"), {"records": rows})
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.found, problem.where.row) == ("cells-merged", "A2:A3", 2)


def test_a_merged_title_above_the_headings_is_named_with_what_it_causes(tmp_path: Path) -> None:
    rows = [["清河县纪实表"], HEADER, ROW]
    change(tmp_path / "town.xlsx", lambda b: b["records"].merge_cells("A1:D1"), {"records": rows})
    assert sorted(codes(refused(tmp_path))) == ["cells-merged", "column-missing"]


def test_merged_cells_beside_the_table_do_not_matter(tmp_path: Path) -> None:
    rows = [HEADER, ROW]
    change(tmp_path / "town.xlsx", lambda b: b["records"].merge_cells("G2:H3"), {"records": rows})
    assert Reading(tmp_path).rows("records", "unit") == [("Q1",)]


def test_hidden_rows_with_data_are_a_problem_and_empty_ones_are_not(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for row in (3, 4, 6, 60):
            book["records"].row_dimensions[row].hidden = True

    change(tmp_path / "town.xlsx", edit, {"records": [HEADER, *[ROW] * 6]})
    assert [(p.code, p.found) for p in refused(tmp_path)] == [
        ("row-hidden", "3–4"),
        ("row-hidden", "6"),
    ]


def test_a_hidden_column_that_would_be_read_is_a_problem(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for letter in "CE":
            book["records"].column_dimensions[letter].hidden = True

    change(tmp_path / "town.xlsx", edit, {"records": [[*HEADER, "同比"], [*ROW, 1]]})
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.found, problem.where.column) == ("column-hidden", "C", "quantity")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_a_problem_only_if_it_is_a_table(tmp_path: Path, state: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["records"].sheet_state = state
        book["参数"].sheet_state = state

    sheets = {"考核对象": [["unit", "name"]], "records": [HEADER, ROW], "参数": [[1]]}
    change(tmp_path / "town.xlsx", edit, sheets)
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.where.sheet) == ("sheet-hidden", "records")


def test_a_workbook_named_by_a_table_whose_only_sheet_is_hidden_is_a_problem(
    tmp_path: Path,
) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Sheet1"].sheet_state = "hidden"
        book.create_sheet("说明")

    change(tmp_path / "records.xlsx", edit, {"Sheet1": [HEADER, ROW]})
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.where.sheet) == ("sheet-hidden", "Sheet1")


def test_at_most_a_hundred_cells_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    workbook(tmp_path / "town.xlsx", {"records": [HEADER, *[["#N/A", "d", 1, "=a"]] * 80]})
    problems = refused(tmp_path)
    assert len(problems) == 101
    assert (problems[-1].code, problems[-1].found) == ("more-problems", 60)


UNUSUAL = {
    "prefixed tags": lambda xml: (
        xml.replace("<", "<x:")
        .replace("<x:/", "</x:")
        .replace("<x:?", "<?")
        .replace("xmlns=", "xmlns:x=")
    ),
    "single quotes": lambda xml: xml.replace('"', "'"),
    "a comment": lambda xml: xml.replace("<sheetData>", "<!-- made by hand --><sheetData>"),
    "line ends inside tags": lambda xml: xml.replace("<c r", "<c\nr"),
}


@pytest.mark.parametrize("way", UNUSUAL)
def test_a_sheet_written_in_an_uncommon_way_is_read_the_same(tmp_path: Path, way: str) -> None:
    rows = (
        '<row r="3"><c r="A3" t="str"><v>Q1</v></c><c r="B3" t="str"><v>d</v></c>'
        '<c r="C3" t="e"><v>#N/A</v></c></row>'
    )
    xml = sheet_xml(HEADER_XML + rows)
    bare_workbook(tmp_path / "town.xlsx", UNUSUAL[way](xml))
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.where.row, problem.where.column) == ("cell-error", 3, "quantity")
    bare_workbook(tmp_path / "town.xlsx", UNUSUAL[way](xml.replace(' t="e"', ' t="str"')))
    assert Reading(tmp_path).rows("records", "quantity", "row_number") == [("#N/A", 3)]


def test_cells_without_a_place_follow_one_another(tmp_path: Path) -> None:
    cells = "".join(f'<c t="str"><v>{text}</v></c>' for text in ("Q1", "d"))
    rows = f'{HEADER_XML}<row>{cells}<c t="e"><v>#N/A</v></c></row>'
    bare_workbook(tmp_path / "town.xlsx", sheet_xml(rows))
    (problem,) = refused(tmp_path)
    assert (problem.where.row, problem.where.column) == (2, "quantity")


def test_a_wide_sheet_is_read(tmp_path: Path) -> None:
    header = [*(f"x{i}" for i in range(60)), *HEADER]
    workbook(tmp_path / "town.xlsx", {"records": [header, [*range(60), *ROW]]})
    assert Reading(tmp_path).rows("records", "unit", "quantity") == [("Q1", "3")]


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "town.xlsx", {"records": [[*HEADER, *range(20)]]})
    assert codes(refused(tmp_path, Limits(columns=20))) == ["too-many-columns"]


def test_reading_needs_neither_numpy_nor_arrow(tmp_path: Path) -> None:
    workbook(tmp_path / "town.xlsx", {"records": [HEADER, ROW]})
    program = (
        "import sys, pathlib, duckdb; from table_files import CATALOGUE\n"
        "for name in [n for n in sys.modules if n.partition('.')[0] in ('numpy', 'openpyxl')]:\n"
        "    del sys.modules[name]\n"
        "from ronghe.exchange.tables import open_tables\n"
        "open_tables(duckdb.connect(), pathlib.Path(sys.argv[1]), CATALOGUE)\n"
        "heavy = 'numpy', 'pyarrow', 'pandas', 'polars', 'openpyxl'\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent,
    )
    assert done.stdout.strip() == "[]"
