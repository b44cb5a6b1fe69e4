"""Where a sign-off (签批) stands, from its steps and the signatures put under a content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["open", "complete", "returned"]
Refusal = Literal["", "not-open", "not-your-turn", "prepared", "signed-already", "changed"]


@dataclass(frozen=True, slots=True)
class Signature:
    """That somebody approved or returned a step, on a content of this digest."""

    step: int
    by: int
    approve: bool
    digest: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to sign: its steps in order, the content's digest, who prepared it."""

    steps: Sequence[int]
    ordered: bool
    digest: str
    prepared_by: frozenset[int]
    signatures: tuple[Signature, ...] = ()

    @property
    def valid(self) -> tuple[Signature, ...]:
        """Return the signatures under today's content; those under another are void (作废)."""
        return tuple(one for one in self.signatures if one.digest == self.digest)

    @property
    def state(self) -> State:
        """Return where the sheet stands."""
        if any(not one.approve for one in self.valid):
            return "returned"
        return "open" if self.waiting else "complete"

    @property
    def waiting(self) -> tuple[int, ...]:
        """Return the steps without a valid signature."""
        signed = {one.step for one in self.valid}
        return tuple(step for step in self.steps if step not in signed)

    @property
    def due(self) -> tuple[int, ...]:
        """Return the steps whose turn it is: the next one, or all that wait."""
        if self.state != "open":
            return ()
        return self.waiting[:1] if self.ordered else self.waiting

    def refusal(self, step: int, *, by: int, digest: str) -> Refusal:
        """Say why somebody may not sign a step now, empty where they may."""
        if self.state != "open":
            return "not-open"
        if by in self.prepared_by:
            return "prepared"
        if digest != self.digest:
            return "changed"
        if step not in self.due:
            return "not-your-turn"
        return "signed-already" if by in {one.by for one in self.valid} else ""


def sheet(
    steps: Iterable[int],
    *,
    ordered: bool,
    digest: str,
    prepared_by: Iterable[int],
    signatures: Iterable[Signature] = (),
) -> Sheet:
    """Make a sheet."""
    return Sheet(tuple(steps), ordered, digest, frozenset(prepared_by), tuple(signatures))
