"""Procedures on screen, from one desk to the next."""

from __future__ import annotations

import pytest

from ronghe.apps.access import Role
from ronghe.apps.desk.items import items_for
from ronghe.apps.procedures.models import Draw, Interest, Objection, Publicity, SignOff
from ronghe.apps.regulations.models import LocalValue
from web_world import days, on_roster

TEXT = {"title": "拟接收预备党员公示", "text": "王大山", "key": "joining.publicity_working_days"}


@pytest.fixture
def published(here, signed_in):
    """A publicity of the township's secretary, opened on screen."""
    browser = signed_in(here[Role.PARTY_SECRETARY])
    answer = browser.post("/procedures/publicity/new/", {**TEXT, "at": here.nodes["township"].pk})
    assert answer.status_code == 302
    return Publicity.objects.get()


def waiting(user, row) -> bool:
    return row.get_absolute_url() in {item.url for item in items_for(user)}


def test_a_publicity_is_read_by_those_below_and_objected_to_and_answered(
    here, published, signed_in
):
    url = published.get_absolute_url()
    browser = signed_in(here[Role.RESIDENT])
    assert "王大山" in browser.get(url).content.decode()
    browser.post(f"{url}object/", {"reason": "不在本村"})
    objection = Objection.objects.get()

    browser = signed_in(here[Role.ORGANISATION])
    assert waiting(here[Role.ORGANISATION], objection)
    assert not waiting(here[Role.PARTY_SECRETARY], objection)
    page = objection.get_absolute_url()
    browser.post(f"{page}assign/", {"to": here[Role.INSPECTOR].pk})

    browser = signed_in(here[Role.INSPECTOR])
    assert waiting(here[Role.INSPECTOR], objection)
    browser.post(f"{page}answer/", {"uphold": "no", "text": "户籍已核实"})

    shown = signed_in(here[Role.RESIDENT]).get(page).content.decode()
    assert "户籍已核实" in shown
    assert not waiting(here[Role.INSPECTOR], objection)


def test_those_who_do_not_handle_objections_see_that_there_are_some_not_which(
    here, published, signed_in
):
    url = published.get_absolute_url()
    signed_in(here[Role.RESIDENT]).post(f"{url}object/", {"reason": "不在本村"})

    shown = signed_in(here[Role.MEMBER]).get(url).content.decode()

    assert "有1件异议还没有答复" in shown
    assert Objection.objects.get().get_absolute_url() not in shown


def test_a_publicity_past_its_last_day_waits_for_a_person_to_close_it(here, published, signed_in):
    secretary = here[Role.PARTY_SECRETARY]
    assert not waiting(secretary, published)
    Publicity.objects.update(ends=days(-1), provisional=False)
    assert waiting(secretary, published)

    url = f"{published.get_absolute_url()}end/"
    browser = signed_in(secretary)
    assert browser.post(url, {"act": "close", "conclusion": ""}).status_code == 422
    browser.post(url, {"act": "close", "conclusion": "无异议"})

    assert Publicity.objects.get().state == "closed"
    assert not waiting(secretary, published)


def test_a_publicity_is_not_closed_early_on_screen(here, published, signed_in):
    url = f"{published.get_absolute_url()}end/"

    answer = signed_in(here[Role.PARTY_SECRETARY]).post(url, {"act": "close", "conclusion": "c"})

    assert answer.status_code == 422
    assert "没有满期" in answer.content.decode()


def test_admission_is_published_from_the_page_of_a_member(here, signed_in):
    member = on_roster(here.nodes["branch"], stage="target")
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    url = f"/procedures/publicity/new/members.member/{member.pk}/"
    assert url in browser.get(f"/members/{member.pk}/").content.decode()

    browser.post(url, TEXT)

    row = Publicity.objects.get()
    assert (row.target_type, row.target_id) == ("members.member", member.pk)
    assert row.title in browser.get(f"/members/{member.pk}/").content.decode()


def test_a_local_value_is_proposed_waits_on_a_second_desk_and_is_signed(here, signed_in):
    county = here.nodes["county"]
    sent = {"value": "40", "document": "《计划》", "number": "1号", "reason": "r"}
    url = f"/rules/{county.pk}/training.member_hours_per_year/set/"
    browser = signed_in(here[Role.ORGANISATION])
    browser.post(url, {**sent, "since": days(0).isoformat()})
    local, sheet = LocalValue.objects.get(), SignOff.objects.get()
    assert not waiting(here[Role.ORGANISATION], sheet)
    assert sheet.get_absolute_url() in browser.get(local.get_absolute_url()).content.decode()

    leader = here[Role.COUNTY_LEADER]
    assert waiting(leader, sheet)
    step = sheet.steps.get()
    signature = {"digest": sheet.digest, "reason": "", "decision": "approve"}
    signed_in(leader).post(f"/procedures/sign-offs/steps/{step.pk}/", signature)

    local.refresh_from_db()
    assert local.state == "in_force"
    assert not waiting(leader, sheet)


def test_an_interest_is_declared_by_name_seen_by_the_inspector_and_ended(here, signed_in):
    browser = signed_in(here[Role.EXPERT])
    sent = {"kind": "economic", "node": "here enterprise", "since": days(-1).isoformat()}
    wrong = browser.post("/procedures/interests/new/", {**sent, "node": "没有这家"})
    assert wrong.status_code == 422
    browser.post("/procedures/interests/new/", sent)

    seen = signed_in(here[Role.INSPECTOR]).get("/procedures/interests/").content.decode()
    assert "here enterprise" in seen
    assert (
        "here enterprise"
        not in signed_in(here[Role.MEMBER]).get("/procedures/interests/").content.decode()
    )

    interest = Interest.objects.get()
    signed_in(here[Role.EXPERT]).post(f"/procedures/interests/{interest.pk}/end/")
    interest.refresh_from_db()
    assert interest.until == days(0)


@pytest.mark.parametrize(
    ("what", "found"), [("kind:branch", "here branch"), ("role:expert", "here-expert")]
)
def test_a_draw_is_done_on_screen_and_shows_how_to_check_it(here, signed_in, what, found):
    sent = {"title": "抽查", "purpose": "检查", "at": here.nodes["township"].pk}
    browser = signed_in(here[Role.INSPECTOR])

    browser.post("/procedures/draws/new/", {**sent, "what": what, "number": 1})

    made = Draw.objects.get()
    page = signed_in(here[Role.MEMBER]).get(made.get_absolute_url()).content.decode()
    assert found in page
    assert "结果一致" in page
    assert made.seed in page


def test_lists_take_few_queries_however_long_they_are(
    here, published, signed_in, django_assert_max_num_queries
):
    row = Publicity.objects.get()
    for number in range(30):
        row.pk, row.title = None, f"t{number}"
        row.save()
    browser = signed_in(here[Role.MEMBER])

    for path in ("publicity/", "objections/", "sign-offs/", "interests/", "draws/"):
        with django_assert_max_num_queries(20):
            assert browser.get(f"/procedures/{path}").status_code == 200
