"""The desk: what waits, the earliest first."""

from __future__ import annotations

import pytest

from ronghe.apps.access import Role
from ronghe.apps.desk import items
from ronghe.apps.desk.items import Item, items_for
from web_world import days


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
