"""Charts of bars: how a total comes about, peers, rows, rank intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from ronghe.exchange import charts, figures
from ronghe.exchange.figures import Stretch
from ronghe.ui.charts.common import (
    CLEAR,
    GRID,
    Option,
    Table,
    height_of,
    rows_axis,
    shown,
    told,
    value_axis,
)
from ronghe.ui.components import Words


@dataclass(frozen=True, slots=True)
class Waterfall:
    """How a total comes about (瀑布图): from ``start`` by ``changes`` to the total.

    ``start`` and each change are a name and a number; ``end`` names the total. Where all bars are
    long the axis begins later, so that the changes can be seen; that is said beside the chart.
    """

    title: Words
    description: Words
    start: tuple[Words, float]
    changes: Sequence[tuple[Words, float]]
    end: Words
    unit: Words = ""

    def _stretches(self) -> list[Stretch]:
        name, running = self.start
        rows = [Stretch(str(name), 0, running, "whole", shown(running, self.unit))]
        for what, change in self.changes:
            kind = "loss" if change < 0 else "gain"
            words = shown(change, sign=True)
            rows.append(Stretch(str(what), running, running + change, kind, words))
            running += change
        return [*rows, Stretch(str(self.end), 0, running, "whole", shown(running, self.unit))]

    @property
    def low(self) -> float:
        """Return where the axis begins: a multiple of ten under what is left, or nought."""
        ends = [row.end for row in self._stretches()]
        least, most = min(ends), max(ends)
        return max(0.0, (least - (most - least) / 4) // 10 * 10) if least > most / 2 else 0.0

    @property
    def remark(self) -> str:
        """Say where the axis begins, if not at nought."""
        return _("横轴从%(low)s起。") % {"low": shown(self.low)} if self.low else ""

    def svg(self) -> str:
        """Draw it without script."""
        words = str(self.title), str(self.description)
        return figures.waterfall(*words, self._stretches(), low=self.low)

    def option(self) -> Option:
        """Return what ECharts draws: bars on invisible ones."""
        rows = self._stretches()
        looks = {
            "whole": {"color": "@main"},
            "gain": {"color": "@gain"},
            "loss": {"color": "@paper", "borderColor": "@mark", "borderWidth": 1.5},
        }
        bars = [
            {
                "value": abs(row.end - row.start),
                "itemStyle": looks[row.kind],
                "label": {"formatter": row.words},
                "tooltip": told(f"{row.name} {row.words}"),
            }
            for row in rows
        ]
        unseen = {"color": "transparent"}
        return {
            "height": height_of(len(rows)),
            "grid": {**GRID, "right": 64},
            "yAxis": rows_axis([row.name for row in rows]),
            "xAxis": value_axis(min=self.low),
            "series": [
                {
                    "type": "bar",
                    "stack": "all",
                    "silent": True,
                    "itemStyle": unseen,
                    "emphasis": {"itemStyle": unseen},
                    "tooltip": {"show": False},
                    "data": [min(row.start, row.end) for row in rows],
                },
                {
                    "type": "bar",
                    "stack": "all",
                    "barMaxWidth": 18,
                    "label": {"show": True, "position": "right", "color": "@ink"},
                    "data": bars,
                },
            ],
        }

    def table(self) -> Table:
        """Return the changes and what was left after each."""
        rows = [(row.name, row.words, shown(row.end)) for row in self._stretches()]
        return Table([_("项目"), _("增减"), _("累计")], rows)


@dataclass(frozen=True, slots=True)
class Peers:
    """Where a unit stands among its peers (同类分布): counts in equal bins from low to high.

    ``own`` is the unit's own value, None where only the peers are shown.
    """

    title: Words
    description: Words
    counts: Sequence[int]
    low: float
    high: float
    own: float | None = None
    unit: Words = ""

    def _ends(self) -> list[str]:
        step = (self.high - self.low) / len(self.counts)
        return [shown(self.low + step * number) for number in range(len(self.counts) + 1)]

    def _bin(self) -> int | None:
        if self.own is None:
            return None
        share = (self.own - self.low) / ((self.high - self.low) or 1)
        return min(len(self.counts) - 1, max(0, int(share * len(self.counts))))

    def _mark(self) -> str:
        return _("本单位 %(value)s") % {"value": shown(self.own, self.unit)}

    def _names(self) -> list[str]:
        ends = self._ends()
        return [f"{low} – {high}" for low, high in pairwise(ends)]

    def svg(self) -> str:
        """Draw it without script."""
        own = self._bin()
        mark = "" if own is None else self._mark()
        words = str(self.title), str(self.description)
        return figures.peers(*words, self.counts, self._ends(), own, mark)

    def option(self) -> Option:
        """Return what ECharts draws."""
        own = self._bin()
        bars = []
        for number, (name, count) in enumerate(zip(self._names(), self.counts, strict=True)):
            bar: Option = {"value": count, "tooltip": told(f"{name} {self.unit}: {count}")}
            if number == own:
                bar["itemStyle"] = {"color": "@mark"}
                bar["label"] = {"show": True, "formatter": self._mark(), "color": "@mark", **CLEAR}
            bars.append(bar)
        series: Option = {"type": "bar", "barCategoryGap": "12%", "color": "@main", "data": bars}
        series["label"] = {"position": "top"}
        axis = {"type": "category", "data": self._names(), "axisLabel": {"color": "@soft"}}
        return {
            "height": 240,
            "grid": GRID,
            "xAxis": {**axis, "axisTick": {"show": False}},
            "yAxis": value_axis(_("单位数"), minInterval=1),
            "series": [series],
        }

    def table(self) -> Table:
        """Return the bins and how many lie in each."""
        own = self._bin()
        mark = "" if own is None else self._mark()
        named = zip(self._names(), self.counts, strict=True)
        rows = [
            (name, str(count), mark if number == own else "")
            for number, (name, count) in enumerate(named)
        ]
        return Table([self.unit or _("区间"), _("单位数"), _("所在")], rows)


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows with a bar each (条形图): a name, a number that is not negative."""

    title: Words
    description: Words
    rows: Sequence[tuple[Words, int]]
    heading: Words = ""
    unit: Words = ""

    def svg(self) -> str:
        """Draw it without script."""
        rows = [(str(name), count, shown(count, self.unit)) for name, count in self.rows]
        return charts.bars(str(self.title), str(self.description), rows)

    def option(self) -> Option:
        """Return what ECharts draws."""
        bars = [
            {"value": count, "tooltip": told(f"{name} {shown(count, self.unit)}")}
            for name, count in self.rows
        ]
        label = {"show": True, "position": "right", "color": "@ink"}
        series = {"type": "bar", "barMaxWidth": 18, "color": "@main", "label": label, "data": bars}
        return {
            "height": height_of(len(self.rows)),
            "grid": {**GRID, "right": 48},
            "yAxis": rows_axis([str(name) for name, _count in self.rows]),
            "xAxis": value_axis(),
            "series": [series],
        }

    def table(self) -> Table:
        """Return the rows."""
        rows = [(name, shown(count, self.unit)) for name, count in self.rows]
        return Table([self.heading or _("名称"), _("数量")], rows)


