"""Pages of records: entered in a minute, looked at, checked, in one's own calendar."""

from __future__ import annotations

import pytest
from django.urls import reverse

from records_world import a_record, waiting_record
from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Post
from ronghe.apps.members.models import Member
from ronghe.apps.records.models import Draw, Record, State
from web_world import days, on_roster

ADD = reverse("records:add")


def test_a_secretary_enters_with_what_is_offered(here, signed_in):
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    page = browser.get(ADD, {"kind": "tech_guidance"})
    offered = page.context["form"]

    sent = {name: offered[name].value() or "" for name in offered.fields}
    answer = browser.post(f"{ADD}?kind=tech_guidance", sent)

    made = Record.objects.get()
    assert answer.url == reverse("records:record", args=[made.pk])
    assert (made.unit.node, made.day, made.quantity) == (here.nodes["branch"], days(0), 10)
    assert browser.post(f"{ADD}?kind=tech_guidance", sent).url == answer.url
    assert Record.objects.count() == 1


def test_those_who_came_are_ticked_from_the_list(here, signed_in):
    came, _absent = (on_roster(here.nodes["branch"], name=name) for name in ("张三", "李四"))
    browser = signed_in(here[Role.BRANCH_SECRETARY])

    browser.post(f"{ADD}?kind=meeting_held", {"day": days(0), "actors": [came.pk]})

    assert list(Record.objects.get().actors.all()) == [came]


def test_a_township_chooses_the_unit_and_the_kind_used_last_comes_first(here, signed_in):
    browser = signed_in(here[Role.TOWNSHIP_OFFICER])
    branch = here.nodes["branch"]

    sent = {"day": days(0), "quantity": "2", "client_key": "k"}
    browser.post(f"{ADD}?kind=volunteer_service&unit={branch.pk}", sent)

    assert Record.objects.get().unit.node == branch
    assert browser.get(ADD, {"kind": "volunteer_service"}).context["node"] == branch
    kinds = browser.get(reverse("records:choose")).context["kinds"]
    assert kinds[0].code == "volunteer_service"


def test_what_came_by_telephone_says_for_whom(here, signed_in):
    told = on_roster(here.nodes["branch"])
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    sent = {"day": days(0), "quantity": "1", "channel": "telephone"}

    assert browser.post(f"{ADD}?kind=tech_guidance", sent).status_code == 422
    browser.post(f"{ADD}?kind=tech_guidance", {**sent, "entered_for": told.pk})

    made = Record.objects.get()
    assert (made.channel, made.entered_for) == ("telephone", told)


def test_a_member_enters_only_their_own_work(here, signed_in):
    member = on_roster(here.nodes["branch"])
    Member.objects.filter(pk=member.pk).update(account=here.people[Role.MEMBER])
    browser = signed_in(here[Role.MEMBER])

    assert "actors" not in browser.get(ADD, {"kind": "tech_guidance"}).context["form"].fields
    browser.post(f"{ADD}?kind=tech_guidance", {"day": days(0), "quantity": "1"})

    made = Record.objects.get()
    assert list(made.actors.all()) == [member]
    assert browser.get(reverse("records:correct", args=[made.pk])).status_code == 200
    others = a_record(here)
    assert browser.get(reverse("records:correct", args=[others.pk])).status_code == 404


def test_a_person_without_an_entry_on_the_roster_enters_nothing_as_a_member(here, signed_in):
    browser = signed_in(here[Role.MEMBER])

    answer = browser.post(f"{ADD}?kind=tech_guidance", {"day": days(0), "quantity": "1"})

    assert answer.status_code == 403
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    "wanted", ["?kind=of_no_kind", "?kind=visit&unit=999999", "?kind=visit&unit=x"]
)
def test_an_address_of_nothing_is_not_found(here, signed_in, wanted):
    assert signed_in(here[Role.BRANCH_SECRETARY]).get(ADD + wanted).status_code == 404


def test_kinds_about_people_are_not_listed_for_everybody(here, signed_in):
    record = waiting_record(here.nodes["branch"], kind="discipline_action", scale=0)
    address = reverse("records:record", args=[record.pk])

    assert signed_in(here[Role.VIEWER]).get(address).status_code == 404
    assert signed_in(here[Role.MEMBER]).get(address).status_code == 404
    assert signed_in(here[Role.INSPECTOR]).get(address).status_code == 200


def test_one_press_verifies_and_the_next_one_is_shown(here, signed_in):
    record = a_record(here)
    browser = signed_in(here[Role.ORGANISATION_OFFICER])
    assert reverse("records:waiting") in browser.get("/").content.decode()

    answer = browser.post(reverse("records:verify", args=[record.pk]), {"accept": "1"})

    record.refresh_from_db()
    assert (answer.url, record.state) == (reverse("records:waiting"), State.ACCEPTED)


def test_sending_back_without_a_reason_changes_nothing(here, signed_in):
    record = a_record(here)
    browser = signed_in(here[Role.ORGANISATION_OFFICER])

    browser.post(reverse("records:verify", args=[record.pk]), {"reason": ""})

    record.refresh_from_db()
    assert record.state == State.PENDING


def test_a_draw_is_shown_with_its_seed(here, signed_in):
    Post.objects.filter(role=Role.ORGANISATION_OFFICER).delete()
    for _ in range(4):
        a_record(here)
    browser = signed_in(here[Role.PARTY_SECRETARY])

    answer = browser.post(reverse("records:draw", args=[here.nodes["township"].pk]), {"percent": 5})

    page = browser.get(answer.url)
    assert Draw.objects.get().seed in page.content.decode()
    assert len(page.context["page"].object_list) == 3


def test_a_corrected_record_points_to_the_later_one(here, signed_in):
    first = a_record(here)
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    form = browser.get(reverse("records:correct", args=[first.pk])).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    answer = browser.post(
        reverse("records:correct", args=[first.pk]), {**sent, "quantity": 5, "reason": "数错了"}
    )

    assert Record.objects.get(supersedes=first).quantity == 5
    assert answer.url in browser.get(reverse("records:record", args=[first.pk])).content.decode()


def test_a_list_takes_the_same_queries_whatever_its_length(
    here, signed_in, django_assert_max_num_queries
):
    for _ in range(60):
        waiting_record(here.nodes["branch"])
    browser = signed_in(here[Role.ORGANISATION])

    for address in ("records:list", "records:waiting", "records:calendar"):
        with django_assert_max_num_queries(24):
            assert browser.get(reverse(address)).status_code == 200


def test_filters_narrow_the_list(here, signed_in):
    kept = waiting_record(here.nodes["branch"])
    waiting_record(here.nodes["branch_beside"], kind="visit", scale=0)
    browser = signed_in(here[Role.VIEWER])
    list_of = lambda **asked: list(browser.get(reverse("records:list"), asked).context["page"])

    assert list_of(kind="volunteer_service") == [kept]
    assert list_of(node=here.nodes["township"].pk) == [kept]
    assert list_of(since=days(1)) == []
    assert len(list_of()) == 2


def test_a_calendar_program_reads_kinds_and_numbers_by_a_secret_address(here, signed_in, client):
    waiting_record(here.nodes["branch"], served="李家")
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    browser.post(reverse("records:subscribe"))
    address = browser.get(reverse("records:calendar")).context["address"]
    client.logout()

    answer = client.get(address)

    told = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "志愿服务 1条" in told
    assert "李家" not in told
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    browser.post(reverse("records:unsubscribe"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("key", ["", "x" * 5000])
def test_a_wrong_calendar_address_gives_nothing(db, client, key):
    assert client.get(reverse("records:feed"), {"key": key}).status_code == 404
