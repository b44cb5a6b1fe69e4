"""The roster: stages, belonging, floating counted once, numbers sealed."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.members.models import Member, Stage, masked
from ronghe.apps.members.selectors import counts_for, members_visible_to
from ronghe.apps.members.services.keeping import (
    change_stage,
    correct,
    end_floating,
    float_to,
    register,
    transfer,
)
from web_world import days, on_roster

ID_NUMBER = "360426199101010071"
"""The example of the python-stdnum documentation."""


@pytest.fixture
def secretary(here):
    return here[Role.BRANCH_SECRETARY]


def enter(here, by, **changed):
    given = {
        "name": "王大山",
        "id_number": ID_NUMBER,
        "phone": "138 0000 1234",
        "node": here.nodes["branch"],
        "stage": "full",
        "since": days(-10),
        "by": by,
    }
    return register(**{**given, **changed})


def names(user, **chosen):
    return [one.name for one in members_visible_to(user, **chosen)]


def test_an_identity_number_gives_birth_and_sex(here, secretary):
    member = enter(here, secretary)

    assert member.born.isoformat() == "1991-01-01"
    assert member.sex == Member.Sex.MALE


def test_numbers_are_sealed_in_the_database_and_open_in_python(here, secretary):
    pk = enter(here, secretary).pk

    with connection.cursor() as cursor:
        cursor.execute("select id_number, phone, id_digest from members_member")
        stored = str(cursor.fetchall())
    assert ID_NUMBER not in stored
    assert "13800001234" not in stored
    member = Member.objects.get(pk=pk)
    assert (member.id_number, member.phone) == (ID_NUMBER, "13800001234")


def test_numbers_open_after_the_keys_were_changed(here, secretary, settings, tmp_path):
    settings.RONGHE_KEYS = tmp_path / "keys.json"
    pk = enter(here, secretary).pk

    call_command("rotate_keys")

    with connection.cursor() as cursor:
        cursor.execute("select id_number from members_member")
        assert cursor.fetchone()[0].startswith("k2:")
    assert Member.objects.get(pk=pk).id_number == ID_NUMBER


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"id_number": "360426199101010072"}, "id_number"),
        ({"id_number": "3604261991"}, "id_number"),
        ({"phone": "12"}, "phone"),
        ({"name": ""}, "name"),
        ({"stage": "friend"}, "stage"),
    ],
)
def test_what_is_not_right_is_refused_at_its_field(here, secretary, changed, field):
    with pytest.raises(ValidationError) as refusal:
        enter(here, secretary, **changed)

    assert list(refusal.value.message_dict) == [field]
    assert not Member.objects.exists()


def test_a_person_is_registered_once_in_a_county_but_another_county_does_not_know(here, there):
    enter(here, here[Role.BRANCH_SECRETARY])
    enter(there, there[Role.BRANCH_SECRETARY])

    with pytest.raises(ValidationError):
        enter(here, here[Role.ORGANISATION], node=here.nodes["branch_beside"])


def test_members_belong_to_party_organisations_only(here):
    with pytest.raises(ValidationError):
        enter(here, here[Role.ORGANISATION], node=here.nodes["village"])


def test_nobody_is_registered_outside_ones_keeping(here, there, secretary):
    for node in (here.nodes["branch_beside"], there.nodes["branch"]):
        with pytest.raises(PermissionDenied):
            enter(here, secretary, node=node)


def test_what_is_audited_holds_no_numbers(here, secretary):
    member = enter(here, secretary)
    correct(member, name="王大山", id_number="", phone="13900005678", exempt="aged", by=secretary)

    entry = Entry.objects.first()
    assert entry.details == {"fields": ["phone", "exempt"]}
    assert "1380000" not in str(list(Entry.objects.values()))
    assert ID_NUMBER not in str(list(Entry.objects.values()))


def test_an_empty_number_leaves_the_one_that_is_kept(here, secretary):
    member = enter(here, secretary)

    correct(member, name="王大川", id_number="", phone="", exempt="", by=secretary)

    member.refresh_from_db()
    assert (member.name, member.id_number) == ("王大川", ID_NUMBER)


def test_stages_follow_one_another(here, secretary):
    member = enter(here, secretary, stage="applicant", since=days(-400))

    for step, stage in enumerate(["activist", "target", "probationary", "full"]):
        change_stage(member, stage=stage, since=days(step - 10), by=secretary, reason="补登")

    assert [one.stage for one in member.stages.all()] == [
        "applicant",
        "activist",
        "target",
        "probationary",
        "full",
    ]


@pytest.mark.parametrize(
    ("stage", "since"), [("full", -1), ("applicant", -1), ("target", -500), ("target", 1)]
)
def test_a_stage_that_does_not_follow_or_a_day_that_cannot_be_is_refused(
    here, secretary, stage, since
):
    member = enter(here, secretary, stage="activist", since=days(-400))

    with pytest.raises(ValidationError):
        change_stage(member, stage=stage, since=days(since), by=secretary)


def test_who_left_is_off_the_roster_and_still_found_by_stage(here, secretary):
    member = enter(here, secretary)

    change_stage(member, stage="left", since=days(0), by=secretary)

    assert names(secretary) == []
    assert names(secretary, stage=Stage.LEFT) == ["王大山"]


def test_a_transferred_member_belongs_to_the_new_branch_from_the_day_on(here):
    by = here[Role.ORGANISATION]
    member = enter(here, by)

    transfer(member, node=here.nodes["branch_beside"], since=days(0), by=by)

    belongings = [(one.node.code, one.since, one.until) for one in member.belongings.all()]
    assert belongings == [
        ("branch", days(-10), days(-1)),
        ("branch_beside", days(0), None),
    ]
    assert names(here[Role.BRANCH_SECRETARY]) == []


def test_a_branch_secretary_transfers_nobody_into_another_branch(here, secretary):
    member = enter(here, secretary)

    with pytest.raises(PermissionDenied):
        transfer(member, node=here.nodes["branch_beside"], since=days(0), by=secretary)


def test_a_floating_member_is_shown_at_both_places_and_counted_once(here, secretary):
    member = enter(here, secretary)
    here.people[Role.PARTY_SECRETARY].posts.update(node=here.nodes["township_beside"])
    beside = here[Role.PARTY_SECRETARY]

    float_to(member, node=here.nodes["branch_beside"], since=days(-1), by=secretary)

    assert names(secretary) == names(beside) == ["王大山"]
    assert (counts_for(secretary)["full"], counts_for(secretary)["floating_out"]) == (1, 1)
    assert (counts_for(beside)["full"], counts_for(beside)["floating_in"]) == (0, 1)
    whole = counts_for(here[Role.ORGANISATION])
    assert (whole["full"], whole["floating_in"], whole["floating_out"]) == (1, 0, 0)
    assert names(here[Role.ORGANISATION]) == ["王大山"]


def test_floating_ends_with_its_last_day(here, secretary):
    member = enter(here, secretary)
    float_to(member, node=here.nodes["branch_beside"], since=days(-5), by=secretary)

    end_floating(member, on=days(-1), by=secretary)

    assert counts_for(secretary)["floating_out"] == 0


def test_a_member_does_not_float_within_the_own_branch_or_into_another_county(
    here, there, secretary
):
    member = enter(here, secretary)

    for node in (here.nodes["branch"], there.nodes["branch"]):
        with pytest.raises(ValidationError):
            float_to(member, node=node, since=days(0), by=secretary)


def test_two_counties_do_not_see_each_others_rosters(here, there):
    on_roster(there.nodes["branch"])

    assert all(names(here[role]) == [] for role in Role)


def test_a_member_is_found_by_the_whole_identity_number(here, secretary):
    enter(here, secretary)

    assert names(secretary, search=ID_NUMBER) == ["王大山"]
    assert names(secretary, search=ID_NUMBER[:10]) == []


def test_pages_show_the_ends_of_a_number_only(signed_in, here, secretary):
    member = enter(here, secretary)

    page = signed_in(secretary).get(f"/members/{member.pk}/").content.decode()

    assert "3604**********0071" in page
    assert "138****1234" in page
    assert ID_NUMBER not in page


def test_the_form_for_correcting_shows_no_number(signed_in, here, secretary):
    member = enter(here, secretary)

    page = signed_in(secretary).get(f"/members/{member.pk}/correct/").content.decode()

    assert ID_NUMBER not in page
    assert "13800001234" not in page


@pytest.mark.parametrize(
    ("number", "shown"),
    [("", ""), ("123", "***"), ("12345678", "********"), ("123456789", "1234*6789")],
)
def test_short_numbers_are_all_stars(number, shown):
    assert masked(number, 4, 4) == shown


def test_the_roster_needs_as_many_queries_for_fifty_members_as_for_one(
    signed_in, here, django_assert_max_num_queries
):
    for number in range(50):
        on_roster(here.nodes["branch"], name=f"党员{number}")
    browser = signed_in(here[Role.BRANCH_SECRETARY])

    with django_assert_max_num_queries(16):
        browser.get("/members/")


def test_a_clerk_registers_for_the_secretary_and_both_are_recorded(here, secretary):
    from ronghe.apps.accounts.services.delegation import delegate

    clerk = here.people[Role.TOWNSHIP_OFFICER]
    delegate(
        post=secretary.posts.get(),
        username=clerk.username,
        since=days(0),
        until=days(9),
        by=secretary,
    )

    enter(here, here[Role.TOWNSHIP_OFFICER])

    entry = Entry.objects.get(action="members.registered")
    assert (entry.actor, entry.principal) == (clerk, secretary)
