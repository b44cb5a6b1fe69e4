"""Households of a village: kept by those of the village, heads sealed, marks dated."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.members.models import Member
from ronghe.apps.registry.models import Household
from ronghe.apps.registry.services import (
    add_household,
    correct_household,
    end_mark,
    mark_household,
)
from web_world import days, on_roster


@pytest.fixture
def household(here):
    """A household of the village, registered by the branch's secretary."""
    by = here[Role.BRANCH_SECRETARY]
    return add_household(here.nodes["village"], code="H1", head="王大山", people=4, by=by)


def test_the_villages_own_secretary_and_the_township_keep_households(here, household):
    correct_household(
        household, code="H1", head="王小山", people=5, until=None, by=here[Role.TOWNSHIP_OFFICER]
    )

    assert Household.objects.get().head == "王小山"
    assert Entry.objects.get(action="registry.household_corrected").details == {
        "fields": ["head", "people"]
    }


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR, Role.RESIDENT, Role.VIEWER])
def test_others_do_not(here, household, role):
    with pytest.raises(PermissionDenied):
        mark_household(household, mark="sudden", since=days(0), by=here[role])


def test_nor_does_the_secretary_of_another_village(here):
    with pytest.raises(PermissionDenied):
        add_household(
            here.nodes["village_beside"],
            code="H1",
            head="",
            people=None,
            by=here[Role.BRANCH_SECRETARY],
        )


def test_the_head_is_sealed_in_the_database_and_absent_from_the_audit(household):
    with connection.cursor() as cursor:
        cursor.execute("select head from registry_household")
        assert "王大山" not in cursor.fetchone()[0]
    assert "王大山" not in str(list(Entry.objects.values_list("details", flat=True)))


def test_a_code_stands_once_in_a_village(here, household):
    with pytest.raises(ValidationError, match="已有这个户编号"):
        add_household(
            here.nodes["village"], code="H1", head="", people=None, by=here[Role.PARTY_SECRETARY]
        )


def test_a_mark_lasts_from_a_day_to_a_day(here, household):
    by = here[Role.BRANCH_SECRETARY]
    mark = mark_household(household, mark="unstable", since=days(-30), by=by)

    with pytest.raises(ValidationError, match="已有这个标识"):
        mark_household(household, mark="unstable", since=days(-1), by=by)
    with pytest.raises(ValidationError, match="不能早于起始日"):
        end_mark(mark, on=days(-31), by=by)
    end_mark(mark, on=days(-1), by=by)
    mark_household(household, mark="unstable", since=days(0), by=by)

    assert household.marks.count() == 2


def test_the_list_narrows_by_mark_and_takes_few_queries(
    signed_in, here, household, django_assert_max_num_queries
):
    by, village = here[Role.BRANCH_SECRETARY], here.nodes["village"]
    Household.objects.bulk_create(Household(node=village, code=f"X{n:02}") for n in range(60))
    mark_household(household, mark="minimum", since=days(-9), by=by)
    browser = signed_in(by)

    with django_assert_max_num_queries(14):
        page = browser.get(f"/organisations/{village.pk}/households/?mark=minimum")

    assert "H1" in page.content.decode()
    assert "X01" not in page.content.decode()


def test_party_members_of_a_household_are_linked_by_its_code(signed_in, here, household):
    member, browser = on_roster(here.nodes["branch"]), signed_in(here[Role.BRANCH_SECRETARY])
    sent = {"village": here.nodes["village"].pk, "code": "H1"}

    browser.post(f"/members/{member.pk}/household/", sent)

    assert Member.objects.get(pk=member.pk).household == household
    assert "李大山" in browser.get(f"/organisations/households/{household.pk}/").content.decode()
    wrong = browser.post(f"/members/{member.pk}/household/", {**sent, "code": "H9"})
    assert wrong.status_code == 422
