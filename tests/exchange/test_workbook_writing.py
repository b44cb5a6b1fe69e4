"""Writing workbooks: what is written is what is read back, byte for byte the same each time."""

from __future__ import annotations

import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.tables import ColumnSpec, TableSpec
from ronghe.exchange.tables import open_tables
from ronghe.exchange.workbook import Sheet, write_sheets

CREATED = dt.date(2025, 12, 31)
TABLE = TableSpec(
    "t", "表", (ColumnSpec("k", "键"), ColumnSpec("v", "值"), ColumnSpec("n", "数", "number"))
)
NOON = dt.datetime.fromisoformat("2025-03-01 12:00:00")


def write(path: Path, rows: list[list[Any]], **more: Any) -> Path:
    """Write a sheet of three columns."""
    write_sheets(path, [Sheet("t", ["k", "v", "n"], rows, **more)], created=CREATED)
    return path


def read(folder: Path) -> list[tuple[Any, ...]]:
    """Read it back."""
    con = duckdb.connect()
    open_tables(con, folder, {"t": TABLE})
    return con.execute("select k, v, n from raw_t order by row_number").fetchall()


CHARACTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff")
TEXT = st.text(CHARACTERS, min_size=1, max_size=40)
TRICKY = st.sampled_from(
    ["_x0041_", "_x005F_", "a\r\nb", "\t", " x ", "<&>\"'", "]]>", "\x00\x1f", "00123", "1e5"]
)
HARMLESS = (TEXT | TRICKY).filter(lambda text: text[0] not in "=+-@\t\r" and text.strip(" "))


@settings(max_examples=15, deadline=None)
@given(texts=st.lists(HARMLESS, min_size=1, max_size=30))
def test_text_is_read_back_as_it_was_written(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "t.xlsx"), [["k", text, None] for text in texts])
        assert [row[1] for row in read(Path(folder))] == texts


NUMBERS = (
    st.integers(-(10**15) + 1, 10**15 - 1)
    | st.decimals(-(10**9), 10**9, places=6, allow_nan=False)
    | st.integers(-(10**12), 10**12).map(lambda n: n / 1000)
)


@settings(max_examples=15, deadline=None)
@given(numbers=st.lists(NUMBERS, min_size=1, max_size=30))
def test_numbers_are_read_back_exactly(numbers: list[int | float | Decimal]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "t.xlsx"), [["k", "v", number] for number in numbers])
        back = [Decimal(row[2]) for row in read(Path(folder))]
        assert back == [Decimal(str(number)) for number in numbers]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(2025, 3, 1), "2025-03-01"),
        (NOON, "2025-03-01 12:00:00"),
        (dt.date(1899, 12, 31), "1899-12-31"),
        (True, "true"),
        (False, "false"),
        (110101199003071234, "110101199003071234"),
        (Decimal("1234567890.123456"), "1234567890.123456"),
    ],
)
def test_other_values_are_read_back_as_people_write_them(
    tmp_path: Path, value: Any, text: str
) -> None:
    write(tmp_path / "t.xlsx", [["k", value, None]])
    assert read(tmp_path)[0][1] == text


@pytest.mark.parametrize(
    "text", ["=1+1", "@x", "+1", "https://example.org", "mailto:a@b.c", "{=1}"]
)
def test_text_never_becomes_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "t.xlsx", [["k", text, None]])
    cell = openpyxl.load_workbook(path)["t"]["B2"]
    assert (cell.value, cell.data_type in ("s", "inlineStr"), cell.hyperlink) == (text, True, None)


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    rows = [["k", f"值{i}", i] for i in range(50)]
    first = write(tmp_path / "a.xlsx", rows).read_bytes()
    assert write(tmp_path / "b.xlsx", rows).read_bytes() == first


def test_headings_are_bold_and_frozen_and_columns_have_width_and_format(tmp_path: Path) -> None:
    rows = [["k", dt.date(2025, 3, 1), 0.5]]
    path = write(tmp_path / "t.xlsx", rows, widths=[12, 30], formats={2: "0.0%"})
    book = openpyxl.load_workbook(path)
    sheet = book["t"]
    assert [sheet.freeze_panes, sheet["A1"].font.bold, sheet["A2"].font.bold] == ["A2", True, False]
    assert sheet["C2"].number_format == "0.0%"
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert sheet.column_dimensions["B"].width == pytest.approx(30, abs=1)
    assert book.properties.created.date() == CREATED


def test_several_sheets_are_written_in_order(tmp_path: Path) -> None:
    sheets = [Sheet(name, ["a"], [[name]]) for name in ("二", "一")]
    write_sheets(tmp_path / "t.xlsx", sheets, created=CREATED)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert [(sheet.title, sheet["A2"].value) for sheet in book] == [("二", "二"), ("一", "一")]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (float("nan"), "excel-not-a-number"),
        (float("inf"), "excel-not-a-number"),
        ("长" * 32_768, "excel-text-too-long"),
        ("𬱖" * 16_384, "excel-text-too-long"),
    ],
)
def test_what_excel_cannot_hold_is_a_problem_and_leaves_no_file(
    tmp_path: Path, value: Any, code: str
) -> None:
    with pytest.raises(ProblemsError) as refusal:
        write(tmp_path / "t.xlsx", [["k", "v", None], ["k", value, None]])
    (problem,) = refusal.value.problems
    assert (problem.code, problem.where.row, problem.where.column) == (code, 3, "v")
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_has_are_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ronghe.exchange.workbook.MAX_ROWS", 5)
    with pytest.raises(ProblemsError) as refusal:
        write(tmp_path / "t.xlsx", [["k", "v", 1]] * 5)
    assert refusal.value.problems[0].code == "excel-too-many-rows"


def test_a_workbook_replaces_an_older_one_only_when_complete(tmp_path: Path) -> None:
    path = write(tmp_path / "t.xlsx", [["old", "v", 1]])
    with pytest.raises(ProblemsError):
        write(path, [["new", float("nan"), 1]])
    assert read(tmp_path) == [("old", "v", "1")]
