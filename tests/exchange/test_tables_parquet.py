"""Parquet files: views that keep the types, one table from many files."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from table_files import Reading, codes, refused, workbook


def parquet(path: Path, query: str) -> Path:
    """Write the result of a query as a Parquet file."""
    path.parent.mkdir(exist_ok=True)
    duckdb.sql(f"copy ({query}) to '{path}' (format parquet)")
    return path


RECORDS = (
    "select 'Q' || i as unit, date '2025-01-01' + i::int as date, i as quantity from range(3) t(i)"
)


def test_a_parquet_file_keeps_its_types_and_is_not_copied(tmp_path: Path) -> None:
    parquet(tmp_path / "records.parquet", RECORDS)
    reading = Reading(tmp_path)
    table = reading.table("records")
    assert (table.typed, table.columns) == (True, ("unit", "date", "quantity"))
    assert reading.con.execute(
        "select table_type from information_schema.tables where table_name = 'raw_records'"
    ).fetchall() == [("VIEW",)]
    kinds = "select typeof(date), typeof(quantity) from raw_records limit 1"
    assert reading.con.execute(kinds).fetchall() == [("DATE", "BIGINT")]


def test_rows_are_numbered_in_their_file_and_know_it(tmp_path: Path) -> None:
    parquet(tmp_path / "records" / "part-1.parquet", RECORDS)
    parquet(tmp_path / "records" / "part-2.parquet", RECORDS)
    reading = Reading(tmp_path)
    assert reading.rows("records", "source_number", "row_number", "unit") == [
        (source, row, f"Q{row - 1}") for source in (0, 1) for row in (1, 2, 3)
    ]
    assert [(s.place.source, s.rows) for s in reading.table("records").sources] == [
        ("records/part-1.parquet", 3),
        ("records/part-2.parquet", 3),
    ]


def test_files_may_differ_in_headings_and_optional_columns(tmp_path: Path) -> None:
    parquet(tmp_path / "records-1.parquet", "select 'Q1' as \" 单位代码 \", 'd' as 日期, 5 as 数量")
    parquet(tmp_path / "records-2.parquet", "select 'd' as date, 'Q2' as unit, 'n' as note")
    reading = Reading(tmp_path)
    assert reading.rows("records", "unit", "quantity", "note", "source_number") == [
        ("Q1", 5, None, 0),
        ("Q2", None, "n", 1),
    ]


def test_missing_columns_are_a_problem(tmp_path: Path) -> None:
    parquet(tmp_path / "records.parquet", "select 1 as unit, 2 as x")
    assert codes(refused(tmp_path)) == ["column-missing"]


def test_a_column_of_different_types_is_a_problem(tmp_path: Path) -> None:
    parquet(tmp_path / "records-1.parquet", "select 'Q1' as unit, 'd' as date, 1 as quantity")
    parquet(tmp_path / "records-2.parquet", "select 'Q1' as unit, 'd' as date, '1' as quantity")
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.found, problem.expected) == (
        "parquet-types-differ",
        "VARCHAR",
        "INTEGER",
    )


@pytest.mark.parametrize("value", ["[1, 2]", "{'a': 1}", "map {'a': 1}"])
def test_a_nested_column_is_a_problem(tmp_path: Path, value: str) -> None:
    parquet(tmp_path / "records.parquet", f"select 'Q1' as unit, 'd' as date, {value} as note")
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.where.column) == ("parquet-nested", "note")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"PAR1", "parquet-damaged"),
        (b"unit,date\nQ1,d\n", "parquet-damaged"),
    ],
)
def test_a_damaged_file_is_named_among_the_others(
    tmp_path: Path, content: bytes, code: str
) -> None:
    parquet(tmp_path / "records-1.parquet", RECORDS)
    (tmp_path / "records-2.parquet").write_bytes(content)
    (problem,) = refused(tmp_path)
    assert (problem.code, problem.where.source) == (code, "records-2.parquet")


def test_parquet_and_text_do_not_feed_one_table_together(tmp_path: Path) -> None:
    parquet(tmp_path / "records.parquet", RECORDS)
    (tmp_path / "records-2.csv").write_text("unit,date\nQ1,d\n", encoding="utf-8")
    workbook(tmp_path / "town.xlsx", {"records": [["unit", "date"], ["Q1", "d"]]})
    assert codes(refused(tmp_path)) == ["formats-mixed", "formats-mixed"]
