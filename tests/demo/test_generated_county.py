"""A generated county: of the size asked for, whole, and fit for every ready scheme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.rules import Completion
from ronghe.analysis.scheme.sources import (
    BallotSource,
    ExpertSource,
    MeasureSource,
    RecordsSource,
    SchemeSource,
    Source,
)
from ronghe.schemes import ready

SCHEMES = [
    Scheme.model_validate(yaml.safe_load(file.read_text("utf-8"))) for file in ready().values()
]


def one(con: duckdb.DuckDBPyConnection, query: str) -> object:
    row = con.execute(query).fetchone()
    assert row is not None
    return row[0]


def sources(scheme: Scheme) -> Iterator[Source]:
    for part in (*scheme.scored(), *scheme.gates, *scheme.vetoes):
        yield part.source


def test_a_county_has_townships_villages_organisations_and_members_in_proportion(
    county_tables: duckdb.DuckDBPyConnection,
) -> None:
    counted = dict(
        county_tables.execute(
            "select kind || ' ' || level, count(*) from units group by all"
        ).fetchall()
    )
    assert counted["member person"] == 8000
    assert counted["organisation township"] == 12
    assert counted["organisation village"] == 180
    organisations = sum(n for name, n in counted.items() if name.startswith("organisation"))
    assert organisations == 600
    assert counted["cadre township"] == 24
    assert counted["area county"] == 7


def test_every_name_and_source_says_that_it_is_demonstration(
    county: Path, county_tables: duckdb.DuckDBPyConnection
) -> None:
    for table, column in (
        ("units", "name"),
        ("measures", "source"),
        ("targets", "source"),
        ("records", "source"),
        ("exemptions", "reason"),
        ("open_items", "title"),
    ):
        unmarked = f"select count(*) from {table} where {column} not like '%演示%'"
        assert one(county_tables, unmarked) == 0
    assert (county / "README.md").read_text("utf-8").startswith("# 演示数据")


def test_units_hang_together(county_tables: duckdb.DuckDBPyConnection) -> None:
    assert one(county_tables, "select count(*) - count(distinct unit) from units") == 0
    orphans = (
        "select count(*) from units where parent is not null"
        " and parent not in (select unit from units)"
    )
    assert one(county_tables, orphans) == 0
    astray = (
        "select count(*) from units where kind = 'member' and not starts_with(unit, parent || 'M')"
    )
    assert one(county_tables, astray) == 0


@pytest.mark.parametrize(
    "table",
    [
        "measures",
        "targets",
        "records",
        "ballots",
        "expert_scores",
        "results",
        "exemptions",
        "open_items",
    ],
)
def test_every_row_refers_to_a_unit(table: str, county_tables: duckdb.DuckDBPyConnection) -> None:
    strays = f"select count(*) from {table} where unit not in (select unit from units)"
    assert one(county_tables, strays) == 0


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("measures", "unit, measure, period"),
        ("targets", "unit, measure, period"),
        ("records", "record"),
        ("ballots", "ballot, unit, voter_group, grade"),
        ("expert_scores", "panel, unit, expert"),
        ("results", "scheme, unit"),
        ("exemptions", "scheme, unit, indicator"),
        ("open_items", "item"),
    ],
)
def test_no_row_stands_twice(
    table: str, keys: str, county_tables: duckdb.DuckDBPyConnection
) -> None:
    assert one(county_tables, f"select count(*) - count(distinct ({keys})) from {table}") == 0


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda s: s.scheme)
def test_a_ready_scheme_finds_its_units_in_every_peer_group(
    scheme: Scheme, county_tables: duckdb.DuckDBPyConnection
) -> None:
    found = county_tables.execute(
        "select distinct peer_group from units where kind = ? and level = ?",
        [scheme.appraises, scheme.level],
    ).fetchall()
    assert found
    if scheme.peer_groups:
        assert {group for (group,) in found} == set(scheme.peer_groups)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda s: s.scheme)
def test_a_ready_scheme_finds_everything_that_it_reads(
    scheme: Scheme, county_tables: duckdb.DuckDBPyConnection
) -> None:
    for source in sources(scheme):
        match source:
            case MeasureSource(measure=code):
                for period in (scheme.period.label, scheme.period.previous):
                    held = f"select count(*) from measures where measure = '{code}'"
                    assert one(county_tables, f"{held} and period = '{period}'"), code
            case RecordsSource(of=kinds):
                rare = {"ecology_event", "safety_accident"}  # the less of them the better
                for kind in set(kinds) - rare:
                    held = f"select count(*) from records where kind = '{kind}'"
                    assert one(county_tables, held), kind
            case BallotSource(ballot=code, grades=grades, groups=groups):
                rows = county_tables.execute(
                    "select distinct voter_group, grade from ballots where ballot = ?", [code]
                ).fetchall()
                assert {group for group, _ in rows} == set(groups)
                assert {grade for _, grade in rows} <= set(grades)
            case ExpertSource(panel=code):
                held = f"select count(distinct expert) from expert_scores where panel = '{code}'"
                assert one(county_tables, held) == 7
            case SchemeSource(scheme=code):
                assert one(county_tables, f"select count(*) from results where scheme = '{code}'")


def test_targets_in_the_data_are_there_for_every_unit_that_has_the_figure(
    county_tables: duckdb.DuckDBPyConnection,
) -> None:
    for scheme in SCHEMES:
        for indicator in scheme.leaves():
            rule, source = indicator.rule, indicator.source
            if not (isinstance(rule, Completion) and rule.target == "data"):
                continue
            assert isinstance(source, MeasureSource)
            without = (
                "select count(*) from measures m anti join targets t using (unit, measure, period)"
                f" where measure = '{source.measure}' and unit in (select unit from units"
                f" where kind = '{scheme.appraises}' and level = '{scheme.level}')"
            )
            assert one(county_tables, without) == 0


def test_exemptions_and_open_items_name_what_exists(
    county_tables: duckdb.DuckDBPyConnection,
) -> None:
    indicators = {(s.scheme, i.code) for s in SCHEMES for i in s.scored()}
    rows = county_tables.execute("select scheme, indicator from exemptions").fetchall()
    assert set(rows) <= indicators
    known = {m.code for s in SCHEMES for m in s.measures}
    known |= {k.code for s in SCHEMES for k in s.record_kinds}
    counted = county_tables.execute("select distinct counts_for from open_items").fetchall()
    assert {code for (code,) in counted} <= known


def test_both_years_are_there_and_work_has_its_seasons(
    county_tables: duckdb.DuckDBPyConnection,
) -> None:
    assert county_tables.execute(
        "select distinct year(date) as y from records order by y"
    ).fetchall() == [(2024,), (2025,)]
    spring, winter = (
        one(
            county_tables,
            "select count(*) from records where kind = 'tech_guidance'"
            f" and month(date) in {months}",
        )
        for months in ("(3, 4, 5)", "(12, 1, 2)")
    )
    assert isinstance(spring, int)
    assert isinstance(winter, int)
    assert spring > 3 * winter


def test_a_member_leaves_about_fourteen_records_in_two_years(
    county_tables: duckdb.DuckDBPyConnection,
) -> None:
    mean = one(
        county_tables,
        "select count(*) / 8000 from records join units using (unit) where units.kind = 'member'",
    )
    assert isinstance(mean, float)
    assert 13 < mean < 15


def test_those_who_do_more_do_it_better(county_tables: duckdb.DuckDBPyConnection) -> None:
    correlation = one(
        county_tables,
        "select corr(n, q) from (select unit, count(*) as n, avg(quality) as q from records"
        " where quality is not null group by unit having count(*) >= 3)",
    )
    assert isinstance(correlation, float)
    assert correlation > 0.15
