"""Duty lists are read as townships publish them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.scheme.duties import Duty
from ronghe.exchange.duty_list import read_duty_list
from ronghe.wording import say


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if rows[0][-1] is None:
            sheet.merge_cells("A1:B1")
    book.save(path)
    return path


def refused(path: Path) -> list[str]:
    with pytest.raises(ProblemsError) as refusal:
        read_duty_list(path)
    assert all(say(p, language) for p in refusal.value.problems for language in ("zh", "en"))
    return [problem.code for problem in refusal.value.problems]


def test_three_sheets_with_title_rows_and_headings_inside(tmp_path):
    path = workbook(
        tmp_path / "清河镇.xlsx",
        {
            "表1": [
                ["清河镇基本履职事项清单", None],
                ["序号", "事项 名称"],
                ["一、党的建设（2项）", None],
                [1, "加强党的政治建设"],
                [2, "发展党员"],
            ],
            "配合履职事项": [
                ["序号", "事项名称", "牵头部门"],
                ["经济发展"],
                [1, "高标准农田建设", "农业农村局"],
            ],
            "收回": [["序号", "事项名称"], [1, "餐饮服务油烟污染的监督检查"]],
        },
    )

    duties, warnings = read_duty_list(path)

    assert warnings == []
    assert duties == [
        Duty("1", "加强党的政治建设", "basic", "党的建设"),
        Duty("2", "发展党员", "basic", "党的建设"),
        Duty("1", "高标准农田建设", "assisting", "经济发展"),
        Duty("1", "餐饮服务油烟污染的监督检查", "withdrawn", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_one_table_with_a_column_for_the_list(tmp_path, encoding):
    path = tmp_path / "duties.csv"
    text = "清单,类别,序号,事项名称\n基本,党的建设,1,发展党员\n,,,\n上级收回,,2,巡河\n"
    path.write_bytes(text.encode(encoding))

    duties, _ = read_duty_list(path)

    assert duties == [
        Duty("1", "发展党员", "basic", "党的建设"),
        Duty("2", "巡河", "withdrawn", "党的建设"),
    ]


def test_the_name_of_the_file_may_say_which_list_it_is(tmp_path):
    path = tmp_path / "配合履职事项清单.csv"
    path.write_text("事项名称\n高标准农田建设\n", encoding="utf-8")

    assert read_duty_list(path)[0][0].kind == "assisting"


def test_a_duty_on_two_lists_is_a_warning(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text("清单,事项名称\n基本,巡河\n收回,巡河\n", encoding="utf-8")

    duties, (warning,) = read_duty_list(path)

    assert len(duties) == 2
    assert (warning.code, warning.found) == ("duty-list-twice", "巡河")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("清单,内容\n基本,巡河\n", "duty-list-columns"),
        ("事项名称\n巡河\n", "duty-list-kind"),
        ("清单,事项名称\n其他,巡河\n", "duty-list-kind"),
        ("清单,事项名称\n", "duty-list-empty"),
        ("", "duty-list-empty"),
        ('清单,事项名称\n基本,"巡河\n', "duty-list-unreadable"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(tmp_path, text, code):
    path = tmp_path / "d.csv"
    path.write_text(text, encoding="utf-8")

    assert refused(path) == [code]


def test_a_missing_file_and_one_that_is_no_workbook_are_refused(tmp_path):
    fake = tmp_path / "list.xlsx"
    fake.write_bytes(b"nothing")

    assert refused(tmp_path / "none.xlsx") == ["duty-list-unreadable"]
    assert refused(fake) == ["workbook-damaged"]


def test_a_sheet_that_spans_too_many_cells_is_refused(tmp_path):
    book = Workbook()
    book.active.append(["清单", "事项名称"])
    book.active["XFD9999"] = "x"
    book.save(tmp_path / "wide.xlsx")

    assert refused(tmp_path / "wide.xlsx") == ["sheet-too-large"]
