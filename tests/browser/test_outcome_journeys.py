"""The county leader reads the five dimensions; a member reads the own result, and no other."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.conftest import sign_in
from outcomes_world import township_figures
from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import Result
from ronghe.apps.appraisal.rounds.stages import Event
from round_world import computed, moved, small_scheme
from web_world import on_roster


def test_a_leader_goes_from_the_dimensions_to_what_drives_a_place(open_page, county):
    township_figures(county)
    page = open_page("/account/sign-in/")
    sign_in(page, county.people[Role.COUNTY_LEADER])

    page.get_by_role("link", name="谋划").click()
    expect(page.get_by_role("heading", name="五维成效")).to_be_visible()
    expect(page.get_by_text("现在卡在哪里")).to_be_visible()
    page.get_by_role("link", name="here township").first.click()

    expect(page.get_by_role("heading", name="here township")).to_be_visible()
    expect(page.locator("figure").first).to_be_visible()


def test_a_member_reads_the_own_result_on_a_phone_and_no_other(open_page, county):
    branch, account = county.nodes["branch"], county.people[Role.MEMBER]
    member, other = on_roster(branch), on_roster(branch, name="张三")
    member.account = account
    member.save()
    people = small_scheme(scheme="people", appraises="member", level="person")
    round_ = moved(county, computed(county, scheme=people), Event.DISCLOSE)
    page = open_page("/account/sign-in/", viewport={"width": 390, "height": 844})
    sign_in(page, account)

    page.get_by_role("link", name="看看").first.click()

    expect(page.get_by_role("heading", name="失分的项")).to_be_visible()
    expect(page.get_by_role("link", name="申诉").first).to_be_visible()
    expect(page.get_by_text("名次")).to_have_count(0)
    beside = Result.objects.get(run=round_.run, member=other)
    assert page.request.get(f"/appraisal/results/{beside.pk}/").status == 404
