"""What every chart of the web can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ronghe.ui.components import Words

Option = dict[str, Any]
"""What ECharts draws.

A text that begins with ``@`` names a colour of the page: ``@main``, ``@soft``, ``@line``,
``@mark``, ``@gain``, ``@fill``, ``@ink``, ``@paper``.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a chart: headings, and rows of words of which the first names the row."""

    headings: Sequence[Words]
    rows: Sequence[Sequence[Words]]


class Chart(Protocol):
    """A chart: in words, as a picture, live, and as a table.

    Without an option only the picture is shown.
    """

    @property
    def title(self) -> Words: ...
    @property
    def description(self) -> Words: ...
    def svg(self) -> str: ...
    def option(self) -> Option | None: ...
    def table(self) -> Table: ...


def shown(value: float | None, unit: Words = "", *, sign: bool = False) -> str:
    """Write a value with at most two decimals and its unit; a dash for a gap."""
    if value is None:
        return "—"
    number = f"{value:+,.2f}" if sign else f"{value:,.2f}"
    number = number.rstrip("0").rstrip(".").replace("-", "−")
    if number in ("−0", "+0"):
        number = "0"
    return f"{number} {unit}" if unit else number


def told(words: Words) -> Option:
    """Return the tooltip of one item of a series."""
    # ECharts replaces {a} and the like in a formatter: no braces of the words themselves.
    return {"formatter": str(words).replace("{", "(").replace("}", ")")}


def rows_axis(names: Sequence[str]) -> Option:
    """Return an axis that names rows from the top down."""
    return {
        "type": "category",
        "data": list(names),
        "inverse": True,
        "axisTick": {"show": False},
        "axisLabel": {"color": "@ink", "width": 150, "overflow": "break"},
        "axisLine": {"lineStyle": {"color": "@soft"}},
    }


def value_axis(name: str = "", **more: Any) -> Option:
    """Return an axis of values."""
    return {
        "type": "value",
        "name": name,
        "nameTextStyle": {"color": "@soft"},
        "axisLabel": {"color": "@soft"},
        "splitLine": {"lineStyle": {"color": "@line"}},
        **more,
    }


CLEAR = {"textBorderColor": "@paper", "textBorderWidth": 3}
"""Looks of words that may stand over something drawn."""

GRID = {"left": 8, "right": 24, "top": 32, "bottom": 8, "containLabel": True}


def height_of(rows: int) -> int:
    """Return how tall a chart of rows is, in pixels."""
    return 56 + 30 * rows
