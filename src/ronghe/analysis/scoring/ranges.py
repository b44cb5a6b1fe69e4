"""Between which whole numbers the values of columns lie, as far as it is known beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from ronghe.analysis.scheme.sources import (
    BallotSource,
    ExpertSource,
    MeasureSource,
    RecordsSource,
    SchemeSource,
    Source,
)
from ronghe.analysis.scoring.expressions import Column, Expression, rounded
from ronghe.analysis.scoring.program import RECORD_SCALE, Program
from ronghe.analysis.scoring.rules import peer_column
from ronghe.analysis.scoring.tallies import Bounds

BEYOND = 10**38
"""No value reaches this far."""


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the greatest that a value can be, and whether it can be a gap."""

    low: int = -BEYOND
    high: int = BEYOND
    gap: bool = True

    def within(self, other: Range) -> Range:
        """Return what is left where another range holds too."""
        return Range(max(self.low, other.low), min(self.high, other.high), self.gap and other.gap)


Known = dict[Expression, Range]
"""What is known of columns, and of other expressions where a condition holds."""


def added(ranges: Iterable[Range]) -> Range:
    """Return the range of a sum."""
    held = list(ranges)
    return Range(sum(r.low for r in held), sum(r.high for r in held), any(r.gap for r in held))


def multiplied(ranges: Iterable[Range]) -> Range:
    """Return the range of a product."""
    low, high, gap = 1, 1, False
    for one in ranges:
        ends = [a * b for a, b in product((low, high), (one.low, one.high))]
        low, high, gap = min(ends), max(ends), gap or one.gap
    return Range(low, high, gap)


def divided(above: Range, below: Range) -> Range:
    """Return the range of a quotient, however it is rounded."""
    least, gap = max(below.low, 1), above.gap or below.gap or below.low < 1
    low = above.low // max(below.high, 1) if above.low > 0 else rounded(above.low, least)
    return Range(low, max(0, rounded(above.high, least)), gap)


def hull(ranges: Iterable[Range]) -> Range:
    """Return a range that holds the values of all."""
    held = list(ranges)
    return Range(min(r.low for r in held), max(r.high for r in held), any(r.gap for r in held))


def known_inputs(program: Program, masked: Iterable[str], bounds: Bounds | None) -> Known:
    """Return the ranges of inputs and of the figures of peers.

    Parameters
    ----------
    masked
        Codes of the indicators that do not apply everywhere.
    bounds
        What is known of the records of every unit.
    """
    codes = frozenset(masked)
    known: Known = {Column(f"exempt__{code}"): Range(0, 1, gap=False) for code in codes}
    for one in program.inputs:
        found = _input(one.source, bounds)
        gap = found.gap or one.code in codes
        known[Column(one.column)] = Range(found.low, found.high, gap)
    for figure, column in program.peer_figures:
        value = known.get(Column(column), Range())
        match figure:
            case "count":
                found = Range(0 if value.gap else 1, gap=False)
            case "total":
                found = Range(0 if value.low >= 0 else -BEYOND, gap=value.gap)
            case "least" | "greatest":
                found = value
            case _:
                found = Range(1, gap=value.gap)
        known[Column(peer_column(figure, column))] = found
    return known


def _input(source: Source, bounds: Bounds | None) -> Range:
    match source:
        case RecordsSource():
            return _records(source, bounds if source.scope == "own" else None)
        case BallotSource():
            return Range(0)
        case MeasureSource() | ExpertSource() | SchemeSource():
            return Range()


def _records(source: RecordsSource, bounds: Bounds | None) -> Range:
    """Quantities are not negative; of records only a mean and a share can be missing."""
    number = bounds.records if bounds else BEYOND
    largest = bounds.quantity if bounds else BEYOND
    match source.function:
        case "share":
            return Range(0, 100 * 10**4)
        case "mean":
            return Range(0, largest)
        case "sum":
            return Range(0, min(number * largest, BEYOND), gap=False)
    unit = 10**RECORD_SCALE if source.cap else 1
    return Range(0, min(number * unit, BEYOND), gap=False)
