"""What may become of an objection (异议), and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["raised", "assigned", "upheld", "dismissed", "withdrawn"]
Act = Literal["assign", "uphold", "dismiss", "withdraw"]
Refusal = Literal["", "over", "not-assigned", "own", "against", "not-yours"]

OPEN: frozenset[State] = frozenset({"raised", "assigned"})
"""The states that freeze the consequence."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an objection stands; people by id."""

    state: State
    raised_by: int
    against: frozenset[int]
    assigned_to: int | None


def refusal(act: Act, it: Standing, *, by: int, to: int | None = None) -> Refusal:
    """Say why an act is refused, empty where it is not.

    Whoever is objected to neither assigns nor answers; nobody answers their own; only the
    assignee answers; only who raised it withdraws it, and not
    where they entered for another what is against themselves.
    """
    if it.state not in OPEN:
        return "over"
    if act == "withdraw":
        if by in it.against:
            return "against"
        return "" if by == it.raised_by else "not-yours"
    handles = to if act == "assign" else by
    if by in it.against or handles in it.against:
        return "against"
    if handles == it.raised_by:
        return "own"
    if act == "assign":
        return ""
    if it.state != "assigned" or it.assigned_to != by:
        return "not-assigned"
    return ""


def after(act: Act) -> State:
    """Return the state after an act that is not refused."""
    states: dict[Act, State] = {
        "assign": "assigned",
        "uphold": "upheld",
        "dismiss": "dismissed",
        "withdraw": "withdrawn",
    }
    return states[act]
