"""Indicators rest on basic duties: withdrawn ones are refused, assisting ones warned about."""

from __future__ import annotations

import pytest

from lint_schemes import indicator, records, scheme_of
from ronghe import rulebook
from ronghe.analysis.scheme.duties import Duty, check_duties
from ronghe.wording import say

LISTS = [
    Duty("1", "发展壮大新型农村集体经济", "basic", "经济发展"),
    Duty("2", "加强党的政治建设", "basic", "党的建设"),
    Duty("P3", "高标准农田建设", "assisting", "乡村振兴"),
    Duty("1", "餐饮服务油烟污染的监督检查", "withdrawn", "生态环保"),
]
SOUND = "发展壮大新型农村集体经济"


def found(*indicators: dict, **changes: object) -> list[tuple[str, str, str]]:
    beside = {"basis": SOUND}
    scheme = scheme_of(*indicators, **changes)
    leaves = [
        leaf.model_copy(update=beside) if leaf.code in ("votes", "panel") else leaf
        for leaf in scheme.indicators
    ]
    problems = check_duties(scheme.model_copy(update={"indicators": leaves}), LISTS)
    return [(p.code, p.severity, p.where.path) for p in problems]


@pytest.mark.parametrize(
    "basis", [SOUND, " 发展壮大 新型农村集体经济 ", "2", "2 加强党的政治建设", f"{SOUND}；2"]
)
def test_a_basic_duty_may_be_appraised_by_wording_or_number(basis):
    assert found(indicator(basis=basis)) == []


@pytest.mark.parametrize(
    ("basis", "code", "severity"),
    [
        ("高标准农田建设", "duty-assisting", "warning"),
        ("P3", "duty-assisting", "warning"),
        ("餐饮服务油烟污染的监督检查", "duty-withdrawn", "error"),
        (f"{SOUND}、餐饮服务油烟污染的监督检查", "duty-withdrawn", "error"),
        ("经济发展", "duty-only-a-heading", "warning"),
        ("招商引资", "duty-not-listed", "warning"),
        ("1", "duty-not-listed", "warning"),
        ("", "duty-not-named", "warning"),
    ],
)
def test_any_other_basis_is_named(basis, code, severity):
    assert found(indicator(basis=basis)) == [(code, severity, "indicators.i1.basis")]


def test_a_number_that_two_lists_have_names_nothing():
    (problem,) = found(indicator(basis="1"))

    assert problem[0] == "duty-not-listed"


def test_a_title_that_contains_a_withdrawn_duty_is_an_error_whatever_its_basis():
    title = "开展餐饮服务油烟污染监督检查情况"

    assert found(indicator(title, basis=SOUND)) == [
        ("duty-withdrawn", "error", "indicators.i1.title")
    ]


def test_a_title_that_resembles_a_withdrawn_duty_is_a_warning():
    assert found(indicator("餐饮油烟污染检查率", basis=SOUND)) == [
        ("duty-looks-withdrawn", "warning", "indicators.i1.title")
    ]


@pytest.mark.parametrize("title", ["生活污水治理率", "集体经济", "监督执纪", "带动就业", "检查"])
def test_a_title_about_something_else_is_left_alone(title):
    assert found(indicator(title, basis=SOUND)) == []


def test_items_of_pools_and_vetoes_are_looked_at_too():
    item = indicator("餐饮服务油烟污染的监督检查", code="more", points=3, basis="2")
    pool = {"code": "bonus", "title": "加分", "kind": "bonus", "cap": 3, "items": [item]}
    veto = {
        "code": "smoke",
        "title": "餐饮服务油烟污染监督检查不力",
        "source": records(),
        "when": {"at_least": 1},
        "ceiling": "差",
    }

    assert found(indicator(basis="2"), pools=[pool], vetoes=[veto]) == [
        ("duty-withdrawn", "error", "pools.bonus.items.more.title"),
        ("duty-withdrawn", "error", "vetoes.smoke.title"),
    ]


def test_every_finding_cites_the_rulebook_and_can_be_said():
    bases = ["高标准农田建设", "餐饮服务油烟污染的监督检查", "经济发展", "招商引资", ""]
    titles = [indicator("甲", basis=basis) for basis in bases]

    problems = check_duties(scheme_of(*titles, indicator("餐饮油烟污染检查")), LISTS)

    assert {p.citation for p in problems} <= set(rulebook.load().keys())
    assert all(say(p, language) for p in problems for language in ("zh", "en"))
