"""Counts and sums over a unit's records, several of them in one whole number where that is safe.

A database updates every aggregate for every row, also where the row adds nothing to it. Where it
is known how large the counts and sums of a unit can become, several are kept as digits of one
number: a row then adds to a few aggregates instead of to each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ronghe.analysis.scoring.sql import name, text

BITS = 62
"""So many bits of a whole number hold digits."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many records any unit has at most, and the largest quantity of one (thousandths)."""

    records: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a unit's records are of some kinds and meet a condition, or their quantity.

    `condition` is SQL, empty for none.
    """

    column: str
    kinds: tuple[str, ...]
    condition: str
    quantity: bool = False

    def plain(self) -> str:
        """Write the tally as an aggregate of its own."""
        counted = " and ".join(filter(None, (among(self.kinds), self.condition)))
        if self.quantity:
            return f"cast(sum(case when {counted} then quantity else 0 end) as bigint)"
        return f"count(case when {counted} then 1 end)"

    def bits(self, bounds: Bounds) -> int:
        """Return how many bits it takes at most."""
        most = bounds.records * (max(bounds.quantity, 1) if self.quantity else 1)
        return max(most, 1).bit_length()

    def _digit(self, shift: int) -> str:
        """Write what a record of one of the kinds adds to a number that holds it from a bit on."""
        one = f"quantity * {1 << shift}" if self.quantity else str(1 << shift)
        return f"case when {self.condition} then {one} else 0 end" if self.condition else one


def among(kinds: Sequence[str]) -> str:
    """Write that a record is of one of these kinds."""
    if len(kinds) == 1:
        return f"kind = {text(kinds[0])}"
    return f"kind in ({', '.join(map(text, kinds))})"


def tallied(tallies: Sequence[Tally], bounds: Bounds | None) -> tuple[list[str], list[str]]:
    """Write aggregates over records, and the columns that follow from them.

    Without `bounds` each tally is an aggregate of its own.
    """
    held = [t for t in tallies if bounds and t.bits(bounds) <= BITS]
    alone = [t for t in tallies if t not in held]
    aggregates = [f"{tally.plain()} as {name(tally.column)}" for tally in alone]
    columns = [name(tally.column) for tally in alone]
    if bounds:
        for number, word in enumerate(_words(held, bounds)):
            aggregates.append(f"{_sum_of(word)} as w{number}")
            columns += [
                f"cast((w{number} // {1 << shift}) % {1 << tally.bits(bounds)} as bigint)"
                f" as {name(tally.column)}"
                for tally, shift in word
            ]
    return aggregates, columns


Word = list[tuple[Tally, int]]
"""Tallies that share a number, each with the bit at which it begins."""


def _words(tallies: Sequence[Tally], bounds: Bounds) -> list[Word]:
    """Put each tally into the first number that has room, the widest first."""
    words: list[Word] = []
    ends: list[int] = []
    for tally in sorted(tallies, key=lambda t: -t.bits(bounds)):
        bits = tally.bits(bounds)
        fitting = [number for number, end in enumerate(ends) if end + bits <= BITS]
        if not fitting:
            words.append([])
            ends.append(0)
            fitting = [len(words) - 1]
        words[fitting[0]].append((tally, ends[fitting[0]]))
        ends[fitting[0]] += bits
    return words


def _sum_of(word: Word) -> str:
    """Write the sum of what records add to a number, kind by kind."""
    kinds = dict.fromkeys(kind for tally, _ in word for kind in tally.kinds)
    cases = []
    for kind in kinds:
        digits = [f"({t._digit(shift)})" for t, shift in word if kind in t.kinds]
        cases.append(f"when {text(kind)} then {' + '.join(digits)}")
    return f"cast(sum(cast(case kind {' '.join(cases)} else 0 end as bigint)) as bigint)"
