"""What the web writes for the engine is what the engine reads."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
import yaml
from django.db import connection
from django.db.models import F

from records_world import a_definition, a_record, deliver
from ronghe.analysis.scheme.model import Scheme
from ronghe.apps.access import Role
from ronghe.apps.members.models import Belonging, StageChange
from ronghe.apps.records.models import Record
from ronghe.apps.records.numbers import Period
from ronghe.apps.records.services import verify_record, withdraw_record
from ronghe.apps.records.snapshot import write_folder
from ronghe.apps.records.snapshot.reading import one_read
from ronghe.apps.registry.services import merge_node
from ronghe.demo import generate
from ronghe.engine.catalogue import CATALOGUE
from ronghe.engine.database import connect
from ronghe.engine.run import appraise
from ronghe.exchange.tables import open_tables
from ronghe.project.demo import records, roster, tree
from ronghe.project.demo.world import World
from ronghe.schemes import ready
from web_world import days, on_roster

OF_OTHERS = ("ballots", "expert_scores", "results", "exemptions", "open_items")
YEAR = Period("2025", days(-60), days(0))
SCHEMES = ("village-branch", "township-fusion", "leading-cadre", "member-appraisal")


def totals(code: str, data: Path) -> dict:
    scheme = Scheme.model_validate(yaml.safe_load(ready()[code].read_text("utf-8")))
    quotas = {g.code: Fraction(1, 3) for g in scheme.grading.grades if g.quota or g.quota_rule}
    con = connect()
    appraise(con, scheme, open_tables(con, data, CATALOGUE), quotas=quotas, other_periods=True)
    return {
        unit: rest
        for unit, *rest in con.execute("select unit, total, grade from outcome").fetchall()
    }


@pytest.fixture
def demo(db, tmp_path):
    """The demonstration county, small, whose members all were members in the year appraised."""
    world = World(generate(600, tmp_path / "generated", format="parquet").folder, "")
    for part in (tree.load, roster.load, records.load):
        part(world)
    StageChange.objects.exclude(stage=F("member__stage")).delete()
    StageChange.objects.update(since=date(2023, 1, 1))
    Belonging.objects.update(since=date(2023, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner knows nothing of rows that are not committed
    return world


def test_a_county_on_the_web_gets_the_totals_that_its_generated_folder_gets(demo, tmp_path):
    county, generated = demo.county, demo.folder

    written = write_folder(tmp_path / "snapshot", county=county, period="2025")
    for table in OF_OTHERS:
        shutil.copy(generated / f"{table}.parquet", written.folder)

    for code in SCHEMES:
        found, expected = totals(code, written.folder), totals(code, generated)
        assert len(expected) > 10
        assert found == expected


def table(folder: Path, name: str, columns: str) -> list[tuple]:
    return duckdb.sql(f"select {columns} from '{folder / name}.parquet' order by all").fetchall()


def test_only_records_that_stand_are_written_with_whether_they_are_verified(here, tmp_path):
    kept, checked, withdrawn = (a_record(here) for _ in range(3))
    verify_record(checked, accept=True, by=here[Role.ORGANISATION_OFFICER])
    withdraw_record(withdrawn, reason="重复", by=here[Role.BRANCH_SECRETARY])

    written = write_folder(tmp_path / "out", county=here.nodes["county"], period=YEAR)

    rows = table(written.folder, "records", "record, unit, verified")
    assert set(rows) == {(str(kept.pk), "branch", "no"), (str(checked.pk), "branch", "yes")}


def test_a_meeting_is_the_branchs_and_attendance_that_of_each_who_came(here, tmp_path):
    came = [on_roster(here.nodes["branch"], name=f"党员{n}") for n in range(2)]
    applicant = on_roster(here.nodes["branch"], stage="applicant")
    a_record(here, kind="meeting_held", values={}, actors=[*came, applicant])

    written = write_folder(tmp_path / "out", county=here.nodes["county"], period=YEAR)

    rows = table(written.folder, "records", "unit, kind, quantity::integer")
    assert rows == [
        ("branch", "life_attended", 1),
        ("branch", "meeting_held", 1),
        (f"member-{came[0].pk}", "life_attended", 1),
        (f"member-{came[1].pk}", "life_attended", 1),
    ]


def test_hours_count_whole_for_each_who_took_part(here, tmp_path):
    both = [on_roster(here.nodes["branch"], name=f"党员{n}") for n in range(2)]
    a_record(here, kind="volunteer_service", values={}, quantity="1.5", actors=both)

    written = write_folder(tmp_path / "out", county=here.nodes["county"], period=YEAR)

    rows = table(written.folder, "records", "unit, quantity::double")
    assert rows == [(f"member-{one.pk}", 1.5) for one in both]


def test_units_are_those_of_the_last_day_and_a_merged_branch_counts_for_its_heir(here, tmp_path):
    record = a_record(here, day=days(-30))
    by = here[Role.ADMINISTRATOR]
    merge_node(here.nodes["branch"], into=here.nodes["branch_beside"], since=days(-5), by=by)
    span = lambda until: Period("2025", days(-60), days(until))

    before = write_folder(tmp_path / "before", county=here.nodes["county"], period=span(-10))
    after = write_folder(tmp_path / "after", county=here.nodes["county"], period=span(0))

    said = [(str(record.pk), "branch")]
    assert table(before.folder, "records", "record, unit") == said
    assert table(after.folder, "records", "record, unit") == [(str(record.pk), "branch_beside")]
    assert ("branch",) not in table(after.folder, "units", "unit")


def test_text_that_looks_like_a_formula_stays_the_text_it_is(here, tmp_path):
    served = '=cmd|"/c"!A1,\n李家'
    a_record(here, served=served)

    written = write_folder(tmp_path / "out", county=here.nodes["county"], period=YEAR)

    assert table(written.folder, "records", "object") == [(served,)]


def test_another_countys_work_is_never_written(here, there, tmp_path):
    a_record(there)

    written = write_folder(tmp_path / "out", county=here.nodes["county"], period=YEAR)

    assert written.rows["records"] == 0
    codes = {code for (code,) in table(written.folder, "units", "unit")}
    assert codes == {"here", "township", "village", "branch"} | {
        "township_beside",
        "village_beside",
        "branch_beside",
    }


def test_the_departments_figures_are_written_under_the_units_code(here, tmp_path):
    deliver(here, a_definition(here), "3.20", node="township")

    written = write_folder(tmp_path / "out", county=here.nodes["county"], period="2025")

    rows = table(written.folder, "measures", "unit, measure, period, value::double")
    assert rows == [("township", "income", "2025", 3.2)]


@pytest.mark.django_db(transaction=True)
def test_reading_for_a_snapshot_holds_up_no_writer(tmp_path):
    from web_world import grow

    county = grow("here")
    with one_read():
        before = Record.objects.count()
        with ThreadPoolExecutor(1) as other:
            other.submit(_write_and_close, county).result()
        assert Record.objects.count() == before == 0
    assert Record.objects.count() == 1


def _write_and_close(county) -> None:
    try:
        a_record(county)
    finally:
        connection.close()
