"""The figures of a back-test as charts need them: gaps are None, persons have no ranks."""

from __future__ import annotations

import json

from ronghe.analysis.backtest import backtest
from ronghe.exchange.backtest import figures
from trial_outcomes import leaf, outcome_of, scheme_of

POINTS = [[60, 0], [30, 40], [45, 20], [0, 40]]


def test_the_figures_are_plain_and_say_how_far_ranks_move():
    found = figures(backtest(outcome_of(scheme_of(leaf("a", 60), leaf("b", 40)), POINTS)))

    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["units"] == len(found["intervals"]) == 4
    assert all(one["low"] <= one["rank"] <= one["high"] for one in found["intervals"])


def test_what_cannot_be_told_is_a_gap():
    nan = float("nan")
    points = [[60, nan], [30, nan], [45, nan]]

    found = figures(backtest(outcome_of(scheme_of(leaf("a", 60), leaf("b", 40)), points)))

    assert found["spreads"][1]["quarters"] == [None] * 5


def test_persons_have_no_ranks_in_the_figures():
    scheme = scheme_of(leaf("a", 60), leaf("b", 40), appraises="member", level="person")

    found = figures(backtest(outcome_of(scheme, POINTS)))

    assert found["intervals"] == found["movers"] == []
    assert found["spreads"]
