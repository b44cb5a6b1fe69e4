"""A report appraisal in the browser: a secretary on a phone, the township, the department."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import sign_in
from records_world import a_record
from reporting_world import YEAR, an_appraisal, counted, past_objections, submitted, votes
from ronghe.apps.access import Role
from ronghe.apps.reporting.models import Report
from ronghe.apps.reporting.services import holding, judging
from ronghe.apps.reporting.stages import Stage
from web_world import business_below, days

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_secretary_writes_the_report_from_the_records_on_a_phone(open_page, county, script):
    a_record(county)
    an_appraisal(county)
    page = open_page("/account/sign-in/", viewport=PHONE, java_script_enabled=script)
    sign_in(page, county.people[Role.BRANCH_SECRETARY])
    page.goto("/")
    page.get_by_role("link", name="去写").click()
    page.get_by_role("button", name="从记录起草").click()
    expect(page.get_by_text("“修水渠”").first).to_be_visible()

    page.get_by_role("link", name="来源1条").click()
    expect(page.get_by_role("link", name="诉求办结")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="自己写一句").click()
    page.get_by_label("放在哪一部分").select_option("plans")
    page.get_by_label("内容").fill("明年修通村西的路。")
    page.get_by_role("button", name="加上").click()
    expect(page.get_by_text("自己写的", exact=True)).to_be_visible()

    page.get_by_text("提交", exact=True).locator("visible=true").last.click()
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text("已提交，内容从此不变。")).to_be_visible()
    assert Report.objects.get().stage == Stage.SUBMITTED


def test_the_secretary_of_the_township_comments_and_the_department_signs(open_page, county):
    report = submitted(county)
    page = open_page("/account/sign-in/")
    sign_in(page, county.people[Role.PARTY_SECRETARY])
    page.goto(report.get_absolute_url())
    page.get_by_role("link", name="点评", exact=True).click()
    page.get_by_label("点评").fill("水渠修得好，组织生活要补上。")
    page.get_by_role("button", name="点评").click()
    expect(page.get_by_text("水渠修得好")).to_be_visible()

    office = open_page("/account/sign-in/")
    sign_in(office, county.people[Role.TOWNSHIP_OFFICER])
    office.goto(report.get_absolute_url())
    office.get_by_role("link", name="录入票数").click()
    for group in ("上级党组织", "班子成员", "党员", "群众"):
        office.get_by_label(f"{group} · 好", exact=True).fill("9")
    office.get_by_role("button", name="录入").click()
    expect(office.get_by_text("建议等次")).to_be_visible()
    past_objections(report)
    office.goto(report.get_absolute_url())
    office.get_by_role("link", name="报请签批").click()
    office.get_by_role("button", name="报请签批").click()

    department = open_page("/account/sign-in/")
    sign_in(department, county.people[Role.ORGANISATION])
    department.goto("/")
    department.get_by_role("link", name="去签批").click()
    department.get_by_role("button", name="同意").click()
    report.refresh_from_db()
    assert (report.stage, report.grade) == (Stage.FINAL, "good")


def test_an_office_without_script_lays_many_grades_before_the_signer_on_one_sheet(
    open_page, county
):
    report = past_objections(counted(county))
    beside = business_below(county.nodes["township"], code="one-sheet")
    Report.objects.create(
        appraisal=report.appraisal, node=beside, name="李书", stage=Stage.COUNTED,
        until=report.until, proposal="good", digest="d", counted_at=report.counted_at,
    )  # fmt: skip
    office = open_page("/account/sign-in/", java_script_enabled=False, viewport=PHONE)
    sign_in(office, county.people[Role.TOWNSHIP_OFFICER])
    office.goto(report.appraisal.get_absolute_url())
    office.get_by_role("link", name="一张单报请签批").click()
    office.get_by_label("拟定等次：" + beside.name).select_option("average")
    office.get_by_label("理由：" + beside.name).fill("有一件事没有办成")
    office.get_by_label("党（工）委书记").check()
    office.get_by_role("button", name="报请签批").click()
    expect(office.get_by_text("有一件事没有办成")).to_be_visible()

    signer = open_page("/account/sign-in/")
    sign_in(signer, county.people[Role.PARTY_SECRETARY])
    signer.goto("/")
    signer.get_by_role("link", name="去签批").click()
    expect(signer.get_by_text("有一件事没有办成")).to_be_visible()
    signer.get_by_role("button", name="同意").click()
    expect(signer.get_by_text("已签批。")).to_be_visible()
    grades = dict(Report.objects.values_list("name", "grade"))
    assert grades == {report.name: "good", "李书": "average"}


def test_the_department_opens_one_for_the_secretaries_of_townships(open_page, county):
    page = open_page("/account/sign-in/")
    sign_in(page, county.people[Role.ORGANISATION])
    page.goto("/reports/appraisals/new/")
    page.get_by_label("谁来开展").select_option(label="here")
    page.get_by_label("依据的文件").fill("清委发3号")
    page.get_by_label("报告截止日").fill(days(20).isoformat())
    for name, number in (("得票率", "60"), ("占比", "40"), ("异议期", "5")):
        page.get_by_label(name).fill(number)
    for group, weight in (("上级党组织", "40"), ("班子成员", "20"), ("党员", "20"), ("群众", "20")):
        page.get_by_label(f"权重（%）：{group}").fill(weight)
    page.get_by_role("button", name="开展").click()

    expect(page.get_by_text("here township", exact=True)).to_be_visible()
    assert Report.objects.get().secretary == county.people[Role.PARTY_SECRETARY]


def test_a_secretary_sees_the_year_and_has_a_binder_made(open_page, county):
    report = submitted(county)
    judging.comment(report, words="好", by=county[Role.PARTY_SECRETARY])
    holding.enter_votes(report, counts=votes(), by=county[Role.TOWNSHIP_OFFICER])
    page = open_page("/account/sign-in/", viewport=PHONE)
    sign_in(page, county.people[Role.BRANCH_SECRETARY])
    page.goto("/reports/year/")
    expect(page.get_by_text("办结群众和企业诉求").first).to_be_visible()
    expect(page.get_by_role("link", name="交述职报告").first).to_be_visible()

    page.goto("/reports/documents/")
    page.get_by_label("台账（Excel）").check()
    page.get_by_role("button", name="开始做").click()
    page.goto("/reports/documents/")
    with page.expect_download() as fetched:
        page.get_by_role("link", name=f"here branch{YEAR}台账.xlsx").click()
    assert fetched.value.suggested_filename == f"here branch{YEAR}台账.xlsx"
