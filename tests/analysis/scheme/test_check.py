"""What the checks of a scheme find; the draft is sound until a test spoils it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from ronghe.analysis.errors import Problem, errors_among
from ronghe.analysis.scheme.check import check, examine, parse_scheme
from scheme_drafts import CASES, JOBS, VOTE, Draft, at, draft
from strategies_scheme import schemes


def found_in(document: Draft) -> list[Problem]:
    return check(parse_scheme(document))


def codes_in(document: Draft) -> list[str]:
    return [problem.code for problem in found_in(document)]


def test_a_sound_scheme_has_no_problems() -> None:
    assert found_in(draft()) == []


@settings(max_examples=40, deadline=None)
@given(schemes())
def test_generated_schemes_have_no_errors(scheme) -> None:
    assert errors_among(check(scheme)) == []


def test_points_that_do_not_add_up_are_reported_with_the_difference() -> None:
    document = draft()
    at(document, *CASES)["points"] = 25
    at(document, *CASES, "rule")["steps"] = {20: 25, 10: 20}

    (problem,) = found_in(document)

    assert problem.code == "points-too-few"
    assert (problem.found, problem.expected) == (35, 40)
    assert problem.details["difference"] == 5
    assert problem.where.path == "indicators.party.points"


def test_points_over_those_of_the_scheme_are_too_many() -> None:
    document = draft()
    document["points"] = 90

    problem = found_in(document)[0]

    assert (problem.code, problem.found, problem.expected) == ("points-too-many", 100, 90)


def test_a_group_counts_with_its_folded_points() -> None:
    document = draft()
    document["indicators"][0] |= {"points": 40, "counts_as": 30}
    document["indicators"][1] |= {"counts_as": 70}

    assert found_in(document) == []


def test_points_may_add_up_for_each_peer_group_instead_of_together() -> None:
    document = draft()
    children = at(document, "indicators", 1, "children")
    children[0]["peer_groups"] = ["平原"]
    children.append({**children[0], "code": "tourism", "peer_groups": ["山区"]})

    assert found_in(document) == []


def spoil(*loc: str | int, **values: Any) -> Callable[[Draft], None]:
    """Return a change: set values at a place."""
    return lambda document: at(document, *loc).update(values)


def add(*loc: str | int, item: Any) -> Callable[[Draft], None]:
    """Return a change: append an item."""
    return lambda document: at(document, *loc).append(item)


PAY = {"document": "清财发5号", "dated": "2025-01-10"}


def paid(*without: int, pay: Any = PAY) -> Callable[[Draft], None]:
    """Return a change: give the grades coefficients of pay, but for some."""

    def change(document: Draft) -> None:
        document["pay"] = pay
        for index, grade in enumerate(document["grading"]["grades"]):
            grade.update({} if index in without else {"coefficient": "1.2"})

    return change


RULE, SOURCE = (*JOBS, "rule"), (*CASES, "source")


def rule(**parameters: Any) -> Callable[[Draft], None]:
    """Return a change: give the indicator of jobs (60 points) another rule."""
    return spoil(*JOBS, rule=parameters)


def combined(*parts: tuple[str, int]) -> Callable[[Draft], None]:
    """Return a change: a combined rule of these views and shares."""
    line = {"kind": "goalposts", "low": 0, "high": 10}
    made = [{"of": of, "share": share, "rule": line} for of, share in parts]
    return rule(kind="combined", parts=made)


FAULTS: dict[str, tuple[Callable[[Draft], None], str]] = {
    "two indicators with one code": (spoil(*VOTE, code="cases"), "duplicate-code"),
    "a gate with the code of a group": (spoil("gates", 0, code="party"), "duplicate-code"),
    "two measures with one code": (
        add("measures", item={"code": "jobs", "title": "就业", "lowest_level": "township"}),
        "duplicate-code",
    ),
    "two grades with one code": (spoil("grading", "grades", 1, code="优秀"), "duplicate-code"),
    "an unknown measure": (spoil(*JOBS, "source", measure="job"), "measure-not-declared"),
    "an unknown kind of record": (spoil(*SOURCE, of=["cases"]), "record-kind-not-declared"),
    "an unknown peer group": (spoil(*CASES, peer_groups=["丘陵"]), "peer-group-not-declared"),
    "an unknown ceiling": (spoil("gates", 0, ceiling="中等"), "grade-not-declared"),
    "an unknown tie-breaker": (
        spoil("grading", tie_breakers=["industry"]),
        "tie-breaker-not-found",
    ),
    "an unknown indicator to zero": (spoil("gates", 0, zeroes=["nobody"]), "zeroed-not-found"),
    "a kind of record named twice": (spoil(*SOURCE, of=["case", "case"]), "named-twice"),
    "the scheme itself as a source": (
        spoil(*CASES, source={"kind": "scheme", "scheme": "township-2025"}),
        "scheme-uses-itself",
    ),
    "a period that ends before it begins": (
        spoil("period", until="2024-12-31"),
        "dates-reversed",
    ),
    "a previous period that is the current one": (
        spoil("period", previous="2025"),
        "previous-is-current",
    ),
    "records before the period": (spoil(*SOURCE, since="2024-12-31"), "day-outside-period"),
    "records since a day after until": (
        spoil(*SOURCE, since="2025-06-02", until="2025-06-01"),
        "dates-reversed",
    ),
    "a cap on a mean": (
        spoil(*SOURCE, function="mean", cap={"each": 1, "per": "day"}),
        "cap-without-count",
    ),
    "a share without a quality": (spoil(*SOURCE, function="share"), "share-without-quality"),
    "a sum of records of different scales": (
        spoil("gates", 0, "source", of=["case", "hours"]),
        "mixed-scales",
    ),
    "a vote worth over 100": (spoil(*VOTE, "source", grades={"好": 101, "差": 0}), "vote-over-100"),
    "a condition without a comparison": (spoil("gates", 0, requires={}), "condition-not-one"),
    "a condition with two comparisons": (
        spoil("vetoes", 0, when={"above": 1, "below": 5}),
        "condition-not-one",
    ),
    "an obligation that is scored": (spoil(*SOURCE, of=["hours"]), "obligation-scored"),
    "shares that are not 100": (combined(("value", 50), ("growth", 40)), "shares-do-not-add-up"),
    "growth of records": (
        lambda d: (combined(("growth", 100))(d), spoil(*JOBS, source=at(d, *SOURCE))(d))[0],
        "growth-without-measure",
    ),
    "a target from the table without a measure": (
        spoil(*CASES, rule={"kind": "completion"}),
        "target-without-measure",
    ),
    "a target from the table for growth": (
        rule(
            kind="combined",
            parts=[{"of": "growth", "share": 100, "rule": {"kind": "completion"}}],
        ),
        "target-for-growth",
    ),
    "a ratio's floor over its cap": (rule(kind="completion", floor=2), "floor-over-cap"),
    "goalposts at one place": (rule(kind="goalposts", low=3, high=3), "equal-ends"),
    "goalposts that start with all points": (
        rule(kind="goalposts", low=0, high=3, low_points=60),
        "floor-over-points",
    ),
    "an efficacy with equal ends": (rule(kind="efficacy", low=3, high="3.0"), "equal-ends"),
    "an efficacy against its direction": (
        rule(kind="efficacy", low=3, high=1),
        "ends-against-direction",
    ),
    "bands worth more than the indicator": (
        rule(kind="bands", steps={1: 61}),
        "points-over-indicator",
    ),
    "bands that fall with better values": (
        rule(kind="bands", steps={1: 60, 2: 50}),
        "bands-not-monotone",
    ),
    "bands whose rest is better than a step": (
        rule(kind="bands", steps={1: 60, 0: 10}, otherwise=20),
        "bands-not-monotone",
    ),
    "a rank ladder of neither form": (rule(kind="rank_ladder", first=60), "rank-ladder-form"),
    "a rank ladder of both forms": (
        rule(kind="rank_ladder", first=60, step=1, ladder=[60]),
        "rank-ladder-form",
    ),
    "a rank ladder that rises": (
        rule(kind="rank_ladder", ladder=[60, 50, 55]),
        "ladder-not-descending",
    ),
    "a rest better than the last rank": (
        rule(kind="rank_ladder", first=60, step=1, rest=61),
        "ladder-not-descending",
    ),
    "a deduction that cannot lose": (
        rule(kind="deduction", each=1, floor=60),
        "floor-over-points",
    ),
    "grades that do not descend": (
        spoil("grading", "grades", 1, at_least=90),
        "grades-not-descending",
    ),
    "a grade nobody can reach": (
        spoil("grading", "grades", 0, at_least="105.001"),
        "grade-unreachable",
    ),
    "a quota given twice": (
        spoil("grading", "grades", 0, quota_rule="appraisal.quota"),
        "quota-twice",
    ),
    "a ceiling where there are no grades": (
        lambda d: d.pop("grading"),
        "ceiling-without-grades",
    ),
    "a gate without a consequence": (
        lambda d: at(d, "gates", 0).pop("ceiling"),
        "gate-without-consequence",
    ),
    "a veto without an authority": (
        lambda d: at(d, "vetoes", 0).pop("authority"),
        "veto-without-authority",
    ),
    "coefficients of pay that no document sets": (paid(pay={}), "pay-document-missing"),
    "a grade without a coefficient": (paid(0), "coefficient-missing"),
    "coefficients by grade and by the total": (
        paid(pay={**PAY, "divisor": 100}),
        "pay-twice",
    ),
    "a document that sets no coefficient": (spoil(pay=PAY), "pay-without-coefficients"),
    "coefficients of pay for members": (
        lambda d: (paid()(d), d.update(appraises="member")),
        "pay-for-others",
    ),
    "an invisible character": (spoil(*CASES, note="办\x07结"), "text-unprintable"),
}


@pytest.mark.parametrize(("change", "code"), FAULTS.values(), ids=FAULTS)
def test_an_error_is_found(change: Callable[[Draft], None], code: str) -> None:
    document = draft()
    change(document)

    errors = errors_among(found_in(document))

    assert code in [problem.code for problem in errors]


WARNINGS: dict[str, tuple[Callable[[Draft], None], str]] = {
    "no approval": (spoil(approval={}), "approval-not-named"),
    "a measure that nothing uses": (
        add("measures", item={"code": "sales", "title": "销售额", "lowest_level": "township"}),
        "unused-measure",
    ),
    "a kind of record that nothing uses": (
        add("record_kinds", item={"code": "visit", "title": "走访"}),
        "unused-record-kind",
    ),
    "weights of voters that are not 100": (
        spoil(*VOTE, "source", groups={"班子": 40, "群众": 50}),
        "ballot-weights",
    ),
    "bands that never give all points": (
        spoil(*CASES, rule={"kind": "bands", "steps": {20: 25}}),
        "full-points-unreachable",
    ),
    "low totals without a grade": (
        spoil("grading", "grades", 2, at_least=10),
        "lowest-grade-open",
    ),
    "a ceiling that limits nothing": (spoil("gates", 0, ceiling="优秀"), "ceiling-without-effect"),
}


@pytest.mark.parametrize(("change", "code"), WARNINGS.values(), ids=WARNINGS)
def test_a_warning_is_given(change: Callable[[Draft], None], code: str) -> None:
    document = draft()
    change(document)

    problems = found_in(document)

    assert [(p.code, p.severity) for p in problems] == [(code, "warning")]


def test_growth_needs_a_period_before() -> None:
    document = draft()
    combined(("value", 60), ("growth", 40))(document)
    assert found_in(document) == []

    del document["period"]["previous"]

    assert codes_in(document) == ["previous-not-named"]


def test_a_bonus_makes_a_grade_over_the_points_reachable() -> None:
    document = draft()
    at(document, "grading", "grades", 0)["at_least"] = 105

    assert found_in(document) == []


def test_the_place_of_the_first_of_two_codes_is_named() -> None:
    document = draft()
    at(document, *VOTE)["code"] = "cases"

    (problem,) = found_in(document)

    assert problem.expected == "indicators.party.children.cases.code"


def test_a_near_code_is_offered() -> None:
    document = draft()
    at(document, *JOBS, "source")["measure"] = "job"

    problem = next(p for p in found_in(document) if p.code == "measure-not-declared")

    assert problem.expected == "jobs"


def test_checks_go_on_where_parts_cannot_be_read() -> None:
    document = draft()
    at(document, *CASES)["fields"] = "many"
    at(document, *JOBS, "source")["measure"] = "unknown"
    document["points"] = 90

    scheme, problems = examine(document)

    assert scheme is None
    assert {p.code for p in problems} == {
        "value-not-whole",
        "measure-not-declared",
        "points-too-many",
    }


def test_nothing_is_said_about_what_rests_on_an_unread_part() -> None:
    document = draft()
    at(document, *CASES)["points"] = "thirty"
    document["measures"][0]["code"] = "JOBS"
    document["grading"]["grades"][1]["code"] = ""

    _, problems = examine(document)

    assert {p.code for p in problems} == {"value-not-number", "bad-code", "missing-key"}
