"""Rounds over a part of the units: of a township, of peer groups, chosen one by one."""

from __future__ import annotations

import duckdb
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import Round
from ronghe.apps.appraisal.rounds.scope import keep_only
from ronghe.apps.appraisal.rounds.stages import Event, Stage
from ronghe.apps.appraisal.selectors import rounds as selectors
from ronghe.apps.appraisal.services import rounds
from ronghe.apps.records.models import MeasureDefinition, Unit
from round_world import YEAR, a_round, a_version, small_scheme
from web_world import days, person, post


def opened(county, version, by=Role.APPRAISAL_OFFICE, **units):
    return rounds.open_round(
        version, period=str(YEAR), collect_until=days(10), by=county[by], **units
    )


def names(round_):
    return sorted(selectors.units_of(round_).names)


def grouped(county, **groups):
    """Put units into peer groups."""
    for code, group in groups.items():
        node = county.nodes[code]
        Unit.objects.create(
            county=county.nodes["county"], node=node, kind="organisation", code=code,
            level="village", peer_group=group,
        )  # fmt: skip


def test_a_township_holds_a_round_of_its_own_units_with_the_scheme_of_the_county(here):
    version = a_version(here)
    round_ = opened(here, version, by=Role.TOWNSHIP_OFFICER, at=here.nodes["township"])

    assert names(round_) == ["branch"]
    moved = rounds.move(round_, Event.COLLECT, by=here[Role.TOWNSHIP_OFFICER])
    assert moved.stage == Stage.COLLECTING
    with pytest.raises(PermissionDenied):
        opened(here, version, by=Role.TOWNSHIP_OFFICER, at=here.nodes["township_beside"])


def test_a_round_of_a_township_is_invisible_beside_it(here):
    round_ = opened(here, a_version(here), at=here.nodes["township"])
    beside = [
        post(person(f"beside-{role}"), role, here.nodes[at]).user
        for role, at in (
            (Role.PARTY_SECRETARY, "township_beside"),
            (Role.TOWNSHIP_OFFICER, "township_beside"),
            (Role.BRANCH_SECRETARY, "branch_beside"),
        )
    ]

    for user in [*beside, here[Role.DATA_DEPARTMENT]]:
        with pytest.raises(Http404):
            selectors.round_visible_to(user, round_.pk)
    for role in (Role.PARTY_SECRETARY, Role.MEMBER, Role.APPRAISAL_OFFICE, Role.INSPECTOR):
        assert selectors.round_visible_to(here[role], round_.pk) == round_


def test_a_department_sees_the_round_of_a_township_while_it_delivers_for_it(here):
    MeasureDefinition.objects.create(
        county=here.nodes["county"], code="income", title="集体收入", lowest_level="village",
        owner=here.nodes["department"],
    )  # fmt: skip
    round_ = opened(here, a_version(here), at=here.nodes["township"])
    department = here[Role.DATA_DEPARTMENT]
    assert not selectors.rounds_visible_to(department).exists()
    rounds.move(round_, Event.COLLECT, by=here[Role.APPRAISAL_OFFICE])
    assert selectors.round_visible_to(department, round_.pk) == round_
    assert not selectors.results_visible_to(department, round_).exists()


def test_only_the_units_of_the_round_are_computed_and_kept(here):
    round_ = a_round(here, at=here.nodes["township"])
    rounds.start_computing(round_, by=here[Role.APPRAISAL_OFFICE])
    round_.refresh_from_db()

    assert round_.stage == Stage.REVIEW
    assert [one.unit for one in round_.run.results.all()] == ["branch"]
    units = round_.run.folder / "data" / "units.parquet"
    codes = [row[0] for row in duckdb.sql(f"select unit from '{units}'").fetchall()]
    assert "branch" in codes
    assert "branch_beside" not in codes
    assert "village_beside" in codes


def test_a_round_over_a_peer_group_and_one_over_the_rest(here):
    grouped(here, branch="hills", branch_beside="plain")
    scheme = small_scheme(peer_groups={"hills": "山区", "plain": "平原"})
    version = a_version(here, scheme)

    assert names(opened(here, version, groups=["hills"])) == ["branch"]
    assert names(opened(here, version, chosen=["branch_beside"])) == ["branch_beside"]


def test_a_unit_is_in_one_round_of_a_scheme_and_year(here):
    version = a_version(here)
    opened(here, version, chosen=["branch"])
    for units in ({}, {"chosen": ["branch"]}, {"at": here.nodes["township"]}):
        with pytest.raises(ValidationError, match="已经用这个方案"):
            opened(here, version, **units)
    with pytest.raises(ValidationError, match="没有这个方案的考核对象"):
        opened(here, version, chosen=["nowhere"])


def test_units_are_chosen_on_a_second_page_without_script(here, signed_in):
    version = a_version(here)
    office = signed_in(here[Role.APPRAISAL_OFFICE])
    form = reverse("appraisal:open_round")
    sent = {
        "version": version.pk, "at": here.nodes["county"].pk, "period": str(YEAR),
        "collect_until": days(10).isoformat(), "scope": "chosen",
    }  # fmt: skip
    page = office.post(form, sent)
    assert page.status_code == 200
    assert "here branch_beside" in page.content.decode()
    again = {**sent, "choosing": "yes"}
    assert office.post(form, again).status_code == 422
    done = office.post(form, {**again, "picked": ["branch_beside"]})

    assert done.status_code == 302
    assert Round.objects.get().chosen == ["branch_beside"]


def test_groups_are_offered_only_where_there_are_some(here, signed_in):
    version = a_version(here)
    sent = {
        "version": version.pk, "at": here.nodes["county"].pk, "period": str(YEAR),
        "collect_until": days(10).isoformat(), "scope": "groups",
    }  # fmt: skip
    page = signed_in(here[Role.APPRAISAL_OFFICE]).post(reverse("appraisal:open_round"), sent)

    assert page.status_code == 422
    assert "没有分组" in page.content.decode()


def test_what_stood_below_a_unit_left_out_stands_below_the_next_one(tmp_path):
    with duckdb.connect() as con:
        con.execute(
            "copy (select * from (values ('c','organisation','county',null),"
            " ('v1','organisation','village','c'), ('v2','organisation','village','c'),"
            " ('m','member','person','v2')) t(unit, kind, level, parent))"
            f" to '{tmp_path}/units.parquet'"
        )
        con.execute(
            "copy (select * from (values ('v1', 1), ('v2', 2), ('m', 3)) t(unit, n))"
            f" to '{tmp_path}/records.parquet'"
        )
        keep_only(tmp_path, "organisation", "village", ["v1"])
        units = con.execute(f"select unit, parent from '{tmp_path}/units.parquet'").fetchall()
        records = con.execute(f"select unit from '{tmp_path}/records.parquet'").fetchall()

    assert units == [("c", None), ("m", "c"), ("v1", "c")]
    assert records == [("v1",), ("m",)]
