"""Thresholds, quotas and ties: who gets which grade, and why never by chance."""

from __future__ import annotations

from fractions import Fraction

import pytest

from graded_members import members, scheme
from ronghe.analysis.scheme.model import Scheme
from run_on_rows import assert_engine_equals_plain, engine_outcome

THIRD = {"excellent": Fraction(1, 3)}


def grades(one: Scheme, data, quotas=THIRD) -> list[str]:
    assert_engine_equals_plain(one, data, quotas)
    codes = [grade.code for grade in one.grading.grades]
    outcome = engine_outcome(one, data, quotas)
    return [codes[outcome[unit]["grade"] - 1] if outcome[unit]["grade"] else "" for unit in outcome]


def test_a_quota_is_rounded_down_and_who_is_over_it_takes_the_next_grade():
    data = members((50, 50), (50, 49), (50, 48), (40, 40), (40, 20))

    assert grades(scheme(), data) == ["excellent", *["qualified"] * 4]


def test_a_tie_across_the_edge_is_broken_by_the_stated_indicators():
    data = members((44, 46), (46, 44), (30, 30))

    assert grades(scheme(tie_breakers=["service"]), data) == ["excellent", "qualified", "qualified"]
    assert grades(scheme(tie_breakers=["work"]), data) == ["qualified", "excellent", "qualified"]


def test_a_tie_that_nothing_breaks_is_ordered_by_unit_code():
    data = members((45, 45), (45, 45), (45, 45))

    assert grades(scheme(), data) == ["excellent", "qualified", "qualified"]


def test_all_who_stand_level_across_the_edge_may_take_the_next_grade():
    data = members((45, 45), (45, 45), (30, 30))

    assert grades(scheme(ties="next_grade"), data) == ["qualified"] * 3


@pytest.mark.parametrize("ties", ["order", "next_grade"])
def test_those_who_get_no_grade_do_not_widen_the_quota(ties):
    data = members((45, 45), (44, 45), (30, 30), m2={"graded": False})

    assert grades(scheme(ties=ties), data) == ["qualified", "qualified", ""]


def test_a_quota_counts_within_each_branch():
    branches = {f"m{n}": {"parent": "x" if n < 3 else "y"} for n in range(6)}
    data = members(*[(45, 45)] * 6, **branches)
    for row in data["units"]:
        row["parent"] = branches[row["unit"]]["parent"]
    data["units"] += [
        {"unit": u, "name": u, "kind": "organisation", "level": "branch"} for u in ("x", "y")
    ]

    assert grades(scheme(within="parent"), data).count("excellent") == 2
    assert grades(scheme(within="all"), data).count("excellent") == 2
    assert grades(scheme(within="parent"), data)[:1] == ["excellent"]
