"""Schemes and data both drawn: whatever a valid scheme says, engine and plain appraisal agree."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings

from drawn_runs import gaps_refused, runs
from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.scoring.sql import WIDE
from ronghe.engine import steps as engine_steps
from run_on_rows import assert_engine_equals_plain, engine_outcome


@settings(max_examples=25)
@given(runs())
def test_whatever_a_scheme_says_engine_and_plain_appraisal_agree(run):
    scheme, data, quotas = run

    assert_engine_equals_plain(gaps_refused(scheme), data, quotas)


@settings(max_examples=8)
@given(runs())
def test_calculating_in_wider_numbers_gives_the_same(run):
    scheme, data, quotas = run
    lenient = gaps_refused(scheme)

    with mock.patch.object(engine_steps, "NARROW", WIDE):
        wide = engine_outcome(lenient, data, quotas)

    assert wide == engine_outcome(lenient, data, quotas)


@settings(max_examples=6)
@given(runs())
def test_a_run_is_refused_exactly_where_a_gap_is_not_allowed(run):
    scheme, data, quotas = run
    lenient = engine_outcome(gaps_refused(scheme), data, quotas)
    strict = [one for one in scheme.scored() if one.missing == "error"]
    missing = {
        one.code
        for one in strict
        for row in lenient.values()
        if row[f"value__{one.code}"] is None and not row.get(f"exempt__{one.code}")
    }
    if missing:
        with pytest.raises(ProblemsError) as refusal:
            engine_outcome(scheme, data, quotas)
        assert missing <= {problem.where.path for problem in refusal.value.problems}
