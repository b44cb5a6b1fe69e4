"""A packed store gives what the same data give in one piece."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from test_drawn_schemes_equal_plain import gaps_refused, runs

from run_in_parts import assert_parts_equal_whole


@settings(max_examples=8)
@given(runs(), st.sampled_from([1, 2, 3, 100]))
def test_whatever_a_scheme_says_parts_and_whole_agree(run, units_at_once):
    scheme, data, quotas = run

    assert_parts_equal_whole(gaps_refused(scheme), data, quotas, scheme.level, units_at_once)
