"""The catalogue of official statistics."""

from __future__ import annotations

import pytest

from ronghe.analysis.scheme.parts import LEVELS
from ronghe.rulebook import recognise, statistics
from ronghe.rulebook.catalogue import read_statistics
from ronghe.rulebook.loading import built_in_texts, read_documents

BY_CODE = {statistic.code: statistic for statistic in statistics()}
DOCUMENTS, _ = read_documents(dict(built_in_texts())["documents.yaml"], "documents.yaml")


def test_gdp_is_published_down_to_the_county_and_has_proxies_below():
    gdp = BY_CODE["gdp"]

    assert gdp.published_at("province")
    assert gdp.published_at("county")
    assert not gdp.published_at("township")
    assert [proxy.code for proxy in gdp.proxies_at("township")] == [
        "collective_operating_income",
        "output_above_threshold",
        "new_jobs",
    ]
    assert "output_above_threshold" not in [proxy.code for proxy in gdp.proxies_at("village")]
    assert gdp.citation() == "《中华人民共和国统计法》（2024年）第二十条"


@pytest.mark.parametrize("statistic", statistics(), ids=lambda statistic: statistic.code)
def test_every_statistic_has_both_languages_words_and_a_proxy_below_its_level(statistic):
    below = LEVELS[LEVELS.index(statistic.lowest_level) + 1]

    assert statistic.title.zh
    assert statistic.title.en
    assert any(not pattern.isascii() for pattern in statistic.patterns)
    assert any(pattern.isascii() for pattern in statistic.patterns)
    assert statistic.proxies_at(below)
    assert all(proxy.title.en and proxy.holder.en for proxy in statistic.proxies)
    assert statistic.citation()
    assert statistic.citation("en")


@pytest.mark.parametrize("statistic", statistics(), ids=lambda statistic: statistic.code)
def test_every_statistic_is_recognised_by_its_own_title(statistic):
    assert statistic in recognise(statistic.title.zh)


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("全镇地区生产总值", ["gdp"]),
        ("GDP 增长率", ["gdp_growth"]),
        ("镇域ＧＤＰ增速", ["gdp_growth"]),
        ("Gdp  growth of the township", ["gdp_growth"]),
        ("人均GDP", ["gdp_per_head"]),
        ("单位GDP能耗下降", ["energy_per_gdp"]),
        ("规上工业增加值增速", ["large_industry_value_added"]),
        ("地区生产总值与社会消费品零售总额", ["gdp", "retail_sales"]),
        ("农村居民人均可支配收入", ["disposable_income"]),
        ("三产占比", ["industrial_structure"]),
    ],
)
def test_a_disguised_statistic_is_recognised_and_the_longest_words_win(title, codes):
    assert [statistic.code for statistic in recognise(title)] == codes


@pytest.mark.parametrize(
    "title",
    [
        "村集体经营性收入",
        "集体经济增速",
        "集体收入比上年增加值",
        "GDPR 合规培训",
        "企业研发投入",
        "新增就业人数",
        "",
    ],
)
def test_titles_that_only_look_alike_are_left_alone(title):
    assert recognise(title) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("proxies: {}", [("rulebook-missing-field", 1), ("rulebook-missing-field", 1)]),
        ("- 1", [("rulebook-shape", 1)]),
        (
            "proxies:\n"
            "  a: {title: {zh: 甲, en: A}, lowest_level: hamlet, holder: {zh: 乙, en: B}}\n"
            "statistics:\n  b: {title: {zh: 甲, en: A}, lowest_level: county}",
            [("rulebook-bad-value", 2), *[("rulebook-missing-field", 4)] * 4],
        ),
        (
            "proxies:\n"
            "  a: {title: {zh: 甲, en: A}, lowest_level: village, holder: {zh: 乙, en: B}}\n"
            "statistics:\n  b:\n    title: {zh: 甲, en: A}\n    lowest_level: county\n"
            "    document: none-such\n    confidence: seen\n    patterns: {zh: [甲], en: [a]}\n"
            "    proxies: [c]",
            [("rulebook-bad-value", 7), ("rulebook-bad-value", 10)],
        ),
    ],
)
def test_what_is_wrong_with_the_catalogue_is_said_with_its_row(text, expected):
    _, problems = read_statistics(text, "statistics.yaml", DOCUMENTS)

    assert [(problem.code, problem.where.row) for problem in problems] == expected
