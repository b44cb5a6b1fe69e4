"""Notices: on the site for everybody, outside only where a person asked for it."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from ronghe.apps.access import Role
from ronghe.apps.desk import notices
from ronghe.apps.desk.models import Job, Notice, Subscription
from ronghe.apps.desk.services.notices import subscribe


@pytest.fixture
def outside(settings):
    """A server elsewhere that takes messages; what it got, and whether it accepts."""
    got, answer = [], {"status": 200}

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self):
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, json.loads(sent)))
            self.send_response(answer["status"])
            self.end_headers()

        def log_message(self, *_words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taking)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.RONGHE_CHANNELS = {"webhook": f"json://127.0.0.1:{server.server_port}/to/{{address}}"}
    settings.RONGHE_SITE = "https://ronghe.example"
    yield got, answer
    server.shutdown()
    thread.join()
    server.server_close()


def subscribed(user, *, daily=False):
    subscribe(channel="webhook", address="key-12345678", daily=daily, by=user)
    return user


def test_those_who_are_told_find_it_unread_and_read_it_by_opening_it(here, signed_in):
    member = here[Role.MEMBER]
    notices.tell([member, member], title="更正办结", body="第2项已改。", url="/me/")
    browser = signed_in(member)

    page = browser.get("/notices/").content.decode()
    assert page.count("更正办结") == 1
    assert "，1条未读" in page

    notice = Notice.objects.get()
    assert browser.get(f"/notices/{notice.pk}/").url == "/me/"
    assert "，0条未读" in browser.get("/notices/").content.decode()


def test_all_are_read_by_one_press(here, signed_in):
    for number in range(3):
        notices.tell([here[Role.MEMBER], here[Role.VIEWER]], title=f"第{number}条")

    signed_in(here[Role.MEMBER]).post("/notices/read/")

    assert not Notice.objects.filter(to=here[Role.MEMBER], read=None).exists()
    assert Notice.objects.filter(to=here[Role.VIEWER], read=None).count() == 3


def test_without_asking_for_it_nobody_is_told_outside(here, outside):
    got, _answer = outside
    notices.tell([here[Role.MEMBER]], title="更正办结")

    assert got == []
    assert not Job.objects.exists()


def test_a_subscriber_gets_a_title_and_a_link_and_nothing_else(here, outside):
    got, _answer = outside
    notices.tell([subscribed(here[Role.MEMBER])], title="更正办结", body="身份证号是……")

    [(path, message)] = got
    assert path == "/to/key-12345678"
    assert message["title"] == "更正办结"
    assert message["message"].startswith("https://ronghe.example/notices/")
    assert "身份证" not in json.dumps(message, ensure_ascii=False)
    assert Job.objects.get().state == Job.State.DONE


def test_what_is_not_accepted_is_tried_again_and_then_said_to_have_failed(here, outside):
    got, answer = outside
    answer["status"] = 500
    notices.tell([subscribed(here[Role.MEMBER])], title="更正办结")

    assert len(got) == 6
    job = Job.objects.get()
    assert (job.state, job.error) == (Job.State.REFUSED, "1条没有送出。")
    assert Notice.objects.get().told is None


def test_a_daily_subscriber_is_told_once_a_day_how_much_is_unread(here, outside, monkeypatch):
    got, _answer = outside
    monkeypatch.setattr(notices, "MORNING", 0)
    member = subscribed(here[Role.MEMBER], daily=True)
    notices.tell([member], title="更正办结")
    assert got == []

    notices.morning()
    notices.morning()

    assert [message["title"] for _path, message in got] == ["1条未读通知"]
    assert Subscription.objects.get().last_morning == timezone.localdate()


def test_a_day_on_which_nothing_waits_says_nothing(here, outside, monkeypatch):
    got, _answer = outside
    monkeypatch.setattr(notices, "MORNING", 0)
    monkeypatch.setattr(notices, "items_for", lambda _user: [])
    subscribed(here[Role.MEMBER], daily=True)

    notices.morning()

    assert got == []


def test_an_address_cannot_turn_a_message_to_another_server(here, outside):
    with pytest.raises(ValidationError):
        subscribe(channel="webhook", address="@evil.example/x?", daily=True, by=here[Role.MEMBER])


def test_a_channel_that_is_not_configured_cannot_be_chosen(here, signed_in):
    browser = signed_in(here[Role.MEMBER])

    assert "没有开通站外渠道" in browser.get("/notices/settings/").content.decode()
    answer = browser.post("/notices/settings/", {"channel": "mail", "address": "a@b.cn"})
    assert answer.status_code == 422


def test_being_told_outside_is_begun_and_ended_by_the_person(here, outside, signed_in):
    browser = signed_in(here[Role.MEMBER])
    browser.post(
        "/notices/settings/", {"channel": "webhook", "address": "key-12345678", "daily": "daily"}
    )
    kept = Subscription.objects.get()
    assert (kept.address, kept.daily) == ("key-12345678", True)

    browser.post("/notices/settings/end/")
    assert not Subscription.objects.exists()


def test_the_list_of_notices_asks_as_often_for_many_as_for_few(
    here, signed_in, django_assert_max_num_queries
):
    for number in range(60):
        notices.tell([here[Role.MEMBER]], title=str(number), place=here.nodes["branch"])
    browser = signed_in(here[Role.MEMBER])

    with django_assert_max_num_queries(12):
        assert browser.get("/notices/").context["page"].paginator.count == 60
