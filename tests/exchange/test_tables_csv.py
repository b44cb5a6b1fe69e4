"""CSV files: encodings, delimiters, row numbers, broken rows, size."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import duckdb
import pytest
from table_files import Reading, codes, refused

from ronghe.exchange.tables import Limits
from ronghe.exchange.tables import encoding as encoding_module

TEXT = "单位代码,日期,数量,备注\nQ1,2025-01-01,3,走访困难户\nQ2,2025-02-01,,“龙头”企业\n"
ROWS = [("Q1", "3", "走访困难户"), ("Q2", None, "“龙头”企业")]


def csv(folder: Path, content: str | bytes, name: str = "records.csv") -> Path:
    """Write a CSV file, text as UTF-8."""
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb2312", "gb18030"])
def test_every_encoding_in_use_gives_the_same_rows(tmp_path: Path, encoding: str) -> None:
    reading = Reading(csv(tmp_path, TEXT.encode(encoding)))
    assert reading.rows("records", "unit", "quantity", "note") == ROWS


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf16_is_told_by_its_mark_in_either_order(tmp_path: Path, mark: bytes) -> None:
    order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    reading = Reading(csv(tmp_path, mark + TEXT.encode(order)))
    assert reading.rows("records", "unit", "quantity", "note") == ROWS


def test_characters_outside_gbk_are_read_from_gb18030(tmp_path: Path) -> None:
    rows = "unit,date,note\nQ1,d,𬱖㐀€\n"
    assert Reading(csv(tmp_path, rows.encode("gb18030"))).rows("records", "note") == [("𬱖㐀€",)]


@pytest.mark.parametrize("piece", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_character_may_lie_across_two_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, piece: int
) -> None:
    monkeypatch.setattr(encoding_module, "CHUNK", piece)
    text = TEXT + "\n" + "Q3,2025-03-01,1,𬱖\n"
    reading = Reading(csv(tmp_path, text.encode(encoding)))
    assert reading.rows("records", "unit", "row_number") == [("Q1", 2), ("Q2", 3), ("Q3", 5)]


def test_bytes_of_no_encoding_are_named_by_line(tmp_path: Path) -> None:
    (problem,) = refused(csv(tmp_path, b"unit,date\nQ1,d\nQ2,\xff\xff\nQ3,d\n"))
    assert (problem.code, problem.where.row) == ("encoding-unknown", 3)
    assert problem.found.startswith("FF FF")


def test_damaged_utf8_is_not_taken_for_gb18030(tmp_path: Path) -> None:
    damaged = TEXT.encode() + "Q3,2025-03-01,1,走访".encode() + b"\xe8\xb5" + b",\n"
    (problem,) = refused(csv(tmp_path, damaged))
    assert (problem.code, problem.where.row) == ("encoding-unknown", 4)
    assert problem.details["tried"] == "UTF-8"


def test_utf8_cut_off_inside_a_character_is_damaged(tmp_path: Path) -> None:
    (problem,) = refused(csv(tmp_path, (TEXT + "Q3,2025-03-01,1,走访").encode()[:-1]))
    assert (problem.code, problem.where.row) == ("encoding-unknown", 4)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", "\ufeff\r\n".encode("utf-16")])
def test_an_empty_file_is_a_problem(tmp_path: Path, content: bytes) -> None:
    assert codes(refused(csv(tmp_path, content))) == ["file-empty"]


@pytest.mark.parametrize("content", ["unit,date", "unit,date\n", "unit,date\r\n\r\n"])
def test_a_header_alone_is_a_table_without_rows(tmp_path: Path, content: str) -> None:
    (source,) = Reading(csv(tmp_path, content)).table("records").sources
    assert source.rows == 0


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_told_from_the_header(tmp_path: Path, delimiter: str) -> None:
    text = f"unit;date;note\nQ1;d;a{'.' if delimiter == ';' else ';'}b\n"
    folder = csv(
        tmp_path, text.replace(";", delimiter, 2).replace("Q1;d;", f"Q1{delimiter}d{delimiter}")
    )
    expected = "a.b" if delimiter == ";" else "a;b"
    assert Reading(folder).rows("records", "unit", "date", "note") == [("Q1", "d", expected)]


def test_delimiters_at_the_end_of_every_line_are_nothing(tmp_path: Path) -> None:
    reading = Reading(csv(tmp_path, "unit,date,,\nQ1,d,,\n"))
    assert reading.rows("records", "unit", "date") == [("Q1", "d")]
    assert reading.warnings == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_every_way(tmp_path: Path, end: str) -> None:
    folder = csv(tmp_path, TEXT.replace("\n", end))
    assert Reading(folder).rows("records", "unit", "row_number") == [("Q1", 2), ("Q2", 3)]


def test_lines_of_one_file_may_end_in_several_ways(tmp_path: Path) -> None:
    folder = csv(tmp_path, "unit,date,note\r\nQ1,d,a\nQ2,d,b\r\nQ3,d,c\r")
    assert Reading(folder).rows("records", "unit", "note", "row_number") == [
        ("Q1", "a", 2),
        ("Q2", "b", 3),
        ("Q3", "c", 4),
    ]


def test_a_quoted_cell_may_hold_delimiters_quotes_and_line_ends(tmp_path: Path) -> None:
    folder = csv(tmp_path, 'unit,date,note\r\nQ1,d,"一,二\n""三""\r\n四"\r\nQ2,d,x\r\n')
    assert Reading(folder).rows("records", "note", "row_number") == [
        ('一,二\n"三"\r\n四', 2),
        ("x", 3),
    ]


def test_rows_are_numbered_as_a_person_counts_them_empty_ones_too(tmp_path: Path) -> None:
    folder = csv(tmp_path, "\nunit,date,note\nQ1,d,\n\n\nQ2,d,\n,,\n , ,\nQ3,d,\n\n")
    assert Reading(folder).rows("records", "unit", "row_number") == [
        ("Q1", 3),
        ("Q2", 6),
        ("Q3", 9),
    ]


def test_row_numbers_hold_in_a_file_that_is_read_in_parallel(tmp_path: Path) -> None:
    lines = "".join(f"Q{number},2025-01-01,{number}\n" for number in range(2, 400_002))
    reading = Reading(csv(tmp_path, "unit,date,quantity\n" + lines))
    wrong = "select count(*) from raw_records where row_number <> cast(quantity as bigint)"
    assert reading.con.execute(wrong).fetchall() == [(0,)]
    assert reading.table("records").sources[0].rows == 400_000


@pytest.mark.parametrize(("row", "cells"), [("Q2,d", 2), ("Q2,d,1,2", 4), ("   ", 1)])
def test_a_row_with_too_many_or_too_few_cells_is_a_problem(
    tmp_path: Path, row: str, cells: int
) -> None:
    (problem,) = refused(csv(tmp_path, f"unit,date,note\nQ1,d,1\n\n{row}\nQ3,d,1\n"))
    assert (problem.code, problem.where.row) == ("row-field-count", 4)
    assert (problem.found, problem.expected) == (cells, 3)


@pytest.mark.parametrize("cell", ['"never closed', '"closed" too early'])
def test_a_quotation_mark_without_a_partner_is_a_problem(tmp_path: Path, cell: str) -> None:
    problem, *_ = refused(csv(tmp_path, f"unit,date,note\nQ1,d,1\nQ2,d,{cell}\nQ3,d,1\n"))
    assert (problem.code, problem.where.row) == ("quote-unbalanced", 3)


def test_a_nul_byte_is_a_problem(tmp_path: Path) -> None:
    (problem,) = refused(csv(tmp_path, b"unit,date\nQ1,d\nQ\x002,d\n"))
    assert (problem.code, problem.where.row) == ("nul-byte", 3)


def test_utf16_without_a_mark_is_a_problem(tmp_path: Path) -> None:
    assert codes(refused(csv(tmp_path, "unit,date\nQ1,d\n".encode("utf-16-le")))) == ["nul-byte"]


def test_a_line_without_end_is_a_problem(tmp_path: Path) -> None:
    (problem,) = refused(csv(tmp_path, "unit,date\nQ1,d\nQ2," + "x" * 3_000_000 + "\nQ3,d\n"))
    assert (problem.code, problem.where.row) == ("line-too-long", 3)


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1"])
def test_text_that_begins_like_a_formula_is_a_problem(tmp_path: Path, text: str) -> None:
    (problem,) = refused(csv(tmp_path, f"unit,date,备注\nQ1,d,1\nQ2,d,{text}\n"))
    assert (problem.code, problem.found) == ("formula-in-text", text)
    assert (problem.where.row, problem.where.column) == (3, "备注")


def test_a_carriage_return_at_the_beginning_of_a_text_is_a_problem(tmp_path: Path) -> None:
    assert codes(refused(csv(tmp_path, 'unit,date,note\nQ1,d,"\r=1"\n'))) == ["formula-in-text"]


@pytest.mark.parametrize("text", ["-", "-5", "+8613800000000", "-3.5%", "a=b", "－"])
def test_signed_numbers_and_dashes_are_no_formulas(tmp_path: Path, text: str) -> None:
    folder = csv(tmp_path, f"unit,date,quantity,note\nQ1,d,-5,{text}\n")
    assert Reading(folder).rows("records", "quantity", "note") == [("-5", text)]


def test_a_code_that_a_spreadsheet_took_for_a_number_is_a_problem(tmp_path: Path) -> None:
    (problem,) = refused(csv(tmp_path, "unit,date,quantity\n1.10101E+17,d,1.5E+11\n"))
    assert (problem.code, problem.where.column) == ("digits-lost", "unit")


def test_at_most_a_hundred_rows_of_a_file_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    csv(tmp_path, "unit,date\n" + "Q1\n" * 130 + "=1,d\n" * 20)
    csv(tmp_path, "unit,name\n" + "Q1\n" * 3, "units.csv")
    problems = refused(tmp_path)
    assert (
        codes(problems) == ["row-field-count"] * 100 + ["more-problems"] + ["row-field-count"] * 3
    )
    assert (problems[100].found, problems[100].where.source) == (50, "records.csv")


def test_of_very_many_broken_rows_only_a_least_number_is_known(tmp_path: Path) -> None:
    problems = refused(csv(tmp_path, "unit,date\n" + "Q1\n" * 12_000))
    assert problems[-1].found == "≥ 9900"


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (problem,) = refused(csv(tmp_path, TEXT), Limits(csv_bytes=50))
    assert (problem.code, problem.expected) == ("file-too-large", 50)


def test_the_limit_for_csv_is_at_least_two_gigabytes() -> None:
    assert Limits().csv_bytes >= 2 * 1024**3


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    header = "unit,date," + ",".join(f"x{i}" for i in range(1100))
    assert codes(refused(csv(tmp_path, header + "\n"))) == ["too-many-columns"]


def test_a_large_file_streams_and_is_never_held_whole(tmp_path: Path) -> None:
    line = "".join(f"Q{i * 7919 % 10_007},2025-01-01,{i},走访困难户\n" for i in range(5_000))
    with (tmp_path / "records.csv").open("w", encoding="gb18030") as file:
        file.write("unit,date,quantity,note\n")
        for _ in range(180):
            file.write(line)
    size = (tmp_path / "records.csv").stat().st_size
    con = duckdb.connect(config={"memory_limit": "100MB", "temp_directory": str(tmp_path / "t")})
    tracemalloc.start()
    reading = Reading(tmp_path, con=con)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 28_000_000
    assert reading.table("records").sources[0].rows == 900_000
    assert peak < 12_000_000
