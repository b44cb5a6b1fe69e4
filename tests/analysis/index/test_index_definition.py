"""A definition is checked as a whole: everything wrong at once, each with its place."""

from __future__ import annotations

from typing import Any

import pytest

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.index import parse_index
from ronghe.wording import say


def wrong(document: Any) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as refusal:
        parse_index(document)
    for problem in refusal.value.problems:
        assert say(problem)
        assert say(problem, "en")
    return [(problem.code, problem.where.path) for problem in refusal.value.problems]


def document(*children: dict[str, Any], **choices: Any) -> dict[str, Any]:
    return {"index": "i", "title": "例", "children": [*children], **choices}


ONE = {"code": "a", "title": "甲"}


def test_numbers_may_be_text_and_one_mean_serves_all_levels():
    model = parse_index(document(ONE | {"weight": "2.5"}, decimals="1", aggregate="harmonic"))

    assert (model.children[0].weight, model.decimals) == (2.5, 1)
    assert [model.mean_at(depth) for depth in (0, 1, 5)] == ["harmonic"] * 3


def test_everything_wrong_with_the_shape_is_found_together():
    group = {"code": "g", "title": "组", "children": [{"code": "B!", "weight": "0"}]}

    assert wrong(document(group, normalise="magic", colour="red", coverage="2")) == [
        ("not-one-of", "normalise"),
        ("out-of-range", "coverage"),
        ("bad-code", "children.g.children.B!.code"),
        ("missing-key", "children.g.children.B!.title"),
        ("out-of-range", "children.g.children.B!.weight"),
        ("unknown-key", "colour"),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"decimals": "two"}, "value-not-number"),
        ({"decimals": "1.5"}, "value-not-number"),
        ({"skewness": "inf"}, "value-not-number"),
        ({"children": []}, "too-few-items"),
        ({"children": "none"}, "index-value-unreadable"),
        ({"appraises": "member"}, "not-one-of"),
        ({"aggregate": ["arithmetic", "median"]}, "not-one-of"),
        ({"title": {"zh": "例", "fr": "ex"}}, "unknown-key"),
    ],
)
def test_values_that_cannot_be_understood_are_refused(change, code):
    assert [found for found, _ in wrong(document(ONE) | change)] == [code]


def test_persons_are_never_ranked_by_an_index():
    for appraises in ("member", "cadre"):
        assert wrong(document(ONE, appraises=appraises))[0][0] == "not-one-of"


def test_a_code_stands_once_and_a_group_has_no_figures():
    group = {"code": "a", "title": "组", "measure": "m", "low": 1, "children": [ONE]}

    assert [code for code, _ in wrong(document(group))] == [
        "index-key-of-indicator",
        "index-key-of-indicator",
        "index-code-twice",
    ]


@pytest.mark.parametrize("code", ["unit", "name", "total", "rank"])
def test_a_code_is_no_other_column_of_the_results(code):
    assert wrong(document(ONE | {"code": code}))[0][0] == "index-code-reserved"


def test_goalposts_are_needed_and_fit_the_direction():
    posts = {"normalise": "goalposts"}
    less = ONE | {"direction": "less", "low": 1, "high": 2}
    log = ONE | {"code": "b", "log": True, "low": 0, "high": 9}

    assert wrong(document(ONE, **posts))[0][0] == "index-goalposts-missing"
    assert [code for code, _ in wrong(document(less, log, **posts))] == [
        "index-goalposts-direction",
        "index-goalposts-log",
    ]


def test_a_scale_goes_upwards():
    assert wrong(document(ONE, scale=[100, 0])) == [("index-scale-reversed", "scale")]


def test_what_is_no_mapping_is_refused():
    assert wrong("text")[0][0] == "index-value-unreadable"
