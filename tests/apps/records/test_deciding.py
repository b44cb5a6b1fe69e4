"""Who enters does not verify; where one person runs a branch, the township draws."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from records_world import a_record
from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Delegation, Post
from ronghe.apps.audit.models import Entry
from ronghe.apps.records.models import Draw, Record, State
from ronghe.apps.records.selectors.entries import records_waiting_for
from ronghe.apps.records.services import (
    correct_record,
    draw_sample,
    verify_record,
    withdraw_record,
)
from ronghe.apps.records.services.deciding import drawn_order
from web_world import days, person


@pytest.fixture
def alone(here):
    """A county whose branch is run by one person."""
    Post.objects.filter(role=Role.ORGANISATION_OFFICER).delete()
    return here


def test_a_second_person_of_the_branch_verifies(here):
    record = a_record(here)
    officer = here[Role.ORGANISATION_OFFICER]
    assert list(records_waiting_for(officer)) == [record]

    verify_record(record, accept=True, quality=4, by=officer)

    assert (record.state, record.decided_by, record.quality) == (State.ACCEPTED, officer, 4)
    assert not records_waiting_for(officer).exists()


def test_who_entered_never_verifies(here):
    record = a_record(here)

    assert not records_waiting_for(here[Role.BRANCH_SECRETARY]).exists()
    with pytest.raises(PermissionDenied):
        verify_record(record, accept=True, by=here[Role.BRANCH_SECRETARY])


def test_neither_a_deputy_nor_the_principal_verifies_what_was_entered_for_one_of_them(here):
    clerk = person("clerk")
    lent = here[Role.BRANCH_SECRETARY].posts.get()
    Delegation.objects.create(post=lent, deputy=clerk, since=days(0), until=days(9))
    record = a_record(here)

    with pytest.raises(PermissionDenied):
        verify_record(record, accept=True, by=clerk)


def test_nobody_beside_or_below_verifies(here):
    record = a_record(here, role=Role.TOWNSHIP_OFFICER)

    assert record.verify_at == here.nodes["township"]
    with pytest.raises(PermissionDenied):
        verify_record(record, accept=True, by=here[Role.BRANCH_SECRETARY])
    verify_record(record, accept=True, by=here[Role.PARTY_SECRETARY])


def test_a_refusal_needs_a_reason_and_can_be_mended(here):
    record, officer = a_record(here), here[Role.ORGANISATION_OFFICER]
    with pytest.raises(ValidationError):
        verify_record(record, accept=False, by=officer)

    verify_record(record, accept=False, reason="户主说没有这回事", by=officer)
    mended = correct_record(
        record, served="李家", reason="写错了户", by=here[Role.BRANCH_SECRETARY]
    )

    told = (record.state, record.reason, mended.state)
    assert told == (State.SUPERSEDED, "户主说没有这回事", State.PENDING)


def test_of_two_who_verify_at_once_one_is_told(here):
    record, officer = a_record(here), here[Role.ORGANISATION_OFFICER]
    verify_record(Record.objects.get(pk=record.pk), accept=True, by=officer)

    with pytest.raises(ValidationError):
        verify_record(record, accept=False, reason="不实", by=officer)
    assert Record.objects.get().state == State.ACCEPTED


def test_where_one_person_runs_a_branch_the_township_draws(alone):
    record = a_record(alone)

    assert (record.verify_at, record.by_sampling) == (alone.nodes["township"], True)
    assert not records_waiting_for(alone[Role.PARTY_SECRETARY]).exists()


def test_what_is_not_drawn_is_accepted_once_the_drawn_is(alone):
    records = [a_record(alone) for _ in range(20)]
    secretary = alone[Role.PARTY_SECRETARY]

    draw = draw_sample(alone.nodes["township"], percent=10, by=secretary)
    drawn = list(records_waiting_for(secretary))
    for record in drawn:
        verify_record(record, accept=True, by=secretary)

    draw.refresh_from_db()
    assert (draw.population, draw.sample, len(drawn)) == (20, 3, 3)
    assert draw.closed is not None
    assert set(Record.objects.values_list("state", flat=True)) == {State.ACCEPTED}
    assert Record.objects.exclude(decided_by=None).count() == 3
    entry = Entry.objects.get(action="records.drawn")
    assert entry.details["seed"] == draw.seed
    first = drawn_order([one.pk for one in records], draw.seed)[:3]
    assert {one.pk for one in drawn} == set(first)


def test_a_refusal_in_the_sample_has_all_of_that_unit_checked(alone):
    beside = alone.nodes["branch_beside"]
    Post.objects.create(
        user=person("beside"), role=Role.BRANCH_SECRETARY, node=beside, since=days(-9)
    )
    for _ in range(8):
        a_record(alone)
    secretary = alone[Role.PARTY_SECRETARY]
    draw = draw_sample(alone.nodes["township"], percent=1, by=secretary)

    for record in list(records_waiting_for(secretary)):
        verify_record(record, accept=False, reason="没有这回事", by=secretary)

    assert records_waiting_for(secretary).count() == 5
    for record in list(records_waiting_for(secretary)):
        verify_record(record, accept=True, by=secretary)
    draw.refresh_from_db()
    assert draw.closed is not None


def test_what_was_not_drawn_is_not_picked_by_hand(alone):
    for _ in range(6):
        a_record(alone)
    secretary = alone[Role.PARTY_SECRETARY]
    draw_sample(alone.nodes["township"], percent=1, by=secretary)
    left = Record.objects.filter(in_sample=False).first()

    with pytest.raises(PermissionDenied):
        verify_record(left, accept=True, by=secretary)


def test_a_drawn_record_that_is_withdrawn_does_not_hold_up_the_others(alone):
    for _ in range(5):
        a_record(alone)
    secretary = alone[Role.PARTY_SECRETARY]
    draw = draw_sample(alone.nodes["township"], percent=1, by=secretary)

    for record in Record.objects.filter(in_sample=True):
        withdraw_record(record, reason="重复", by=alone[Role.BRANCH_SECRETARY])

    draw.refresh_from_db()
    assert draw.closed is not None
    assert Record.objects.filter(state=State.ACCEPTED).count() == 2


def test_a_correction_of_a_drawn_record_is_checked_one_by_one(alone):
    for _ in range(5):
        a_record(alone)
    draw_sample(alone.nodes["township"], percent=1, by=alone[Role.PARTY_SECRETARY])
    drawn = Record.objects.filter(in_sample=True).first()

    mended = correct_record(drawn, reason="写错", served="李家", by=alone[Role.BRANCH_SECRETARY])

    assert mended in records_waiting_for(alone[Role.PARTY_SECRETARY])


def test_nobody_draws_where_nothing_waits_or_beside_their_place(here):
    with pytest.raises(ValidationError):
        draw_sample(here.nodes["township"], percent=10, by=here[Role.PARTY_SECRETARY])
    with pytest.raises(PermissionDenied):
        draw_sample(here.nodes["township_beside"], percent=10, by=here[Role.PARTY_SECRETARY])
    assert not Draw.objects.exists()


@given(st.sets(st.integers(1, 10**9), max_size=40), st.text(max_size=20))
@settings(max_examples=50)
def test_a_seed_draws_the_same_order_whatever_came_first(records, seed):
    forward, backward = sorted(records), sorted(records, reverse=True)

    assert drawn_order(forward, seed) == drawn_order(backward, seed)
    assert set(drawn_order(forward, seed)) == records
