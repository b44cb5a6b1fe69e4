"""Schemes that build on other schemes."""

from __future__ import annotations

from ronghe.analysis.scheme.check import check_together, parse_scheme
from scheme_drafts import Draft, at, draft


def using(scheme: str, *others: str) -> Draft:
    """A scheme that scores the totals of others."""
    document = draft() | {"scheme": scheme}
    children = at(document, "indicators", 1, "children")
    children[0]["points"] = 60 - 10 * len(others)
    for other in others:
        source = {"kind": "scheme", "scheme": other}
        indicator = {"title": "折算", "points": 10, "rule": {"kind": "share_of_full"}}
        children.append({"code": f"by-{other}", "source": source, **indicator})
    return document


def test_schemes_that_build_on_each_other_in_a_circle_are_an_error() -> None:
    schemes = [using("a", "b"), using("b", "c"), using("c", "a"), using("d", "a")]

    problems = check_together([parse_scheme(one) for one in schemes])

    assert [p.found for p in problems if p.code == "scheme-cycle"] == [
        "a → b → c → a",
        "b → c → a → b",
        "c → a → b → c",
    ]


def test_two_schemes_with_one_code_are_an_error() -> None:
    problems = check_together([parse_scheme(using("a")), parse_scheme(using("a"))])

    assert [p.code for p in problems] == ["scheme-twice", "scheme-twice"]


def test_another_scheme_is_scored_against_its_own_points() -> None:
    other = using("b") | {"points": 50}

    problems = check_together([parse_scheme(using("a", "b")), parse_scheme(other)])

    assert [(p.code, p.expected) for p in problems] == [("full-differs-from-scheme", 50)]
