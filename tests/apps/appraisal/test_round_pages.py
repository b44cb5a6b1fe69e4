"""The pages of rounds and results, each for its user."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from records_world import waiting_record
from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import Appeal, ExpertScore, Improvement, Round, Votes
from ronghe.apps.appraisal.rounds.stages import Event, Stage
from ronghe.apps.appraisal.services.missing import note
from ronghe.apps.desk.items import items_for
from ronghe.apps.procedures.selectors.signoff import signoffs_of
from ronghe.apps.records.models import MeasureDefinition, Record
from round_world import (
    TO_FINAL,
    YEAR,
    a_round,
    a_version,
    an_appeal,
    computed,
    final,
    moved,
    result_of,
    small_scheme,
)
from web_world import days


@pytest.fixture
def as_role(here, signed_in):
    """Return a function that signs somebody of the county in."""
    return lambda role: signed_in(here[role])


def url(name: str, pk: int) -> str:
    return reverse(f"appraisal:{name}", args=[pk])


def test_the_office_takes_a_round_through_its_stages_with_the_buttons(here, as_role):
    version = a_version(here)
    office = as_role(Role.APPRAISAL_OFFICE)
    sent = {
        "version": version.pk,
        "at": here.nodes["county"].pk,
        "scope": "all",
        "period": str(YEAR),
        "collect_until": days(10).isoformat(),
    }
    office.post(reverse("appraisal:open_round"), sent)
    round_ = Round.objects.get()
    for event in ("collect", "compute", "disclose"):
        page = office.get(url("round", round_.pk)).content.decode()
        assert f'value="{event}"' in page
        office.post(url("move", round_.pk), {"event": event})

    round_.refresh_from_db()
    assert round_.stage == Stage.DISCLOSED
    page = office.get(url("round", round_.pk)).content.decode()
    assert 'value="hear"' not in page
    assert "期限还没有满" in page


def test_signing_is_not_a_button_of_the_office(here, as_role):
    round_ = moved(here, computed(here), *TO_FINAL[:-1])
    as_role(Role.APPRAISAL_OFFICE).post(url("move", round_.pk), {"event": "sign"})
    round_.refresh_from_db()
    assert round_.stage == Stage.SIGN_OFF

    sheet = signoffs_of(round_).get()
    signer = as_role(Role.ORGANISATION)
    sent = {"decision": "approve", "digest": sheet.digest}
    signer.post(reverse("procedures:sign", args=[sheet.steps.get().pk]), sent)
    round_.refresh_from_db()
    assert round_.stage == Stage.FINAL


def test_the_office_chooses_who_signs_on_a_page(here, as_role):
    round_ = moved(here, computed(here), *TO_FINAL[:3], Event.CONCLUDE)
    office = as_role(Role.APPRAISAL_OFFICE)
    form = url("put_to_sign", round_.pk)
    assert "here 县领导" in office.get(form).content.decode()
    assert office.post(form, {}).status_code == 422
    county = round_.node_id
    chosen = [f"county_leader-{county}", f"organisation-{county}"]
    assert office.post(form, {"signers": chosen}).status_code == 302

    steps = signoffs_of(round_).get().steps.all()
    assert [one.role for one in steps] == [Role.ORGANISATION, Role.COUNTY_LEADER]


def test_the_days_stand_on_the_page_with_their_source(here, as_role):
    words = as_role(Role.MEMBER).get(url("round", a_round(here).pk)).content.decode()

    assert "考核结果反馈后的申诉期" in words
    assert "待核实" in words


def test_votes_are_entered_by_the_township_for_its_own(here, as_role):
    round_ = a_round(here)
    township = as_role(Role.TOWNSHIP_OFFICER)
    page = township.get(url("votes", round_.pk)).content.decode()
    assert "unit=branch&" in page
    assert "branch_beside" not in page
    form = f"{url('votes', round_.pk)}?unit=branch&ballot=review"
    township.post(form, {"votes-0-0": "12", "votes-1-1": "3"})

    assert set(Votes.objects.values_list("group", "grade", "count")) == {
        ("党员", "好", 12),
        ("党员", "差", 0),
        ("群众", "好", 0),
        ("群众", "差", 3),
    }
    beside = f"{url('votes', round_.pk)}?unit=branch_beside&ballot=review"
    assert township.get(beside).status_code == 404


def test_an_expert_scores_the_units_he_knows(here, as_role):
    round_ = a_round(here)
    expert = as_role(Role.EXPERT)
    assert expert.get(url("scores", round_.pk)).status_code == 200
    expert.post(url("scores", round_.pk), {"unit-0": "87.5"})

    assert list(ExpertScore.objects.values_list("unit", "score")) == [("branch", 87500)]


def test_the_score_page_explains_every_point_and_names_no_peer(here, as_role):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    page = as_role(Role.BRANCH_SECRETARY).get(url("result", result_of(round_).pk))
    words = page.content.decode()

    assert "失20分" in words
    assert "民主测评" in words
    assert "here branch_beside" not in words
    assert "从满分到总分" in words


def test_a_secretary_does_not_open_the_neighbours_result(here, as_role):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    other = result_of(round_, "branch_beside")

    assert as_role(Role.BRANCH_SECRETARY).get(url("result", other.pk)).status_code == 404


def test_a_secretary_appeals_and_reads_the_answer(here, as_role):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    result = result_of(round_)
    sent = {"indicator": "cases", "words": "少算一件", "evidence": "纪实3号"}
    as_role(Role.BRANCH_SECRETARY).post(url("appeal", result.pk), sent)
    made = Appeal.objects.get()
    office = as_role(Role.APPRAISAL_OFFICE)
    assert "少算一件" in office.get(url("answer", made.pk)).content.decode()
    office.post(url("answer", made.pk), {"upheld": "no", "words": "那是上一年的"})

    page = as_role(Role.BRANCH_SECRETARY).get(url("result", result.pk)).content.decode()
    assert "那是上一年的" in page


def test_everybody_sees_the_results_in_publicity_and_opens_only_their_own(here, as_role):
    round_ = moved(here, computed(here), *TO_FINAL[:3])
    page = as_role(Role.MEMBER).get(url("results", round_.pk)).content.decode()

    assert "here branch_beside" in page
    assert "/appraisal/results/" not in page


def test_missing_inputs_stand_on_the_desks_of_those_who_supply_them(here):
    source = {"kind": "measure", "measure": "income"}
    common = {"rule": {"kind": "goalposts", "low": 0, "high": 10}, "basis": "经济发展"}
    measure = {"code": "income", "title": "集体收入", "lowest_level": "village", "owner": "统计局"}
    indicator = {"code": "income", "title": "收入", "points": 100, "source": source, **common}
    scheme = small_scheme(indicators=[indicator], measures=[measure], record_kinds=[])
    county, department = here.nodes["county"], here.nodes["department"]
    MeasureDefinition.objects.create(
        county=county, code="income", title="集体收入", lowest_level="village", owner=department
    )
    round_ = a_round(here, scheme=scheme)
    note(round_)

    titles = [item.title for item in items_for(here[Role.DATA_DEPARTMENT])]
    assert any("还缺2个单位" in title for title in titles)
    assert not any("还缺" in item.title for item in items_for(here[Role.BRANCH_SECRETARY]))


def test_the_round_says_what_is_missing_at_whose_and_what_comes_next(here, as_role):
    round_ = a_round(here)
    note(round_)

    page = as_role(Role.APPRAISAL_OFFICE).get(url("round", round_.pk)).content.decode()

    assert "下一步" in page
    assert "还缺2项" in page


def test_the_review_says_how_far_the_records_that_count_are_checked(here, as_role):
    round_ = computed(here)
    day = {"kind": "case_solved", "day": date(YEAR, 5, 1)}
    by = {"decided_by": here[Role.TOWNSHIP_OFFICER]}
    for more in ({}, {"state": "accepted", **by}, {"state": "accepted"}, {"state": "superseded"}):
        record = waiting_record(here.nodes["branch"])
        Record.objects.filter(pk=record.pk).update(**{**day, **more})
    waiting_record(here.nodes["branch"])  # of another kind

    page = as_role(Role.APPRAISAL_OFFICE).get(url("review", round_.pk)).content.decode()

    row = page[page.index("<div>here branch</div>") :]
    assert re.findall(r"<div>(\d+)</div>", row)[:6] == ["3", "1", "1", "1", "0", "1"]


def test_the_desk_takes_a_bounded_number_of_queries(here, django_assert_max_num_queries):
    round_ = a_round(here)
    note(round_)

    with django_assert_max_num_queries(60):
        items_for(here[Role.PARTY_SECRETARY])


def test_the_assessed_are_told_on_their_desk_while_they_can_appeal(here):
    moved(here, computed(here), Event.DISCLOSE)

    titles = [item.title for item in items_for(here[Role.BRANCH_SECRETARY])]
    assert "考核结果：here branch" in titles


def test_the_workbook_and_the_notice_are_drawn_for_the_office(here, as_role):
    round_ = final(here)
    office = as_role(Role.APPRAISAL_OFFICE)
    book = office.get(url("round_excel", round_.pk)).content
    notice = office.get(url("round_notice", round_.pk))

    assert openpyxl.load_workbook(io.BytesIO(book)).sheetnames
    assert notice.content[:2] == b"PK"
    assert sorted(path.name for path in (round_.run.folder / "run").iterdir()) == sorted(
        ["certainty.csv", "inputs", "results.parquet", "rollup.csv", "rollup.parquet", "run.json",
         "scores.csv", "timings.json", "totals.csv"]
    )  # fmt: skip


def test_an_auditor_lets_the_result_be_computed_again(here, as_role):
    round_ = final(here)
    inspector = as_role(Role.INSPECTOR)
    page = inspector.get(url("round", round_.pk)).content.decode()
    assert round_.run.result_digest in page
    job = inspector.post(url("reproduce", round_.pk), follow=True)

    assert "逐字节一致" in job.content.decode()


def test_improvement_is_planned_on_the_score_page_and_finished_from_the_desk(here, as_role):
    round_ = final(here)
    result, secretary = result_of(round_), as_role(Role.BRANCH_SECRETARY)
    sent = {
        "indicator": "cases",
        "words": "每月走访",
        "owner": here[Role.BRANCH_SECRETARY].pk,
        "due": days(30).isoformat(),
    }
    secretary.post(url("improve", result.pk), sent)
    item = Improvement.objects.get()
    assert "每月走访" in [one.title for one in items_for(here[Role.BRANCH_SECRETARY])]
    secretary.post(url("finish", item.pk), {"outcome": "走访40户"})
    item.refresh_from_db()

    assert item.outcome == "走访40户"


@pytest.mark.parametrize("page", ["review", "fusion", "inputs", "results", "round"])
def test_every_page_of_a_round_opens_for_the_office_in_both_languages(here, as_role, page):
    round_ = computed(here)
    office = as_role(Role.APPRAISAL_OFFICE)
    assert office.get(url(page, round_.pk)).status_code == 200
    office.post(reverse("preferences"), {"language": "en", "next": "/"})
    assert office.get(url(page, round_.pk)).status_code == 200


def test_open_appeals_are_shown_as_what_holds_a_round_up(here, as_role):
    round_ = moved(here, computed(here), Event.DISCLOSE)
    an_appeal(here, round_)

    page = as_role(Role.APPRAISAL_OFFICE).get(url("round", round_.pk)).content.decode()
    assert "1件申诉待答复" in page
