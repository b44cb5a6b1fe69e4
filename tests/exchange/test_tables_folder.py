"""Which files of a folder are read, under which names, with which headings."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest
from table_files import CATALOGUE, Reading, codes, refused, workbook

from ronghe.exchange.tables import open_tables

ROWS = "unit,date\nQ1,2025-01-01\n"


@pytest.mark.parametrize(
    "name", ["records.csv", "纪实.csv", "records-2025.csv", "纪实-清河镇.csv", "RECORDS.CSV"]
)
def test_a_file_named_by_table_or_title_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(ROWS, encoding="utf-8")
    assert Reading(tmp_path).rows("records", "unit", "row_number") == [("Q1", 2)]


@pytest.mark.parametrize("sheet", ["records", "纪实", "纪实-一季度"])
def test_a_sheet_named_by_table_or_title_is_read(tmp_path: Path, sheet: str) -> None:
    workbook(tmp_path / "清河县.xlsx", {sheet: [["unit", "date"], ["Q1", "2025-01-01"]]})
    assert Reading(tmp_path).rows("records", "unit") == [("Q1",)]


def test_a_workbook_named_by_a_table_gives_its_first_sheet(tmp_path: Path) -> None:
    rows = [["unit", "date"], ["Q1", "2025-01-01"]]
    workbook(tmp_path / "records.xlsx", {"Sheet1": rows, "Sheet2": [["x"]]})
    reading = Reading(tmp_path)
    assert reading.rows("records", "unit") == [("Q1",)]
    assert codes(reading.warnings) == ["sheet-not-used"]


def test_several_files_feed_one_table_and_each_row_knows_its_own(tmp_path: Path) -> None:
    (tmp_path / "records-1.csv").write_text("unit,date,note\nQ1,d,n\n", encoding="utf-8")
    (tmp_path / "records-2.csv").write_text("date,unit\nd,Q2\nd,Q3\n", encoding="utf-8")
    workbook(tmp_path / "town.xlsx", {"records": [["unit", "date", "quantity"], ["Q4", "d", 5]]})
    reading = Reading(tmp_path)
    assert reading.rows("records", "unit", "note", "quantity", "source_number", "row_number") == [
        ("Q1", "n", None, 0, 2),
        ("Q2", None, None, 1, 2),
        ("Q3", None, None, 1, 3),
        ("Q4", None, "5", 2, 2),
    ]
    table = reading.table("records")
    assert table.columns == ("unit", "date", "quantity", "note")
    assert [(s.place.source, s.place.sheet, s.rows) for s in table.sources] == [
        ("records-1.csv", "", 1),
        ("records-2.csv", "", 2),
        ("town.xlsx", "records", 1),
    ]


def test_a_source_carries_the_digest_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "records.csv"
    file.write_text(ROWS, encoding="gb18030")
    (source,) = Reading(tmp_path).table("records").sources
    assert source.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_what_belongs_to_no_table_is_a_warning_and_documents_and_hidden_files_are_not(
    tmp_path: Path,
) -> None:
    (tmp_path / "records.csv").write_text(ROWS, encoding="utf-8")
    for name in ("notes.txt", "README", "other.csv", ".hidden.csv", "~$records.xlsx"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    workbook(tmp_path / "plan.xlsx", {"计划": [["a"]]})
    warnings = Reading(tmp_path).warnings
    assert {(w.code, w.where.source) for w in warnings} == {
        ("file-not-used", name) for name in ("other.csv", "folder", "plan.xlsx")
    }


def test_a_sheet_of_explanations_is_passed_over(tmp_path: Path) -> None:
    rows = [["unit", "date"], ["Q1", "d"]]
    workbook(tmp_path / "town.xlsx", {"说明": [["填表说明"]], "纪实": rows})
    assert Reading(tmp_path).warnings == []


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    assert codes(refused(tmp_path / "nowhere")) == ["folder-not-found"]


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_followed(tmp_path: Path) -> None:
    data, outside = tmp_path / "data", tmp_path / "outside.csv"
    data.mkdir()
    outside.write_text(ROWS, encoding="utf-8")
    (data / "original.csv").write_text(ROWS, encoding="utf-8")
    (data / "records.csv").symlink_to(data / "original.csv")
    assert Reading(data).rows("records", "unit") == [("Q1",)]
    (data / "records-2.csv").symlink_to(outside)
    (data / "records-3.csv").symlink_to(data / "records-3.csv")
    assert codes(refused(data)) == ["link-out-of-folder", "link-out-of-folder"]


def test_a_linked_folder_outside_is_refused(tmp_path: Path) -> None:
    data, outside = tmp_path / "data", tmp_path / "outside"
    data.mkdir()
    outside.mkdir()
    (outside / "part.csv").write_text(ROWS, encoding="utf-8")
    (data / "records").symlink_to(outside)
    assert codes(refused(data)) == ["link-out-of-folder"]


def test_signs_that_patterns_use_are_plain_letters_in_names(tmp_path: Path) -> None:
    (tmp_path / "records-[1]*.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "records-'1'.csv").write_text(ROWS.replace("Q1", "Q2"), encoding="utf-8")
    assert Reading(tmp_path).rows("records", "unit") == [("Q2",), ("Q1",)]


@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".et", ".ods"])
def test_a_workbook_of_another_format_is_a_problem(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"records{suffix}").write_bytes(b"anything")
    assert codes(refused(tmp_path)) == ["workbook-old-format"]


def test_a_file_that_may_not_be_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "records.csv").write_text(ROWS, encoding="utf-8")
    monkeypatch.setattr(Path, "open", deny)
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.found) == ("file-unreadable", "Permission denied")


def test_nothing_is_left_in_the_folder_or_in_the_working_folder(tmp_path: Path) -> None:
    data, work = tmp_path / "data", tmp_path / "work"
    data.mkdir()
    work.mkdir()
    (data / "records.csv").write_text(ROWS, encoding="gb18030")
    workbook(data / "units.xlsx", {"units": [["unit", "name"], ["Q1", "一"]]})
    before = sorted(data.iterdir())
    open_tables(duckdb.connect(), data, CATALOGUE, workdir=work)
    assert sorted(data.iterdir()) == before
    assert list(work.iterdir()) == []


def test_headings_may_be_chinese_padded_wide_or_in_another_case(tmp_path: Path) -> None:
    text = "\ufeff 单位代码 ,DATE,　数量\nQ1,d,1\n"
    (tmp_path / "records.csv").write_text(text, encoding="utf-8")
    assert Reading(tmp_path).rows("records", "unit", "date", "quantity") == [("Q1", "d", "1")]


def test_all_missing_columns_are_named_together(tmp_path: Path) -> None:
    (tmp_path / "records.csv").write_text("备注,金额\nx,1\n", encoding="utf-8")
    (problem,) = refused(tmp_path)
    assert problem.code == "column-missing"
    assert problem.where.row == 1
    assert problem.expected == "单位代码 (unit)、日期 (date)"
    assert problem.found == "备注、金额"


def test_a_column_that_is_there_twice_is_a_problem_in_either_language(tmp_path: Path) -> None:
    (tmp_path / "records.csv").write_text("unit,日期,单位代码\nQ1,d,Q2\n", encoding="utf-8")
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.found, problem.details["times"]) == (
        "column-repeated",
        "unit、单位代码",
        2,
    )


def test_unknown_columns_are_left_out_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "records.csv").write_text("序号,unit,date,电话\n1,Q1,d,5\n", encoding="utf-8")
    reading = Reading(tmp_path)
    assert reading.table("records").columns == ("unit", "date")
    (warning,) = reading.warnings
    assert (warning.code, warning.found) == ("column-not-used", "序号、电话")


def test_the_problems_of_all_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "records-1.csv").write_text("unit,date\nQ1\n", encoding="utf-8")
    (tmp_path / "records-2.csv").write_bytes(b"")
    workbook(tmp_path / "units.xlsx", {"units": [["unit"], ["Q1"]]})
    assert codes(refused(tmp_path)) == ["row-field-count", "file-empty", "column-missing"]
