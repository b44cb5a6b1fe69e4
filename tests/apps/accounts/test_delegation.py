"""A clerk enters for a secretary, and both are recorded."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Delegation
from ronghe.apps.accounts.permissions import MANAGE_PEOPLE
from ronghe.apps.accounts.services.delegation import delegate, end_delegation
from ronghe.apps.accounts.services.people import close_account, open_account
from ronghe.apps.audit.models import Entry
from ronghe.apps.registry.permissions import MANAGE_TREE
from web_world import days, post


@pytest.fixture
def secretary(here):
    return here[Role.BRANCH_SECRETARY]


@pytest.fixture
def lend(here, secretary):
    def lend(**changed):
        given = {
            "post": secretary.posts.get(),
            "username": here.people[Role.TOWNSHIP_OFFICER].username,
            "since": days(0),
            "until": days(30),
            "by": secretary,
        }
        return delegate(**{**given, **changed})

    return lend


def open_for(deputy, node):
    return open_account(
        username="new",
        name="新人",
        role=Role.MEMBER,
        node=node,
        since=days(0),
        until=None,
        by=deputy,
    )


def test_what_a_deputy_does_is_recorded_with_the_principal(here, secretary, lend):
    lend()
    deputy = here[Role.TOWNSHIP_OFFICER]

    open_for(deputy, here.nodes["branch"])

    entry = Entry.objects.get(action="accounts.account_opened")
    assert (entry.actor, entry.principal) == (deputy, secretary)
    assert entry.post_id_used == secretary.posts.get().pk


def test_a_deputy_who_may_do_it_alone_is_recorded_alone(here, lend):
    lend()
    officer = here.people[Role.TOWNSHIP_OFFICER]
    post(officer, Role.PARTY_SECRETARY, here.nodes["township"])

    open_for(here[Role.TOWNSHIP_OFFICER], here.nodes["branch"])

    assert Entry.objects.get(action="accounts.account_opened").principal is None


def test_a_deputy_gets_no_further_than_the_principal(here, lend):
    lend()

    with pytest.raises(PermissionDenied):
        open_for(here[Role.TOWNSHIP_OFFICER], here.nodes["branch_beside"])


def test_powers_that_cannot_be_delegated_stay_with_the_principal(here):
    organiser = here[Role.ORGANISATION]
    deputy = here.people[Role.VIEWER]
    delegate(
        post=organiser.posts.get(),
        username=deputy.username,
        since=days(0),
        until=days(30),
        by=organiser,
    )

    assert not here[Role.VIEWER].has_perm(MANAGE_TREE)


def test_a_delegation_ends_with_its_term(here, secretary):
    Delegation.objects.create(
        post=secretary.posts.get(),
        deputy=here.people[Role.TOWNSHIP_OFFICER],
        since=days(-30),
        until=days(-1),
    )

    assert not here[Role.TOWNSHIP_OFFICER].has_perm(MANAGE_PEOPLE)


def test_a_delegation_ends_with_the_post_it_lends(here, secretary, lend):
    lend()
    secretary.posts.update(until=days(-1))

    assert not here[Role.TOWNSHIP_OFFICER].has_perm(MANAGE_PEOPLE)


def test_a_delegation_ends_when_the_principals_account_is_closed(here, secretary, lend):
    lend()
    close_account(secretary, by=here[Role.ADMINISTRATOR])

    assert not here[Role.TOWNSHIP_OFFICER].has_perm(MANAGE_PEOPLE)


@pytest.mark.parametrize("side", [Role.BRANCH_SECRETARY, Role.TOWNSHIP_OFFICER])
def test_either_side_ends_a_delegation_at_once(here, lend, side):
    lent = lend()

    end_delegation(lent, by=here[side])

    assert not here[Role.TOWNSHIP_OFFICER].has_perm(MANAGE_PEOPLE)


def test_nobody_else_ends_a_delegation(here, lend):
    with pytest.raises(PermissionDenied):
        end_delegation(lend(), by=here[Role.PARTY_SECRETARY])


def test_nobody_lends_anothers_post(here, lend):
    with pytest.raises(PermissionDenied):
        lend(by=here[Role.TOWNSHIP_OFFICER])


def test_a_deputy_does_not_lend_on(here, lend, secretary):
    lend()

    with pytest.raises(PermissionDenied):
        lend(username=here.people[Role.MEMBER].username, by=here[Role.TOWNSHIP_OFFICER])


def test_a_person_of_another_county_is_as_unknown_as_nobody(here, there, lend):
    told = []
    for username in (there.people[Role.MEMBER].username, "nobody"):
        with pytest.raises(ValidationError) as refusal:
            lend(username=username)
        told.append(refusal.value.message_dict)

    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"since": -1}, "since"),
        ({"until": 400}, "until"),
        ({"until": -1}, "until"),
    ],
)
def test_impossible_days_are_refused_at_their_field(lend, changed, field):
    with pytest.raises(ValidationError) as refusal:
        lend(**{name: days(number) for name, number in changed.items()})

    assert list(refusal.value.message_dict) == [field]


def test_a_delegation_does_not_outlast_the_term(secretary, lend):
    secretary.posts.update(until=days(10))

    with pytest.raises(ValidationError):
        lend()
