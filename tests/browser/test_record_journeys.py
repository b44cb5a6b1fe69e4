"""Records in a browser: a meeting entered on a phone without script, and verified by another."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.conftest import sign_in
from ronghe.apps.access import Role
from ronghe.apps.records.models import Record, State
from web_world import on_roster

PHONE = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}


def test_a_meeting_is_entered_on_a_phone_and_verified_by_somebody_else(open_page, county):
    came, _absent = (on_roster(county.nodes["branch"], name=name) for name in ("张三", "李四"))
    page = open_page(**PHONE)
    sign_in(page, county.people[Role.BRANCH_SECRETARY])
    page.goto("/records/new/")
    page.get_by_role("link", name="支部党员大会").click()
    page.get_by_label("张三").check()
    page.get_by_label("主题").fill("学习")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("heading", name="支部党员大会")).to_be_visible()
    expect(page.get_by_text("待核实").first).to_be_visible()

    officer = open_page(**PHONE)
    sign_in(officer, county.people[Role.ORGANISATION_OFFICER])
    officer.get_by_role("link", name="去核实").click()
    officer.get_by_role("button", name="属实，核实").click()
    expect(officer.get_by_text("没有等您核实的纪实。")).to_be_visible()

    made = Record.objects.get()
    assert list(made.actors.all()) == [came]
    assert made.state == State.ACCEPTED
