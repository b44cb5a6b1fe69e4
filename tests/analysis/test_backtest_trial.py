"""A scheme is moved to an earlier year and made patient with missing data for a trial."""

from __future__ import annotations

from datetime import date

import pytest

from lint_schemes import indicator, scheme_of
from ronghe.analysis.backtest import for_year, patient
from ronghe.analysis.errors import ProblemsError


def test_a_scheme_moves_to_another_year_with_all_its_days():
    counted = {"kind": "records", "of": ["case"], "since": "2024-02-29", "until": "2024-06-30"}
    period = {"label": "2024", "since": "2024-01-01", "until": "2024-12-31", "previous": "2023"}
    kinds = [{"code": "case", "title": "办结"}]
    scheme = scheme_of(indicator("甲", source=counted), period=period, record_kinds=kinds)

    moved = for_year(scheme, "2022")

    assert (moved.period.label, moved.period.previous) == ("2022", "2021")
    assert (moved.period.since, moved.period.until) == (date(2022, 1, 1), date(2022, 12, 31))
    source = moved.leaves()[0].source
    assert (source.since, source.until) == (date(2022, 2, 28), date(2022, 6, 30))
    assert for_year(moved, "2024") == scheme


def test_a_period_that_is_no_year_cannot_be_moved():
    scheme = scheme_of(indicator("甲"))

    assert for_year(scheme, "2025") is scheme
    with pytest.raises(ProblemsError) as refusal:
        for_year(scheme, "上半年")
    assert [p.code for p in refusal.value.problems] == ["backtest-period-not-a-year"]


def test_a_trial_goes_on_where_data_are_missing():
    strict = scheme_of(indicator("甲"), indicator("乙", missing="zero"))

    assert [i.missing for i in patient(strict).scored()[:2]] == ["not_applicable", "zero"]
