"""Courses over time with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ronghe.exchange import figures
from ronghe.ui.charts.common import GRID, Option, Table, shown, told, value_axis
from ronghe.ui.components import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One course: its name, a value or gap for each period, and its interval if it has one.

    ``soft`` draws it as a comparison.
    """

    name: Words
    values: Sequence[float | None]
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """Courses over time (趋势): the same periods for each."""

    title: Words
    description: Words
    periods: Sequence[Words]
    lines: Sequence[Line]
    unit: Words = ""

    def svg(self) -> str:
        """Draw it without script."""
        courses = [
            figures.Course(str(one.name), one.values, one.low, one.high, one.soft)
            for one in self.lines
        ]
        periods = [str(period) for period in self.periods]
        return figures.trend(str(self.title), str(self.description), periods, courses)

    def option(self) -> Option:
        """Return what ECharts draws: each interval is a band stacked on an unseen line."""
        series: list[Option] = []
        for number, one in enumerate(self.lines):
            if one.low:
                series += _band(one, f"band-{number}")
            series.append(self._line(one))
        axis: Option = {"type": "category", "boundaryGap": False, "axisLabel": {"color": "@soft"}}
        return {
            "height": 300,
            "grid": {**GRID, "right": 32, "bottom": 40},
            "legend": {
                "data": [str(one.name) for one in self.lines],
                "textStyle": {"color": "@ink"},
            },
            "xAxis": {**axis, "data": [str(period) for period in self.periods]},
            "yAxis": value_axis(str(self.unit), scale=True),
            "series": series,
        }

    def _line(self, one: Line) -> Option:
        dots = [
            {"value": value, "tooltip": told(f"{one.name} {period}: {self._words(one, number)}")}
            for number, (period, value) in enumerate(zip(self.periods, one.values, strict=True))
        ]
        look = {"type": "dashed" if one.soft else "solid", "width": 2}
        return {
            "type": "line",
            "name": str(one.name),
            "color": "@soft" if one.soft else "@main",
            "symbol": "emptyCircle" if one.soft else "circle",
            "symbolSize": 8,
            "lineStyle": look,
            "data": dots,
        }

    def _words(self, one: Line, number: int) -> str:
        value = shown(one.values[number], self.unit)
        if not one.low or one.low[number] is None:
            return value
        ends = {"low": shown(one.low[number]), "high": shown(one.high[number])}
        return value + _("（%(low)s至%(high)s）") % ends

    def table(self) -> Table:
        """Return a row for each period and a column for each course."""
        rows = [
            [period, *(self._words(one, number) for one in self.lines)]
            for number, period in enumerate(self.periods)
        ]
        return Table([_("时期"), *(one.name for one in self.lines)], rows)


def _band(one: Line, stack: str) -> list[Option]:
    unseen: dict[str, Any] = {
        "type": "line",
        "stack": stack,
        "stackStrategy": "all",
        "symbol": "none",
        "silent": True,
        "lineStyle": {"opacity": 0},
        "tooltip": {"show": False},
    }
    wide = [
        None if low is None or high is None else high - low
        for low, high in zip(one.low, one.high, strict=True)
    ]
    area = {"areaStyle": {"color": "@main", "opacity": 0.15}}
    return [{**unseen, "data": list(one.low)}, {**unseen, **area, "data": wide}]
