"""Equal weights."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.weighting import equal
from ronghe.wording import say

patient = settings(deadline=None)  # a busy machine is no failure


def test_examples_in_the_docstrings_give_what_they_show():
    assert doctest.testmod(import_module("ronghe.analysis.weighting.equal")).failed == 0


@patient
@given(n=st.integers(1, 200))
def test_all_weights_are_the_same_and_add_up_to_1(n):
    weights = equal(n)

    assert len(weights) == n
    assert len(set(weights.tolist())) == 1
    assert weights.sum() == pytest.approx(1)


@pytest.mark.parametrize("n", [0, -1, 2.5, True])
def test_what_is_no_number_of_criteria_is_refused(n):
    with pytest.raises(ProblemsError) as refusal:
        equal(n)

    problem = refusal.value.problems[0]
    assert (problem.code, problem.found) == ("weighting-count", n)
    assert say(problem)
    assert say(problem, "en")
