"""Outcomes as charts: the map of tiles, the radar, courses, ranks, what drives a whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite
from statistics import mean

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ronghe.analysis.index.model import Node as Part
from ronghe.apps.planning.outcomes import Outcomes, Standing
from ronghe.apps.registry.models import Node
from ronghe.exchange.charts import Span
from ronghe.ui.charts import Line, Radar, Ranks, Tile, Tiles, Trend, Waterfall, shown

STEPS = (20, 40, 60, 80)
"""Where the classes of a dimension's scores begin, after the lowest."""
BANDS = 5
"""So many bands have a shade of their own; the last takes those below."""
SMALL = 0.05
"""A contribution of fewer points has no bar of its own."""


def named(part: Part) -> str:
    """Return the title of a dimension or an indicator."""
    title = part.title
    return str((get_language() == "en" and title.en) or title.zh)


def interval(one: Standing | None) -> str:
    """Write an interval of ranks."""
    if one is None:
        return _("没有数据")
    if one.low == one.high:
        return _("第%(rank)d名") % {"rank": one.low}
    return _("第%(low)d至%(high)d名") % {"low": one.low, "high": one.high}


def band(one: Standing | None) -> str:
    """Write the number of a band."""
    return "—" if one is None else _("第%(number)d档") % {"number": one.band}


def tiles_of_bands(outcomes: Outcomes, standings: Sequence[Standing | None]) -> Tiles:
    """Draw the places by band; those of one band cannot be told apart."""
    bands = min(BANDS, max((one.band for one in standings if one), default=1))
    tiles = [
        Tile(place.name, bands - min(one.band, bands) if one else None, interval(one), _url(place))
        for place, one in zip(outcomes.places, standings, strict=True)
    ]
    names = [_("第%(number)d档") % {"number": number} for number in range(bands, 0, -1)]
    if any(one and one.band > bands for one in standings):
        names[0] = _("第%(number)d档及以后") % {"number": bands}
    return Tiles(_("总体：分不出先后的在同一档"), tiles, names)


def tiles_of_scores(outcomes: Outcomes, period: str, part: Part) -> Tiles:
    """Draw the places by their scores in one dimension."""
    scores = outcomes.scores(period, part.code)
    tiles = [
        Tile(
            place.name,
            sum(score >= step for step in STEPS) if isfinite(score) else None,
            _("%(score)s分") % {"score": shown(score)} if isfinite(score) else "",
            _url(place),
        )
        for place, score in zip(outcomes.places, scores, strict=True)
    ]
    ends = [0, *STEPS, 100]
    names = [f"{low}–{high}" for low, high in pairwise(ends)]
    return Tiles(_("%(dimension)s：各地得分") % {"dimension": named(part)}, tiles, names)


def _url(place: Node) -> str:
    return reverse("planning:place", args=[place.pk])


def radar(outcomes: Outcomes, period: str, place: Node | None = None) -> Radar:
    """Draw the dimensions of a place beside the median, or the median beside the year before."""
    codes = [part.code for part in outcomes.dimensions]
    middle = [outcomes.middle(period, code) for code in codes]
    axes = [named(part) for part in outcomes.dimensions]
    told = {"period": period}
    if place is not None:
        at = outcomes.at(place)
        own = [outcomes.score(period, code, at) for code in codes]
        title = _("五个维度：%(place)s与各地中位数") % {"place": place.name}
        words = _("%(period)s年，各维度0到100分。") % told
        return Radar(title, words, axes, own, place.name, middle, _("各地中位数"))
    before = str(int(period) - 1)
    former = [outcomes.middle(before, code) for code in codes]
    there = any(score is not None for score in former)
    words = _("%(period)s年各地中位数，各维度0到100分。") % told
    years = (_("%(period)s年") % told, _("%(period)s年") % {"period": before} if there else "")
    other = former if there else None
    return Radar(_("五个维度：全县中位数"), words, axes, middle, years[0], other, years[1])


def course(outcomes: Outcomes, code: str, title: str, place: Node) -> Trend:
    """Draw a place's course beside the median; a year without figures is a gap."""
    at, periods = outcomes.at(place), outcomes.periods
    own = [outcomes.score(period, code, at) for period in periods]
    middle = [outcomes.middle(period, code) for period in periods]
    lines = [Line(place.name, own), Line(_("各地中位数"), middle, soft=True)]
    known = [(period, score) for period, score in zip(periods, own, strict=True)]
    words = _("、").join(f"{period} {shown(score)}" for period, score in known)
    return Trend(title, words, periods, lines, _("分"))


def ranks(outcomes: Outcomes, standings: Sequence[Standing | None]) -> Ranks:
    """Draw the intervals of ranks, by band and then in the order of the codes."""
    known = [
        (one, place)
        for place, one in zip(outcomes.places, standings, strict=True)
        if one is not None
    ]
    rows = [
        Span(place.name, one.rank, one.low, one.high, band(one), f"{place.name} {interval(one)}")
        for one, place in sorted(known, key=lambda pair: pair[0].band)
    ]
    words = _("权重、归一化和合成方法换一换，名次会落在的范围；同一档的分不出先后。")
    return Ranks(_("名次区间"), words, rows, _("档"))


def drivers(outcomes: Outcomes, period: str, place: Node) -> Waterfall | None:
    """Draw what takes a place from the mean of all to its own score, by indicator."""
    totals = [one for one in outcomes.scores(period, "") if isfinite(one)]
    own = outcomes.score(period, "", outcomes.at(place))
    if own is None or len(totals) < 2:
        return None
    start, at = mean(totals), outcomes.at(place)
    changes = []
    for part, share in shares(outcomes.dimensions):
        scores = outcomes.scores(period, part.code)
        known = [one for one in scores if isfinite(one)]
        if isfinite(scores[at]) and known:
            changes.append((named(part), share * (scores[at] - mean(known))))
    changes = sorted((one for one in changes if abs(one[1]) >= SMALL), key=lambda one: -one[1])
    rest = own - start - sum(change for _name, change in changes)
    more = [(_("其余和缺数的影响"), rest)] if abs(rest) >= SMALL else []
    told = {"place": place.name, "most": changes[0][0], "least": changes[-1][0]} if changes else {}
    words = (
        _("与各地平均相比，%(place)s高出最多的是%(most)s，低得最多的是%(least)s。") % told
        if told
        else ""
    )
    ends = _("各地平均"), place.name
    return Waterfall(
        _("总分是怎么来的"), words, (ends[0], start), [*changes, *more], ends[1], _("分")
    )


def shares(parts: Sequence[Part], above: float = 1.0) -> list[tuple[Part, float]]:
    """Return the indicators with the share of the whole that each makes up."""
    whole = sum(part.weight for part in parts)
    found = []
    for part in parts:
        own = above * part.weight / whole
        found += shares(part.children, own) if part.children else [(part, own)]
    return found
