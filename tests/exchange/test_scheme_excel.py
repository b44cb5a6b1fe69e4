"""Schemes as Excel workbooks: without loss both ways, every problem with its cell."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.workbook import Workbook

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.scheme.check import parse_scheme
from ronghe.exchange.scheme import read_scheme, write_scheme, write_scheme_excel
from ronghe.exchange.scheme.excel_read import read_excel
from ronghe.exchange.scheme.layout import SHEETS
from ronghe.wording import say
from scheme_drafts import CASES, JOBS, VOTE, at, draft
from strategies_scheme import schemes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "方案.xlsx"
    write_scheme_excel(parse_scheme(draft()), path)
    return path


Edit = Callable[[Workbook], None]


def problems_after(file: Path, edit: Edit) -> list[tuple[str, str, int | None, str]]:
    """Change a workbook as a person would; return code, sheet, row and column of problems."""
    book = openpyxl.load_workbook(file)
    edit(book)
    book.save(file)
    with pytest.raises(ProblemsError) as refusal:
        read_scheme(file)
    problems = refusal.value.problems
    assert all(say(p, "zh") and say(p, "en") for p in problems)
    return [(p.code, p.where.sheet, p.where.row, p.where.column) for p in problems]


def cell(sheet: str, row: int, heading: str, value: Any) -> Edit:
    """Return a change of one cell."""

    def edit(book: Workbook) -> None:
        columns = {found.value: found.column for found in book[sheet][1]}
        book[sheet].cell(row, columns[heading]).value = value

    return edit


@settings(max_examples=25, deadline=None)
@given(schemes())
def test_what_was_written_is_read_back_exactly(tmp_path_factory, scheme) -> None:
    file = tmp_path_factory.getbasetemp() / "round-trip.xlsx"
    write_scheme_excel(scheme, file)

    document = read_excel(file)

    assert document.problems == []
    assert parse_scheme(document.content) == scheme


def test_the_same_scheme_gives_the_same_bytes(file, tmp_path) -> None:
    other = tmp_path / "other.xlsx"
    write_scheme(parse_scheme(draft()), other)

    assert other.read_bytes() == file.read_bytes()


def test_nothing_unfinished_is_left_behind(tmp_path) -> None:
    document = draft() | {"note": "长" * 40_000}

    with pytest.raises(ProblemsError) as refusal:
        write_scheme_excel(parse_scheme(document), tmp_path / "a.xlsx")

    (problem,) = refusal.value.problems
    assert (problem.code, problem.where.sheet) == ("scheme-cell-too-long", "方案")
    assert list(tmp_path.iterdir()) == []


def test_numbers_that_excel_cannot_hold_survive(tmp_path) -> None:
    document = draft()
    at(document, "gates", 0)["requires"] = {"at_least": "123456789012.345678"}
    write_scheme_excel(parse_scheme(document), tmp_path / "a.xlsx")

    scheme, _ = read_scheme(tmp_path / "a.xlsx")

    assert scheme.gates[0].requires.at_least == Decimal("123456789012.345678")


def test_officials_find_lists_notes_and_frozen_headings(file) -> None:
    book = openpyxl.load_workbook(file)
    sheet = book["指标"]

    assert book.sheetnames == ["说明", *(layout.name for layout in SHEETS)]
    assert sheet.freeze_panes == "E2"
    assert all(heading.comment and heading.comment.text for heading in sheet[1])
    offered = {str(v.formula1) for v in sheet.data_validations.dataValidation}
    assert '"不适用,记零分,取同组中位数,报错"' in offered
    assert any("完成率" in formula and "组合" in formula for formula in offered)


def test_numbers_are_numbers_and_days_are_days(file) -> None:
    book = openpyxl.load_workbook(file)
    points = {row[1].value: row[5].value for row in book["指标"].iter_rows(min_row=2)}
    contents = {row[0].value: row[1] for row in book["方案"].iter_rows(min_row=2)}

    assert points["cases"] == 30
    assert contents["考核期起"].is_date


def test_rules_and_sources_read_like_sentences(file) -> None:
    rows = {row[1].value: row for row in openpyxl.load_workbook(file)["指标"].iter_rows(min_row=2)}

    assert [c.value for c in rows["cases"][7:12]] == [
        "纪实",
        "case",
        None,
        "分档",
        "档次=20:30，10:20",
    ]
    assert rows["vote"][9].value == "票面=好:100，差:0；权重=班子:40，群众:60"


def test_rows_may_stand_in_another_order_and_between_blank_ones(file) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["指标"]
        sheet.move_range("A2:W2", rows=8)
        sheet.insert_rows(1, 2)

    book = openpyxl.load_workbook(file)
    edit(book)
    book.save(file)

    scheme, _ = read_scheme(file)

    assert [node.code for node in scheme.indicators] == ["economy", "party"]


@pytest.mark.parametrize("day", ["2025年1月1日", "2025/1/1", "2025.01.01"])
def test_days_may_be_written_as_people_do(file, day) -> None:
    book = openpyxl.load_workbook(file)
    next(row for row in book["方案"].iter_rows() if row[0].value == "考核期起")[1].value = day
    book.save(file)

    assert read_scheme(file)[0] == parse_scheme(draft())


def test_half_width_signs_and_english_keys_are_understood(file) -> None:
    book = openpyxl.load_workbook(file)
    cell("指标", 6, "计分参数", "target = 50; direction＝more；最高比例=1.2")(book)
    book.save(file)

    scheme, _ = read_scheme(file)

    assert scheme.leaves()[2].rule.target == 50
    assert scheme.leaves()[2].rule.cap == Decimal("1.2")


FAULTS: dict[str, tuple[Edit, tuple[str, str, int | None, str]]] = {
    "text in a number column": (
        cell("指标", 3, "分值", "三十"),
        ("value-not-number", "指标", 3, "分值"),
    ),
    "an unknown choice": (
        cell("指标", 3, "缺失处理", "忽略"),
        ("not-one-of", "指标", 3, "缺失处理"),
    ),
    "an unknown rule": (
        cell("指标", 3, "计分方法", "分挡"),
        ("unknown-rule", "指标", 3, "计分方法"),
    ),
    "a rule without its parameters": (
        cell("指标", 3, "计分参数", None),
        ("rule-without-parameter", "指标", 3, "计分参数"),
    ),
    "an unknown parameter": (
        cell("指标", 3, "计分参数", "档次=20:30；封顶=3"),
        ("unknown-key", "指标", 3, "计分参数"),
    ),
    "a parameter that is none": (
        cell("指标", 3, "计分参数", "档次=20:30；越少越好"),
        ("scheme-parameter-unclear", "指标", 3, "计分参数"),
    ),
    "a parameter written twice": (
        cell("指标", 3, "计分参数", "档次=20:30；其余=1；其余=2"),
        ("scheme-parameter-twice", "指标", 3, "计分参数"),
    ),
    "a step written twice": (
        cell("指标", 3, "计分参数", "档次=20:30，20:10"),
        ("value-not-number", "指标", 3, "计分参数"),
    ),
    "an unknown measure": (
        cell("指标", 6, "来源代码", "job"),
        ("measure-not-declared", "指标", 6, "来源代码"),
    ),
    "a source without its code": (
        cell("指标", 6, "来源代码", None),
        ("missing-key", "指标", 6, "来源代码"),
    ),
    "a combined rule that is not clear": (
        lambda book: [
            cell("指标", 6, "计分方法", "组合")(book),
            cell("指标", 6, "计分参数", "水平 100% 完成率\n余下按增长")(book),
        ],
        ("scheme-part-unclear", "指标", 6, "计分参数"),
    ),
    "points that do not add up": (
        cell("指标", 4, "分值", 15),
        ("points-too-many", "指标", 2, "分值"),
    ),
    "an unknown parent": (
        cell("指标", 4, "上级代码", "patry"),
        ("scheme-parent-unknown", "指标", 4, "上级代码"),
    ),
    "rows above each other": (
        cell("指标", 2, "上级代码", "cases"),
        ("scheme-parent-circle", "指标", 2, "上级代码"),
    ),
    "a code twice": (cell("指标", 4, "代码", "cases"), ("duplicate-code", "指标", 4, "代码")),
    "a condition without its number": (
        cell("前置条件", 2, "界限", None),
        ("condition-not-one", "前置条件", 2, "条件"),
    ),
    "an unknown ceiling": (
        cell("一票否决", 2, "等次上限", "很差"),
        ("grade-not-declared", "一票否决", 2, "等次上限"),
    ),
    "a veto without authority": (
        cell("一票否决", 2, "否决依据", None),
        ("veto-without-authority", "一票否决", 2, "否决依据"),
    ),
    "a peer group without a code": (
        cell("考核分组", 2, "代码", None),
        ("scheme-peer-group-nameless", "考核分组", 2, "代码"),
    ),
    "a peer group twice": (
        cell("考核分组", 3, "代码", "平原"),
        ("scheme-peer-group-twice", "考核分组", 3, "代码"),
    ),
    "an unknown heading": (
        cell("指标", 1, "备注", "备 注"),
        ("scheme-column-unknown", "指标", None, ""),
    ),
    "a heading twice": (
        cell("指标", 1, "备注", "分值"),
        ("scheme-column-twice", "指标", None, ""),
    ),
    "a missing heading": (
        cell("指标", 1, "上级代码", None),
        ("scheme-column-missing", "指标", None, ""),
    ),
    "a value without a heading": (
        lambda book: book["等次"].__setitem__("H3", "？"),
        ("scheme-cell-without-heading", "等次", 3, ""),
    ),
    "an unknown item": (
        lambda book: book["方案"].__setitem__("A2", "代号"),
        ("scheme-item-unknown", "方案", 2, "内容"),
    ),
    "an item twice": (
        lambda book: book["方案"].__setitem__("A3", "方案代码"),
        ("scheme-item-twice", "方案", 3, "内容"),
    ),
    "a missing item": (
        lambda book: book["方案"].__setitem__("B3", None),
        ("missing-key", "方案", 3, "内容"),
    ),
    "merged cells": (
        lambda book: book["指标"].merge_cells("C3:C4"),
        ("cells-merged", "指标", 3, "上级代码"),
    ),
    "a hidden row": (
        lambda book: setattr(book["指标"].row_dimensions[4], "hidden", True),
        ("row-hidden", "指标", 4, ""),
    ),
    "a hidden column": (
        lambda book: setattr(book["指标"].column_dimensions["F"], "hidden", True),
        ("column-hidden", "指标", None, "分值"),
    ),
    "a hidden sheet": (
        lambda book: setattr(book["等次"], "sheet_state", "hidden"),
        ("sheet-hidden", "等次", None, ""),
    ),
    "a missing sheet": (
        lambda book: book.remove(book["指标"]),
        ("scheme-sheet-missing", "", None, ""),
    ),
}


@pytest.mark.parametrize(("edit", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_in_its_cell(file, edit, expected) -> None:
    assert expected in problems_after(file, edit)


def test_problems_come_in_the_order_of_the_sheets_and_rows(file) -> None:
    def edit(book: Workbook) -> None:
        cell("等次", 2, "最低分", "九十")(book)
        cell("指标", 6, "分值", "六十")(book)
        cell("指标", 3, "分值", "三十")(book)

    places = [(sheet, row) for _, sheet, row, _ in problems_after(file, edit)]

    assert places == [("指标", 3), ("指标", 6), ("等次", 2)]


def test_a_sheet_of_ones_own_is_passed_over_with_a_warning(file) -> None:
    book = openpyxl.load_workbook(file)
    book.create_sheet("草稿")["A1"] = "想法"
    book.save(file)

    _, warnings = read_scheme(file)

    assert [(p.code, p.found) for p in warnings] == [("scheme-sheet-unknown", "草稿")]


def test_a_file_that_is_no_workbook_is_refused(tmp_path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"scheme: a\n")

    with pytest.raises(ProblemsError) as refusal:
        read_scheme(file)

    assert [p.code for p in refusal.value.problems] == ["workbook-damaged"]


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused(file) -> None:
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/image.bin", bytes(70 << 20))

    with pytest.raises(ProblemsError) as refusal:
        read_scheme(file)

    assert [p.code for p in refusal.value.problems] == ["workbook-unpacks-too-large"]


def test_text_that_looks_like_a_formula_stays_text(tmp_path) -> None:
    document = draft()
    for loc in (CASES, VOTE, JOBS):
        at(document, *loc)["note"] = "=HYPERLINK(1)"
    write_scheme_excel(parse_scheme(document), tmp_path / "a.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["指标"]

    assert sheet["W3"].data_type == "s"
    assert read_scheme(tmp_path / "a.xlsx")[0] == parse_scheme(document)
