"""An appraisal in the browser: office, department, secretary, signer, auditor, member."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import sign_in
from records_world import waiting_record
from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import Round, Scheme
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.records.models import Record
from round_world import a_round, computed, final, measured_appeal, moved, result_of, score, vote


def as_person(open_page, county, role: Role, path: str, **options):
    """Open a page as somebody of the county."""
    page = open_page("/account/sign-in/", **options)
    sign_in(page, county.people[role])
    page.goto(path)
    return page


def test_the_office_starts_a_scheme_and_sees_the_check_up_follow_while_typing(open_page, county):
    page = as_person(open_page, county, Role.APPRAISAL_OFFICE, "/appraisal/schemes/new/")
    page.get_by_label("从现成方案开始").select_option("village-branch")
    page.get_by_role("button", name="开始").click()
    page.get_by_role("link", name="民主测评").first.click()
    page.get_by_label("名称", exact=True).fill("领导批示数")

    expect(page.locator("#health")).to_contain_text("批示")
    page.get_by_label("计分方法", exact=True).select_option("bands")
    expect(page.get_by_label("档次")).to_be_visible()
    expect(page.get_by_label("名称", exact=True)).to_have_value("领导批示数")


def test_a_scheme_is_edited_without_script(open_page, county):
    page = as_person(
        open_page, county, Role.APPRAISAL_OFFICE, "/appraisal/schemes/new/",
        java_script_enabled=False,
    )  # fmt: skip
    page.get_by_label("从现成方案开始").select_option("village-branch")
    page.get_by_role("button", name="开始").click()
    page.get_by_role("link", name="民主测评").first.click()
    page.get_by_label("分值").fill("十二")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_text("十二").first).to_be_visible()
    assert Scheme.objects.get().revision == 2


def test_a_round_goes_from_collecting_to_disclosure_at_the_press_of_buttons(open_page, county):
    round_ = a_round(county)
    vote(county, round_)
    score(county, round_, branch=90, branch_beside=50)
    path = f"/appraisal/rounds/{round_.pk}/"
    page = as_person(open_page, county, Role.APPRAISAL_OFFICE, path)
    page.get_by_role("button", name="计算", exact=True).click()
    page.goto(path)
    page.get_by_role("link", name="审核", exact=True).click()
    expect(page.get_by_role("heading", name="审核")).to_be_visible()
    page.goto(path)
    page.get_by_role("button", name="反馈被考核方").click()
    expect(page.get_by_text("期限还没有满")).to_be_visible()


def test_the_office_has_records_drawn_and_a_township_checks_them(open_page, county):
    round_ = computed(county)
    branch, township = county.nodes["branch"], county.nodes["township"]
    for _ in range(4):
        record = waiting_record(branch, kind="case_solved", by_sampling=True)
        at = {"verify_at": township, "day": round_.version.scheme.content["period"]["since"]}
        Record.objects.filter(pk=record.pk).update(**at)
    page = as_person(
        open_page, county, Role.APPRAISAL_OFFICE, f"/appraisal/rounds/{round_.pk}/review/"
    )
    page.get_by_role("link", name="抽取要核实的纪实").click()
    page.get_by_role("button", name="抽取").click()
    expect(page.get_by_text("4条中3条")).to_be_visible()

    secretary = as_person(open_page, county, Role.PARTY_SECRETARY, "/records/waiting/")
    for _ in range(3):
        secretary.get_by_role("button", name="属实，核实").first.click()
        expect(secretary.get_by_text("已核实。").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("全部属实，其余一并认可")).to_be_visible()


def test_a_secretary_reads_why_points_were_lost_and_appeals(open_page, county):
    moved(county, computed(county), Event.DISCLOSE)
    page = as_person(open_page, county, Role.BRANCH_SECRETARY, "/",
                     viewport={"width": 390, "height": 844})  # fmt: skip
    page.get_by_role("link", name="看看").click()
    page.get_by_text("办成的事").last.click()
    expect(page.get_by_text("计分规则：每 1 得 5 分").first).to_be_visible()
    page.get_by_role("link", name="申诉").first.click()
    page.get_by_label("哪里不对").fill("少算了一件")
    page.get_by_label("依据").fill("纪实3号")
    page.get_by_role("button", name="提出申诉").click()
    expect(page.get_by_text("待答复")).to_be_visible()

    office = as_person(open_page, county, Role.APPRAISAL_OFFICE, "/")
    office.get_by_role("link", name="答复").first.click()
    office.get_by_label("不成立").check()
    office.get_by_label("答复和理由").fill("那一件是上一年的")
    office.get_by_role("button", name="答复").click()
    page.reload()
    expect(page.get_by_text("那一件是上一年的")).to_be_visible()


def test_a_department_is_asked_about_its_figure_corrects_it_and_the_appeal_is_upheld(
    open_page, county
):
    made = measured_appeal(county)
    office = as_person(open_page, county, Role.APPRAISAL_OFFICE, "/")
    office.get_by_role("link", name="答复").first.click()
    office.get_by_role("button", name="转请核实").click()
    expect(office.get_by_text("已转请").first).to_be_visible()

    department = as_person(
        open_page, county, Role.DATA_DEPARTMENT, "/",
        viewport={"width": 390, "height": 844}, java_script_enabled=False,
    )  # fmt: skip
    department.get_by_role("link", name="去核实").first.click()
    expect(department.get_by_text("应是21.5")).to_be_visible()
    department.get_by_label("有误，已改正").check()
    department.get_by_label("核实情况和理由").fill("录入时颠倒了")
    department.get_by_label("集体收入").fill("21.5")
    department.get_by_label("改正后的数出自").fill("年报第3页")
    department.get_by_role("button", name="提交").click()
    expect(department.get_by_text("已提交给考核办")).to_be_visible()

    office.reload()
    expect(office.get_by_text("录入时颠倒了")).to_be_visible()
    office.get_by_label("成立：数据改正后重新计算").check()
    office.get_by_label("答复和理由").fill("部门已改正")
    office.get_by_role("button", name="答复").click()
    page = as_person(
        open_page, county, Role.BRANCH_SECRETARY, f"/appraisal/results/{made.result_id}/"
    )
    expect(page.get_by_text("录入时颠倒了")).to_be_visible()


def test_a_signer_makes_the_results_final(open_page, county):
    round_ = moved(county, computed(county), Event.DISCLOSE, Event.HEAR, Event.PUBLICISE,
                   Event.PUT_TO_SIGN)  # fmt: skip
    path = f"/appraisal/rounds/{round_.pk}/"
    page = as_person(open_page, county, Role.ORGANISATION, "/")
    page.get_by_role("link", name="去签批").first.click()
    page.get_by_role("button", name="同意").click()
    expect(page.get_by_text("已签批", exact=True).first).to_be_visible()
    page.goto(path)
    expect(page.get_by_text("结果的来历")).to_be_visible()
    assert Round.objects.get().stage == "final"


def test_an_auditor_lets_a_result_be_computed_again(open_page, county):
    round_ = final(county)
    path = f"/appraisal/rounds/{round_.pk}/"
    page = as_person(open_page, county, Role.INSPECTOR, path)
    page.get_by_role("button", name="重新算一遍").click()
    expect(page.get_by_text("逐字节一致")).to_be_visible()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.RESIDENT])
def test_people_see_the_publicity_and_no_single_result(open_page, county, role):
    round_ = moved(county, computed(county), Event.DISCLOSE, Event.HEAR, Event.PUBLICISE)
    path = f"/appraisal/rounds/{round_.pk}/results/"
    page = as_person(open_page, county, role, path)
    expect(page.get_by_role("cell", name="here branch_beside")).to_be_visible()
    response = page.request.get(f"/appraisal/results/{result_of(round_).pk}/")
    assert response.status == 404


def test_a_township_enters_the_votes_from_its_desk(open_page, county):
    from ronghe.apps.appraisal.services.missing import note

    note(a_round(county))
    page = as_person(open_page, county, Role.TOWNSHIP_OFFICER, "/")
    page.get_by_role("link", name="去办").first.click()
    page.get_by_role("link", name="here branch").click()
    page.get_by_label("党员 · 好").fill("12")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已录入", exact=True)).to_be_visible()
