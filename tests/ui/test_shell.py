"""What stands on every page, and what stands instead of one that failed."""

from __future__ import annotations

import pytest
from django.core.exceptions import RequestDataTooBig
from django.template import Context, Template
from django.test import RequestFactory

from ronghe.apps.access import Role
from ronghe.ui import errors, sections, slots
from ronghe.ui.sections import Section


@pytest.fixture
def own_registries(monkeypatch):
    """Registries of the face that are empty and forgotten afterwards."""
    monkeypatch.setattr(sections, "_PROVIDERS", {})
    monkeypatch.setattr(slots, "_FILLED", {})


def test_sections_stand_in_their_order_and_may_be_absent(own_registries):
    late, early = Section("后", "x.html", order=90), Section("前", "x.html", order=10)
    for page, found in [("a", late), ("a", None), ("a", early), ("b", late)]:
        sections.provide(page, lambda *_asked, found=found: found)

    assert sections.sections_of("a", None, None) == [early, late]


def test_a_slot_shows_what_apps_put_into_it(own_registries):
    slots.fill("top", "ui/_nothing_more.html", order=90)
    slots.fill("top", "ui/_messages.html", order=10)

    assert slots.templates_in("top") == ["ui/_messages.html", "ui/_nothing_more.html"]
    assert slots.templates_in("foot") == []


def test_a_slot_is_given_the_context_of_the_page(own_registries):
    slots.fill("foot", "ui/_messages.html")
    context = Context({"request": RequestFactory().get("/"), "messages": ["好"]})

    assert "好" in Template("{% load ui %}{% slot 'foot' %}").render(context)


def test_the_head_of_a_print_names_the_county_of_the_person(signed_in, here, there):
    page = signed_in(here[Role.MEMBER]).get("/").content.decode()

    head = page.partition('class="print-head"')[2].partition("</div>")[0]
    assert "here" in head
    assert "there" not in head


def test_what_was_too_large_is_told(rf, here):
    request = rf.post("/")
    request.user = here[Role.MEMBER]

    answer = errors.bad_request(request, RequestDataTooBig("too big"))

    assert answer.status_code == 413
    assert "分几次交" in answer.content.decode()


def test_a_fault_is_told_without_anything_that_may_have_failed(rf):
    answer = errors.server_error(rf.get("/"))

    assert answer.status_code == 500
    assert "系统出错" in answer.content.decode()


def test_who_is_not_signed_in_is_led_to_the_sign_in_page(client, db):
    assert "去登录" in client.get("/no-such-page/").content.decode()
