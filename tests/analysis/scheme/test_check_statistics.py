"""Nothing is appraised by a statistic that is not published at its level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ronghe.analysis.scheme.check import StatisticLike, check, parse_scheme
from ronghe.analysis.scheme.parts import Level, Text
from scheme_drafts import Draft, draft


@dataclass(frozen=True)
class Proxy:
    title: Text
    lowest_level: Level


@dataclass(frozen=True)
class Statistic:
    code: str
    title: Text
    lowest_level: Level
    patterns: tuple[str, ...]
    proxies: tuple[Proxy, ...] = ()


INCOME = Proxy(Text(zh="村集体经营性收入"), "village")
OUTPUT = Proxy(Text(zh="规上企业产值"), "county")
CATALOGUE: tuple[StatisticLike, ...] = (
    Statistic("gdp", Text(zh="地区生产总值"), "county", ("生产总值", "GDP"), (INCOME, OUTPUT)),
    Statistic("energy", Text(zh="单位GDP能耗"), "province", ("单位GDP能耗",)),
)


def with_measure(**measure: Any) -> Draft:
    document = draft()
    document["measures"][0] |= measure
    return document


def statistics_found(document: Draft) -> list[tuple[str, Any]]:
    problems = check(parse_scheme(document), statistics=CATALOGUE)
    return [(p.code, p.details.get("proxies", p.found)) for p in problems]


def test_a_measure_published_above_the_scheme_is_refused() -> None:
    problems = check(parse_scheme(with_measure(lowest_level="county")))

    assert [p.code for p in problems] == ["measure-below-published-level"]
    assert (str(problems[0].found), str(problems[0].expected)) == ("乡镇", "县")


def test_gdp_for_a_township_is_refused_and_proxies_of_its_level_are_offered() -> None:
    document = with_measure(title="地区生产总值", statistic="gdp", lowest_level="county")

    assert statistics_found(document) == [
        ("measure-below-published-level", Text(zh="村集体经营性收入", en="村集体经营性收入"))
    ]


def test_a_statistic_in_disguise_is_recognised_by_its_title() -> None:
    found = statistics_found(with_measure(title="全镇 gdp 总量"))

    assert [code for code, _ in found] == [
        "statistic-not-named",
        "measure-claims-lower-level",
        "measure-below-published-level",
    ]


def test_the_longest_words_decide_which_statistic_a_title_means() -> None:
    document = with_measure(title="单位ＧＤＰ能耗", lowest_level="county") | {"level": "county"}

    problems = check(parse_scheme(document), statistics=CATALOGUE)

    assert problems[0].expected == "energy"


def test_latin_words_are_recognised_only_as_a_whole() -> None:
    assert statistics_found(with_measure(title={"zh": "线上交易", "en": "agdpx"})) == []


def test_an_unknown_statistic_is_an_error() -> None:
    found = statistics_found(with_measure(statistic="gdpp"))

    assert [code for code, _ in found] == ["statistic-not-in-catalogue"]
