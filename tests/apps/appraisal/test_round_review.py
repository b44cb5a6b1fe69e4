"""What a review shows, what is missing, and the waterfall: arithmetic on plain values."""

from __future__ import annotations

from fractions import Fraction

from ronghe.apps.appraisal.explaining import worths
from ronghe.apps.appraisal.rounds.needs import missing, needs
from ronghe.apps.appraisal.rounds.review import Seen, assessors, jumps, outliers, without
from scheme_world import ready_scheme


def seen(unit: str, total: int | None, previous: int | None = None, **more) -> Seen:
    return Seen(unit, unit, more.pop("group", ""), total, previous, **more)


def test_a_total_far_from_its_group_is_unusual_and_small_groups_have_none():
    rows = [seen(str(n), 80_000 + 500 * n) for n in range(8)]

    assert [one.unit for one in outliers([*rows, seen("far", 30_000)])] == ["far"]
    assert outliers([seen("a", 1), seen("b", 90_000), seen("c", 90_100)]) == []


def test_a_jump_is_more_than_a_tenth_of_the_full_score():
    rows = [seen("up", 90_000, 70_000), seen("same", 80_000, 75_000), seen("new", 80_000)]

    assert [(one.unit, one.by) for one in jumps(rows, 100_000)] == [("up", 20_000)]


def test_an_expert_far_from_the_panel_is_shown_whatever_the_others_scored():
    units = [str(n) for n in range(6)]
    scores = {("p", who): dict.fromkeys(units, 80_000) for who in (1, 2, 3)}
    scores["p", 4] = dict.fromkeys(units, 40_000)

    assert [(one.expert, one.by) for one in assessors(scores)] == [(4, -40_000)]


def test_a_point_is_worth_what_its_groups_count_as():
    found = worths(ready_scheme("township-fusion"))
    scheme = ready_scheme("township-fusion")
    points = sum(Fraction(one.points) * found[one.code] for one in scheme.leaves())

    assert points == scheme.points


def test_units_without_points_are_listed():
    rows = [seen("ok", 1), seen("none", None), seen("gap", 1, gaps=("income",))]

    assert [one.unit for one in without(rows)] == ["none", "gap"]


def test_what_a_scheme_needs_is_asked_of_each_supplier_once():
    found = needs(ready_scheme())
    keys = [(one.kind, one.code, one.period) for one in found]

    assert len(keys) == len(set(keys))
    assert ("measure", "collective_income", "2024") in keys
    assert ("target", "local_jobs", "2025") in keys
    assert ("ballot", "village_review", "") in keys
    income = next(one for one in found if one.code == "collective_income")
    assert (income.supplier, income.groups) == ("县农业农村局", frozenset({"village"}))


def test_a_unit_of_another_group_is_not_asked():
    groups = {"a": "village", "b": "community"}
    found = {one.need.code: one for one in missing(needs(ready_scheme()), groups, {})}

    assert found["collective_income"].units == ("a",)
    assert found["waste_treated"].units == ("a", "b")
