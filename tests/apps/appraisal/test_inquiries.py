"""A department answers for its own figures: asked by the office, before the office answers."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from records_world import a_definition
from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import Appeal, Inquiry, Round
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.appraisal.services import appeals, inquiries
from ronghe.apps.appraisal.services.rounds import start_computing
from ronghe.apps.audit.models import Entry
from ronghe.apps.desk.items import items_for
from ronghe.apps.desk.models import Notice
from ronghe.apps.desk.waiting import at_organisation
from ronghe.apps.records.models import Measure
from round_world import YEAR, an_appeal, computed, measured_appeal, moved, result_of
from web_world import days, person, post


@pytest.fixture
def made(here) -> Appeal:
    """An appeal that says a figure of the department is wrong."""
    return measured_appeal(here)


@pytest.fixture
def asked(here, made) -> Inquiry:
    """What the department is asked about it."""
    return inquiries.pass_on(
        made, department=here.nodes["department"], by=here[Role.APPRAISAL_OFFICE]
    )


def stated(here, asked, **said):
    words = {"wrong": False, "statement": "与年报一致", "by": here[Role.DATA_DEPARTMENT], **said}
    return inquiries.state(asked, **words)


def figure_of(asked):
    definition = Measure.objects.get(current=True).definition
    return definition.pk, str(YEAR)


def test_the_office_passes_an_appeal_on_at_one_press_and_the_department_finds_it_on_its_desk(
    here, made, signed_in
):
    office = signed_in(here[Role.APPRAISAL_OFFICE])
    page = reverse("appraisal:answer", args=[made.pk])
    assert "转请核实" in office.get(page).content.decode()
    office.post(
        reverse("appraisal:pass_on", args=[made.pk]),
        {"department": here.nodes["department"].pk},
    )

    asked = made.inquiries.get()
    address = reverse("appraisal:inquiry", args=[asked.pk])
    items = {one.url: one for one in items_for(here[Role.DATA_DEPARTMENT])}
    assert items[address].due == asked.due
    assert Notice.objects.filter(to=here[Role.DATA_DEPARTMENT], url=address).exists()
    assert Entry.objects.filter(action="appraisal.inquiry_made").exists()
    section = at_organisation(here[Role.DATA_DEPARTMENT], here.nodes["department"])
    assert [one.due for one in section.shown["waiting"]] == [asked.due]


def test_the_due_day_is_counted_in_working_days_by_the_rule(here, asked):
    assert days(3) <= asked.due <= days(15)


def test_a_department_that_owns_no_input_cannot_be_asked(here):
    made = an_appeal(here, moved(here, computed(here), Event.DISCLOSE))
    a_definition(here)

    with pytest.raises(ValidationError, match="没有用这个部门"):
        inquiries.pass_on(made, department=here.nodes["department"], by=here[Role.APPRAISAL_OFFICE])


def test_a_department_is_asked_once_about_an_appeal(here, made, asked):
    with pytest.raises(ValidationError, match="已经转请过"):
        inquiries.pass_on(made, department=here.nodes["department"], by=here[Role.APPRAISAL_OFFICE])


def test_a_department_where_nobody_can_answer_is_not_asked(here, made):
    here[Role.DATA_DEPARTMENT].posts.update(until=days(-1))

    with pytest.raises(ValidationError, match="账号"):
        inquiries.pass_on(made, department=here.nodes["department"], by=here[Role.APPRAISAL_OFFICE])


@pytest.mark.parametrize("role", [Role.APPRAISAL_OFFICE, Role.BRANCH_SECRETARY, Role.ORGANISATION])
def test_nobody_answers_in_the_place_of_the_department(here, asked, signed_in, role):
    with pytest.raises(PermissionDenied):
        stated(here, asked, by=here[role])
    page = reverse("appraisal:inquiry", args=[asked.pk])
    assert signed_in(here[role]).get(page).status_code == 404


def test_the_office_waits_for_the_statement_until_it_is_overdue(here, made, asked):
    office = here[Role.APPRAISAL_OFFICE]
    with pytest.raises(ValidationError, match="还在核实"):
        appeals.answer(made, upheld=False, words="不成立", by=office)

    Inquiry.objects.update(due=days(-1))
    appeals.answer(made, upheld=False, words="逾期未答", by=office)
    with pytest.raises(PermissionDenied):
        stated(here, asked)


def test_the_assessed_reads_the_statement_with_the_decision_and_not_before(
    here, made, asked, signed_in
):
    secretary = signed_in(here[Role.BRANCH_SECRETARY])
    page = reverse("appraisal:result", args=[made.result_id])
    assert "已转请" in secretary.get(page).content.decode()
    stated(here, asked)
    assert "与年报一致" not in secretary.get(page).content.decode()

    office = signed_in(here[Role.APPRAISAL_OFFICE])
    assert "与年报一致" in office.get(reverse("appraisal:answer", args=[made.pk])).content.decode()
    appeals.answer(made, upheld=False, words="数据无误", by=here[Role.APPRAISAL_OFFICE])
    assert "与年报一致" in secretary.get(page).content.decode()


def test_what_was_wrong_is_corrected_with_its_source_and_the_result_computed_anew(
    here, made, asked, signed_in
):
    department = signed_in(here[Role.DATA_DEPARTMENT])
    page = reverse("appraisal:inquiry", args=[asked.pk])
    assert "应是21.5" in department.get(page).content.decode()
    said = {"wrong": "yes", "statement": "录入时颠倒了", "figure-0": "21.5"}
    assert "出自哪份文件" in department.post(page, said).content.decode()
    assert not Inquiry.objects.exclude(wrong=None).exists()
    assert department.post(page, {**said, "source": "年报第3页"}).status_code == 302

    held = Measure.objects.get(current=True)
    assert (held.amount_words, held.source) == ("21.5", "年报第3页")
    office, result = here[Role.APPRAISAL_OFFICE], made.result
    with pytest.raises(ValidationError, match="按成立办理"):
        appeals.answer(made, upheld=False, words="不成立", by=office)
    appeals.answer(made, upheld=True, words="数据已改正", by=office)
    round_ = moved(here, Round.objects.get(), Event.HEAR)
    start_computing(round_, by=office)
    round_.refresh_from_db()
    assert (result.total, result_of(round_).total) == (12_500, 21_500)


def test_wrong_without_a_correction_and_right_with_one_are_refused(here, asked):
    with pytest.raises(ValidationError, match="先改正"):
        stated(here, asked, wrong=True)
    with pytest.raises(ValidationError, match="改了数"):
        stated(here, asked, corrected={figure_of(asked): 99}, source="年报")
    assert Measure.objects.count() == 1


def test_only_the_figures_asked_about_are_corrected(here, asked):
    other = a_definition(here, code="other", title="另一项")

    with pytest.raises(ValidationError, match="先改正"):
        stated(here, asked, wrong=True, corrected={(other.pk, str(YEAR)): 5}, source="年报")
    assert Measure.objects.count() == 1


def test_who_asked_does_not_answer_though_they_hold_a_post_there_too(here, made):
    both = post(person("both"), Role.APPRAISAL_OFFICE, here.nodes["county"]).user
    post(both, Role.DATA_DEPARTMENT, here.nodes["department"])
    asked = inquiries.pass_on(made, department=here.nodes["department"], by=both)

    with pytest.raises(PermissionDenied):
        stated(here, asked, by=both)


def test_the_department_reads_the_files_of_the_appeal_while_it_is_asked(
    here, made, signed_in, settings, tmp_path
):
    from test_appeal_files import a_file

    settings.MEDIA_ROOT = tmp_path / "files"
    file = appeals.attach(made, file=a_file(), by=here[Role.BRANCH_SECRETARY])
    department = signed_in(here[Role.DATA_DEPARTMENT])
    address = reverse("appraisal:appeal_file", args=[file.pk])
    assert department.get(address).status_code == 404
    asked = inquiries.pass_on(
        made, department=here.nodes["department"], by=here[Role.APPRAISAL_OFFICE]
    )
    assert department.get(address).status_code == 200
    stated(here, asked)
    assert department.get(address).status_code == 404
