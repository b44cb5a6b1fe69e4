"""The letter of objection: polite, complete in both languages, each point with its rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lint_schemes import indicator, records, scheme_of
from ronghe import rulebook
from ronghe.analysis.errors import Problem
from ronghe.analysis.scheme.check import check
from ronghe.analysis.scheme.duties import Duty, check_duties
from ronghe.analysis.scheme.lint import lint
from ronghe.analysis.scheme.objection import cited, objection
from ronghe.analysis.scheme.parts import Text
from ronghe.rulebook import Rulebook

BOOK = rulebook.load()


def letter_to(*indicators: dict, language: str = "zh") -> str:
    scheme = scheme_of(*indicators)
    letter = objection(lint(scheme), scheme, BOOK, language)
    assert letter is not None
    return "\n".join(letter.lines())


INSTRUCTIONS = indicator({"zh": "领导批示", "en": "Leaders' instructions"})


def test_the_letter_names_the_indicator_the_rule_and_the_request():
    said = letter_to(INSTRUCTIONS)

    assert "关于调整《试行方案》（1）部分内容的意见" in said
    assert (
        "一、“领导批示”。《整治形式主义为基层减负若干规定》（2024年）第三部分（据转述）规定" in said
    )
    assert "不以获得领导批示的多少作为依据" in said
    assert "请予取消，改为考核工作成效。" in said
    assert "请函复" in said


def test_the_letter_leaves_blanks_for_who_writes_and_when():
    lines = letter_to(INSTRUCTIONS).splitlines()

    assert lines[2].endswith("＿：")
    assert lines[-1] == "＿＿＿＿年＿＿月＿＿日"


def test_the_english_letter_has_no_chinese_in_it():
    said = letter_to(INSTRUCTIONS, language="en")

    assert "1. “Leaders' instructions”." in said
    assert "provides, in substance: appraisal looks at real results" in said
    assert not any("\u4e00" <= char <= "\u9fff" for char in said)


def test_indicators_that_one_rule_forbids_share_a_paragraph():
    said = letter_to(indicator("领导批示"), indicator("肯定性批示", source=records()))

    assert "一、“领导批示”“肯定性批示”等2项。" in said
    assert "二、" not in said


def test_a_demand_for_evidence_is_objected_to_as_such():
    said = letter_to(indicator(evidence="required"))

    assert "一、“村集体经营性收入”的佐证要求。" in said
    assert "确需核实的改为抽查" in said


def test_a_rule_to_come_is_cited_with_its_first_day():
    said = letter_to(indicator("App打卡"))

    assert "国办函〔2026〕12号" in said
    assert "自2026年1月25日起施行" in said


def test_a_withdrawn_duty_is_objected_to_and_a_resemblance_is_put_as_a_question():
    duties = [Duty("1", "餐饮服务油烟污染的监督检查", "withdrawn")]
    scheme = scheme_of(indicator("餐饮油烟污染检查"), indicator("乙", basis=duties[0].title))

    letter = objection(check_duties(scheme, duties), scheme, BOOK)

    assert letter is not None
    first, second = letter.paragraphs[1:3]
    assert "可能属于此类" in first
    assert "不得对其设置考核指标" in second
    assert second.endswith("请予删去。")


def test_obligations_that_the_checks_refuse_are_grounds_too():
    kinds = [{"code": "hours", "title": "培训", "nature": "obligation"}]
    scheme = scheme_of(indicator("培训", source=records("hours")), record_kinds=kinds)

    letter = objection(check(scheme), scheme, BOOK)

    assert letter is not None
    assert "参加会议和培训是义务" in letter.paragraphs[1]
    assert "可作为前置条件" in letter.paragraphs[1]


def test_what_only_measures_badly_is_no_ground():
    scheme = scheme_of(indicator(rule={"kind": "bands", "steps": {"90": 30}}))

    assert [p.code for p in lint(scheme)] == ["all-or-nothing"]
    assert objection(lint(scheme), scheme, BOOK) is None


def test_many_grounds_are_numbered_in_chinese():
    keys = BOOK.keys()
    rules = [key for key in keys if key.startswith("formalism.")][:12]
    findings = [
        Problem("x", details={"title": Text(zh=f"指标{n}")}, citation=rule)
        for n, rule in enumerate(rules)
    ]

    letter = objection(findings, scheme_of(indicator()), BOOK)

    assert letter is not None
    assert [p.split("、")[0] for p in letter.paragraphs[9:13]] == ["九", "十", "十一", "十二"]


@pytest.mark.parametrize(("on", "marked"), [(date(2024, 1, 1), True), (date(2024, 8, 6), False)])
def test_a_rule_is_marked_as_coming_before_its_first_day_only(on, marked):
    rule = cited("formalism.publications", on, BOOK, "zh")

    assert rule is not None
    assert rule.source.endswith("起施行）") is marked


def test_a_repealed_rule_is_not_cited():
    old = replace(BOOK.history("formalism.publications")[0], until=date(2024, 12, 31))
    book = Rulebook(({"old": (old,)},))

    assert cited("old", date(2024, 12, 31), book, "zh") is not None
    assert cited("old", date(2025, 1, 1), book, "zh") is None
