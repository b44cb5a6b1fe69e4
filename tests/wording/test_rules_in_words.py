"""Every rule and source of the model has words, in Chinese and English, that tell all it says."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from ronghe.analysis.scheme import rules, sources
from ronghe.analysis.scheme.model import Indicator, Scheme
from ronghe.wording.rules import indicator_in_words, number, rule_in_words, source_in_words

PARTS = [
    {"of": "value", "share": 60, "rule": {"kind": "ratio_to_best"}},
    {"of": "growth", "share": 40, "rule": {"kind": "deduction", "each": 1}},
]

RULES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "completion": ({}, {"target": 80, "cap": 1.2, "floor": 0.1, "direction": "less"}),
    "bands": (
        {"steps": {90: 10, 80: 8}},
        {"steps": {85: 10, 80: 8}, "otherwise": 3, "direction": "less"},
    ),
    "goalposts": ({"low": 20, "high": 80}, {"low": 10, "high": 70, "low_points": 2}),
    "efficacy": (
        {"low": 50, "high": "peers"},
        {"low": "peers", "high": 90, "base": 50, "floor": 20, "direction": "less"},
    ),
    "rank_ladder": (
        {"ladder": [10, 9]},
        {"ladder": [10, 8], "rest": 1, "direction": "less", "first": 2, "step": 0.1},
    ),
    "ratio_to_best": ({}, {"direction": "less"}),
    "ratio_to_average": ({}, {"direction": "less", "cap": 1.2}),
    "distance_from_average": (
        {"loses": 0.5},
        {"loses": 1, "step": 10, "whole_steps": True, "direction": "less"},
    ),
    "count_points": ({"each": 2}, {"each": 3}),
    "deduction": ({"each": 2}, {"each": 3, "floor": 1}),
    "share_of_full": ({}, {"full": 110}),
    "combined": ({"parts": PARTS}, {"parts": [PARTS[0], PARTS[1] | {"of": "change"}]}),
}
"""By kind the least that a rule needs, and for every field another value."""

SOURCES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "measure": ({"measure": "jobs"}, {"measure": "income", "period": "previous"}),
    "records": (
        {"of": ["visit"]},
        {
            "of": ["visit", "help"],
            "function": "distinct",
            "quality_at_least": 3,
            "verified_only": True,
            "since": "2025-03-01",
            "until": "2025-06-30",
            "cap": {"each": 2, "per": "quarter"},
            "scope": "subtree",
        },
    ),
    "ballot": (
        {"ballot": "yearly", "grades": {"好": 100, "差": 0}, "groups": {"群众": 1}},
        {"ballot": "mid-year", "grades": {"好": 90, "差": 0}, "groups": {"群众": 0.5}},
    ),
    "expert": ({"panel": "review"}, {"panel": "other", "trim": 1}),
    "scheme": ({"scheme": "former"}, {"scheme": "other"}),
}

NOT_TOLD = {("ballot", "ballot"), ("expert", "panel")}
"""Codes under which data is filed; they say nothing about the score."""

FRAME = {
    "scheme": "trial",
    "version": "1",
    "title": "试验",
    "appraises": "organisation",
    "level": "township",
    "period": {
        "label": "2025",
        "since": "2025-01-01",
        "until": "2025-12-31",
        "previous": "2024",
    },
    "measures": [
        {"code": "jobs", "title": {"zh": "就业", "en": "jobs"}, "lowest_level": "township"},
        {"code": "income", "title": {"zh": "收入", "en": "income"}, "lowest_level": "township"},
    ],
    "record_kinds": [
        {"code": "visit", "title": {"zh": "走访", "en": "visits"}},
        {"code": "help", "title": {"zh": "帮扶", "en": "help"}},
    ],
    "points": 10,
    "indicators": [
        {
            "code": "jobs",
            "title": "就业",
            "points": 10,
            "source": {"kind": "measure", "measure": "jobs"},
            "rule": {"kind": "count_points", "each": 0.5},
        }
    ],
}

SCHEME = Scheme.model_validate(FRAME)
POINTS = Decimal(10)


def classes(union: Any) -> dict[str, type]:
    return {get_args(c.model_fields["kind"].annotation)[0]: c for c in get_args(get_args(union)[0])}


def both(kind: str, **fields: Any) -> tuple[str, str]:
    """Say a rule or a source in Chinese and in English."""
    if kind in RULES:
        rule = TypeAdapter(rules.Rule).validate_python({"kind": kind, **fields})
        return rule_in_words(rule, POINTS, "zh"), rule_in_words(rule, POINTS, "en")
    source = TypeAdapter(sources.Source).validate_python({"kind": kind, **fields})
    return source_in_words(source, SCHEME, "zh"), source_in_words(source, SCHEME, "en")


def changed() -> list[Any]:
    """Return each field of each kind with its other value."""
    return [
        pytest.param(kind, needs, {field: value}, id=f"{kind}.{field}")
        for kind, (needs, others) in (RULES | SOURCES).items()
        for field, value in others.items()
        if (kind, field) not in NOT_TOLD
    ]


@pytest.mark.parametrize("union", [rules.Rule, sources.Source], ids=["rules", "sources"])
def test_every_kind_and_field_of_the_model_is_tried_here(union):
    tried = RULES if union is rules.Rule else SOURCES
    fields = {kind: set(c.model_fields) - {"kind"} for kind, c in classes(union).items()}

    assert {kind: set(others) for kind, (_, others) in tried.items()} == fields


@pytest.mark.parametrize("kind", [*RULES, *SOURCES])
def test_every_rule_and_source_has_words_in_both_languages(kind):
    zh, en = both(kind, **(RULES | SOURCES)[kind][0])

    assert re.search(r"[\u4e00-\u9fff]", zh)
    assert re.search(r"[a-z]{3}", en)
    assert not re.search(r"[\u4e00-\u9fff]", re.sub("群众|好|差", "", en))


@pytest.mark.parametrize(("kind", "needs", "other"), changed())
def test_what_a_field_says_is_told_in_both_languages(kind, needs, other):
    if kind == "rank_ladder" and other.keys() & {"first", "step"}:
        needs = {"first": 3, "step": 0.5}

    before, after = both(kind, **needs), both(kind, **needs | other)

    assert before[0] != after[0]
    assert before[1] != after[1]


@pytest.mark.parametrize(("kind", "needs", "other"), changed())
def test_both_languages_name_the_same_numbers(kind, needs, other):
    """Nought and one apart: “扣完为止” is “never under 0”, “每 1” is “each”."""
    zh, en = (
        sorted(n for n in re.findall(r"\d+(?:\.\d+)?", words) if n not in ("0", "1"))
        for words in both(kind, **needs | other)
    )

    assert zh == en


@pytest.mark.parametrize("function", ["count", "sum", "mean", "distinct", "share"])
@pytest.mark.parametrize("per", ["day", "month", "quarter", "year"])
def test_every_aggregate_and_every_period_of_a_cap_has_words_of_its_own(function, per):
    zh, en = both("records", of=["visit"], function=function, cap={"each": 2, "per": per})
    other = both("records", of=["visit"], function=function, cap={"each": 2, "per": "day"})

    assert (zh == other[0], en == other[1]) == (per == "day", per == "day")


@pytest.mark.parametrize(
    ("value", "words"), [("12.50", "12.5"), ("1E+2", "100"), ("0.00", "0"), ("-0.5", "-0.5")]
)
def test_numbers_are_written_without_needless_zeros_or_exponents(value, words):
    assert number(Decimal(value)) == words


def test_an_indicator_says_its_source_and_then_its_rule():
    (jobs,) = SCHEME.leaves()
    assert isinstance(jobs, Indicator)

    assert indicator_in_words(jobs, SCHEME) == "数据“就业”，2025；每 1 得 0.5 分，最高 10 分"
    assert indicator_in_words(jobs, SCHEME, "en") == "measure “jobs”, 2025; 0.5 each, at most 10"
