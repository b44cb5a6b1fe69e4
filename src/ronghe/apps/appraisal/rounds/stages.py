"""The stages (阶段) of a round and what leads from one to the next.

``open → collecting → computing → review → disclosed → appeals → publicity → sign_off → final →
improvement``. A computation returns to where it was asked for. Open appeals and objections hold
up everything after them; one that was upheld demands a new computation. A publicity is concluded
by a person before anything is put to sign; what is taken back or sent back begins again where
appeals are answered. A final result never changes.
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
    OBJECT = "object"
    UPHOLD_OBJECTION = "uphold_objection"
    DISMISS_OBJECTION = "dismiss_objection"
    CONCLUDE = "conclude"
    TAKE_BACK = "take_back"
    PUT_TO_SIGN = "put_to_sign"
    SEND_BACK = "send_back"
    SIGN = "sign"
    IMPROVE = "improve"
    WITHDRAW = "withdraw"


ENDED = frozenset({Stage.FINAL, Stage.IMPROVEMENT, Stage.WITHDRAWN})
"""Nothing that counts changes from here on."""

ORDER = tuple(stage for stage in Stage if stage != Stage.WITHDRAWN)

_ANSWERED = {one: one for one in (Stage.DISCLOSED, Stage.APPEALS)}
_OBJECTED = {one: one for one in (Stage.APPEALS, Stage.PUBLICITY)}
_GIVEN_UP = (Stage.OPEN, Stage.COLLECTING, Stage.REVIEW, Stage.DISCLOSED, Stage.APPEALS)

MOVES: dict[Event, dict[Stage, Stage]] = {
    Event.COLLECT: {Stage.OPEN: Stage.COLLECTING, Stage.REVIEW: Stage.COLLECTING},
    Event.COMPUTE: dict.fromkeys((Stage.COLLECTING, Stage.REVIEW, Stage.APPEALS), Stage.COMPUTING),
    Event.DISCLOSE: {Stage.REVIEW: Stage.DISCLOSED},
    Event.APPEAL: {Stage.DISCLOSED: Stage.DISCLOSED},
    Event.HEAR: {Stage.DISCLOSED: Stage.APPEALS},
    Event.UPHOLD: _ANSWERED,
    Event.REFUSE: _ANSWERED,
    Event.PUBLICISE: {Stage.APPEALS: Stage.PUBLICITY},
    Event.OBJECT: {Stage.PUBLICITY: Stage.PUBLICITY},
    Event.UPHOLD_OBJECTION: _OBJECTED,
    Event.DISMISS_OBJECTION: _OBJECTED,
    Event.CONCLUDE: {Stage.PUBLICITY: Stage.PUBLICITY},
    Event.TAKE_BACK: {Stage.PUBLICITY: Stage.APPEALS},
    Event.PUT_TO_SIGN: {Stage.PUBLICITY: Stage.SIGN_OFF},
    Event.SEND_BACK: {Stage.SIGN_OFF: Stage.APPEALS},
    Event.SIGN: {Stage.SIGN_OFF: Stage.FINAL},
    Event.IMPROVE: {Stage.FINAL: Stage.IMPROVEMENT},
    Event.WITHDRAW: dict.fromkeys(_GIVEN_UP, Stage.WITHDRAWN),
}
"""From where each event leads to where; those of a computation are in `step`."""


@dataclass(frozen=True, slots=True)
class State:
    """All that decides what may happen next.

    `resume` is where a computation was asked for, `open_appeals` and `open_objections` how many
    wait for an answer, `stale` that an upheld one has not been computed yet, `until` the last day
    of the time for appeals, `provisional` that this day is not certain yet, `concluded` that the
    publicity was ended with a conclusion.
    """

    stage: Stage = Stage.OPEN
    resume: Stage | None = None
    open_appeals: int = 0
    open_objections: int = 0
    stale: bool = False
    until: date | None = None
    provisional: bool = False
    concluded: bool = False


class RefusedStep(Exception):  # noqa: N818 - what it says to people
    """The event does not fit: ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


COUNTED = {
    Event.APPEAL: (1, 0),
    Event.UPHOLD: (-1, 0),
    Event.REFUSE: (-1, 0),
    Event.OBJECT: (0, 1),
    Event.UPHOLD_OBJECTION: (0, -1),
    Event.DISMISS_OBJECTION: (0, -1),
}
"""By how many open appeals and open objections an event changes the state."""


def step(
    state: State,
    event: Event,
    *,
    today: date,
    until: date | None = None,
    provisional: bool = False,
) -> State:
    """Return the state after an event, or raise RefusedStep and change nothing.

    `until` is the last day of the time for appeals that begins, `provisional` if uncertain.
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
    appeals, objections = COUNTED.get(event, (0, 0))
    after = replace(
        state,
        stage=to,
        open_appeals=state.open_appeals + appeals,
        open_objections=state.open_objections + objections,
        stale=state.stale or event in (Event.UPHOLD, Event.UPHOLD_OBJECTION),
        concluded=to == Stage.PUBLICITY and (state.concluded or event == Event.CONCLUDE),
    )
    if event == Event.DISCLOSE:
        return replace(after, until=until, provisional=provisional)
    return after


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
    """Refuse what the appeals, the objections or the days do not allow yet."""
    over = state.until is None or today > state.until
    refusals = {
        "no-appeal": event in (Event.UPHOLD, Event.REFUSE) and not state.open_appeals,
        "no-objection": event in (Event.UPHOLD_OBJECTION, Event.DISMISS_OBJECTION)
        and not state.open_objections,
        "time-is-over": (event == Event.APPEAL and over)
        or (event == Event.OBJECT and state.concluded),
        "time-not-over": event == Event.HEAR and not over,
        "provisional": event == Event.HEAR and state.provisional,
        "appeals-open": event in _AFTER_APPEALS and state.open_appeals > 0,
        "objections-open": event in _AFTER_APPEALS and state.open_objections > 0,
        "compute-first": event in _AFTER_APPEALS and state.stale,
        "not-now": event == Event.TAKE_BACK and state.concluded,
        "not-concluded": event == Event.PUT_TO_SIGN and not state.concluded,
    }
    for code, refused in refusals.items():
        if refused:
            raise RefusedStep(code)


_AFTER_APPEALS = (Event.PUBLICISE, Event.CONCLUDE, Event.PUT_TO_SIGN, Event.SIGN)
"""What waits until every appeal and objection has been answered and computed."""
