"""A joint plan in a browser: planned, linked, deployed, advanced by a record, read by a leader."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import expect

from browser.conftest import sign_in
from planning_world import a_pair, a_plan
from ronghe.apps.access import Role
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.planning.models import Plan, Progress
from ronghe.apps.records.models import Record
from round_world import YEAR, computed, moved, small_scheme

PHONE = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}


def an_entry(page, kind: str, name: str, *, behind: str = "") -> None:
    """List an entry on the page of a plan, by keyboard alone once the form is open."""
    page.get_by_role("link", name=kind).click()
    page.get_by_label("名称").fill(name)
    page.get_by_label("期限").fill(f"{YEAR}-12-20")
    if behind:
        page.get_by_label(behind).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="列入计划").focus()
    page.keyboard.press("Enter")
    page.get_by_text("已列入。").wait_for()


def test_a_secretary_plans_links_and_deploys_and_the_leader_sees_it_beside_the_quadrant(
    open_page, county
):
    scheme = small_scheme().model_dump(mode="json", exclude_defaults=True)
    for one, side in zip(scheme["indicators"], ("party", "economy", "economy"), strict=True):
        one["side"] = side
    scheme = small_scheme(indicators=scheme["indicators"])
    moved(county, computed(county, scheme=scheme), Event.DISCLOSE)

    secretary = open_page(**PHONE)
    sign_in(secretary, county.people[Role.BRANCH_SECRETARY])
    secretary.goto("/planning/plans/new/")
    secretary.get_by_label("年度").fill(str(YEAR))
    secretary.get_by_role("button", name="开始编制").click()
    an_entry(secretary, "列经济事项", "建冷库")
    an_entry(secretary, "列党建行动", "党员包片修渠", behind="建冷库")
    an_entry(secretary, "列党建行动", "读书月")
    expect(secretary.get_by_text("1项党建行动没有联系重点经济事项")).to_be_visible()
    secretary.locator("summary", has_text="部署").click()
    secretary.get_by_role("button", name="确认部署").click()
    expect(secretary.get_by_text("已部署，有事项的单位已收到通知。")).to_be_visible()

    secretary.goto("/records/new/")
    secretary.get_by_role("link", name="诉求办结").click()
    secretary.get_by_label("哪一天").fill(f"{YEAR}-06-01")
    secretary.get_by_label("什么事").fill("修渠")
    secretary.get_by_role("button", name="登记", exact=True).click()
    plan = Plan.objects.get()
    secretary.goto(plan.get_absolute_url())
    secretary.get_by_role("link", name="党员包片修渠").first.click()
    secretary.get_by_role("link", name="从已登记的里选").click()
    secretary.locator("input[name=records]").check()
    secretary.get_by_role("button", name="记下").click()
    secretary.get_by_role("button", name="推进中").click()
    expect(secretary.get_by_text("进展已更新。")).to_be_visible()

    leader = open_page()
    sign_in(leader, county.people[Role.VIEWER])
    leader.get_by_role("link", name="评价").click()
    leader.get_by_role("link", name="小方案").first.click()
    leader.get_by_role("link", name="党建与经济融合").click()
    expect(leader.get_by_text("1项党建行动未联系任何经济事项")).to_be_visible()
    leader.get_by_role("link", name="here branch", exact=True).click()
    expect(leader.get_by_role("heading", name="共同谋划的联系")).to_be_visible()
    expect(leader.get_by_role("link", name="诉求办结")).to_be_visible()

    assert plan.entries.get(name="党员包片修渠").progress == Progress.UNDER_WAY
    assert Record.objects.get().day == date(YEAR, 6, 1)


def test_a_record_of_this_year_names_what_it_advances_as_it_is_entered(open_page, county):
    plan = a_plan(county.nodes["branch"], by=county.people[Role.BRANCH_SECRETARY], deployed=True)
    project, _action = a_pair(plan)
    page = open_page(project.get_absolute_url(), **PHONE)
    sign_in(page, county.people[Role.BRANCH_SECRETARY])
    page.goto(project.get_absolute_url())
    page.get_by_role("link", name="登记一条推进它的纪实").click()
    page.get_by_role("link", name="技术指导").click()
    expect(page.get_by_label("推进计划里的哪一项")).to_have_value(str(project.pk))
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_role("link", name=project.name).click()

    expect(page.get_by_role("link", name="技术指导")).to_be_visible()
    assert project.advances.count() == 1
