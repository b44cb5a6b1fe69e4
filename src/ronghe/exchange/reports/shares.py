"""How much of the points of a side or a dimension each unit got.

A side (党建, 经济) or a dimension (创新 … 共享) is carried by the topmost groups all of whose
indicators belong to it, and by single indicators elsewhere. A unit's share is what they gave
over what they are worth, both folded (折算) as in the total; what does not apply to the unit
counts on neither side.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm
from typing import Literal

from ronghe.analysis.scheme.model import Group, Indicator, Node, Scheme
from ronghe.analysis.scoring.expressions import (
    GAP,
    Choice,
    Column,
    Compare,
    Expression,
    Quotient,
    Whole,
    if_gap,
    plus,
    thousandths,
    times,
)

Attribute = Literal["side", "dimension"]
SIDES = ("party", "economy")
DIMENSIONS = ("innovation", "coordination", "green", "openness", "sharing")
WHOLE_SHARE = 10_000
"""A share is held in hundredths of a percent."""


def share_of(scheme: Scheme, attribute: Attribute, wanted: str) -> Expression | None:
    """Write a unit's share of the points of a side or dimension; None where nothing carries it.

    The value is in hundredths of a percent; a gap where nothing of it applies to the unit.
    """
    carriers = list(_carriers(scheme.indicators, attribute, wanted, None, Fraction(1)))
    if not carriers:
        return None
    even = lcm(*(factor.denominator for _, _, factor in carriers))
    given, worth = [], []
    for column, full, factor in carriers:
        weight = Whole(int(factor * even))
        given.append(if_gap((column,), Whole(0), times(weight, column)))
        worth.append(if_gap((column,), Whole(0), Whole(weight.value * full)))
    whole = plus(*worth)
    share = Quotient(times(Whole(WHOLE_SHARE), plus(*given)), whole)
    return Choice(((Compare(whole, "=", Whole(0)), GAP),), share)


def _carriers(
    nodes: list[Node], attribute: Attribute, wanted: str, inherited: str | None, factor: Fraction
) -> Iterator[tuple[Column, int, Fraction]]:
    """Yield what carries it: its column, its own full points, what a point of it counts."""
    for node in nodes:
        mine = getattr(node, attribute) or inherited
        if isinstance(node, Indicator):
            if mine == wanted:
                yield Column(f"points__{node.code}"), thousandths(node.points), factor
            continue
        counts = factor * Fraction(node.counts_as or node.points) / Fraction(node.points)
        if mine == wanted and _alike(node, attribute, wanted):
            yield Column(f"node__{node.code}"), thousandths(node.points), counts
        else:
            yield from _carriers(node.children, attribute, wanted, mine, counts)


def _alike(group: Group, attribute: Attribute, wanted: str) -> bool:
    """Tell whether nothing below a group says otherwise."""
    for child in group.children:
        if getattr(child, attribute) not in (None, wanted):
            return False
        if isinstance(child, Group) and not _alike(child, attribute, wanted):
            return False
    return True
