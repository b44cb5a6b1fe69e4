"""Records are entered once, by who may, and never overwritten."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from records_world import a_record
from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Delegation
from ronghe.apps.audit.models import Entry
from ronghe.apps.records.models import KindOwner, Record, State
from ronghe.apps.records.selectors.entries import history_of
from ronghe.apps.records.services import (
    add_record,
    correct_record,
    give_kind,
    withdraw_record,
)
from web_world import days, on_roster, person, post


def test_a_record_keeps_who_what_when_and_how_much(here):
    member = on_roster(here.nodes["branch"])

    made = a_record(
        here, kind="tech_guidance", values={}, quantity="2.5", actors=[member], served="王家"
    )

    assert (made.unit.node, made.amount) == (here.nodes["branch"], Decimal("2.5"))
    assert list(made.actors.all()) == [member]
    assert made.entered_by == here[Role.BRANCH_SECRETARY]
    entry = Entry.objects.get(action="records.added")
    assert (entry.target_id, entry.details) == (
        made.pk,
        {"kind": "tech_guidance", "channel": "own"},
    )


@pytest.mark.parametrize(
    ("contents", "field"),
    [
        ({"kind": "of_no_kind"}, "kind"),
        ({"quantity": "1.5"}, "quantity"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": "many"}, "quantity"),
        ({"quantity": 10**18}, "quantity"),
        ({"day": days(1)}, "day"),
        ({"quality": 6}, "quality"),
        ({"values": {}}, "matter"),
        ({"values": {"matter": "x", "more": "y"}}, "more"),
        ({"kind": "meeting_held", "values": {}, "served": "王家"}, "served"),
    ],
)
def test_what_does_not_fit_its_kind_is_refused_with_the_field(here, contents, field):
    with pytest.raises(ValidationError) as refusal:
        a_record(here, **contents)

    assert list(refusal.value.message_dict) == [field]
    assert not Record.objects.exists()


def test_everything_wrong_is_told_at_once(here):
    with pytest.raises(ValidationError) as refusal:
        a_record(here, quantity=0, day=days(1), values={})

    assert set(refusal.value.message_dict) == {"quantity", "day", "matter"}


def test_people_of_another_organisation_do_not_stand_behind_a_record(here):
    stranger = on_roster(here.nodes["branch_beside"])

    with pytest.raises(ValidationError, match="不是这个党组织的人"):
        a_record(here, actors=[stranger])


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER, Role.EXPERT, Role.ENTERPRISE])
def test_who_may_not_enter_a_kind_does_not(here, role):
    with pytest.raises(PermissionDenied):
        a_record(here, role=role)


def test_nobody_enters_beside_their_place(here):
    with pytest.raises(PermissionDenied):
        a_record(here, node="branch_beside")


def test_the_department_in_charge_enters_for_every_unit_of_its_county(here, there):
    contents = {"kind": "firm_promoted", "values": {}}
    with pytest.raises(PermissionDenied):
        a_record(here, role=Role.DATA_DEPARTMENT, **contents)

    county = here.nodes["county"]
    owner = here.nodes["department"]
    give_kind(county=county, kind="firm_promoted", owner=owner, by=here[Role.ORGANISATION])

    assert a_record(here, role=Role.DATA_DEPARTMENT, node="township_beside", **contents)
    with pytest.raises(PermissionDenied):
        add_record(
            unit=there.nodes["township"], by=here[Role.DATA_DEPARTMENT], day=days(0), **contents
        )


def test_a_department_is_put_in_charge_only_of_what_departments_enter(here):
    with pytest.raises(ValidationError):
        give_kind(
            county=here.nodes["county"],
            kind="visit",
            owner=here.nodes["department"],
            by=here[Role.ORGANISATION],
        )

    assert not KindOwner.objects.exists()


def test_the_same_client_key_enters_once(here):
    first = a_record(here, client_key="a1")
    again = a_record(here, client_key="a1", quantity=7)

    assert again == first
    assert Record.objects.get().quantity == 1


def test_the_same_client_key_of_two_people_is_two_records(here):
    a_record(here, client_key="a1")
    a_record(here, client_key="a1", role=Role.ORGANISATION_OFFICER)

    assert Record.objects.count() == 2


def test_a_correction_supersedes_and_keeps_the_reason(here):
    first = a_record(here)

    second = correct_record(first, quantity=3, reason="数错了", by=here[Role.ORGANISATION_OFFICER])

    first.refresh_from_db()
    assert (first.state, first.quantity) == (State.SUPERSEDED, 1)
    assert (second.state, second.quantity, second.reason) == (State.PENDING, 3, "数错了")
    assert second.values == {"matter": "修水渠"}
    assert history_of(first) == history_of(second) == [first, second]


def test_a_record_is_corrected_once_and_only_while_it_stands(here):
    first, by = a_record(here), here[Role.BRANCH_SECRETARY]
    correct_record(first, quantity=3, reason="数错了", by=by)

    for act in (correct_record, withdraw_record):
        with pytest.raises(ValidationError):
            act(first, reason="再来", by=by)
    assert Record.objects.count() == 2


@pytest.mark.parametrize("act", [correct_record, withdraw_record])
def test_without_a_reason_nothing_changes(here, act):
    record = a_record(here)

    with pytest.raises(ValidationError):
        act(record, reason=" ", by=here[Role.BRANCH_SECRETARY])

    record.refresh_from_db()
    assert record.state == State.PENDING


def test_a_withdrawn_record_stays_with_its_reason(here):
    record = a_record(here)

    withdraw_record(record, reason="重复登记", by=here[Role.BRANCH_SECRETARY])

    record.refresh_from_db()
    assert (record.state, record.reason, record.counts) == (State.WITHDRAWN, "重复登记", False)


def test_what_another_app_left_needs_no_post_and_names_its_object(here):
    nobody = person("nobody")

    made = add_record(
        unit=here.nodes["branch"],
        by=nobody,
        left_by=("enterprise", 17),
        kind="case_solved",
        day=days(0),
        values={"matter": "用电"},
    )

    assert (made.source_app, made.source_id, made.channel) == ("enterprise", 17, "program")


def test_a_deputy_enters_in_the_name_of_the_principal(here):
    clerk = person("clerk")
    lent = here[Role.BRANCH_SECRETARY].posts.get()
    Delegation.objects.create(post=lent, deputy=clerk, since=days(0), until=days(9))

    made = add_record(
        unit=here.nodes["branch"],
        by=clerk,
        kind="case_solved",
        day=days(0),
        values={"matter": "x"},
    )

    assert (made.entered_by, made.principal) == (clerk, here[Role.BRANCH_SECRETARY])


def test_a_township_enters_for_a_branch_of_its_own(here):
    post(person("second"), Role.TOWNSHIP_OFFICER, here.nodes["township"])

    assert a_record(here, role=Role.TOWNSHIP_OFFICER).unit.node == here.nodes["branch"]
