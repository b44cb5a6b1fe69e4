"""What `parse_scheme` says of a document that is not built as a scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme import check as package
from ronghe.analysis.scheme.check import Loc, Places, examine, parse_scheme
from ronghe.wording import say, sentences
from scheme_drafts import CASES, JOBS, VOTE, at, draft
from strategies_scheme import documents


def refused(document: Any) -> list[Problem]:
    with pytest.raises(ProblemsError) as refusal:
        parse_scheme(document)
    return refusal.value.problems


def spoilt(*loc: str | int, **values: Any) -> dict[str, Any]:
    document = draft()
    at(document, *loc).update(values)
    return document


FAULTS = {
    "text where a number belongs": (spoilt(*CASES, points="many"), "value-not-number"),
    "a truth value for a number": (spoilt(*CASES, points=True), "value-not-number"),
    "not a number": (spoilt(*CASES, points="NaN"), "value-not-number"),
    "infinity": (spoilt(*CASES, points=float("inf")), "value-not-number"),
    "a target of zero": (spoilt(*JOBS, rule={"kind": "completion", "target": 0}), "out-of-range"),
    "a target that is a wrong word": (
        spoilt(*JOBS, rule={"kind": "completion", "target": "table"}),
        "value-not-number-or-word",
    ),
    "negative points": (spoilt(*CASES, points=-1), "out-of-range"),
    "a quota over one": (spoilt("grading", "grades", 0, quota=30), "out-of-range"),
    "a fourth decimal of points": (spoilt(*CASES, points="1.2345"), "too-many-decimals"),
    "an endless number": (spoilt(*CASES, points="123456789012"), "too-many-digits"),
    "half a field": (spoilt(*CASES, fields="1.5"), "value-not-whole"),
    "a day that does not exist": (spoilt("period", since="2025-02-30"), "value-not-date"),
    "a number for a title": (spoilt(*CASES, title=5), "value-not-mapping"),
    "a list for a code": (spoilt(*CASES, code=["a"]), "value-not-text"),
    "text for a list": (spoilt(*CASES, peer_groups="平原"), "value-not-list"),
    "text for a rule": (spoilt(*CASES, rule="completion"), "value-not-mapping"),
    "neither yes nor no": (spoilt(*CASES, "source", verified_only="maybe"), "value-not-yes-or-no"),
    "a code in capitals": (spoilt(*CASES, code="Cases"), "bad-code"),
    "a grade's code of 41 signs": (spoilt("grading", "grades", 0, code="优" * 41), "text-too-long"),
    "no children": (spoilt("indicators", 0, children=[]), "too-few-items"),
    "four parts": (
        spoilt(*JOBS, rule={"kind": "combined", "parts": [{"of": "value"}] * 4}),
        "too-many-items",
    ),
    "an unknown choice": (spoilt(*CASES, missing="ignore"), "not-one-of"),
    "an unknown rule": (spoilt(*CASES, rule={"kind": "complete"}), "unknown-rule"),
    "an unknown source": (spoilt(*CASES, source={"kind": "record"}), "unknown-source"),
    "a rule without its kind": (spoilt(*CASES, rule={"each": 1}), "missing-key"),
    "a rule without a parameter": (
        spoilt(*CASES, rule={"kind": "goalposts", "low": 0}),
        "rule-without-parameter",
    ),
    "a key left empty": (spoilt(version=None), "missing-key"),
    "a misspelt key": (spoilt(*CASES, tilte="x"), "unknown-key"),
    "one threshold written twice": (
        spoilt(*CASES, "rule", steps={"20": 30, "20.0": 20}),
        "threshold-twice",
    ),
    "a threshold that is no number": (
        spoilt(*CASES, "rule", steps={"many": 30}),
        "value-not-number",
    ),
}


@pytest.mark.parametrize(("document", "code"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_and_said(document: dict[str, Any], code: str) -> None:
    problems = refused(document)

    assert code in [problem.code for problem in problems]
    assert all(say(problem, "zh") and say(problem, "en") for problem in problems)


def test_all_faults_are_found_at_once() -> None:
    document = spoilt(*CASES, points="many", missing="ignore")
    document["grading"]["grades"][0]["quota"] = 30
    del document["version"]

    assert len(refused(document)) == 4


def test_the_path_names_codes_and_no_tags_of_unions() -> None:
    document = spoilt(*JOBS, source={"kind": "measure", "measure": "JOBS"})

    (problem,) = refused(document)

    assert problem.where.path == "indicators.economy.children.employment.source.measure"


def test_the_place_is_that_of_the_nearest_part_known() -> None:
    places = Places({(): Place("a.yaml"), (*CASES, "rule"): Place("a.yaml", row=7)})
    document = spoilt(*CASES, rule={"kind": "goalposts", "low": "x"}, missing="ignore")

    _, problems = examine(document, places)

    assert {(p.code, p.where.row) for p in problems} >= {
        ("value-not-number", 7),
        ("rule-without-parameter", 7),
        ("not-one-of", None),
    }


def test_a_misspelt_key_is_answered_with_the_right_one() -> None:
    (problem,) = refused(spoilt(*CASES, tilte="x"))

    assert (problem.found, problem.expected) == ("tilte", "title（名称）")


def test_a_chinese_label_is_answered_with_its_key() -> None:
    (problem,) = refused(spoilt(*CASES, 缺失处理="zero"))

    assert problem.expected == "missing（缺失处理）"


def test_choices_are_listed_with_their_names() -> None:
    (problem,) = refused(spoilt(*JOBS, rule={"kind": "completion", "direction": "les"}))

    assert problem.expected == "less（越少越好） / more（越多越好）"


def test_a_missing_parameter_names_the_rule() -> None:
    (problem,) = refused(spoilt(*CASES, rule={"kind": "count_points"}))

    assert say(problem) == (
        "indicators.party.children.cases.rule.each："
        "计分方法 count_points（计次得分） 缺少参数 each（每次得分）。请补上。"
    )


def test_a_vote_without_points_names_the_vote() -> None:
    (problem,) = refused(spoilt(*VOTE, "source", grades={"好": "百", "差": 0}))

    assert (problem.code, problem.details["key"]) == ("value-not-number", "grades 好")


def test_something_that_is_no_document_is_refused() -> None:
    assert [p.code for p in refused(["a"])] == ["value-not-mapping"]


def test_numbers_and_days_may_be_text() -> None:
    document = spoilt(*CASES, points="30.000")

    assert parse_scheme(document) == parse_scheme(draft())


def test_blanks_around_texts_and_empty_keys_carry_no_meaning() -> None:
    document = spoilt(*CASES, title=" 办结诉求\r\n", side=None, citation="")

    assert parse_scheme(document) == parse_scheme(draft())


numbers = st.integers(-3, 10**20) | st.floats()
anything = st.recursive(
    st.none() | st.booleans() | numbers | st.text("a好,:", max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("ab"), inner, max_size=2),
    max_leaves=4,
)


def places_in(value: Any, loc: Loc = ()) -> Iterator[Loc]:
    """Every place below the document itself."""
    if isinstance(value, dict | list):
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        for step, each in steps:
            yield (*loc, step)
            yield from places_in(each, (*loc, step))


@settings(max_examples=40, deadline=None)
@given(documents(), st.data())
def test_any_nonsense_anywhere_is_told_in_words_and_never_raises(document, data) -> None:
    *above, last = data.draw(st.sampled_from(list(places_in(document))))
    at(document, *above)[last] = data.draw(anything)

    _, problems = examine(document)

    assert all(say(problem, "zh") and say(problem, "en") for problem in problems)
    assert "value-not-readable" not in [problem.code for problem in problems]


def test_every_code_has_a_sentence() -> None:
    folder = Path(package.__file__).parent
    text = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    codes = set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', text))

    assert codes - sentences().keys() == set()
    assert len(codes) > 70
