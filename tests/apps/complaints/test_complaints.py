"""Complaints: they reach somebody above, hide from whom they concern, and get an answer."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.complaints import selectors
from ronghe.apps.complaints.deskitems import waiting_complaints
from ronghe.apps.complaints.models import Complaint, Receiver
from ronghe.apps.complaints.services import answer, complain, found_by_receipt, recompute_deadlines
from ronghe.apps.desk.models import Notice
from ronghe.apps.procedures import days as working_days
from web_world import days, person, post


@pytest.fixture
def township_inspector(here):
    """An inspector of the township, nearer than the county's."""
    inspector = person("nearer")
    post(inspector, Role.INSPECTOR, here.nodes["township"])
    return inspector


def said(here, role=Role.MEMBER, **more):
    values = {"kind": "formalism", "text": "每天要拍照。", "place": here.place_of(role)}
    return complain(**{**values, "by": here[role], **more})[0]


def see(user):
    return set(selectors.complaints_received_by(user))


@pytest.mark.parametrize(
    ("kind", "receiver"),
    [
        ("formalism", Receiver.INSPECTION),
        ("withdrawn", Receiver.INSPECTION),
        ("figure", Receiver.ADMINISTRATION),
        ("fault", Receiver.ADMINISTRATION),
        ("other", Receiver.INSPECTION),
    ],
)
def test_a_complaint_goes_to_inspectors_or_administrators_by_its_kind(here, kind, receiver):
    assert said(here, kind=kind).receiver == receiver


def test_it_goes_to_the_nearest_above_and_those_above_them_see_it(here, township_inspector):
    complaint = said(here)

    assert complaint.handled_at == here.nodes["township"]
    assert see(township_inspector) == see(here[Role.INSPECTOR]) == {complaint}
    assert Notice.objects.get().to == township_inspector


def test_whom_it_concerns_does_not_see_it(here, township_inspector):
    complaint = said(here, concern=here.nodes["township"])

    assert complaint.handled_at == here.nodes["county"]
    assert see(township_inspector) == set()
    assert see(here[Role.INSPECTOR]) == {complaint}


def test_who_complains_does_not_handle_it(here, township_inspector):
    complaint = complain(
        kind="other", text="x", place=here.nodes["township"], by=township_inspector
    )[0]

    assert complaint.handled_at == here.nodes["county"]
    with pytest.raises(PermissionDenied):
        answer(complaint, outcome="explained", text="x", by=township_inspector)


def test_a_concern_beside_ones_own_line_is_refused(here):
    with pytest.raises(ValidationError):
        said(here, concern=here.nodes["township_beside"])


def test_another_county_sees_nothing(here, there):
    said(here)
    said(here, kind="fault")

    assert all(see(there[role]) == set() for role in Role)


def test_nothing_of_an_anonymous_complaint_says_who_it_was(here):
    before = Entry.objects.count()
    complaint, code = complain(
        kind="figure",
        text="数据不对。",
        place=here.nodes["branch"],
        by=here[Role.MEMBER],
        anonymous=True,
    )

    assert (complaint.by, complaint.place) == (None, None)
    assert complaint.receiver == Receiver.INSPECTION
    assert Entry.objects.count() == before
    assert found_by_receipt(f" {code.upper()} ") == complaint
    assert found_by_receipt("") is None
    assert code not in str(Complaint.objects.values().get())


def test_the_words_are_sealed_in_the_database(here):
    said(here, text="每天要拍照。")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM complaints_complaint")
        assert "拍照" not in cursor.fetchone()[0]


def test_the_answer_is_due_on_a_working_day_by_the_rulebook(here):
    complaint = said(here)

    assert 15 <= (complaint.due - complaint.created.date()).days <= 26
    assert working_days.is_working(complaint.due) or complaint.provisional


def test_a_provisional_day_is_counted_anew_when_a_notice_was_entered(here):
    complaint = said(here)
    certain = complaint.due
    Complaint.objects.update(provisional=True, due=days(99))

    assert recompute_deadlines() == 1
    complaint.refresh_from_db()
    assert complaint.due == certain


def test_the_complainant_is_told_of_the_answer_and_sees_its_reason(here, signed_in):
    complaint = said(here)
    [item] = waiting_complaints(here[Role.INSPECTOR])
    assert item.due == complaint.due

    answer(complaint, outcome="mended", text="已停止拍照要求。", by=here[Role.INSPECTOR])

    assert list(waiting_complaints(here[Role.INSPECTOR])) == []
    assert Notice.objects.filter(to=here[Role.MEMBER], title="您的投诉有了答复").exists()
    page = signed_in(here[Role.MEMBER]).get(complaint.get_absolute_url()).content.decode()
    assert "已停止拍照要求。" in page
    with pytest.raises(ValidationError):
        answer(complaint, outcome="mended", text="再答", by=here[Role.INSPECTOR])


def test_the_button_is_on_every_page_also_before_signing_in_and_on_errors(here, client, signed_in):
    for page in ("/account/sign-in/", "/nothing-here/"):
        assert "/complaints/new/?page=" in client.get(page).content.decode()
    assert (
        "/complaints/new/?page=%2Fme%2F"
        in signed_in(here[Role.MEMBER]).get("/me/").content.decode()
    )


def test_one_complains_on_the_page_and_finds_its_address_filled_in(here, signed_in):
    browser = signed_in(here[Role.MEMBER])
    assert 'value="/me/"' in browser.get("/complaints/new/?page=/me/").content.decode()

    answer = browser.post(
        "/complaints/new/",
        {"kind": "other", "text": "x", "place": here.nodes["branch"].pk, "page": "/me/"},
    )

    assert answer.url == Complaint.objects.get().get_absolute_url()
    assert Complaint.objects.get().by == here[Role.MEMBER]


def test_without_signing_in_a_receipt_is_shown_once_and_finds_the_answer(here, client):
    page = client.post(
        "/complaints/new/",
        {"kind": "fault", "text": "登录不了。", "place": here.nodes["county"].pk},
    ).content.decode()
    code = re.search(r'class="secret">([0-9a-f]{16})<', page)[1]
    assert Complaint.objects.get().receiver == Receiver.ADMINISTRATION

    answer(Complaint.objects.get(), outcome="mended", text="已重发。", by=here[Role.ADMINISTRATOR])

    assert "已重发。" in client.post("/complaints/receipt/", {"code": code}).content.decode()
    assert (
        "没有这个编号" in client.post("/complaints/receipt/", {"code": "0" * 16}).content.decode()
    )


def test_more_than_twenty_an_hour_from_one_address_are_refused(here, client):
    told = {"kind": "other", "text": "x", "place": here.nodes["county"].pk}
    answers = [client.post("/complaints/new/", told).status_code for _number in range(21)]

    assert answers == [200] * 20 + [429]


def test_the_list_asks_as_often_for_many_as_for_few(here, signed_in, django_assert_max_num_queries):
    for _number in range(60):
        said(here)
    browser = signed_in(here[Role.INSPECTOR])

    with django_assert_max_num_queries(14):
        assert browser.get("/complaints/received/").context["page"].paginator.count == 60
