"""What is wrong on purpose is there, and simple questions find it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ronghe.schemes import ready

Rows = list[tuple[object, ...]]
Ask = Callable[[str], Rows]


@pytest.fixture
def ask(county_tables: duckdb.DuckDBPyConnection) -> Ask:
    def answer(query: str) -> Rows:
        return county_tables.execute(query).fetchall()

    return answer


RANKS = """
    with scored as (
        select unit, measure, value, avg(value) over (partition by measure) as mean,
            stddev(value) over (partition by measure) as spread
        from measures
        where period = '2025' and unit similar to 'QH[0-9]{{2}}' and measure in ({measures})
    )
    select unit, avg((value - mean) / spread) as standing from scored group by unit
    order by standing desc
"""
PARTY = "'work_coverage', 'weak_villages_fixed', 'training_reach'"
ECONOMY = "'tax_revenue', 'tech_firms', 'exporting_firms', 'online_sales', 'strong_villages'"


def test_one_township_leads_in_party_building_and_trails_in_the_economy(ask: Ask) -> None:
    party = [unit for unit, _ in ask(RANKS.format(measures=PARTY))]
    economy = [unit for unit, _ in ask(RANKS.format(measures=ECONOMY))]
    assert party.index("QH03") == 0
    assert economy.index("QH03") >= 8


def test_one_township_leads_in_the_economy_and_trails_in_party_building(ask: Ask) -> None:
    party = [unit for unit, _ in ask(RANKS.format(measures=PARTY))]
    economy = [unit for unit, _ in ask(RANKS.format(measures=ECONOMY))]
    assert party.index("QH09") >= 9
    assert economy.index("QH09") <= 2


def test_one_village_piled_up_records_in_the_last_days_of_the_year(ask: Ask) -> None:
    piled = ask(
        "select unit, count(*), avg(quality) from records where kind = 'case_solved'"
        " and date >= '2025-12-28' group by unit having count(*) >= 20"
    )
    assert piled == [("QH05B04", 80, pytest.approx(0.99, abs=0.05))]


def test_one_indicator_is_saturated(ask: Ask) -> None:
    saturated = ask(
        "select measure, count(*) from measures where period = '2025' group by measure"
        " having min(value) >= 99 and count(*) > 100"
    )
    assert saturated == [("decision_execution", 180)]


def test_one_assessor_scores_far_above_the_others(ask: Ask) -> None:
    high = ask(
        "with means as (select panel, expert, avg(score) as mean from expert_scores group by all)"
        " select panel, expert from means m where mean > 6 + (select median(mean) from means n"
        " where n.panel = m.panel)"
    )
    assert high == [("township_panel", "E7")]


def test_one_target_and_one_case_are_overdue_for_months(ask: Ask) -> None:
    late = ask("select item, kind from open_items where due < '2025-10-01' order by item")
    assert late == [("QH02-T1", "target"), ("QH12B01-C1", "case")]


def test_one_figure_never_came(ask: Ask) -> None:
    missing = ask(
        "select unit, measure from measures where period = '2024' except"
        " select unit, measure from measures where period = '2025'"
    )
    assert missing == [("QH06", "industrial_output")]


def test_a_member_over_70_and_an_ecological_township_are_exempt(ask: Ask) -> None:
    exempt = ask("select distinct unit, reason[1:5] from exemptions order by unit")
    assert exempt == [("QH04B02M0003", "年满70周"), ("QH10", "重点生态功")]


def test_a_township_and_a_village_meet_a_veto(ask: Ask) -> None:
    assert ask("select unit from records where kind = 'safety_accident'") == [("QH11",)]
    assert ask(
        "select unit from records join units using (unit)"
        " where records.kind = 'discipline_action' and units.level = 'village'"
    ) == [("QH08B03",)]


def test_the_reference_lists_every_trouble_and_every_ready_scheme() -> None:
    reference = Path(__file__).parents[2] / "docs" / "reference"
    troubles = (reference / "generated-data.md").read_text("utf-8")
    for unit in ("QH03", "QH09", "QH05B04", "E7", "QH02-T1", "QH12B01-C1", "QH06"):
        assert f"`{unit}`" in troubles
    for unit in ("QH04B02M0003", "QH10", "QH11", "QH08B03", "decision_execution"):
        assert f"`{unit}`" in troubles
    schemes = (reference / "ready-schemes.md").read_text("utf-8")
    assert all(f"`{code}`" in schemes for code in ready())
