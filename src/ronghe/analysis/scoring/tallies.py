"""Counts and sums over a unit's records, several of them in one whole number where that is safe.

A database updates every aggregate for every row, also where the row adds nothing to it. Where it
is known how large the counts and sums of a unit can become, several are kept as digits of one
number: a row then adds to a few aggregates instead of to each. What a row adds is looked up by
its kind, which a database does once for each kind and not for each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ronghe.analysis.scoring.sql import text

BITS = 63
"""So many bits of a whole number hold digits."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many records any unit has at most, and the largest quantity of one (thousandths).

    Every quantity is a multiple of `step`.
    """

    records: int
    quantity: int
    step: int = 1


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
        """Return how many bits it takes at most, a quantity in steps."""
        most = bounds.records * (bounds.quantity // bounds.step if self.quantity else 1)
        return max(most, 1).bit_length()


def among(kinds: Sequence[str]) -> str:
    """Write that a record is of one of these kinds."""
    if len(kinds) == 1:
        return f"kind = {text(kinds[0])}"
    return f"kind in ({', '.join(map(text, kinds))})"


@dataclass(frozen=True, slots=True)
class Tallied:
    """Aggregates by name, and how tallies follow from those that hold several."""

    aggregates: Mapping[str, str]
    digits: Mapping[str, str]


def tallied(tallies: Sequence[Tally], bounds: Bounds | None) -> Tallied:
    """Write aggregates over records of the tallies' kinds.

    Without `bounds` each tally is an aggregate of its own.
    """
    held = [t for t in tallies if bounds and t.bits(bounds) <= BITS]
    aggregates = {tally.column: tally.plain() for tally in tallies if tally not in held}
    digits: dict[str, str] = {}
    kinds = list(dict.fromkeys(kind for tally in tallies for kind in tally.kinds))
    for number, word in enumerate(_words(held, bounds) if bounds else ()):
        assert bounds
        aggregates[f"w{number}"] = _sum_of(word, kinds, bounds.step)
        for tally, shift in word:
            digit = f"(w{number} >> {shift}) & {(1 << tally.bits(bounds)) - 1}"
            step = bounds.step if tally.quantity else 1
            digits[tally.column] = f"({digit}) * {step}" if step > 1 else digit
    return Tallied(aggregates, digits)


Word = list[tuple[Tally, int]]
"""Tallies that share a number, each with the bit at which it begins."""


def _words(tallies: Sequence[Tally], bounds: Bounds) -> list[Word]:
    """Put each tally into the first number that has room, tallies of one condition together."""
    words: list[Word] = []
    ends: list[int] = []
    for tally in sorted(tallies, key=lambda t: (t.condition, -t.bits(bounds))):
        bits = tally.bits(bounds)
        fitting = [number for number, end in enumerate(ends) if end + bits <= BITS]
        if not fitting:
            words.append([])
            ends.append(0)
            fitting = [len(words) - 1]
        words[fitting[0]].append((tally, ends[fitting[0]]))
        ends[fitting[0]] += bits
    return words


def _sum_of(word: Word, kinds: Sequence[str], step: int) -> str:
    """Write the sum of what records add to a number: one term for each condition."""
    terms = []
    for condition in dict.fromkeys(tally.condition for tally, _ in word):
        mine = [pair for pair in word if pair[0].condition == condition]
        adds = " + ".join(_adds(mine, kinds, step))
        terms.append(f"case when {condition} then {adds} else 0 end" if condition else adds)
    return f"cast(sum({' + '.join(terms)}) as bigint)"


def _adds(word: Word, kinds: Sequence[str], step: int) -> Iterator[str]:
    """Write what a record adds to some tallies, by its kind: the same for all, or a quantity."""
    place = f"list_position([{', '.join(map(text, kinds))}], kind)"
    for quantity in dict.fromkeys(tally.quantity for tally, _ in word):
        mine = [(tally.kinds, shift) for tally, shift in word if tally.quantity == quantity]
        ones = (sum(1 << shift for held, shift in mine if kind in held) for kind in kinds)
        times = f" * (quantity // {step})" if step > 1 else " * quantity"
        yield f"[{', '.join(map(str, ones))}][{place}]{times if quantity else ''}"