@dataclass(frozen=True, slots=True)
class Ranks:
    """Ranks with their intervals (名次区间): at most `charts.NAMED_SPANS` rows are named."""

    title: Words
    description: Words
    rows: Sequence[charts.Span]
    group: Words

    def svg(self) -> str:
        """Draw it without script."""
        words = str(self.title), str(self.description)
        return charts.spans(*words, self.rows, x=_("名次"), group=str(self.group))

    def option(self) -> Option:
        """Return what ECharts draws: bars on invisible ones, and a dot at each rank."""
        unseen = {"color": "transparent"}
        spans = [{"value": row.high - row.low, "tooltip": told(row.told)} for row in self.rows]
        dots = [{"value": [row.at, row.name], "tooltip": told(row.told)} for row in self.rows]
        return {
            "height": height_of(len(self.rows)),
            "grid": {**GRID, "top": 48},
            "yAxis": rows_axis([row.name for row in self.rows]),
            "xAxis": value_axis(
                _("名次"), min=1, minInterval=1, position="top", nameLocation="middle", nameGap=28
            ),
            "series": [
                {
                    "type": "bar",
                    "stack": "all",
                    "silent": True,
                    "itemStyle": unseen,
                    "emphasis": {"itemStyle": unseen},
                    "data": [row.low for row in self.rows],
                },
                {
                    "type": "bar",
                    "stack": "all",
                    "barMaxWidth": 8,
                    "itemStyle": {"color": "@main", "opacity": 0.45, "borderRadius": 4},
                    "data": spans,
                },
                {"type": "scatter", "symbolSize": 9, "color": "@main", "data": dots},
            ],
        }

    def table(self) -> Table:
        """Return ranks, intervals and groups."""
        rows = [(row.name, str(row.at), f"{row.low} – {row.high}", row.group) for row in self.rows]
        return Table([_("单位"), _("名次"), _("名次区间"), self.group], rows)
