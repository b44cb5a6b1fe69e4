"""The stages (阶段) of a report and what leads from one to the next.

``draft → submitted → commented → counted → signing → final``. What was put forward is frozen; an
open objection holds up signing, one that was upheld demands that votes are entered anew; a final
report never changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    COMMENTED = "commented"
    COUNTED = "counted"
    SIGNING = "signing"
    FINAL = "final"


class Event(StrEnum):
    """What happens to a report."""

    SUBMIT = "submit"
    RETURN = "return"
    COMMENT = "comment"
    COUNT = "count"
    OBJECT = "object"
    RECOUNT = "recount"
    PUT_TO_SIGN = "put_to_sign"
    SEND_BACK = "send_back"
    SIGN = "sign"


MOVES: dict[Event, dict[Stage, Stage]] = {
    Event.SUBMIT: {Stage.DRAFT: Stage.SUBMITTED},
    Event.RETURN: {Stage.SUBMITTED: Stage.DRAFT},
    Event.COMMENT: {Stage.SUBMITTED: Stage.COMMENTED},
    Event.COUNT: {Stage.COMMENTED: Stage.COUNTED},
    Event.OBJECT: {Stage.COUNTED: Stage.COUNTED},
    Event.RECOUNT: {Stage.COUNTED: Stage.COMMENTED},
    Event.PUT_TO_SIGN: {Stage.COUNTED: Stage.SIGNING},
    Event.SEND_BACK: {Stage.SIGNING: Stage.COUNTED},
    Event.SIGN: {Stage.SIGNING: Stage.FINAL},
}
"""From where each event leads to where."""


@dataclass(frozen=True, slots=True)
class State:
    """All that decides what may happen next.

    `open_objections` wait for an answer; `upheld` tells that one was upheld since the votes were
    counted; `until` is the last day on which the secretary may object.
    """

    stage: Stage = Stage.DRAFT
    open_objections: int = 0
    upheld: bool = False
    until: date | None = None


class RefusedStep(Exception):  # noqa: N818 - what it says to people
    """The event does not fit: ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def step(state: State, event: Event, *, today: date, until: date | None = None) -> State:
    """Return the state after an event, or raise RefusedStep and change nothing.

    `until` is the last day for objections, given when votes are counted.
    """
    to = MOVES[event].get(state.stage)
    if to is None:
        raise RefusedStep("not-now")
    _refuse(state, event, today)
    if event == Event.COUNT:
        return replace(state, stage=to, until=until, upheld=False)
    more = 1 if event == Event.OBJECT else 0
    return replace(state, stage=to, open_objections=state.open_objections + more)


def answered(state: State, *, upheld: bool) -> State:
    """Return the state after an objection was answered."""
    if not state.open_objections:
        raise RefusedStep("no-objection")
    return replace(state, open_objections=state.open_objections - 1, upheld=state.upheld or upheld)


def blocked(state: State, event: Event, *, today: date) -> str:
    """Return why an event cannot happen now; empty where it can."""
    try:
        step(state, event, today=today)
    except RefusedStep as refusal:
        return refusal.code
    return ""


def _refuse(state: State, event: Event, today: date) -> None:
    """Refuse what an objection or the days do not allow yet."""
    over = state.until is None or today > state.until
    if event == Event.OBJECT and over:
        raise RefusedStep("time-is-over")
    if event in (Event.PUT_TO_SIGN, Event.SIGN, Event.RECOUNT) and state.open_objections:
        raise RefusedStep("objections-open")
    if event in (Event.PUT_TO_SIGN, Event.SIGN) and state.upheld:
        raise RefusedStep("count-first")
    if event == Event.PUT_TO_SIGN and not over:
        raise RefusedStep("time-not-over")
