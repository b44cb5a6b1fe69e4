"""The desk: what waits, the earliest first."""

from __future__ import annotations

from datetime import date

import pytest

from ronghe.apps.access import Role
from ronghe.apps.desk import items
from ronghe.apps.desk.items import Item, Press, grouped, items_for
from web_world import days, person, post


@pytest.fixture
def providers(monkeypatch):
    listed = []
    monkeypatch.setattr(items, "_PROVIDERS", listed)
    return listed


def item(title, **more):
    return Item(title=title, why="", url="/", action="", **more)


def test_the_earliest_comes_first_and_what_has_no_day_last(providers):
    waiting = [item("c"), item("b", due=days(9)), item("a", due=days(1))]
    providers.append(lambda _user: waiting)

    assert [one.title for one in items_for(None)] == ["a", "b", "c"]


def test_items_of_all_apps_stand_on_one_desk(providers):
    for title in ("x", "y"):
        items.provide(lambda _user, title=title: [item(title)])

    assert [one.title for one in items_for(None)] == ["x", "y"]


def test_items_are_grouped_by_when_they_are_due():
    monday = date(2026, 11, 23)
    waiting = [
        item("open"),
        item("over", due=date(2026, 11, 22)),
        item("today", due=monday),
        item("sunday", due=date(2026, 11, 29)),
        item("later", due=date(2026, 11, 30)),
    ]

    groups = {str(one.title): [i.title for i in one.items] for one in grouped(waiting, monday)}

    assert groups == {
        "已经过期": ["over"],
        "本周": ["today", "sunday"],
        "以后": ["later"],
        "没有期限": ["open"],
    }


def test_a_simple_act_is_done_on_the_desk_by_one_press(providers, signed_in, here):
    press = Press("/preferences/", "改成深色", {"theme": "dark"})
    providers.append(lambda _user: [item("换个外观", press=press, place="枣树村党支部")])
    browser = signed_in(here[Role.MEMBER])

    page = browser.get("/").content.decode()
    assert "枣树村党支部" in page
    assert '<input type="hidden" name="theme" value="dark">' in page

    answer = browser.post("/preferences/", {"theme": "dark", "next": "/"})
    assert (answer.status_code, answer.url) == (302, "/")


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_a_press_never_leads_to_another_site(client, db, back):
    assert client.post("/preferences/", {"next": back}).url == "/"


def test_the_number_of_things_that_wait_stands_on_every_page(providers, signed_in, here):
    providers.append(lambda _user: [item("a"), item("b")])

    page = signed_in(here[Role.MEMBER]).get("/me/").content.decode()

    assert '<span class="tab-count">2<' in page


def test_the_desk_asks_as_often_for_many_items_as_for_few(
    signed_in, here, django_assert_max_num_queries
):
    for number in range(30):
        ending = person(f"ends-{number}")
        post(ending, Role.MEMBER, here.nodes["branch"], until=5)
    browser = signed_in(here[Role.ADMINISTRATOR])

    with django_assert_max_num_queries(20):
        page = browser.get("/")

    assert sum(len(group.items) for group in page.context["groups"]) >= 30


def test_an_empty_desk_says_that_nothing_waits(signed_in, here):
    page = signed_in(here[Role.RESIDENT]).get("/").content.decode()

    assert "现在没有等您办的事。" in page


def test_a_person_without_a_post_sees_a_desk_and_nothing_else(signed_in, here):
    nobody = here.people[Role.VIEWER]
    nobody.posts.all().delete()
    browser = signed_in(nobody)

    assert browser.get("/").status_code == 200
    assert browser.get("/organisations/").context["twigs"] == []
    assert "您现在没有职务" in browser.get("/me/").content.decode()
