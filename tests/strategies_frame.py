"""What hypothesis strategies for schemes are made of: texts, numbers, and the frame of a scheme.

Texts are as awkward as people write them. Strategies that do not depend on anything drawn are
made once: making them costs more than drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
Strategy = st.SearchStrategy[Any]

_SIGNS = "发展党建经济村集体收入〇𠮷é aB19.,;:=，；：＝、“”\"'()（）[]{}#&*!|>%@`~-_/\\?"


@cache
def texts(most: int = 12) -> st.SearchStrategy[str]:
    """Texts without blanks around, as a document holds them."""
    return st.text(_SIGNS, min_size=1, max_size=most).map(str.strip).filter(bool)


@cache
def numbers(low: str, high: str, digits: int = 2) -> st.SearchStrategy[Decimal]:
    """Decimals between two bounds with at most so many digits after the point."""
    one = 10**digits
    bounds = (int(Decimal(low) * one), int(Decimal(high) * one))
    return st.integers(*bounds).map(lambda whole: Decimal(whole) / one)


@cache
def points_up_to(points: Decimal) -> st.SearchStrategy[Decimal]:
    """Points from 0 up to a limit, in thousandths."""
    return st.integers(0, int(points * 1000)).map(lambda n: Decimal(n) / 1000)


@cache
def points_under(points: Decimal) -> st.SearchStrategy[Decimal]:
    """Points from 0 to less than a limit, in thousandths."""
    return st.integers(0, int(points * 1000) - 1).map(lambda n: Decimal(n) / 1000)


@cache
def codes(prefix: str, most: int, least: int = 1) -> st.SearchStrategy[list[str]]:
    """Lists of different codes with a prefix."""
    made = st.text("abcxyz019_-", max_size=3).map(lambda end: f"{prefix}{end}")
    return st.lists(made, min_size=least, max_size=most, unique=True)


@cache
def distinct(values: Strategy, least: int, most: int) -> st.SearchStrategy[list[Any]]:
    """Lists of different values."""
    return st.lists(values, min_size=least, max_size=most, unique=True)


@cache
def several(values: Strategy, least: int, most: int) -> st.SearchStrategy[list[Any]]:
    """Lists of values."""
    return st.lists(values, min_size=least, max_size=most)


@cache
def choice(*values: Any) -> Strategy:
    """One of these values."""
    return st.sampled_from(values)


@cache
def whole(low: int, high: int) -> st.SearchStrategy[int]:
    """Whole numbers."""
    return st.integers(low, high)


WORDS = texts() | st.builds(lambda zh, en: {"zh": zh, "en": en}, texts(), texts())
TRUTH = st.booleans()
POINTS = choice(*map(Decimal, ("0.5", "1", "2.5", "3.333", "5", "7", "10", "12.125", "20", "60")))
VALUES = numbers("-50", "200")
DAYS = st.dates(date(2020, 1, 1), date(2026, 1, 1))
NOTES = several(texts(), 1, 3).map("\n".join)
SIDES = choice("party", "economy")
DIMENSIONS = choice("innovation", "coordination", "green", "openness", "sharing")
DIRECTIONS = st.sampled_from([{}, {"direction": "more"}, {"direction": "less"}])


@dataclass
class Frame:
    """What the parts of one scheme may name."""

    draw: st.DrawFn
    scheme: str
    level: str
    period: Json
    measures: list[str]
    kinds: list[Json]
    groups: list[str]
    grades: list[str]

    def some(self, **optional: Strategy) -> Json:
        """Draw some of these keys."""
        chosen = self.draw(whole(0, 2 ** len(optional) - 1))
        pairs = enumerate(optional.items())
        return {key: self.draw(s) for bit, (key, s) in pairs if chosen >> bit & 1}

    def pick(self, values: list[Any]) -> Any:
        """Draw one of these."""
        return values[self.draw(whole(0, len(values) - 1))]

    def subset(self, values: list[str], least: int = 0, most: int = 3) -> list[str]:
        """Draw different ones of these."""
        wanted = self.draw(distinct(whole(0, len(values) - 1), least, min(most, len(values))))
        return [values[index] for index in wanted]
