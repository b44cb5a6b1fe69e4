"""One sheet for the grades of many reports: made, signed in order, a report held back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from reporting_world import counted, past_objections, signing
from ronghe.apps.access import Role
from ronghe.apps.desk.items import items_for
from ronghe.apps.procedures.models import SignOff
from ronghe.apps.procedures.selectors.signoff import steps_due_for
from ronghe.apps.procedures.services.signoff import sign
from ronghe.apps.reporting.models import GradeSheet, Report, Votes
from ronghe.apps.reporting.selectors import sheets as selectors
from ronghe.apps.reporting.services import judging, sheets
from ronghe.apps.reporting.stages import Stage
from web_world import business_below, days


def several(county, more: int = 2) -> list[Report]:
    """Return the counted report of the branch, with others like it, past their objections."""
    first = past_objections(counted(county))
    for number in range(more):
        node = business_below(county.nodes["township"], code=f"s{number}")
        other = Report.objects.create(
            appraisal=first.appraisal, node=node, name=f"书记{number}", stage=Stage.COUNTED,
            until=days(-1), proposal="good", digest=f"d{number}", counted_at=first.counted_at,
            counted_by=first.counted_by, comment="好",
        )  # fmt: skip
        Votes.objects.create(report=other, group="team", grade="good", count=7, by=first.counted_by)
    return list(first.appraisal.reports.order_by("pk"))


def code(county, role: Role, node: str) -> str:
    return f"{role}-{county.nodes[node].pk}"


def a_sheet(county, reports: list[Report], **changed: tuple[str, str]) -> GradeSheet:
    """Put all to sign with their proposals but for those changed by name of the secretary."""
    choices = {one.pk: changed.get(one.name, (one.proposal, "")) for one in reports}
    signers = [
        code(county, Role.PARTY_SECRETARY, "township"),
        code(county, Role.COUNTY_LEADER, "county"),
    ]
    by = county[Role.TOWNSHIP_OFFICER]
    return sheets.put_all_to_sign(reports[0].appraisal, choices=choices, signers=signers, by=by)


def put_signature(sheet: GradeSheet, by, *, approve: bool = True) -> None:
    paper = SignOff.objects.get(target_id=sheet.pk, target_type="reporting.gradesheet")
    (step,) = steps_due_for(by, paper)
    sign(step, approve=approve, reason="" if approve else "再议", digest=paper.digest, by=by)


def stages(reports: list[Report]) -> list[str]:
    return [Report.objects.get(pk=one.pk).stage for one in reports]


def test_one_sheet_is_signed_once_by_each_in_order_and_all_grades_hold(here):
    reports = several(here)
    sheet = a_sheet(here, reports)
    text = SignOff.objects.get().text
    assert all(one.name in text for one in reports)
    assert sheets.digest_of(one.digest for one in reports[0].appraisal.reports.all()) in text
    assert any(one.title == f"签批：{sheet.title}" for one in items_for(here[Role.PARTY_SECRETARY]))

    put_signature(sheet, here[Role.PARTY_SECRETARY])
    assert stages(reports) == [Stage.SIGNING] * 3
    put_signature(sheet, here[Role.COUNTY_LEADER])

    assert stages(reports) == [Stage.FINAL] * 3
    assert set(Report.objects.values_list("grade", flat=True)) == {"good"}


def test_a_report_held_back_stays_counted_with_its_reason_and_goes_on_the_next_sheet(here):
    reports = several(here)
    with pytest.raises(ValidationError) as refused:
        a_sheet(here, reports, 书记0=("", ""))
    assert f"reason-{reports[1].pk}" in refused.value.message_dict

    sheet = a_sheet(here, reports, 书记0=("", "账目还在核"))
    assert stages(reports) == [Stage.SIGNING, Stage.COUNTED, Stage.SIGNING]
    assert "账目还在核" in SignOff.objects.get().text
    left = Report.objects.get(pk=reports[1].pk)
    assert selectors.held_back(left) == "账目还在核"
    put_signature(sheet, here[Role.PARTY_SECRETARY])
    put_signature(sheet, here[Role.COUNTY_LEADER])

    a_sheet(here, [left])
    assert stages(reports) == [Stage.FINAL, Stage.SIGNING, Stage.FINAL]


def test_holding_one_back_while_it_is_signed_voids_the_signatures_put_so_far(here):
    reports = several(here)
    sheet, office = a_sheet(here, reports), here[Role.TOWNSHIP_OFFICER]
    put_signature(sheet, here[Role.PARTY_SECRETARY])
    line = sheet.lines.get(report=reports[2])

    sheets.hold_back(line, reason="有一件事要再问", by=office)

    assert stages(reports) == [Stage.SIGNING, Stage.SIGNING, Stage.COUNTED]
    put_signature(sheet, here[Role.PARTY_SECRETARY])
    put_signature(sheet, here[Role.COUNTY_LEADER])
    assert stages(reports) == [Stage.FINAL, Stage.FINAL, Stage.COUNTED]
    with pytest.raises(ValidationError):
        sheets.hold_back(sheet.lines.get(report=reports[0]), reason="晚了", by=office)


def test_the_last_one_on_a_sheet_is_not_held_back_but_returned(here):
    reports = several(here, more=0)
    sheet = a_sheet(here, reports)
    with pytest.raises(ValidationError, match="只剩"):
        sheets.hold_back(sheet.lines.get(), reason="x", by=here[Role.TOWNSHIP_OFFICER])


def test_a_sheet_that_is_returned_puts_every_report_back(here):
    reports = several(here)
    put_signature(a_sheet(here, reports), here[Role.PARTY_SECRETARY], approve=False)
    assert stages(reports) == [Stage.COUNTED] * 3
    a_sheet(here, reports)
    assert stages(reports) == [Stage.SIGNING] * 3


def test_a_grade_other_than_the_votes_come_to_says_why_on_the_sheet(here):
    reports = several(here)
    with pytest.raises(ValidationError) as refused:
        a_sheet(here, reports, 书记1=("average", ""))
    assert f"reason-{reports[2].pk}" in refused.value.message_dict
    assert not GradeSheet.objects.exists()
    assert stages(reports) == [Stage.COUNTED] * 3

    a_sheet(here, reports, 书记1=("average", "一件事没有办成"))
    assert "一件事没有办成" in SignOff.objects.get().text


def test_an_open_objection_keeps_a_report_off_the_sheet(here):
    reports = several(here)
    Report.objects.filter(pk=reports[0].pk).update(until=days(1))
    judging.object_to(reports[0], reason="漏了一票", by=here[Role.BRANCH_SECRETARY])
    past_objections(reports[0])

    by = here[Role.TOWNSHIP_OFFICER]
    found = {one.report.pk: one.why for one in selectors.candidates_for(by, reports[0].appraisal)}
    assert found == {reports[0].pk: "objections-open", reports[1].pk: "", reports[2].pk: ""}
    with pytest.raises(ValidationError):
        a_sheet(here, reports)


def test_only_who_holds_the_appraisal_makes_a_sheet_and_never_of_their_own(here):
    reports = several(here)
    choices = {one.pk: ("good", "") for one in reports}
    with pytest.raises(PermissionDenied):
        sheets.put_all_to_sign(
            reports[0].appraisal, choices=choices, signers=["x"], by=here[Role.BRANCH_SECRETARY]
        )
    Report.objects.filter(pk=reports[1].pk).update(secretary=here.people[Role.TOWNSHIP_OFFICER])
    with pytest.raises(PermissionDenied):
        a_sheet(here, reports)


def test_who_has_a_part_in_a_report_is_not_offered_as_its_signer(here):
    reports = several(here)
    Report.objects.filter(pk=reports[1].pk).update(secretary=here.people[Role.PARTY_SECRETARY])
    with pytest.raises(ValidationError) as refused:
        a_sheet(here, reports)
    assert "signers" in refused.value.message_dict


def test_a_sheet_of_one_report_from_before_is_still_signed(here):
    report = signing(here)
    paper = SignOff.objects.get(target_type="reporting.report")
    (step,) = steps_due_for(here[Role.PARTY_SECRETARY], paper)
    sign(step, approve=True, reason="", digest=paper.digest, by=here[Role.PARTY_SECRETARY])
    assert stages([report]) == [Stage.FINAL]


def test_the_office_makes_the_sheet_on_screen_and_reads_it(here, signed_in):
    reports = several(here)
    office = signed_in(here[Role.TOWNSHIP_OFFICER])
    at = reports[0].appraisal
    assert (
        reverse("reporting:put_all_to_sign", args=[at.pk])
        in office.get(at.get_absolute_url()).content.decode()
    )
    url = reverse("reporting:put_all_to_sign", args=[at.pk])
    sent = {f"grade-{one.pk}": one.proposal for one in reports}
    sent[f"grade-{reports[1].pk}"] = ""
    sent["signers"] = [code(here, Role.PARTY_SECRETARY, "township")]
    page = office.post(url, sent)
    assert page.status_code == 422
    assert "暂缓的写明理由" in page.content.decode()

    made = office.post(url, {**sent, f"reason-{reports[1].pk}": "账目还在核"}, follow=True)
    text = made.content.decode()
    for words in ("账目还在核", "修渠办得实。", "等次"):
        assert words in text
    line = GradeSheet.objects.get().lines.get(report=reports[0])
    back = reverse("reporting:hold_back", args=[line.pk])
    assert back in text
    office.post(back, {"words": "再核一次"})
    assert stages(reports)[0] == Stage.COUNTED
    shown = office.get(reports[0].get_absolute_url()).content.decode()
    assert "上次报批时暂缓：再核一次" in shown


def test_the_sheet_takes_a_bounded_number_of_queries(
    here, signed_in, django_assert_max_num_queries
):
    reports = several(here, more=20)
    office = signed_in(here[Role.TOWNSHIP_OFFICER])
    url = reverse("reporting:put_all_to_sign", args=[reports[0].appraisal_id])
    office.get(url)
    with django_assert_max_num_queries(30):
        office.get(url)
    sheet = a_sheet(here, reports)
    with django_assert_max_num_queries(40):
        office.get(sheet.get_absolute_url())
