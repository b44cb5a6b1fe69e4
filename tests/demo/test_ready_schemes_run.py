"""Every ready scheme runs on a generated county, and its results are believable."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
import yaml

from ronghe.analysis.scheme.model import Scheme
from ronghe.demo import generate
from ronghe.engine.catalogue import CATALOGUE
from ronghe.engine.database import connect
from ronghe.engine.run import appraise
from ronghe.exchange.tables import open_tables
from ronghe.schemes import ready

Outcome = Callable[[str], duckdb.DuckDBPyConnection]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Return how to run a ready scheme on a county of 3,000 members."""
    data = generate(3000, tmp_path_factory.mktemp("run") / "county", format="parquet").folder
    finished: dict[str, duckdb.DuckDBPyConnection] = {}

    def run(code: str) -> duckdb.DuckDBPyConnection:
        if code not in finished:
            finished[code] = _run(code, data)
        return finished[code]

    return run


def _run(code: str, data: Path) -> duckdb.DuckDBPyConnection:
    scheme = Scheme.model_validate(yaml.safe_load(ready()[code].read_text("utf-8")))
    grades = scheme.grading.grades if scheme.grading else []
    quotas = {g.code: Fraction(1, 3) for g in grades if g.quota or g.quota_rule}
    con = connect()
    appraise(con, scheme, open_tables(con, data, CATALOGUE), quotas=quotas, other_periods=True)
    return con


@pytest.mark.parametrize("code", ready())
def test_totals_spread_between_poor_and_full(code: str, outcome: Outcome) -> None:
    row = outcome(code).execute(
        "select min(total), max(total), stddev(total), count(*) - count(total) from outcome"
    )
    found = row.fetchone()
    assert found is not None
    least, most, spread, without = found
    assert 30_000 < least < 80_000
    assert 85_000 < most <= 105_000
    assert spread > 3_000
    assert without == 0


def test_a_veto_holds_a_township_down_that_would_be_among_the_best(outcome: Outcome) -> None:
    rows = outcome("township-fusion").execute(
        "select unit, grade from outcome order by total desc limit 4"
    )
    grades = dict(rows.fetchall())
    assert grades.pop("QH11") == 3
    assert set(grades.values()) <= {1, 2}


def test_records_piled_up_in_december_earn_nothing(outcome: Outcome) -> None:
    rows = outcome("village-branch").execute(
        "select value__service_quality, quantile_cont(value__service_quality, 0.1) over ()"
        " from outcome qualify unit = 'QH05B04'"
    )
    share, low = rows.fetchall()[0]
    assert share < low


def test_probationary_members_get_points_and_no_grade(outcome: Outcome) -> None:
    con = outcome("member-appraisal")
    counted = con.execute(
        "select count(*), count(total), count(grade) from outcome where not graded"
    ).fetchone()
    assert counted is not None
    assert counted[0] == counted[1] > 0
    assert counted[2] == 0
