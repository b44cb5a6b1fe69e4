"""Whole journeys in a browser."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from browser.conftest import sign_in
from ronghe.apps.access import Role


def test_signing_in_works_without_script(open_page, county):
    page = open_page(java_script_enabled=False)

    sign_in(page, county.people[Role.BRANCH_SECRETARY])

    expect(page.get_by_role("heading", name="等我办的")).to_be_visible()
    page.get_by_role("link", name="设置").click()
    expect(page.get_by_role("heading", name="人员与账号")).to_be_visible()
    page.locator(".account summary").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()


def test_a_person_sets_up_a_second_factor_and_signs_in_with_it(open_page, county):
    secretary = county.people[Role.PARTY_SECRETARY]
    page = open_page()
    sign_in(page, secretary)
    page.get_by_role("link", name="去设置").click()
    page.get_by_label("密码").fill("qing-he-2026")
    page.get_by_role("button", name="确认").click()
    secret = page.locator("code.secret").inner_text()

    page.get_by_label("验证器显示的六位数字").fill(code(secret))
    page.get_by_role("button", name="启用").click()
    expect(page.locator(".codes li")).to_have_count(10)

    page.locator(".account summary").click()
    page.get_by_role("button", name="退出登录").click()
    sign_in(page, secretary)
    page.get_by_label("验证码").fill(code(secret))
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", name="等我办的")).to_be_visible()


def test_a_secretary_opens_an_account_and_the_member_comes_in(open_page, county):
    page = open_page()
    sign_in(page, county.people[Role.BRANCH_SECRETARY])
    page.get_by_role("link", name="设置").click()
    page.get_by_role("link", name="开立账号").click()
    page.get_by_label("姓名").fill("王大山")
    page.get_by_label("登录名").fill("wangdashan")
    page.get_by_label("角色").select_option(label="党员")
    page.get_by_role("button", name="开立账号").click()
    password = page.locator("code.secret").inner_text()

    member = open_page("/account/sign-in/")
    member.get_by_label("登录名").fill("wangdashan")
    member.get_by_label("密码").fill(password)
    member.get_by_role("button", name="登录", exact=True).click()
    expect(member.get_by_text("您的密码是别人发给您的")).to_be_visible()
    member.get_by_label("当前密码").fill(password)
    member.get_by_label("新密码", exact=True).fill("zao-shu-cun-88")
    member.get_by_label("新密码（重复）").fill("zao-shu-cun-88")
    member.get_by_role("button", name="保存新密码").click()
    expect(member.get_by_role("heading", name="王大山")).to_be_visible()


def test_the_list_of_people_narrows_while_one_types(open_page, county):
    page = open_page()
    sign_in(page, county.people[Role.ADMINISTRATOR])
    page.goto("/people/")

    page.get_by_label("姓名或登录名").press_sequentially("resident")

    expect(page.get_by_text("共1人")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_the_tree_can_be_read_with_the_keyboard_alone(open_page, county):
    page = open_page()
    sign_in(page, county.people[Role.ADMINISTRATOR])
    page.goto("/organisations/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("名称或代码")).to_be_focused()


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
