"""From votes to a proposed grade: exact shares, nothing decided by whom is counted first."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ronghe.apps.reporting.grading import proposal, shares, silent, votes_of

GRADES = ["good", "fairly_good", "average", "poor"]
GROUPS = ["superior", "team", "members", "public"]
counts = st.dictionaries(
    st.tuples(st.sampled_from(GROUPS), st.sampled_from(GRADES)), st.integers(0, 60)
)
weights = st.fixed_dictionaries({group: st.integers(0, 100) for group in GROUPS})


@given(counts=counts, weights=weights)
def test_shares_add_up_to_one_where_somebody_voted(counts, weights):
    voted = any(weights[group] and votes_of(counts, group) for group in GROUPS)

    assert sum(shares(counts, weights, GRADES).values()) == (1 if voted else 0)


@given(counts=counts, weights=weights, factor=st.integers(2, 9))
def test_shares_depend_on_proportions_alone(counts, weights, factor):
    more = {key: count * factor for key, count in counts.items()}

    assert shares(more, weights, GRADES) == shares(counts, weights, GRADES)


@given(
    counts=counts, weights=weights, needed=st.integers(1, 100), group=st.sampled_from(GROUPS),
    worse=st.integers(1, 3),
)  # fmt: skip
def test_a_better_vote_never_gives_a_worse_grade(counts, weights, needed, group, worse):
    moved = {**counts, (group, GRADES[worse]): counts.get((group, GRADES[worse]), 0) + 1}
    better = {**counts, (group, GRADES[0]): counts.get((group, GRADES[0]), 0) + 1}
    place = lambda of: GRADES.index(proposal(shares(of, weights, GRADES), GRADES, needed))

    assert place(better) <= place(moved)


def test_groups_count_by_their_weights_however_many_they_are():
    counted = {("superior", "good"): 1, ("public", "poor"): 300, ("public", "good"): 100}
    found = shares(counted, {"superior": 60, "public": 40}, GRADES)

    assert found["good"] == Fraction(70, 100)
    assert proposal(found, GRADES, 70) == "good"
    assert proposal(found, GRADES, 71) == "poor"


def test_groups_with_a_weight_and_no_vote_are_named():
    assert silent({("team", "good"): 3}, {"team": 50, "members": 50, "public": 0}) == ["members"]
