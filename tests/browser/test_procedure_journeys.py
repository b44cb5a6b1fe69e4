"""Procedures in a browser, without script, each person at their own desk."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.conftest import sign_in
from ronghe.apps.access import Role
from ronghe.apps.procedures.models import Objection, Publicity
from ronghe.apps.regulations.models import LocalValue
from web_world import days

PLAIN = {"java_script_enabled": False}
PHONE = {**PLAIN, "viewport": {"width": 390, "height": 844}}


def desk_of(open_page, person, **options):
    """Open somebody's desk."""
    page = open_page(**(options or PLAIN))
    sign_in(page, person)
    return page


def test_a_publicity_is_objected_to_on_a_phone_answered_and_closed(open_page, county):
    secretary = desk_of(open_page, county.people[Role.PARTY_SECRETARY])
    secretary.goto("/procedures/publicity/new/")
    secretary.get_by_label("标题").fill("发展党员公示")
    secretary.get_by_label("公示内容").fill("拟接收王大山为预备党员。")
    secretary.get_by_role("button", name="开始公示").click()
    expect(secretary.get_by_text("公示中")).to_be_visible()

    resident = desk_of(open_page, county.people[Role.RESIDENT], **PHONE)
    resident.goto("/procedures/publicity/")
    resident.get_by_role("link", name="发展党员公示").click()
    resident.get_by_role("link", name="提出异议").click()
    resident.get_by_label("异议和理由").fill("申请时间不符。")
    resident.get_by_role("button", name="提出异议").click()
    expect(resident.get_by_text("待指定办理人")).to_be_visible()

    office = desk_of(open_page, county.people[Role.ORGANISATION])
    office.get_by_role("link", name="指定办理人").click()
    office.get_by_label("交给谁办理").select_option(label="here-inspector")
    office.get_by_role("button", name="交办").click()

    inspector = desk_of(open_page, county.people[Role.INSPECTOR])
    inspector.get_by_role("link", name="去答复").click()
    inspector.get_by_label("异议不成立").check()
    inspector.get_by_label("答复的理由").fill("已核对档案。")
    inspector.get_by_role("button", name="答复", exact=True).click()
    expect(inspector.get_by_role("paragraph").get_by_text("异议不成立")).to_be_visible()

    Publicity.objects.update(ends=days(-1), provisional=False)
    secretary.goto("/")
    secretary.get_by_role("link", name="去办理").click()
    secretary.get_by_label("结论或理由").fill("异议不成立，同意接收。")
    secretary.get_by_role("button", name="结束公示").click()

    expect(secretary.get_by_text("已结束").first).to_be_visible()
    assert Objection.objects.get().state == "dismissed"
    assert Publicity.objects.get().state == "closed"


def test_a_local_value_is_set_by_one_and_signed_by_another(open_page, county):
    office = desk_of(open_page, county.people[Role.ORGANISATION])
    office.goto("/rules/?q=training.member_hours")
    office.locator("tbody a").first.click()
    office.get_by_role("link", name="另定本地的值").click()
    office.get_by_label("本地的值").fill("40")
    office.get_by_label("依据文件").fill("《清河县党员教育培训计划》")
    office.get_by_label("文号").fill("清组〔2026〕3号")
    office.get_by_label("理由").fill("按县里的计划")
    office.get_by_role("button", name="提出").click()
    expect(office.get_by_text("待签批").first).to_be_visible()

    leader = desk_of(open_page, county.people[Role.COUNTY_LEADER])
    leader.get_by_role("link", name="去签批").click()
    expect(leader.get_by_text("内置的值：不少于 32 学时")).to_be_visible()
    leader.get_by_role("button", name="同意").click()
    expect(leader.get_by_text("已签批").first).to_be_visible()

    assert LocalValue.objects.get().state == "in_force"
