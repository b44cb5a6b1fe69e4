"""The stages (阶段) of a round and what leads from one to the next.

``open → collecting → computing → review → disclosed → appeals → publicity → sign_off → final →
improvement``. A computation returns to where it was asked for. Open appeals hold up everything
after them; an appeal that was upheld demands a new computation. A final result never changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """Where a round stands."""

    OPEN = "open"
    COLLECTING = "collecting"
    COMPUTING = "computing"
    REVIEW = "review"
    DISCLOSED = "disclosed"
    APPEALS = "appeals"
    PUBLICITY = "publicity"
    SIGN_OFF = "sign_off"
    FINAL = "final"
    IMPROVEMENT = "improvement"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happens to a round."""

    COLLECT = "collect"
    COMPUTE = "compute"
    COMPUTED = "computed"
    FAILED = "failed"
    DISCLOSE = "disclose"
    APPEAL = "appeal"
    HEAR = "hear"
    UPHOLD = "uphold"
    REFUSE = "refuse"
    PUBLICISE = "publicise"
    PUT_TO_SIGN = "put_to_sign"
    SEND_BACK = "send_back"
    SIGN = "sign"
    IMPROVE = "improve"
    WITHDRAW = "withdraw"


ENDED = frozenset({Stage.FINAL, Stage.IMPROVEMENT, Stage.WITHDRAWN})
"""Nothing that counts changes from here on."""

ORDER = tuple(stage for stage in Stage if stage != Stage.WITHDRAWN)

MOVES: dict[Event, dict[Stage, Stage]] = {
    Event.COLLECT: {Stage.OPEN: Stage.COLLECTING, Stage.REVIEW: Stage.COLLECTING},
    Event.COMPUTE: dict.fromkeys((Stage.COLLECTING, Stage.REVIEW, Stage.APPEALS), Stage.COMPUTING),
    Event.DISCLOSE: {Stage.REVIEW: Stage.DISCLOSED},
    Event.APPEAL: {Stage.DISCLOSED: Stage.DISCLOSED, Stage.PUBLICITY: Stage.APPEALS},
    Event.HEAR: {Stage.DISCLOSED: Stage.APPEALS},
    Event.UPHOLD: {Stage.DISCLOSED: Stage.DISCLOSED, Stage.APPEALS: Stage.APPEALS},
    Event.REFUSE: {Stage.DISCLOSED: Stage.DISCLOSED, Stage.APPEALS: Stage.APPEALS},
    Event.PUBLICISE: {Stage.APPEALS: Stage.PUBLICITY},
    Event.PUT_TO_SIGN: {Stage.PUBLICITY: Stage.SIGN_OFF},
    Event.SEND_BACK: {Stage.SIGN_OFF: Stage.APPEALS},
    Event.SIGN: {Stage.SIGN_OFF: Stage.FINAL},
    Event.IMPROVE: {Stage.FINAL: Stage.IMPROVEMENT},
    Event.WITHDRAW: {one: Stage.WITHDRAWN for one in Stage if one not in ENDED | {Stage.COMPUTING}},
}
"""From where each event leads to where; those of a computation are in `step`."""


@dataclass(frozen=True, slots=True)
class State:
    """All that decides what may happen next.

    `resume` is where a computation was asked for, `open_appeals` how many wait for an answer,
    `stale` that an upheld appeal has not been computed yet, `until` the last day of the time for
    appeals or of publicity.
    """

    stage: Stage = Stage.OPEN
    resume: Stage | None = None
    open_appeals: int = 0
    stale: bool = False
    until: date | None = None


class RefusedStep(Exception):  # noqa: N818 - what it says to people
    """The event does not fit: ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def step(state: State, event: Event, *, today: date, until: date | None = None) -> State:
    """Return the state after an event, or raise RefusedStep and change nothing.

    `until` is the last day of what begins: the time for appeals, or publicity.
    """
    stage = state.stage
    if event in (Event.COMPUTED, Event.FAILED):
        return _computed(state, event)
    to = MOVES[event].get(stage)
    if to is None:
        raise RefusedStep("not-now")
    _refuse(state, event, today)
    if event == Event.COMPUTE:
        return replace(state, stage=to, resume=stage)
    appeals = state.open_appeals + {Event.APPEAL: 1, Event.UPHOLD: -1, Event.REFUSE: -1}.get(
        event, 0
    )
    return replace(
        state,
        stage=to,
        open_appeals=appeals,
        stale=state.stale or event == Event.UPHOLD,
        until=until if event in (Event.DISCLOSE, Event.PUBLICISE) else state.until,
    )


def blocked(state: State, event: Event, *, today: date) -> str:
    """Return why an event cannot happen now; empty where it can."""
    try:
        step(state, event, today=today)
    except RefusedStep as refusal:
        return refusal.code
    return ""


def possible(state: State, *, today: date) -> list[Event]:
    """Return the events that can happen now."""
    return [event for event in Event if not blocked(state, event, today=today)]


def _computed(state: State, event: Event) -> State:
    if state.stage != Stage.COMPUTING or state.resume is None:
        raise RefusedStep("not-now")
    if event == Event.FAILED:
        return replace(state, stage=state.resume, resume=None)
    stage = Stage.REVIEW if state.resume == Stage.COLLECTING else state.resume
    return replace(state, stage=stage, resume=None, stale=False)


def _refuse(state: State, event: Event, today: date) -> None:
    """Refuse what the appeals or the days do not allow yet."""
    if event in (Event.UPHOLD, Event.REFUSE) and not state.open_appeals:
        raise RefusedStep("no-appeal")
    over = state.until is None or today > state.until
    if event == Event.APPEAL and over:
        raise RefusedStep("time-is-over")
    if event in (Event.HEAR, Event.PUT_TO_SIGN) and not over:
        raise RefusedStep("time-not-over")
    if event in (Event.PUBLICISE, Event.PUT_TO_SIGN, Event.SIGN):
        if state.open_appeals:
            raise RefusedStep("appeals-open")
        if state.stale:
            raise RefusedStep("compute-first")
