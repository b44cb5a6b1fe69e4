"""Checks against the catalogue of official statistics: nothing below its published level."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

from ronghe.analysis.scheme.check.findings import Findings
from ronghe.analysis.scheme.check.places import Loc
from ronghe.analysis.scheme.choices import CHOICES
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.parts import LEVELS, Level, Text
from ronghe.analysis.scheme.sources import Measure


class TitleLike(Protocol):
    """A wording in Chinese and in English."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class ProxyLike(Protocol):
    """A figure that may stand in where a statistic is not published."""

    @property
    def title(self) -> TitleLike: ...
    @property
    def lowest_level(self) -> Level: ...


class StatisticLike(Protocol):
    """An official statistic (官方统计指标) as the rulebook lists it.

    `patterns` are words that give it away in the title of a measure; `proxies` may be used
    instead below its lowest published level.
    """

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> TitleLike: ...
    @property
    def lowest_level(self) -> Level: ...
    @property
    def patterns(self) -> Sequence[str]: ...
    @property
    def proxies(self) -> Sequence[ProxyLike]: ...


def check_statistics(
    scheme: Scheme, statistics: Sequence[StatisticLike], findings: Findings
) -> None:
    """No measure is used below the lowest level at which it is officially published."""
    catalogue = {statistic.code: statistic for statistic in statistics}
    for index, measure in enumerate(scheme.measures):
        loc: Loc = ("measures", index)
        if measure.statistic:
            statistic = catalogue.get(measure.statistic)
            if statistic is None and catalogue:
                at: Loc = (*loc, "statistic")
                known = dict.fromkeys(catalogue, at)
                findings.unknown("statistic-not-in-catalogue", at, measure.statistic, known, at)
        else:
            statistic = _recognised(measure, statistics)
            if statistic is not None:
                findings.add(
                    "statistic-not-named",
                    (*loc, "statistic"),
                    measure.title,
                    statistic.code,
                    severity="warning",
                    statistic=_text(statistic.title),
                )
        _check_level(measure, statistic, loc, scheme, findings)


def _recognised(measure: Measure, statistics: Sequence[StatisticLike]) -> StatisticLike | None:
    """Find the statistic that a title speaks of without naming it: the longest words win."""
    title = _normal(f"{measure.title.zh} | {measure.title.en}")
    found = [
        (len(words), statistic)
        for statistic in statistics
        for words in map(_normal, statistic.patterns)
        if re.search(_whole_words(words), title)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _normal(text: str) -> str:
    """Make letter case, width and spacing alike."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _whole_words(words: str) -> str:
    """Write a pattern that finds Latin words only as a whole; Chinese has no spaces to go by."""
    pattern = re.escape(words)
    return rf"(?<![a-z0-9]){pattern}(?![a-z0-9])" if words[:1].isascii() else pattern


def _check_level(
    measure: Measure,
    statistic: StatisticLike | None,
    loc: Loc,
    scheme: Scheme,
    findings: Findings,
) -> None:
    lowest = statistic.lowest_level if statistic else measure.lowest_level
    at = (*loc, "lowest_level")
    if statistic and _is_below(measure.lowest_level, lowest):
        findings.add(
            "measure-claims-lower-level",
            at,
            _level(measure.lowest_level),
            _level(lowest),
            title=measure.title,
            statistic=_text(statistic.title),
        )
    if _is_below(scheme.level, lowest):
        findings.add(
            "measure-below-published-level",
            at,
            _level(scheme.level),
            _level(lowest),
            rests_on=[("level",), (*loc, "statistic")],
            title=measure.title,
            proxies=_proxies(statistic, scheme.level),
        )


def _is_below(level: Level, other: Level) -> bool:
    return LEVELS.index(level) > LEVELS.index(other)


def _proxies(statistic: StatisticLike | None, level: Level) -> Text:
    """Name what may be used instead: the statistic's proxies that exist at the level."""
    there = (
        [p.title for p in statistic.proxies if not _is_below(level, p.lowest_level)]
        if statistic
        else []
    )
    if not there:
        return Text(zh="本级台账中的数据", en="a figure from ledgers of this level")
    return Text(zh="、".join(t.zh for t in there), en=", ".join(t.en or t.zh for t in there))


def _level(level: Level) -> Text:
    zh, en = CHOICES["level"][level]
    return Text(zh=zh, en=en)


def _text(title: TitleLike) -> Text:
    return Text(zh=title.zh, en=title.en)
