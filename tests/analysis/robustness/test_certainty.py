"""How sure an appraisal's order is: cases worked by hand, and what must hold for any outcome."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.analysis.robustness import (
    Choices,
    GradeRules,
    appraisal,
    certainty,
    of_outcome,
    rank_intervals,
    too_many,
)
from trial_outcomes import leaf, outcome_of, scheme_of

TWO = scheme_of(leaf("a", 60), leaf("b", 40))
UNITS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), min_size=1, max_size=7)


def rules(units: int, **changes) -> GradeRules:
    """Grades from 90 and 60 points without quotas, everyone graded, in the given order."""
    plain = GradeRules(
        limits=(90, 60),
        quotas=(None, None),
        scopes=("",) * units,
        best=np.ones(units, np.int64),
        order=np.arange(units),
        together=False,
    )
    return replace(plain, **changes)


def test_a_unit_that_is_better_everywhere_is_surely_first():
    found = certainty(outcome_of(TWO, [[54, 36], [30, 20]]))

    assert (found.low.tolist(), found.high.tolist()) == ([1, 2], [1, 2])
    assert found.band.tolist() == [1, 2]


def test_two_equal_units_share_rank_interval_and_band():
    found = certainty(outcome_of(TWO, [[30, 30], [30, 30], [12, 4]]))

    assert (found.low.tolist(), found.high.tolist()) == ([1, 1, 3], [1, 1, 3])
    assert found.band.tolist() == [1, 1, 2]


def test_a_lead_that_a_tenth_of_the_draws_reverse_makes_no_band_of_its_own():
    """丁 passes 甲 where a < 0.8 b, with the probability 1/10; see docs/methods/robustness.md."""
    found = certainty(outcome_of(TWO, [[54, 12], [24, 36]]))

    assert (found.low.tolist(), found.high.tolist()) == ([1, 1], [2, 2])
    assert found.band.tolist() == [1, 1]


def test_a_unit_that_surely_ranks_under_the_first_of_a_band_begins_the_next():
    """The second passes the first with 1/10, the third the second more often, never the first."""
    found = certainty(outcome_of(TWO, [[54, 12], [24, 36], [53, 5]]))

    assert found.band.tolist() == [1, 1, 2]


@settings(deadline=None, max_examples=25)
@given(points=UNITS)
def test_the_interval_holds_the_published_rank_and_bands_follow_the_order(points):
    outcome = outcome_of(TWO, [list(row) for row in points])

    found = certainty(outcome)

    ranks = [1 + sum(other > total for other in outcome.totals) for total in outcome.totals]
    assert all(found.low <= ranks)
    assert all(ranks <= found.high)
    assert sorted(set(found.band)) == list(range(1, max(found.band) + 1))
    assert (np.diff(found.band[np.argsort(ranks, kind="stable")]) >= 0).all()


def test_how_missing_data_are_treated_is_drawn_too():
    points = [[60.0, np.nan], [50, 25], [40, 10]]
    lacking = np.array([[False, True], [False, False], [False, False]])
    totals = np.array([100.0, 75, 50])

    told = certainty(outcome_of(TWO, points, totals=totals))
    asked = certainty(outcome_of(TWO, points, totals=totals, lacking=lacking))

    assert (told.gaps, asked.gaps) == (False, True)
    assert (told.low[0], told.high[0]) == (1, 1)
    assert (asked.low[0], asked.high[0]) == (1, 2)


def test_what_does_not_apply_is_no_missing_figure():
    points = [[60.0, np.nan], [50, 25], [40, 10]]

    found = certainty(outcome_of(TWO, points, lacking=np.zeros((3, 2), np.bool_)))

    assert not found.gaps


def test_missing_data_are_replaced_whatever_points_the_scheme_gave_for_them():
    outcome = outcome_of(TWO, [[30, 0], [30, 20], [30, 40]])
    outcome = replace(outcome, lacking=outcome.points == 0)
    shares = {}
    for how in ("as_given", "reweight", "median", "worst"):
        choices = Choices(spread=0, imputations=(how,))
        found = rank_intervals(of_outcome(outcome), choices, samples=1, score_limits=(59, 49, 39))
        shares[how] = found.score_shares[0].argmax().tolist()

    assert shares == {"as_given": 3, "reweight": 1, "median": 0, "worst": 1}


@settings(deadline=None, max_examples=25)
@given(points=UNITS, share=st.fractions(0, 1, max_denominator=7), together=st.booleans())
def test_probabilities_of_grades_add_up_to_one(points, share, together):
    grading = rules(len(points), quotas=(share, None), together=together)

    found = certainty(outcome_of(TWO, [list(row) for row in points]), grading)

    assert found.grade_shares.sum(axis=1) == pytest.approx(1)
    assert (found.grade_shares[:, 0].sum() <= share * len(points) + 1e-9).all()


def test_a_grade_is_as_probable_as_theory_says():
    """The unit has 60 points or more exactly where the factor of b is that of a or more."""
    found = certainty(outcome_of(TWO, [[24, 36]]), rules(1, limits=(60, 0)))

    assert found.grade_shares[0] == pytest.approx([0.5, 0.5, 0], abs=0.02)


def test_who_is_over_a_quota_takes_the_next_grade():
    grading = rules(3, quotas=(Fraction(1, 3), None))
    found = certainty(outcome_of(TWO, [[59, 39], [58, 38], [30, 20]]), grading)

    assert found.grade_shares.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_equals_at_the_edge_of_a_quota_go_by_precedence_or_all_take_the_next_grade():
    outcome = outcome_of(TWO, [[58, 38], [58, 38], [30, 20]])
    third = (Fraction(1, 3), None)

    by_order = certainty(outcome, rules(3, quotas=third, order=np.array([1, 0, 2])))
    together = certainty(outcome, rules(3, quotas=third, together=True))

    assert by_order.grade_shares[:2].tolist() == [[0, 1, 0], [1, 0, 0]]
    assert together.grade_shares[:2].tolist() == [[0, 1, 0], [0, 1, 0]]


def test_a_ceiling_holds_in_every_draw_and_the_ungraded_have_no_probability():
    grading = rules(3, best=np.array([2, 1, 0]))

    found = certainty(outcome_of(TWO, [[60, 40], [60, 40], [60, 40]]), grading)

    assert found.grade_shares[:2].tolist() == [[0, 1, 0], [1, 0, 0]]
    assert np.isnan(found.grade_shares[2]).all()


def test_quotas_count_within_each_scope():
    grading = rules(4, quotas=(Fraction(1, 2), None), scopes=("x", "y", "x", "y"))

    found = certainty(outcome_of(TWO, [[60, 40], [59, 39], [58, 38], [57, 37]]), grading)

    assert found.grade_shares[:, 0].tolist() == [1, 1, 0, 0]


def test_many_units_get_fewer_draws_and_too_many_none(monkeypatch):
    monkeypatch.setattr(appraisal, "MOST_RANKS", 6_000)
    monkeypatch.setattr(appraisal, "LARGEST_GROUP", 4)
    outcome = outcome_of(TWO, [[n, n] for n in range(3)])

    assert certainty(outcome).draws == 2_000
    assert not too_many([4, 4])
    assert too_many([5])
