"""In the browser: a department supplies figures, an auditor reads, the office takes files."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from browser.test_appraisal_journeys import as_person
from records_world import a_definition, a_record
from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.records.models import Measure
from ronghe.apps.records.services import correct_record
from round_world import final, paid_scheme
from web_world import days, on_roster

SEND = "/records/imports/new/?what=measures&period=2025"
HEADING = "集体收入（万元）"


def filled(empty: Path, *values: str) -> Path:
    """Fill in the figures of a sheet, row by row."""
    book = openpyxl.load_workbook(empty)
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index(HEADING) + 1
    for row, value in enumerate(values, start=2):
        sheet.cell(row, column, value)
    book.save(empty)
    return empty


def delivered(page, folder: Path, source: str, *values: str) -> None:
    """Take the sheet, fill it in, send it and let the good rows in."""
    page.goto(SEND)
    with page.expect_download() as taken:
        page.get_by_role("link", name="村级报送表").click()
    empty = folder / f"{source}.xlsx"
    taken.value.save_as(empty)
    page.set_input_files("input[type=file]", filled(empty, *values))
    page.get_by_label("出自哪份文件或报表").fill(source)
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_role("link", name="入库").click()
    page.get_by_role("button", name="入库").click()
    expect(page.get_by_text("已开始入库。")).to_be_visible()


def test_a_department_delivers_once_for_all_and_corrects_its_own_figure(
    open_page, county, tmp_path
):
    a_definition(county, unit_of_measurement="万元")
    page = as_person(open_page, county, Role.DATA_DEPARTMENT, "/")

    delivered(page, tmp_path, "年报", "8.5", "3.2")
    secretary = as_person(
        open_page, county, Role.BRANCH_SECRETARY, f"/organisations/{county.nodes['branch'].pk}/"
    )
    expect(secretary.get_by_text("8.5").first).to_be_visible()

    delivered(page, tmp_path, "年报更正", "9.1", "3.2")
    secretary.reload()
    expect(secretary.get_by_text("9.1").first).to_be_visible()
    figures = Measure.objects.filter(unit__code="branch").order_by("pk")
    assert [(one.value, one.current, one.source) for one in figures] == [
        (850, False, "年报"),
        (910, True, "年报更正"),
    ]


def test_an_auditor_reads_who_saw_and_who_changed_what(open_page, county):
    member = on_roster(county.nodes["branch"], name="张三")
    secretary = county[Role.BRANCH_SECRETARY]
    correct_record(a_record(county), reason="日期写错", by=secretary, day=days(-1))
    officer = as_person(open_page, county, Role.ORGANISATION_OFFICER, f"/members/{member.pk}/")
    expect(officer.get_by_role("heading", name="张三").first).to_be_visible()

    page = as_person(open_page, county, Role.INSPECTOR, "/audit/")
    page.get_by_label("事项").select_option("members.seen")
    page.get_by_role("button", name="查看").click()
    row = page.get_by_role("row").filter(has_text="查阅党员信息")
    expect(row).to_contain_text(county.people[Role.ORGANISATION_OFFICER].name)
    page.goto("/audit/?action=records.corrected")
    row = page.get_by_role("row").filter(has_text="更正纪实")
    expect(row).to_contain_text(secretary.name)
    expect(page.locator("main")).not_to_contain_text("张三")


def test_the_office_takes_the_pay_sheet_and_releases_open_data(open_page, county, tmp_path):
    round_ = final(county, scheme=paid_scheme())
    path = f"/appraisal/rounds/{round_.pk}/"
    page = as_person(open_page, county, Role.APPRAISAL_OFFICE, path)
    page.get_by_role("link", name="取得文件").click()
    with page.expect_download() as taken:
        page.locator("form").get_by_role("button", name="取得Excel").click()
    taken.value.save_as(tmp_path / "pay.xlsx")
    assert "清财发〔2026〕5号" in openpyxl.load_workbook(tmp_path / "pay.xlsx").active["A2"].value

    page.goto(f"{path}exports/data/")
    page.get_by_label("对外联系方式").fill("县考核办")
    page.get_by_label("已核对，同意公开").check()
    with page.expect_download() as released:
        page.get_by_role("button", name="发布并取得").click()
    assert released.value.suggested_filename.endswith("开放数据.zip")
    assert Entry.objects.filter(action="appraisal.data_released").exists()
