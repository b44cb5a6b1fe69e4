"""The stages of a report: nothing skipped, objections freeze, final never changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.apps.reporting.stages import (
    MOVES,
    Event,
    RefusedStep,
    Stage,
    State,
    answered,
    blocked,
    step,
)

DAY = date(2026, 1, 12)
happenings = st.lists(
    st.tuples(st.sampled_from([*Event, "uphold", "dismiss"]), st.integers(0, 6), st.integers(0, 9)),
    max_size=60,
)


def lived(tried):
    """Yield state, event, state after and the day for whatever is tried."""
    state, today = State(), DAY
    for event, later, lasts in tried:
        today += timedelta(days=later)
        before = state
        try:
            if event in ("uphold", "dismiss"):
                state = answered(state, upheld=event == "uphold")
            else:
                state = step(state, event, today=today, until=today + timedelta(days=lasts))
        except RefusedStep:
            assert state == before
        yield before, event, state, today


@given(tried=happenings)
def test_a_report_moves_only_along_its_stages(tried):
    for before, event, after, _today in lived(tried):
        if after.stage != before.stage:
            assert MOVES[event][before.stage] == after.stage


@given(tried=happenings)
def test_a_final_report_never_changes_its_stage(tried):
    for before, _event, after, _today in lived(tried):
        if before.stage == Stage.FINAL:
            assert after == before


@given(tried=happenings)
def test_nothing_is_signed_while_an_objection_is_open_or_was_upheld(tried):
    for before, event, after, _today in lived(tried):
        if event in (Event.PUT_TO_SIGN, Event.SIGN) and after.stage != before.stage:
            assert not before.open_objections
            assert not before.upheld


@given(tried=happenings)
def test_the_days_for_objections_run_before_anything_is_put_to_sign(tried):
    for before, event, after, today in lived(tried):
        if event == Event.PUT_TO_SIGN and after.stage != before.stage:
            assert before.until is not None
            assert today > before.until
        if event == Event.OBJECT and after != before:
            assert today <= before.until


@given(tried=happenings)
def test_only_a_draft_can_be_written_on_and_only_before_a_comment_it_comes_back(tried):
    commented = False
    for _before, event, after, _today in lived(tried):
        commented = commented or (event == Event.COMMENT and after.stage == Stage.COMMENTED)
        assert not (commented and after.stage == Stage.DRAFT)


def test_why_a_step_is_refused_is_told():
    counted = State(Stage.COUNTED, until=DAY)

    assert blocked(counted, Event.PUT_TO_SIGN, today=DAY) == "time-not-over"
    assert blocked(counted, Event.OBJECT, today=DAY + timedelta(days=1)) == "time-is-over"
    assert blocked(State(), Event.COMMENT, today=DAY) == "not-now"
    with pytest.raises(RefusedStep):
        answered(State(), upheld=True)
