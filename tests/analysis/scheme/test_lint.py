"""The linter warns about what is forbidden or unwise, cites the rule, and leaves the rest alone."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from lint_schemes import VOTES, indicator, records, scheme_of
from ronghe.analysis.errors import Place
from ronghe.analysis.scheme.check import Places
from ronghe.analysis.scheme.lint import lint, lint_with_sizes
from ronghe.analysis.scheme.lint.measurement import effective_weights
from ronghe.analysis.scheme.model import Scheme
from ronghe.schemes import ready
from ronghe.wording import say
from ronghe.wording.lint import SENTENCES
from strategies_scheme import schemes

LINT_PAGE = Path(__file__).parents[3] / "docs" / "reference" / "lint.md"


def codes(scheme: Scheme) -> list[str]:
    return [problem.code for problem in lint(scheme)]


def test_the_plain_scheme_of_these_tests_is_clean():
    assert codes(scheme_of(indicator())) == []


@pytest.mark.parametrize("code", ready())
def test_the_ready_schemes_are_clean(code):
    scheme = Scheme.model_validate(yaml.safe_load(ready()[code].read_text("utf-8")))

    assert lint(scheme) == []


def test_a_warning_names_place_words_rule_and_title():
    scheme = scheme_of(indicator({"zh": "领导批示", "en": "Instructions"}))

    (problem,) = lint(scheme)

    assert problem.severity == "warning"
    assert problem.where.path == "indicators.i1.title"
    assert problem.found == "批示"
    assert problem.citation == "formalism.leader_instructions"
    assert str(problem.details["title"]) == "领导批示"


def test_places_of_a_file_are_used():
    places = Places({("indicators", 0): Place("方案.xlsx", "指标", 7)})

    (problem,) = lint(scheme_of(indicator("领导批示")), places)

    assert (problem.where.sheet, problem.where.row) == ("指标", 7)


def test_notes_and_the_titles_of_records_are_read_too():
    noted = indicator(note="数据以核实为准；每次活动上传照片。")
    kinds = [{"code": "press", "title": "媒体报道", "unit": "篇"}]
    counted = indicator(
        "宣传成效", source=records("press"), rule={"kind": "count_points", "each": 1}
    )

    found = {p.code: p.where.path for p in lint(scheme_of(noted, counted, record_kinds=kinds))}

    assert found == {
        "demands-photos": "indicators.i1.note",
        "scores-publications": "indicators.i2.source",
    }


def test_meetings_are_meant_only_where_they_are_counted_and_more_is_better():
    source = {"kind": "measure", "measure": "income"}
    voted = indicator("组织生活会", source=VOTES | {"ballot": "life"}, fields=0)
    fewer = indicator("会议次数", rule={"kind": "goalposts", "low": 50, "high": 10})
    counted = indicator("会议次数", source=source)

    assert codes(scheme_of(voted)) == []
    assert codes(scheme_of(fewer)) == []
    assert codes(scheme_of(counted)) == ["scores-meetings"]


def test_meetings_may_be_a_gate_and_installation_may_not():
    gate = {"source": {"kind": "measure", "measure": "own"}, "requires": {"at_least": 12}}
    gates = [
        gate | {"code": "life", "title": "三会一课次数", "cap_points": 60},
        gate | {"code": "app", "title": "App安装率", "cap_points": 60},
    ]

    problems = lint(scheme_of(indicator(), gates=gates))

    assert [(p.code, p.where.path) for p in problems] == [
        ("scores-installation", "gates.app.title")
    ]


@pytest.mark.parametrize(
    ("level", "rule"),
    [("village", "by_township"), ("township", "by_township"), ("county", "by_county_department")],
)
def test_demonstrations_cite_the_rule_for_the_level(level, rule):
    (problem,) = lint(scheme_of(indicator("示范村创建"), level=level))

    assert problem.citation == f"demonstration.{rule}"


def test_paper_is_told_by_its_nature():
    source = records("article", quality_at_least=3)

    assert codes(scheme_of(indicator("宣传成效", source=source))) == ["scores-paper"]


@pytest.mark.parametrize(
    ("one", "other", "twice"),
    [
        (records("case"), records("case", function="distinct"), True),
        (records("case"), records("job", "case"), True),
        (records("case"), records("job"), False),
        (records("case"), records("case", function="share", quality_at_least=4), False),
        (records("case", until="2025-06-30"), records("case", since="2025-07-01"), False),
        ({"kind": "measure", "measure": "income"}, {"kind": "measure", "measure": "own"}, False),
    ],
)
def test_the_same_thing_counts_twice(one, other, twice):
    scheme = scheme_of(
        indicator("甲", source=one, supplier="某局"), indicator("乙", source=other, supplier="某局")
    )

    assert ("counted-twice" in codes(scheme)) is twice


def test_indicators_of_different_peer_groups_never_count_twice():
    scheme = scheme_of(
        indicator("甲", peer_groups=["a"]),
        indicator("乙", peer_groups=["b"]),
        peer_groups={"a": "一组", "b": "二组"},
    )

    assert codes(scheme) == []


def test_a_bonus_for_what_the_tree_already_scores_counts_twice():
    item = indicator(code="more", points=5)
    pool = {"code": "bonus", "title": "加分", "kind": "bonus", "cap": 5, "items": [item]}

    (problem,) = lint(scheme_of(indicator(), pools=[pool]))

    assert (problem.code, problem.where.path) == ("counted-twice", "pools.bonus.items.more.source")


@pytest.mark.parametrize(
    ("more", "warned"),
    [
        ({"verified_only": False}, True),
        ({"verified_only": False, "function": "sum"}, True),
        ({}, False),
        ({"verified_only": False, "quality_at_least": 3}, False),
        ({"verified_only": False, "function": "mean"}, False),
    ],
)
def test_quantity_without_quality_is_named(more, warned):
    found = codes(scheme_of(indicator("诉求", source=records(**more))))

    assert found == (["count-without-quality"] if warned else [])


@pytest.mark.parametrize(
    ("title", "rule", "warned"),
    [
        ("信访量", {"kind": "deduction", "each": 1}, True),
        ("上报问题数", {"kind": "ratio_to_best", "direction": "less"}, True),
        ("群众投诉", {"kind": "goalposts", "low": 20, "high": 0}, True),
        ("信访量", {"kind": "count_points", "each": 1}, False),
        ("信访按期办结率", {"kind": "ratio_to_best", "direction": "less"}, False),
        ("逾期未办结诉求", {"kind": "deduction", "each": 1}, False),
        ("诉求平均办理天数", {"kind": "ratio_to_best", "direction": "less"}, False),
        ("不合理问题数", {"kind": "count_points", "each": 1}, False),
    ],
)
def test_taking_points_for_reported_problems_rewards_hiding(title, rule, warned):
    found = codes(scheme_of(indicator(title, rule=rule)))

    assert found == (["rewards-hiding"] if warned else [])


def test_a_penalty_for_petitions_rewards_hiding_too():
    each, own = {"kind": "count_points", "each": 1}, {"kind": "measure", "measure": "own"}
    item = indicator("信访量", code="petitions", points=5, source=own, rule=each)
    pool = {"code": "loss", "title": "扣分", "kind": "penalty", "cap": 5, "items": [item]}

    assert codes(scheme_of(indicator(), pools=[pool])) == ["rewards-hiding"]


def test_units_are_not_punished_for_a_departments_delay():
    (problem,) = lint(scheme_of(indicator(missing="zero")))

    assert problem.code == "punished-for-others"
    assert problem.details["owner"] == "县农业农村局"


def test_bonuses_over_a_tenth_of_the_points_dominate():
    pool = {"code": "bonus", "title": "加分", "kind": "bonus", "cap": 9}
    item = indicator("新增就业", source=records("job"), code="more", points=9)
    fair = scheme_of(indicator(), pools=[pool | {"items": [item]}])
    unfair = scheme_of(indicator(), pools=[pool | {"cap": "9.5", "items": [item]}])

    assert codes(fair) == []
    (problem,) = lint(unfair)
    assert (problem.code, problem.found, problem.expected) == ("bonus-dominates", Decimal("9.5"), 9)


def test_a_rule_far_over_full_is_named():
    rule = {"kind": "completion", "target": 10, "cap": 1.5}

    (problem,) = lint(scheme_of(indicator(rule=rule)))

    assert (problem.code, problem.found, problem.expected) == ("rule-over-full", 45, 30)
    assert codes(scheme_of(indicator(rule=rule | {"cap": 1.2}))) == []


def test_a_single_step_is_all_or_nothing():
    one, two = {"90": 30}, {"90": 30, "80": 20}

    assert codes(scheme_of(indicator(rule={"kind": "bands", "steps": one}))) == ["all-or-nothing"]
    assert codes(scheme_of(indicator(rule={"kind": "bands", "steps": two}))) == []


def test_effective_weights_multiply_the_foldings():
    group = {
        "code": "party",
        "title": "党建",
        "points": 100,
        "counts_as": 30,
        "children": [indicator(code="a", points=40), indicator(code="b", points=60)],
    }
    scheme = scheme_of(indicators=[group, indicator(code="c", points=70)], points=100)

    assert effective_weights(scheme) == {
        "a": Fraction(12, 100),
        "b": Fraction(18, 100),
        "c": Fraction(70, 100),
    }


def test_weights_too_small_and_too_large_are_named():
    scheme = scheme_of(
        indicators=[
            indicator("轻", code="light", points="0.9"),
            indicator("重", code="heavy", points="99.1", source=records()),
        ],
        points=100,
    )

    found = [(p.code, p.found, p.expected) for p in lint(scheme)]

    assert found == [("weight-too-small", "0.9%", "1%"), ("weight-too-large", "99.1%", "40%")]


def test_more_than_forty_indicators_are_too_many():
    kinds = [{"code": f"k{n}", "title": f"实绩{n}"} for n in range(40)]
    many = [indicator(f"实绩{n}", source=records(f"k{n}")) for n in range(40)]

    (problem,) = lint(scheme_of(*many, record_kinds=kinds))

    assert (problem.code, problem.found, problem.expected) == ("too-many-indicators", 42, 40)


def test_a_share_of_a_persons_few_records_is_named_unless_half_is_kept():
    source = records(function="share", quality_at_least=4)
    hard = {"kind": "bands", "steps": {"80": 30, "50": 15}}

    def found(rule: dict, level: str) -> list[str]:
        return codes(scheme_of(indicator("质量", source=source, rule=rule), level=level))

    assert found(hard, "branch") == ["share-of-few"]
    assert found(hard | {"otherwise": 15}, "branch") == []
    assert found(hard, "township") == []


@pytest.mark.parametrize(("of", "warned"), [("growth", True), ("change", False)])
def test_growth_of_things_counted_by_the_piece_is_named(of, warned):
    part = {"of": of, "share": 100, "rule": {"kind": "goalposts", "low": 0, "high": 10}}
    rule = {"kind": "combined", "parts": [part]}
    source = {"kind": "measure", "measure": "own"}

    found = codes(scheme_of(indicator("企业数", source=source, rule=rule)))

    assert found == (["growth-of-few"] if warned else [])


def test_more_than_three_vetoes_cite_the_rule():
    vetoes = [
        {
            "code": f"v{n}",
            "title": f"严重事件{n}",
            "source": records(),
            "when": {"at_least": 1},
            "ceiling": "差",
            "authority": "规定",
        }
        for n in range(4)
    ]

    (problem,) = lint(scheme_of(indicator(), vetoes=vetoes))

    assert (problem.code, problem.found) == ("too-many-vetoes", 4)
    assert problem.citation == "appraisal.veto_authority"


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({}, True),
        ({"note": "年满70周岁或因病的党员不考核。"}, False),
        ({"peer_groups": {"old": "年老体弱党员"}}, False),
        ({"appraises": "cadre"}, False),
    ],
)
def test_a_scheme_for_members_spares_the_old_and_the_ill(changes, warned):
    changes = {"appraises": "member", "level": "person"} | changes

    found = codes(scheme_of(indicator(), **changes))

    assert found == (["no-exemption"] if warned else [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"citation": ""}, "unfounded-citation"),
        ({"supplier": ""}, "unfounded-supplier"),
        ({"citation": "", "supplier": ""}, "unfounded-citation-and-supplier"),
    ],
)
def test_an_indicator_says_what_it_rests_on_and_who_supplies_it(changes, code):
    assert codes(scheme_of(indicator("诉求", source=records(), **changes))) == [code]


def test_a_measures_own_citation_and_owner_are_enough():
    assert codes(scheme_of(indicator(citation="", supplier=""))) == []


def test_a_ladder_longer_than_the_smallest_group_is_named():
    rule = {"kind": "rank_ladder", "ladder": [30, 28, 26, 24]}
    groups = {"plain": "平原组", "hills": "山区组"}
    scheme = scheme_of(indicator(rule=rule), peer_groups=groups)

    (problem,) = lint_with_sizes(scheme, {"plain": 9, "hills": 3})

    assert (problem.code, problem.found, problem.expected) == ("ladder-longer-than-group", 3, 4)
    assert str(problem.details["group"]) == "山区组"
    assert lint_with_sizes(scheme, {"plain": 9, "hills": 4}) == []


@settings(max_examples=30, deadline=None)
@given(scheme=schemes())
def test_any_scheme_can_be_linted_and_only_warned_about(scheme):
    for problem in lint(scheme):
        assert problem.severity == "warning"
        assert problem.where.path
        assert say(problem, "zh")
        assert say(problem, "en")


def test_every_warning_is_explained_in_the_reference():
    page = LINT_PAGE.read_text("utf-8")

    assert [code for code in SENTENCES if f"`{code}`" not in page] == []
