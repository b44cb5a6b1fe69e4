"""The stages of a round: no illegal jump, nothing lost, appeals freeze, final never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.apps.appraisal.rounds.stages import (
    ENDED,
    MOVES,
    ORDER,
    Event,
    RefusedStep,
    Stage,
    State,
    blocked,
    possible,
    step,
)

DAY = date(2026, 3, 2)
RESULT = frozenset({Stage.REVIEW, Stage.DISCLOSED, Stage.APPEALS, Stage.PUBLICITY, Stage.SIGN_OFF})
events = st.lists(
    st.tuples(st.sampled_from(Event), st.integers(0, 9), st.integers(0, 9)), max_size=60
)


def lived(happenings):
    """Yield state, event, state after for whatever is tried; what is refused changes nothing."""
    state, today = State(), DAY
    for event, later, lasts in happenings:
        today += timedelta(days=later)
        before = state
        try:
            ends = today + timedelta(days=lasts)
            state = step(state, event, today=today, until=ends, provisional=lasts == 9)
        except RefusedStep:
            assert blocked(before, event, today=today)
        yield before, event, state, today


@given(happenings=events)
def test_a_round_moves_only_along_the_stages(happenings):
    for before, event, after, _today in lived(happenings):
        if after.stage != before.stage and before.stage != Stage.COMPUTING:
            assert MOVES[event][before.stage] == after.stage
        if before.stage == Stage.COMPUTING and after.stage != Stage.COMPUTING:
            assert event in (Event.COMPUTED, Event.FAILED)
            assert after.stage in (before.resume, Stage.REVIEW)


@given(happenings=events)
def test_what_has_ended_never_changes(happenings):
    for before, _event, after, _today in lived(happenings):
        if before.stage in ENDED:
            assert after.stage in ENDED
            assert (after.open_appeals, after.stale) == (before.open_appeals, before.stale)


@given(happenings=events)
def test_appeals_are_never_lost_and_freeze_what_follows(happenings):
    made = answered = 0
    for before, event, after, _today in lived(happenings):
        if after != before or event in (Event.APPEAL, Event.UPHOLD, Event.REFUSE):
            made += after.open_appeals > before.open_appeals
            answered += after.open_appeals < before.open_appeals
        assert after.open_appeals == made - answered >= 0
        if after.stage in (Stage.PUBLICITY, Stage.SIGN_OFF, Stage.FINAL) and (
            after.stage != before.stage
        ):
            assert not after.open_appeals
            assert not after.stale


@given(happenings=events)
def test_the_time_for_appeals_runs_its_days(happenings):
    for before, event, after, today in lived(happenings):
        if event == Event.HEAR and after.stage != before.stage:
            assert before.until is not None
            assert today > before.until
            assert not before.provisional


@given(happenings=events)
def test_nothing_is_put_to_sign_before_somebody_concluded_its_publicity(happenings):
    concluded = False
    for before, event, after, _today in lived(happenings):
        if after.stage == before.stage == Stage.PUBLICITY and event == Event.CONCLUDE:
            concluded = concluded or after.concluded
        if after.stage != before.stage:
            assert after.stage != Stage.SIGN_OFF or concluded
            concluded = False


@given(happenings=events)
def test_objections_are_never_lost_and_freeze_what_follows(happenings):
    for before, event, after, _today in lived(happenings):
        more = after.open_objections - before.open_objections
        assert more == 0 or event in (
            Event.OBJECT, Event.UPHOLD_OBJECTION, Event.DISMISS_OBJECTION,
        )  # fmt: skip
        assert after.open_objections >= 0
        if after.stage in (Stage.SIGN_OFF, Stage.FINAL) and after.stage != before.stage:
            assert not before.open_objections


@given(happenings=events)
def test_nothing_is_disclosed_that_was_not_computed(happenings):
    computed = False
    for _before, event, after, _today in lived(happenings):
        computed = computed or event == Event.COMPUTED
        assert after.stage not in RESULT | {Stage.FINAL} or computed


@given(happenings=events)
def test_every_round_can_still_be_brought_to_its_end(happenings):
    state, today = State(), DAY
    for *_, state, today in lived(happenings):  # noqa: B007 - the last
        pass
    ahead = [
        Event.COLLECT, Event.COMPUTED, Event.DISCLOSE, Event.REFUSE, Event.DISMISS_OBJECTION,
        Event.HEAR, Event.COMPUTE, Event.PUBLICISE, Event.PUT_TO_SIGN, Event.CONCLUDE,
        Event.TAKE_BACK, Event.SIGN,
    ]  # fmt: skip
    for _number in range(80):
        if state.stage in ENDED:
            break
        today += timedelta(days=10)
        can = possible(replace(state, provisional=False), today=today)
        want = [
            e for e in ahead if e in can and not (e == Event.COLLECT and state.stage == "review")
        ]
        if Event.PUBLICISE in can or Event.DISCLOSE in can:
            want = [e for e in want if e != Event.COMPUTE]
        state = step(replace(state, provisional=False), want[0], today=today, until=today)
    assert state.stage in ENDED


def test_a_straight_round_passes_every_stage():
    state, today, seen = State(), DAY, [Stage.OPEN]
    for event in (
        Event.COLLECT, Event.COMPUTE, Event.COMPUTED, Event.DISCLOSE, Event.HEAR,
        Event.PUBLICISE, Event.CONCLUDE, Event.PUT_TO_SIGN, Event.SIGN, Event.IMPROVE,
    ):  # fmt: skip
        today += timedelta(days=6)
        state = step(state, event, today=today, until=today + timedelta(days=5))
        if state.stage != seen[-1]:
            seen.append(state.stage)

    assert seen == list(ORDER)


def test_an_upheld_appeal_demands_a_new_computation():
    state = State(stage=Stage.APPEALS, open_appeals=1)
    state = step(state, Event.UPHOLD, today=DAY)

    with pytest.raises(RefusedStep, match="compute-first"):
        step(state, Event.PUBLICISE, today=DAY)

    state = step(step(state, Event.COMPUTE, today=DAY), Event.COMPUTED, today=DAY)
    assert step(state, Event.PUBLICISE, today=DAY, until=DAY).stage == Stage.PUBLICITY


def test_a_computation_that_fails_returns_to_where_it_was_asked_for():
    for stage in (Stage.COLLECTING, Stage.APPEALS):
        state = step(State(stage=stage), Event.COMPUTE, today=DAY)
        assert step(state, Event.FAILED, today=DAY).stage == stage
