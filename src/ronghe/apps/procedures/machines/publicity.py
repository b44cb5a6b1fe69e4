"""When a publicity (公示) may be closed or withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Literal

State = Literal["open", "closed", "withdrawn"]
Act = Literal["close", "withdraw", "object"]
Refusal = Literal["", "not-open", "too-early", "provisional", "objections", "over"]


def refusal(
    act: Act, *, state: State, today: date, ends: date, provisional: bool, objections: int
) -> Refusal:
    """Say why an act is refused, empty where it is not.

    The last day belongs to the publicity: it is closed on a later day, once the year's notice of
    holidays is known and every objection has been answered. It can be withdrawn while open, and
    objected to until it is closed.
    """
    if state != "open":
        return "not-open"
    if act == "close":
        if today <= ends:
            return "too-early"
        if provisional:
            return "provisional"
        return "objections" if objections else ""
    return ""


def after(act: Act, state: State) -> State:
    """Return the state after an act that is not refused."""
    return {"close": "closed", "withdraw": "withdrawn", "object": state}[act]  # type: ignore[return-value]
