"""Who is transferred leaves the seats of the old organisation, once somebody confirmed it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.desk.models import Notice
from ronghe.apps.members.models import Seat
from ronghe.apps.members.services.keeping import transfer
from ronghe.apps.members.services.own import answer_correction, ask_correction, link_account
from ronghe.apps.members.services.splitting import split_organisation
from ronghe.apps.members.services.terms import begin_term, take_seat
from web_world import days, on_roster, post


@pytest.fixture
def deputy(here):
    """A member with a seat in the branch."""
    by, branch = here[Role.ORGANISATION], here.nodes["branch"]
    member = on_roster(branch)
    begin_term(branch, since=days(-90), elected=None, by=by, reason="人数不足")
    take_seat(branch, member=member, post="deputy", since=days(-90), by=by, reason="人数不足")
    return member


def test_a_transfer_asks_about_the_seats_held(here, deputy):
    by, beside = here[Role.ORGANISATION], here.nodes["branch_beside"]

    with pytest.raises(ValidationError, match="副书记"):
        transfer(deputy, node=beside, since=days(0), by=by)
    assert Seat.objects.get().until is None

    transfer(deputy, node=beside, since=days(0), by=by, leave_seats=True)
    assert Seat.objects.get().until == days(-1)
    assert Entry.objects.filter(action="members.seat_left").count() == 1


def test_the_form_of_a_transfer_names_the_seats(here, deputy, signed_in):
    browser = signed_in(here[Role.ORGANISATION])
    address = reverse("members:transfer", args=[deputy.pk])
    said = {"node": here.nodes["branch_beside"].pk, "since": days(0).isoformat()}
    assert "副书记" in browser.get(address).content.decode()

    assert browser.post(address, said).status_code == 422
    assert browser.post(address, {**said, "leave_seats": "on"}).status_code == 302
    assert Seat.objects.get().until == days(-1)


def test_who_holds_no_seat_is_asked_nothing(here, signed_in):
    member = on_roster(here.nodes["branch"])
    page = signed_in(here[Role.ORGANISATION]).get(reverse("members:transfer", args=[member.pk]))

    assert "leave_seats" not in page.content.decode()


def test_a_seat_that_began_after_the_day_stops_the_transfer(here, deputy):
    Seat.objects.update(since=days(0))
    more = {"since": days(0), "by": here[Role.ORGANISATION], "leave_seats": True}

    with pytest.raises(ValidationError):
        transfer(deputy, node=here.nodes["branch_beside"], **more)


def test_a_split_leaves_the_seats_of_those_who_go(here, deputy):
    given = {"code": "new", "name": "新支部", "children": [], "members": [deputy]}
    given |= {"since": days(0), "by": here[Role.ORGANISATION]}

    with pytest.raises(ValidationError, match="副书记"):
        split_organisation(here.nodes["branch"], **given)
    split_organisation(here.nodes["branch"], **given, leave_seats=True)

    assert Seat.objects.get().until == days(-1)


def test_who_asked_for_a_correction_is_told_of_the_answer(here):
    member, user = on_roster(here.nodes["branch"]), here[Role.MEMBER]
    post(user, Role.MEMBER, here.nodes["branch"])
    link_account(member, account=user, by=here[Role.ORGANISATION])
    asked = ask_correction(asked="姓名写错了", by=user)

    answer_correction(
        asked, outcome="corrected", answer="已核对身份证", by=here[Role.BRANCH_SECRETARY]
    )

    notice = Notice.objects.get(to=user)
    assert notice.url == reverse("members:mine")
    assert "身份证" not in notice.title + notice.body


def test_looking_at_an_uploaded_roster_and_at_a_request_is_recorded(here, signed_in):
    member, user = on_roster(here.nodes["branch"]), here[Role.MEMBER]
    link_account(member, account=user, by=here[Role.ORGANISATION])
    asked = ask_correction(asked="姓名写错了", by=user)

    browser = signed_in(here[Role.BRANCH_SECRETARY])
    browser.get(reverse("members:answer", args=[asked.pk]))
    browser.get(reverse("members:answer", args=[asked.pk]))

    assert Entry.objects.filter(action="members.request_seen").count() == 1


def test_the_roster_opens_at_the_organisation_whose_page_named_it(here, signed_in):
    on_roster(here.nodes["branch"], name="王一")
    on_roster(here.nodes["branch_beside"], name="王二")
    node = here.nodes["branch"]
    browser = signed_in(here[Role.ORGANISATION])
    address = f"{reverse('members:roster')}?node={node.pk}"
    assert address in browser.get(reverse("registry:node", args=[node.pk])).content.decode()

    page = browser.get(address).content.decode()

    assert "王一" in page
    assert "王二" not in page
