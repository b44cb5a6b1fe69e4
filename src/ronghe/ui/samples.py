"""Charts of the style guide, with made-up figures."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ronghe.exchange.charts import Span
from ronghe.ui.charts import (
    Bars,
    Line,
    Peers,
    Quadrant,
    Radar,
    Ranks,
    Spot,
    Tile,
    Tiles,
    Trend,
    Waterfall,
)

PLACES = ("柳林镇", "石桥乡", "清源街道", "大塘镇", "云岭乡", "东坪镇", "南湖街道", "白沙镇")


def charts() -> dict[str, Any]:
    """Return one of each."""
    return {
        "waterfall": _waterfall(),
        "peers": _peers(),
        "radar": _radar(),
        "trend": _trend(),
        "quadrant": _quadrant(),
        "bars": _bars(),
        "ranks": _ranks(),
        "map": _map(),
        "course": [62, 64, None, 71, 76],
    }


def _waterfall() -> Waterfall:
    changes = [
        (_("组织生活"), -1.5),
        (_("集体收入"), -6.4),
        (_("解难题"), -3),
        (_("加分：典型经验"), 2),
    ]
    return Waterfall(
        _("91.1分是怎么来的"),
        _("从满分100分起，失分最多的是集体收入。"),
        (_("满分"), 100),
        changes,
        _("总分"),
        _("分"),
    )


def _peers() -> Peers:
    return Peers(
        _("同类支部的总分"),
        _("36个村党支部，多数在80到90分之间。"),
        [1, 3, 6, 12, 10, 4],
        70,
        100,
        91.1,
        _("分"),
    )


def _radar() -> Radar:
    return Radar(
        _("五个方面"),
        _("与全县平均相比，绿色较好，创新还有差距。"),
        [_("创新"), _("协调"), _("绿色"), _("开放"), _("共享")],
        [52, 70, 88, None, 75],
        "柳林镇",
        [61, 66, 72, 58, 70],
        _("全县平均"),
    )


def _trend() -> Trend:
    own = Line("柳林镇", [61, 64, None, 72, 78], [57, 60, None, 68, 75], [65, 68, None, 76, 81])
    county = Line(_("全县平均"), [63, 65, 66, 68, 70], soft=True)
    periods = ["2022", "2023", "2024", "2025", "2026"]
    words = _("五年来上升，2024年没有数据；带子是90%的区间。")
    return Trend(_("综合指数"), words, periods, [own, county], _("分"))


def _quadrant() -> Quadrant:
    values = [(62, 71), (78, 66), (81, 84), (55, 58), (70, 75), (66, 49), (88, 79), (59, 80)]
    spots = [Spot(name, x, y, "#charts") for name, (x, y) in zip(PLACES, values, strict=True)]
    corners = (_("党建领先"), _("同步，都高"), _("同步，都低"), _("经济领先"))
    return Quadrant(
        _("党建与经济"),
        _("八个乡镇街道，以中位数分成四格。"),
        spots,
        (68, 73),
        (_("经济得分率"), _("党建得分率")),
        corners,
    )


def _bars() -> Bars:
    rows = [(_("优秀"), 8), (_("良好"), 21), (_("一般"), 6), (_("较差"), 1)]
    return Bars(_("等次"), _("良好最多。"), rows, _("等次"), _("个"))


def _ranks() -> Ranks:
    told = [(1, 1, 2, "A"), (2, 1, 4, "A"), (3, 2, 5, "A"), (4, 2, 5, "A"), (5, 4, 7, "B")]
    rows = [
        Span(name, at, low, high, band, f"{name} {at}（{low}–{high}）")
        for name, (at, low, high, band) in zip(PLACES, told, strict=False)
    ]
    return Ranks(_("名次与区间"), _("区间重叠的，分不出先后。"), rows, _("档"))


def _map() -> Tiles:
    upper = [(3, 1, 2), (5, 1, 0), (2, 2, 4), (4, 2, 1)]
    lower = [(6, 2, 3), (3, 3, 2), (5, 3, 1), (7, 3, None)]
    tiles = [
        Tile(name, level, "" if level is None else f"{60 + 7 * level}", "#charts", column, row)
        for name, (column, row, level) in zip(PLACES, upper + lower, strict=True)
    ]
    levels = [_("低"), _("较低"), _("中"), _("较高"), _("高")]
    return Tiles(_("综合指数，2026年"), tiles, levels)
