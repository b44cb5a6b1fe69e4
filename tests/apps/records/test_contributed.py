"""Records and measures on the pages of organisations and members."""

from __future__ import annotations

from records_world import a_definition, a_record, deliver, waiting_record
from ronghe.apps.access import Role
from ronghe.apps.records.models import State
from web_world import on_roster, person, post


def page_of(browser, node) -> str:
    return browser.get(f"/organisations/{node.pk}/").content.decode()


def test_the_page_of_a_township_shows_the_latest_records_below_it(signed_in, here):
    a_record(here)

    page = page_of(signed_in(here[Role.PARTY_SECRETARY]), here.nodes["township"])

    assert "最近的纪实" in page
    assert "here branch" in page.partition("最近的纪实")[2]


def test_an_expert_sees_an_organisation_without_its_records(signed_in, here):
    a_record(here)

    assert "最近的纪实" not in page_of(signed_in(here[Role.EXPERT]), here.nodes["branch"])


def test_the_latest_figure_of_each_measure_stands_with_the_one_before(signed_in, here):
    income = a_definition(here)
    deliver(here, income, "12.50", period="2024")
    deliver(here, income, "13", period="2025")

    page = page_of(signed_in(here[Role.VIEWER]), here.nodes["branch"]).partition("最近的数据")[2]

    assert page.index("13") < page.index("12.5")
    assert page.partition("</table>")[0].count("<tr>") == 2


def test_a_member_finds_the_records_they_took_part_in(signed_in, here):
    member = on_roster(here.nodes["branch"], name="王大山")
    account = person("wangdashan")
    post(account, Role.MEMBER, here.nodes["branch"])
    type(member).objects.filter(pk=member.pk).update(account=account)
    for state in (State.ACCEPTED, State.WITHDRAWN):
        record = waiting_record(here.nodes["branch"])
        record.actors.add(member)
        type(record).objects.filter(pk=record.pk).update(state=state)
    waiting_record(here.nodes["branch"])

    page = signed_in(account).get("/members/mine/").content.decode()

    mine = page.partition("我参与的纪实")[2].partition("</section>")[0]
    assert mine.count("<li>") == 1


def test_the_page_asks_the_database_as_often_for_many_records(
    signed_in, here, django_assert_max_num_queries
):
    browser, branch = signed_in(here[Role.ORGANISATION]), here.nodes["branch"]
    income = a_definition(here)
    for number in range(12):
        waiting_record(branch)
        deliver(here, income, number, period=str(2010 + number))

    with django_assert_max_num_queries(40):
        page_of(browser, branch)
