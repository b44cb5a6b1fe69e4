"""Spark leaves the same outcome as DuckDB, column by column and row by row, whatever is asked."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings

from drawn_runs import Made, gaps_refused, runs
from graded_members import members, scheme
from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.demo import generate
from ronghe.engine.catalogue import CATALOGUE
from ronghe.engine.database import connect
from ronghe.engine.run import appraise
from ronghe.exchange.tables import open_tables
from ronghe.schemes import ready
from rule_trials import POLICIES, RULES, indicator, scheme_of
from run_on_rows import raw_tables, shared_connection
from whole_scheme import SCHEME

pytestmark = pytest.mark.spark

drawn = partial(settings, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
"""Examples without looking for a smaller one: every trial takes a second or more."""


def outcomes(spark, con, one, tables, quotas):
    """Return what DuckDB and Spark leave: columns with their types, and rows in their order."""
    from ronghe.engine.spark.run import compute_on

    for compute in (None, partial(compute_on, spark)):
        appraise(con, one, tables, quotas=quotas, other_periods=True, compute=compute)
        columns = con.execute("describe outcome").fetchall()
        yield columns, con.execute("select * from outcome").fetchall()


@pytest.fixture(scope="session")
def assert_equal(spark):
    """Return the claim that both engines leave the same."""

    def claim(one, data, quotas=None):
        con = shared_connection()
        left, right = outcomes(spark, con, one, raw_tables(con, data), quotas or {})
        assert left[1]
        assert left == right

    return claim


def test_every_rule_under_every_missing_policy(assert_equal):
    trial = scheme_of(
        [
            indicator(f"{policy}-{number}", rule, policy)
            for policy in POLICIES
            for number, rule in enumerate(RULES.values())
        ]
    )
    data = Made(Random(7), trial, 80).data()
    for row in data["measures"]:
        row["value"] -= 400

    assert_equal(trial, data)


@pytest.mark.parametrize("ties", ["order", "next_grade"])
@pytest.mark.parametrize("within", ["peer_group", "parent", "all"])
def test_every_source_pool_gate_veto_and_quota_together(assert_equal, within, ties):
    grading = SCHEME.grading.model_copy(update={"within": within, "ties": ties})
    one = SCHEME.model_copy(update={"grading": grading})
    quotas = {"good": Fraction(1, 3), "fair": Fraction("0.15")}

    assert_equal(one, Made(Random(f"{within} {ties}"), one, 80).data(), quotas)


@pytest.mark.parametrize("ties", ["order", "next_grade"])
def test_many_who_stand_level_across_the_edge_of_a_quota(assert_equal, ties):
    chance = Random(ties)
    scores = [(chance.choice((40, 45)), chance.choice((40, 45))) for _ in range(90)]
    groups = {f"m{n}": {"peer_group": f"g{n % 4}"} for n in range(90)}
    data, quotas = members(*scores, **groups), {"excellent": Fraction(1, 3)}

    assert_equal(scheme(ties=ties, tie_breakers=["work"]), data, quotas)


@drawn(max_examples=8)
@given(run=runs(most_units=30))
def test_whatever_a_scheme_says(assert_equal, run):
    one, data, quotas = run

    assert_equal(gaps_refused(one), data, quotas)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a county of 3,000 members."""
    return generate(3000, tmp_path_factory.mktemp("run") / "county", format="parquet").folder


@pytest.mark.parametrize("code", ready())
def test_the_ready_schemes_on_the_demo_county(spark, county, code):
    one = Scheme.model_validate(yaml.safe_load(ready()[code].read_text("utf-8")))
    grades = one.grading.grades if one.grading else []
    quotas = {g.code: Fraction(1, 3) for g in grades if g.quota or g.quota_rule}
    con = connect()

    left, right = outcomes(spark, con, one, open_tables(con, county, CATALOGUE), quotas)

    assert left[1]
    assert left == right


def refusals(spark, one, data):
    """Return the problems for which DuckDB and Spark refuse a run."""
    from ronghe.engine.spark.run import compute_on

    con = shared_connection()
    for compute in (None, partial(compute_on, spark)):
        with pytest.raises(ProblemsError) as refusal:
            appraise(
                con, one, raw_tables(con, data), quotas={}, other_periods=True, compute=compute
            )
        yield refusal.value.problems


def test_the_same_gaps_are_refused_in_the_same_words(spark):
    one = scheme_of([indicator("i", {"kind": "ratio_to_best"}, "error")])
    unit = {"name": "甲", "kind": "organisation", "level": "township", "peer_group": ""}
    data = {"units": [{"unit": "b", **unit}, {"unit": "a", **unit}], "measures": []}

    left, right = refusals(spark, one, data)

    assert [problem.code for problem in left] == ["missing-input"]
    assert left == right


def test_sums_out_of_range_are_refused_alike(spark):
    vote = {"ballot": "yearly", "unit": "u0", "voter_group": "上级", "grade": "好"}
    data = Made(Random(1), SCHEME, 1).data() | {"ballots": [vote | {"votes": Fraction(10**15)}]}

    left, right = refusals(spark, SCHEME, data)

    assert [problem.code for problem in left] == ["sum-too-large"]
    assert left == right
