"""Charts in a plane: the radar of dimensions, the quadrants of two sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ronghe.exchange import charts
from ronghe.ui.charts.common import CLEAR, GRID, Option, Table, shown, told, value_axis
from ronghe.ui.components import Words


@dataclass(frozen=True, slots=True)
class Radar:
    """Values on several axes (雷达图), each from 0 to ``top``, with others for comparison."""

    title: Words
    description: Words
    axes: Sequence[Words]
    values: Sequence[float | None]
    name: Words
    other: Sequence[float | None] | None = None
    other_name: Words = ""
    top: float = 100

    def svg(self) -> str:
        """Draw it without script."""
        axes = [str(axis) for axis in self.axes]
        other = None if self.other is None else self._shares(self.other)
        words = str(self.title), str(self.description)
        return charts.radar(*words, axes, self._shares(self.values), other)

    def _shares(self, values: Sequence[float | None]) -> list[float | None]:
        return [None if value is None else value / self.top for value in values]

    def option(self) -> Option | None:
        """Return what ECharts draws; nothing where there are gaps, which it draws as noughts."""
        if None in (*self.values, *(self.other or ())):
            return None
        drawn = [(self.name, self.values, {"color": "@main"}, {"color": "@main", "opacity": 0.15})]
        if self.other is not None:
            dashed = {"color": "@soft", "type": "dashed"}
            drawn.insert(0, (self.other_name, self.other, dashed, {"opacity": 0}))
        data = [
            {
                "name": str(name),
                "value": list(values),
                "lineStyle": look,
                "itemStyle": {"color": look["color"]},
                "areaStyle": area,
                "tooltip": told(f"{name}\n{self._listed(values)}"),
            }
            for name, values, look, area in drawn
        ]
        axes = [{"name": str(axis), "max": self.top} for axis in self.axes]
        return {
            "height": 320,
            "legend": {"bottom": 0, "textStyle": {"color": "@ink"}},
            "radar": {
                "indicator": axes,
                "center": ["50%", "46%"],
                "radius": "62%",
                "axisName": {"color": "@ink"},
                "splitArea": {"show": False},
                "splitLine": {"lineStyle": {"color": "@line"}},
                "axisLine": {"lineStyle": {"color": "@line"}},
            },
            "series": [{"type": "radar", "data": data}],
        }

    def _listed(self, values: Sequence[float | None]) -> str:
        named = zip(self.axes, values, strict=True)
        return "\n".join(f"{axis} {shown(value)}" for axis, value in named)

    def table(self) -> Table:
        """Return a row for each axis."""
        columns = [self.values] if self.other is None else [self.values, self.other]
        names = [self.name] if self.other is None else [self.name, self.other_name]
        rows = [
            [axis, *(shown(column[number]) for column in columns)]
            for number, axis in enumerate(self.axes)
        ]
        return Table([_("维度"), *names], rows)


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit in a plane: its name, both values in percent, and its page if one may open it."""

    name: Words
    x: float
    y: float
    url: str = ""


@dataclass(frozen=True, slots=True)
class Quadrant:
    """Units in a plane of two percentages, divided by the medians (象限图).

    ``corners``: upper left, upper right, lower left, lower right.
    """

    title: Words
    description: Words
    spots: Sequence[Spot]
    middle: tuple[float, float]
    axes: tuple[Words, Words]
    corners: tuple[Words, Words, Words, Words]

    def _middles(self) -> tuple[str, str]:
        across, up = ({"value": shown(value)} for value in self.middle)
        words = _("中位数 %(value)s%%")
        return words % across, words % up

    def svg(self) -> str:
        """Draw it without script."""
        left, right, lower_left, lower_right = map(str, self.corners)
        corners = (left, right, lower_left, lower_right)
        plane = charts.Plane(str(self.axes[0]), str(self.axes[1]), *self._middles(), corners)
        dots = [charts.Dot(one.x, one.y, str(one.name)) for one in self.spots]
        words = str(self.title), str(self.description)
        return charts.quadrant(*words, dots, self.middle, plane)

    def option(self) -> Option:
        """Return what ECharts draws."""
        dots = [
            {
                "name": str(one.name),
                "value": [one.x, one.y],
                "url": one.url,
                "tooltip": told(f"{one.name}\n{self._both(one)}"),
            }
            for one in self.spots
        ]
        names = self._middles()
        lines = [
            {"xAxis": self.middle[0], "label": {"formatter": names[0]}},
            {"yAxis": self.middle[1], "label": {"formatter": names[1], "position": "insideEndTop"}},
        ]
        mark = {
            "silent": True,
            "symbol": "none",
            "lineStyle": {"color": "@mark", "type": "dashed"},
            "label": {"color": "@mark", **CLEAR},
            "data": lines,
        }
        label = {"show": True, "formatter": "{b}", "position": "right", "color": "@ink", **CLEAR}
        return {
            "height": 460,
            "grid": {**GRID, "left": 40, "right": 72, "bottom": 32, "top": 40},
            "xAxis": _percent_axis(str(self.axes[0])),
            "yAxis": _percent_axis(str(self.axes[1]), nameRotate=90, nameGap=40),
            "series": [
                {
                    "type": "scatter",
                    "symbolSize": 11,
                    "color": "@main",
                    "label": label,
                    "labelLayout": {"hideOverlap": True},
                    "markLine": mark,
                    "data": dots,
                }
            ],
            "graphic": [_corner_words(*one) for one in zip(self.corners, _CORNERS, strict=True)],
        }

    def _both(self, spot: Spot) -> str:
        return f"{self.axes[0]} {shown(spot.x)}%, {self.axes[1]} {shown(spot.y)}%"

    def _corner(self, spot: Spot) -> Words:
        return self.corners[(spot.x >= self.middle[0]) + 2 * (spot.y < self.middle[1])]

    def table(self) -> Table:
        """Return both values of each unit and the corner it lies in."""
        rows = [
            (one.name, f"{shown(one.x)}%", f"{shown(one.y)}%", self._corner(one))
            for one in self.spots
        ]
        return Table([_("单位"), *self.axes, _("位置")], rows)


_CORNERS = (
    {"left": 84, "top": 46},
    {"right": 80, "top": 46},
    {"left": 84, "bottom": 62},
    {"right": 80, "bottom": 62},
)
"""Where the words of the corners stand: upper left and right, lower left and right."""


def _corner_words(words: Words, where: dict[str, int]) -> Option:
    style = {"text": str(words), "fill": "@soft", "fontSize": 12}
    return {"type": "text", "silent": True, "z": 0, "style": style, **where}


def _percent_axis(name: str, **more: object) -> Option:
    spread = {"nameLocation": "middle", "nameGap": 28, "scale": True, **more}
    return value_axis(name, **spread)
