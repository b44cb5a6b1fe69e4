"""Splitting a Party organisation with its members: all of it, from a day on, or nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.members.models import Belonging
from ronghe.apps.members.selectors import own_members
from ronghe.apps.members.services.splitting import split_organisation
from ronghe.apps.registry.models import Node
from web_world import days, on_roster


@pytest.fixture
def people(here):
    return [on_roster(here.nodes["branch"], name=f"党员{number}") for number in range(4)]


def split(here, members, **changed):
    given = {"code": "new", "name": "新支部", "children": [], "since": days(-5)}
    given |= {"members": members, "by": here[Role.ORGANISATION]}
    return split_organisation(here.nodes["branch"], **{**given, **changed})


def test_the_chosen_members_belong_to_the_new_organisation_from_that_day(here, people):
    made = split(here, people[:2])

    assert set(own_members(made)) == set(people[:2])
    assert set(own_members(here.nodes["branch"])) == set(people[2:])
    old = Belonging.objects.get(member=people[0], node=here.nodes["branch"])
    assert old.until == days(-6)
    assert made.origins.get().manner == "split"
    assert Entry.objects.filter(action="members.transferred").count() == 2


@pytest.mark.parametrize("since", [-400, 1])
def test_where_one_member_cannot_go_nothing_is_split(here, people, since):
    with pytest.raises(ValidationError):
        split(here, people, since=days(since))

    assert not Node.objects.filter(code="new").exists()
    assert own_members(here.nodes["branch"]).count() == 4


def test_nobody_of_another_organisation_is_taken_along(here, people):
    with pytest.raises(ValidationError, match="本组织名册"):
        split(here, [on_roster(here.nodes["branch_beside"], name="外人")])


def test_who_keeps_only_the_tree_or_only_the_roster_does_not_split(here, people):
    for role in (Role.ADMINISTRATOR, Role.PARTY_SECRETARY):
        with pytest.raises(PermissionDenied):
            split(here, people, by=here[role])
    assert not Node.objects.filter(code="new").exists()


@pytest.mark.parametrize(("going", "moved"), [("all", 4), ("none", 0), ("chosen", 1)])
def test_all_none_or_those_ticked_go_along(signed_in, here, people, going, moved):
    branch, browser = here.nodes["branch"], signed_in(here[Role.ORGANISATION])
    sent = {"code": "new", "name": "新支部", "since": days(-5), "going": going}

    answer = browser.post(
        f"/members/organisations/{branch.pk}/split/", {**sent, "members": [people[0].pk]}
    )

    assert answer.status_code == 302
    assert own_members(Node.objects.get(code="new")).count() == moved
