"""A member's own entry: the sign-in that belongs to it, and asking for corrections."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.desk.items import items_for
from ronghe.apps.members.models import CorrectionRequest, Member
from ronghe.apps.members.selectors import accounts_for, member_of
from ronghe.apps.members.services.own import answer_correction, ask_correction, link_account
from web_world import on_roster, person, post


@pytest.fixture
def member(here):
    """Somebody on the roster whose sign-in is that of the role of a member."""
    listed = on_roster(here.nodes["branch"])
    return link_account(listed, account=here[Role.MEMBER], by=here[Role.BRANCH_SECRETARY])


def test_a_secretary_links_a_member_to_a_sign_in(here, member):
    assert member_of(here[Role.MEMBER]) == member
    assert member_of(here[Role.VIEWER]) is None
    entry = Entry.objects.get(action="members.account_linked")
    assert entry.details == {"from": None, "to": here[Role.MEMBER].pk}


def test_an_account_belongs_to_one_person_of_a_county(here, member):
    other = on_roster(here.nodes["branch"], name="李小山")

    with pytest.raises(ValidationError, match="已对应别人"):
        link_account(other, account=here[Role.MEMBER], by=here[Role.BRANCH_SECRETARY])


def test_the_same_account_may_belong_to_somebody_in_each_of_two_counties(here, there, member):
    post(here[Role.MEMBER], Role.MEMBER, there.nodes["branch"])
    other = on_roster(there.nodes["branch"])

    link_account(other, account=here[Role.MEMBER], by=there[Role.BRANCH_SECRETARY])

    assert Member.objects.filter(account=here[Role.MEMBER]).count() == 2


@pytest.mark.parametrize("role", [Role.ORGANISATION_OFFICER, Role.TOWNSHIP_OFFICER, Role.MEMBER])
def test_who_does_not_keep_both_links_nothing(here, role):
    with pytest.raises(PermissionDenied):
        link_account(on_roster(here.nodes["branch"]), account=here[Role.MEMBER], by=here[role])


def test_a_secretary_does_not_link_accounts_of_elsewhere_nor_the_own(here):
    listed, secretary = on_roster(here.nodes["branch"]), here[Role.BRANCH_SECRETARY]
    stranger = person("stranger", name=listed.name)
    post(stranger, Role.MEMBER, here.nodes["branch_beside"])

    assert stranger not in accounts_for(secretary, listed)
    assert secretary not in accounts_for(secretary, listed)
    assert stranger in accounts_for(here[Role.ORGANISATION], listed)


def test_a_link_is_undone_by_choosing_nobody(signed_in, here, member):
    browser = signed_in(here[Role.BRANCH_SECRETARY])

    browser.post(f"/members/{member.pk}/account/", {"account": ""})

    assert member_of(here[Role.MEMBER]) is None


def test_a_member_sees_the_own_entry_with_numbers_masked(signed_in, here, member):
    Member.objects.filter(pk=member.pk).update(phone="13800138000")

    page = signed_in(here[Role.MEMBER]).get("/members/mine/").content.decode()

    assert "李大山" in page
    assert "here branch" in page
    assert "138****8000" in page


def test_who_is_not_linked_is_told_what_to_do(signed_in, here):
    page = signed_in(here[Role.MEMBER]).get("/members/mine/").content.decode()

    assert "对应账号" in page


def test_a_request_waits_on_the_secretarys_desk_until_it_is_answered(signed_in, here, member):
    signed_in(here[Role.MEMBER]).post("/members/mine/ask/", {"asked": "手机号换了"})
    asked = CorrectionRequest.objects.get()
    titles = [one.title for one in items_for(here[Role.BRANCH_SECRETARY])]
    assert any("更正申请" in title for title in titles)

    answer = {"outcome": "corrected", "answer": "已按本人提供的号码更正。"}
    signed_in(here[Role.BRANCH_SECRETARY]).post(f"/members/requests/{asked.pk}/", answer)

    titles = [one.title for one in items_for(here[Role.BRANCH_SECRETARY])]
    assert not any("更正申请" in title for title in titles)
    page = signed_in(here[Role.MEMBER]).get("/members/mine/").content.decode()
    assert "已按本人提供的号码更正" in page


def test_an_answer_without_a_reason_is_refused(signed_in, here, member):
    asked = ask_correction(asked="姓名", by=here[Role.MEMBER])
    browser = signed_in(here[Role.BRANCH_SECRETARY])

    page = browser.post(f"/members/requests/{asked.pk}/", {"outcome": "kept", "answer": ""})

    assert page.status_code == 422
    asked.refresh_from_db()
    assert asked.outcome == ""


def test_one_request_at_a_time(here, member):
    ask_correction(asked="姓名", by=here[Role.MEMBER])

    with pytest.raises(ValidationError, match="还在等答复"):
        ask_correction(asked="姓名", by=here[Role.MEMBER])


def test_nobody_answers_their_own_request(here):
    listed, secretary = on_roster(here.nodes["branch"]), here[Role.BRANCH_SECRETARY]
    link_account(listed, account=secretary, by=here[Role.ORGANISATION])
    asked = ask_correction(asked="姓名", by=here[Role.BRANCH_SECRETARY])

    with pytest.raises(PermissionDenied):
        answer_correction(asked, outcome="kept", answer="无误", by=here[Role.BRANCH_SECRETARY])
    answer_correction(asked, outcome="kept", answer="无误", by=here[Role.PARTY_SECRETARY])


def test_what_is_asked_and_answered_is_neither_in_the_audit_nor_plain_in_the_database(here, member):
    asked = ask_correction(asked="手机号应为13800138000", by=here[Role.MEMBER])
    answer_correction(asked, outcome="kept", answer="与原件相符", by=here[Role.PARTY_SECRETARY])

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select asked, answer from members_correctionrequest")
        row = cursor.fetchone()
    assert all("138" not in one and "原件" not in one for one in row)
    assert "138" not in str(list(Entry.objects.values_list("details", flat=True)))
