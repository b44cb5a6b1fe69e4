"""Roles are held at a node for a term, and given only by those who may."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Post
from ronghe.apps.accounts.permissions import GIVES, LEVELS, MANAGE_PEOPLE
from ronghe.apps.accounts.services.people import (
    close_account,
    open_account,
    remove_second_factor,
    renew_password,
    reopen_account,
)
from ronghe.apps.accounts.services.posts import end_post, give_post
from ronghe.apps.audit.models import Entry
from web_world import days, person, post


def opened_by(user, node, *, role=Role.MEMBER, username="new"):
    return open_account(
        username=username, name="新人", role=role, node=node, since=days(0), until=None, by=user
    )


def test_every_role_can_be_held_somewhere_and_given_by_somebody():
    assert set(LEVELS) == set(Role)
    assert frozenset().union(*GIVES.values()) == set(Role)


def test_a_branch_secretary_opens_a_members_account_in_the_own_branch(here):
    secretary = here[Role.BRANCH_SECRETARY]

    opened, password = opened_by(secretary, here.nodes["branch"])

    assert opened.check_password(password)
    assert opened.must_change_password
    assert [one.role for one in opened.posts.all()] == [Role.MEMBER]


@pytest.mark.parametrize("place", ["branch_beside", "township", "county"])
def test_a_branch_secretary_opens_no_account_elsewhere(here, place):
    with pytest.raises(PermissionDenied):
        opened_by(here[Role.BRANCH_SECRETARY], here.nodes[place])

    assert not Post.objects.filter(user__username="new").exists()


def test_nobody_opens_an_account_in_another_county(here, there):
    with pytest.raises(PermissionDenied):
        opened_by(here[Role.ADMINISTRATOR], there.nodes["branch"])


def test_a_branch_secretary_makes_no_administrator(here):
    with pytest.raises(PermissionDenied):
        opened_by(here[Role.BRANCH_SECRETARY], here.nodes["branch"], role=Role.ADMINISTRATOR)


def test_a_role_is_not_held_at_a_level_that_does_not_have_it(here):
    with pytest.raises(ValidationError) as refusal:
        opened_by(here[Role.ADMINISTRATOR], here.nodes["branch"], role=Role.COUNTY_LEADER)

    assert list(refusal.value.message_dict) == ["role"]


def test_sign_in_names_differ_by_more_than_case(here):
    with pytest.raises(ValidationError):
        opened_by(here[Role.ADMINISTRATOR], here.nodes["branch"], username="HERE-member")


def test_nobody_gives_a_post_to_themselves(here):
    administrator = here[Role.ADMINISTRATOR]

    with pytest.raises(PermissionDenied):
        give_post(
            administrator,
            role=Role.ORGANISATION,
            node=here.nodes["county"],
            since=days(0),
            until=None,
            by=administrator,
        )


def test_a_role_ends_with_its_term(here):
    user = person("officer")
    post(user, Role.PARTY_SECRETARY, here.nodes["township"], since=-30, until=-1)

    assert not user.has_perm(MANAGE_PEOPLE, here.nodes["township"])


def test_the_last_day_of_a_term_still_counts(here):
    user = person("officer")
    post(user, Role.PARTY_SECRETARY, here.nodes["township"], since=-30, until=0)

    assert user.has_perm(MANAGE_PEOPLE, here.nodes["township"])


def test_a_term_that_has_not_begun_gives_nothing(here):
    user = person("officer")
    post(user, Role.PARTY_SECRETARY, here.nodes["township"], since=1)

    assert not user.has_perm(MANAGE_PEOPLE)


def test_the_same_post_is_not_given_twice_for_the_same_time(here):
    secretary = here[Role.BRANCH_SECRETARY]
    member = here.people[Role.MEMBER]

    with pytest.raises(ValidationError):
        give_post(
            member,
            role=Role.MEMBER,
            node=here.nodes["branch"],
            since=days(0),
            until=days(10),
            by=secretary,
        )


def test_a_post_that_is_ended_keeps_its_row_and_its_past(here):
    held = here.people[Role.MEMBER].posts.get()

    end_post(held, on=days(0), by=here[Role.BRANCH_SECRETARY])

    held.refresh_from_db()
    assert (held.since, held.until) == (days(-400), days(0))


def test_a_post_is_not_ended_in_the_past(here):
    held = here.people[Role.MEMBER].posts.get()

    with pytest.raises(ValidationError):
        end_post(held, on=days(-30), by=here[Role.BRANCH_SECRETARY])


def test_one_person_with_several_posts_has_what_each_gives(here):
    user = here.people[Role.MEMBER]
    post(user, Role.BRANCH_SECRETARY, here.nodes["branch_beside"])

    assert user.has_perm(MANAGE_PEOPLE, here.nodes["branch_beside"])
    assert not user.has_perm(MANAGE_PEOPLE, here.nodes["branch"])


@pytest.mark.parametrize(
    "act", [renew_password, remove_second_factor, close_account, reopen_account]
)
def test_a_branch_secretary_does_not_touch_the_account_of_a_member_with_a_higher_post(here, act):
    leader = here.people[Role.COUNTY_LEADER]
    post(leader, Role.MEMBER, here.nodes["branch"])

    with pytest.raises(PermissionDenied):
        act(leader, by=here[Role.BRANCH_SECRETARY])


def test_a_closed_account_is_reopened_with_everything_it_had(here):
    member, secretary = here.people[Role.MEMBER], here[Role.BRANCH_SECRETARY]

    close_account(member, by=secretary)
    reopen_account(member, by=secretary)

    member.refresh_from_db()
    assert member.is_active
    assert member.posts.count() == 1


def test_what_is_done_to_an_account_is_audited_at_its_place(here):
    renew_password(here.people[Role.MEMBER], by=here[Role.BRANCH_SECRETARY])

    entry = Entry.objects.first()
    assert entry.action == "accounts.password_renewed"
    assert entry.actor == here.people[Role.BRANCH_SECRETARY]
    assert entry.place == here.nodes["branch"]
    assert "password" not in str(entry.details)
