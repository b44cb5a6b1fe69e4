"""What leaves the site of a round: the pay sheet, open data, and votes that stay few."""

from __future__ import annotations

import io
import json
from zipfile import ZipFile

import openpyxl
import pytest
from django.urls import reverse

from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import Round
from ronghe.apps.appraisal.rounds.stages import Stage
from ronghe.apps.audit.models import Entry
from ronghe.exchange.open_data import OpenData, OpenResult, packed, withheld
from round_world import (
    DOCUMENT,
    TO_FINAL,
    a_round,
    computed,
    final,
    moved,
    paid_scheme,
    score,
    services,
    small_scheme,
    vote,
)


@pytest.fixture
def as_role(here, signed_in):
    """Return a function that signs somebody of the county in."""
    return lambda role: signed_in(here[role])


def url(name: str, pk: int) -> str:
    return reverse(f"appraisal:{name}", args=[pk])


def sheet_of(response):
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


def rows_of(sheet) -> dict[str, tuple]:
    rows = sheet.iter_rows(min_row=6, values_only=True)
    return {row[0]: row for row in rows if row[0] and row[1]}


def released(response):
    assert response.status_code == 200
    archive = ZipFile(io.BytesIO(response.content))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def few_voted(county):
    """Return a final round in which three members and many others voted on the first branch."""
    round_ = a_round(county)
    vote(county, round_, good=2, bad=1)
    vote(county, round_, unit="branch_beside")
    score(county, round_, branch=90, branch_beside=50)
    services.start_computing(round_, by=county[Role.APPRAISAL_OFFICE])
    round_.refresh_from_db()
    return moved(county, round_, *TO_FINAL)


def test_the_pay_sheet_states_the_coefficients_of_the_scheme_with_their_document_and_no_amount(
    here, as_role
):
    round_ = final(here, scheme=paid_scheme())
    office = as_role(Role.APPRAISAL_OFFICE)
    assert DOCUMENT in office.get(url("exports", round_.pk)).content.decode()

    sheet = sheet_of(office.post(url("pay_sheet", round_.pk)))

    rows = rows_of(sheet)
    assert DOCUMENT in sheet["A2"].value
    assert (rows["branch"][4], rows["branch"][5]) == ("较好", 1.2)
    assert rows["branch_beside"][5] == 1
    assert {row[6] for row in rows.values()} == {None}
    assert all(row[7].startswith("=IF(") for row in rows.values())


def test_coefficients_can_follow_the_total(here, as_role):
    round_ = final(here, scheme=paid_scheme(by_total=True))

    rows = rows_of(sheet_of(as_role(Role.ORGANISATION).post(url("pay_sheet", round_.pk))))

    assert rows["branch"][5] == pytest.approx(rows["branch"][3] / 100, abs=1e-4)


def test_a_scheme_without_coefficients_offers_no_sheet_and_says_why(here, as_role):
    round_ = final(here)
    office = as_role(Role.APPRAISAL_OFFICE)

    assert office.post(url("pay_sheet", round_.pk)).status_code == 404
    assert "没有定绩效系数" in office.get(url("exports", round_.pk)).content.decode()


def test_who_took_a_pay_sheet_is_recorded_with_its_document_and_no_person(here, as_role):
    round_ = final(here, scheme=paid_scheme())

    as_role(Role.APPRAISAL_OFFICE).post(url("pay_sheet", round_.pk))

    entry = Entry.objects.get(action="appraisal.pay_sheet_taken")
    assert entry.actor == here.people[Role.APPRAISAL_OFFICE]
    assert entry.details["document"] == DOCUMENT
    assert "branch" not in json.dumps(entry.details)


def test_nothing_is_paid_or_released_before_results_are_final(here, as_role):
    round_ = computed(here, scheme=paid_scheme())
    office = as_role(Role.APPRAISAL_OFFICE)

    assert office.post(url("pay_sheet", round_.pk)).status_code == 404
    assert office.get(url("open_data", round_.pk)).status_code == 404
    assert office.get(url("exports", round_.pk)).status_code == 200


def test_results_of_members_are_neither_paid_nor_released(here, as_role):
    round_ = a_round(here, scheme=small_scheme(appraises="member", level="person"))
    Round.objects.filter(pk=round_.pk).update(stage=Stage.FINAL)
    office = as_role(Role.ORGANISATION)

    assert office.post(url("pay_sheet", round_.pk)).status_code == 404
    assert office.get(url("open_data", round_.pk)).status_code == 404


def test_open_data_name_their_licence_fields_and_who_released_them(here, as_role):
    round_ = final(here)
    sent = {"licence": "CC-BY-4.0", "contact": "县考核办 0000-1234567", "checked": "on"}

    files = released(as_role(Role.APPRAISAL_OFFICE).post(url("open_data", round_.pk), sent))

    data, readme = json.loads(files["data.json"]), files["README.md"]
    assert sorted(files) == [
        "README.md", "data.json", "indicators.csv", "results.csv", "scores.csv",
    ]  # fmt: skip
    assert [one["unit"] for one in data["results"]] == ["branch", "branch_beside"]
    assert data["results"][0]["points"].keys() == {"review", "quality", "cases"}
    for words in ("CC-BY-4.0", "0000-1234567", here.people[Role.APPRAISAL_OFFICE].name):
        assert words in readme
    assert Entry.objects.get(action="appraisal.data_released").details["licence"] == "CC-BY-4.0"


def test_open_data_are_released_only_by_who_says_they_looked(here, as_role):
    round_ = final(here)
    sent = {"licence": "CC-BY-4.0", "contact": "县考核办"}

    response = as_role(Role.APPRAISAL_OFFICE).post(url("open_data", round_.pk), sent)

    assert response.status_code == 422
    assert not Entry.objects.filter(action="appraisal.data_released").exists()


def test_open_data_do_not_tell_what_few_voted(here, as_role):
    round_ = few_voted(here)
    sent = {"licence": "CC0-1.0", "contact": "县考核办", "checked": "on"}

    files = released(as_role(Role.APPRAISAL_OFFICE).post(url("open_data", round_.pk), sent))

    results = {one["unit"]: one for one in json.loads(files["data.json"])["results"]}
    assert results["branch"]["points"] is None
    assert results["branch"]["total"] is not None
    assert results["branch_beside"]["points"] is not None
    assert "branch," not in files["scores.csv"]


def test_the_workbook_of_a_round_tells_no_votes_of_a_group(here, as_role):
    round_ = few_voted(here)

    content = as_role(Role.APPRAISAL_OFFICE).get(url("round_excel", round_.pk)).content

    book = openpyxl.load_workbook(io.BytesIO(content))
    values = [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]
    told = [str(value) for value in values if value is not None]
    assert not [one for one in told if one in ("党员", "群众")]
    assert "民主测评" in told


def test_ranks_of_small_groups_are_withheld():
    one = lambda unit, group: OpenResult(unit, unit, group, None, "", 1, 2, {})
    results = [one(f"a{n}", "large") for n in range(5)] + [one(f"b{n}", "small") for n in range(4)]

    told = {row.unit: row.rank_low for row in withheld(results)}

    assert {told[f"a{n}"] for n in range(5)} == {1}
    assert {told[f"b{n}"] for n in range(4)} == {None}


def test_text_does_not_become_a_formula_and_equal_data_give_equal_bytes():
    result = OpenResult("u", "=1+1", "", None, "", None, None, None)
    data = OpenData({"title": "t"}, "readme", [], [result])

    archive = ZipFile(io.BytesIO(packed(data)))

    assert "'=1+1" in archive.read("results.csv").decode()
    assert packed(data) == packed(data)
