"""A back-test as charts: how points spread, what is redundant, how far ranks depend on weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ronghe.exchange.charts import Span
from ronghe.ui.charts import Bars, Ranks, shown


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How an indicator's points spread: quarters, mean share, at full, at nought, influence."""

    title: str
    full: str
    quarters: list[str]
    share: str
    at_full: str
    at_zero: str
    weight: str
    influence: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A back-test on screen; charts about ranks are None for persons."""

    units: int
    left_out: int
    shares: Bars
    influences: Bars
    spreads: list[SpreadRow]
    pairs: list[tuple[str, str, str]]
    removals: Bars
    draws: int
    spread: str
    reversed: str
    undecided: str
    intervals: Ranks | None
    movers: list[tuple[str, int, int, int]]


def figures_of(trial: int) -> Path:
    """Return where the figures of a trial lie."""
    folder = Path(settings.HOME) / "rounds" / "trials"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{trial}.json"


def tried(trial: int) -> Tried | None:
    """Return a trial's charts; None where its figures were not kept or are not here."""
    file = figures_of(trial)
    return _tried(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def _tried(found: dict[str, Any]) -> Tried:
    spreads, weights = found["spreads"], found["weights"]
    tree = [one for one in spreads if not one["pooled"]]
    return Tried(
        units=found["units"],
        left_out=found["left_out"],
        shares=_bars(
            _("平均得分率"),
            _("平均得分占分值的比例；都接近满分或零分的，分不出高下。"),
            [(_said(one["title"]), one["share"]) for one in tree],
        ),
        influences=_bars(
            _("实际作用"),
            _("各项对总分差距的贡献，合计100%；与设定的权重差得远的，要看看是不是本意。"),
            [(_said(one["title"]), one["influence"]) for one in tree],
        ),
        spreads=[_row(one) for one in spreads],
        pairs=[
            (_said(one["one"]), _said(one["other"]), shown(one["correlation"]))
            for one in found["pairs"]
        ],
        removals=Bars(
            _("去掉一项，有几个单位名次变动"),
            _("去掉以后名次不变的，可能是多余的。"),
            [(_said(one["title"]), one["moved"]) for one in found["removals"]],
            _("去掉的指标"),
        ),
        draws=weights["draws"],
        spread=_percent(weights["spread"]),
        reversed=_percent(weights["reversed"]),
        undecided=_percent(weights["undecided"]),
        intervals=_intervals(found["intervals"]),
        movers=[
            (one["name"], one["rank"], one["former"], one["change"]) for one in found["movers"]
        ],
    )


def _bars(title: str, words: str, rows: list[tuple[str, float | None]]) -> Bars:
    known = [(name, max(0, round(100 * share))) for name, share in rows if share is not None]
    return Bars(title, words, known, _("指标"), "%")


def _row(one: dict[str, Any]) -> SpreadRow:
    return SpreadRow(
        _said(one["title"]),
        shown(one["full"]),
        [shown(value) for value in one["quarters"]],
        _percent(one["share"]),
        _percent(one["at_full"]),
        _percent(one["at_zero"]),
        "—" if one["pooled"] else _percent(one["weight"]),
        _percent(one["influence"]),
    )


def _intervals(rows: list[dict[str, Any]]) -> Ranks | None:
    if not rows:
        return None
    spans = [
        Span(
            row["name"], row["rank"], row["low"], row["high"], _said(row["group"]),
            f"{row['name']} {row['low']}–{row['high']}",
        )
        for row in rows
    ]  # fmt: skip
    words = _("权重随机变动时名次会落在的范围；区间重叠的分不出先后。")
    return Ranks(_("名次对权重的依赖"), words, spans, _("分组"))


def _said(words: dict[str, str]) -> str:
    return (get_language() == "en" and words.get("en")) or words["zh"]


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{round(100 * share) + 0}%"
