"""Every rule under every missing policy, on drawn values: the engine equals the plain appraisal."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings

from rule_trials import POLICIES, RULES, indicator, scheme_of, units_with_values
from run_on_rows import assert_engine_equals_plain


@settings(max_examples=12)
@given(data=units_with_values())
def test_every_rule_scores_as_the_plain_appraisal_does(data):
    scheme = scheme_of(
        [
            indicator(f"{policy}-{number}", rule, policy)
            for policy in POLICIES
            for number, rule in enumerate(RULES.values())
        ]
    )

    assert_engine_equals_plain(scheme, data)


def test_decimals_written_in_a_scheme_are_exact():
    scheme = scheme_of([indicator("i", {"kind": "count_points", "each": 0.1}, "zero")])

    assert scheme.leaves()[0].rule.each == Decimal("0.1")
