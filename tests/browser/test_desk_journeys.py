"""Journeys over the desk: a complaint and its answer, a job that ends while one looks on."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.conftest import sign_in
from ronghe.apps.access import Role
from ronghe.apps.desk.models import Job


def test_a_member_complains_and_the_inspector_answers_without_script(open_page, county):
    member = open_page(java_script_enabled=False)
    sign_in(member, county.people[Role.MEMBER])
    member.goto("/me/")
    member.get_by_role("link", name="投诉", exact=True).last.click()
    expect(member.get_by_label("哪一页")).to_have_value("/me/")
    member.get_by_label("形式主义：要求多填、多报、多留痕").check()
    member.get_by_label("情况").fill("每天要拍照打卡。")
    member.get_by_role("button", name="提交").click()
    expect(member.get_by_text("等待答复")).to_be_visible()

    inspector = open_page("/account/sign-in/", java_script_enabled=False)
    sign_in(inspector, county.people[Role.INSPECTOR])
    inspector.get_by_role("link", name="去答复").click()
    inspector.get_by_label("处理结果").select_option(label="属实，已改正")
    inspector.get_by_label("答复和理由").fill("已停止拍照要求。")
    inspector.get_by_role("button", name="答复").click()
    expect(inspector.get_by_text("没有等待答复的投诉。")).to_be_visible()

    member.goto("/")
    member.get_by_role("link", name="通知，1条未读").click()
    member.get_by_role("link", name="您的投诉有了答复").click()
    expect(member.get_by_text("已停止拍照要求。")).to_be_visible()


def test_the_page_of_a_job_shows_its_end_by_itself(open_page, county):
    somebody = county.people[Role.MEMBER]
    job = Job.objects.create(
        kind="x", key="x", language="zh-hans", by=somebody, state="running", done=3, total=9
    )
    page = open_page()
    sign_in(page, somebody)
    page.goto(f"/jobs/{job.pk}/")
    expect(page.get_by_text("3/9")).to_be_visible()

    Job.objects.filter(pk=job.pk).update(
        state="done", result={"url": "/me/", "words": "已入库9行。"}
    )

    expect(page.get_by_text("已入库9行。")).to_be_visible()
    page.get_by_role("link", name="查看结果").click()
    expect(page).to_have_url("/me/")


def test_one_searches_by_keyboard_from_any_page(open_page, county):
    page = open_page()
    sign_in(page, county.people[Role.BRANCH_SECRETARY])
    page.goto("/me/")

    page.get_by_role("searchbox").fill("branch")
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="here branch")).to_be_visible()
