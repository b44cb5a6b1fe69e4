"""Objections of secretaries without an account, entered by the office that received them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from reporting_world import counted, past_objections
from ronghe.apps.access import Role
from ronghe.apps.procedures.models import Objection
from ronghe.apps.procedures.services import objections
from ronghe.apps.reporting.models import PaperObjection, Report
from ronghe.apps.reporting.services import holding, paper
from web_world import days


def without_account(county) -> Report:
    """Return a counted report of a secretary without an account."""
    report = counted(county)
    Report.objects.filter(pk=report.pk).update(secretary=None, name="老书记")
    report.refresh_from_db()
    return report


def entered(county, report: Report, **more) -> Objection:
    given = {"reason": "漏了一票", "how": "letter", "received": days(0), **more}
    return paper.object_on_paper(report, by=county[Role.TOWNSHIP_OFFICER], **given)


def test_an_objection_on_paper_freezes_signing_and_says_how_it_came(here):
    report = without_account(here)
    made = entered(here, report)
    past_objections(report)

    with pytest.raises(ValidationError, match="异议"):
        holding.put_to_sign(report, grade="good", reason="", by=here[Role.TOWNSHIP_OFFICER])
    found = PaperObjection.objects.get()
    assert (found.objection, found.report, found.how) == (made, report, "letter")


def test_the_day_it_was_received_counts_not_the_day_it_was_entered(here):
    report = without_account(here)
    Report.objects.filter(pk=report.pk).update(
        until=days(-1), counted_at=timezone.now() - timedelta(days=9)
    )
    with pytest.raises(ValidationError, match="已过"):
        entered(here, report)
    assert entered(here, report, received=days(-1))


@pytest.mark.parametrize("received", [days(1), days(-1)])
def test_a_day_to_come_or_before_the_count_is_refused(here, received):
    report = without_account(here)
    with pytest.raises(ValidationError) as refused:
        entered(here, report, received=received)
    assert "received" in refused.value.message_dict


def test_only_the_office_that_holds_the_appraisal_enters_it(here):
    report = without_account(here)
    given = {"reason": "x", "how": "visit", "received": days(0)}
    with pytest.raises(PermissionDenied):
        paper.object_on_paper(report, by=here[Role.MEMBER], **given)


def test_who_counted_and_entered_it_neither_answers_nor_withdraws_it(here):
    made = entered(here, without_account(here))
    officer = here[Role.TOWNSHIP_OFFICER]
    with pytest.raises(ValidationError):
        objections.withdraw(made, by=officer)
    with pytest.raises((PermissionDenied, ValidationError)):
        objections.answer(made, uphold=False, text="没有漏", by=officer)

    objections.assign(made, to=here[Role.INSPECTOR], by=here[Role.ORGANISATION])
    objections.answer(made, uphold=True, text="确实漏了", by=here[Role.INSPECTOR])
    made.refresh_from_db()
    assert made.state == Objection.State.UPHELD


def test_the_office_enters_it_on_screen_with_the_letter_and_those_who_answer_read_it(
    here, signed_in
):
    report = without_account(here)
    office = signed_in(here[Role.TOWNSHIP_OFFICER])
    assert "代录异议" in office.get(report.get_absolute_url()).content.decode()
    letter = SimpleUploadedFile("异议.txt", "漏了一票".encode())
    sent = {"reason": "漏了一票", "how": "letter", "received": days(0).isoformat(), "file": letter}
    page = office.post(reverse("reporting:paper", args=[report.pk]), sent, follow=True)
    assert page.status_code == 200

    made = Objection.objects.get()
    reader = signed_in(here[Role.INSPECTOR])
    text = reader.get(made.get_absolute_url()).content.decode()
    for words in ("老书记", "书面递交或来信", "异议.txt"):
        assert words in text
    url = reverse("reporting:paper_file", args=[PaperObjection.objects.get().pk])
    assert reader.get(url).content.decode() == "漏了一票"
    assert signed_in(here[Role.MEMBER]).get(url).status_code == 404


def test_a_file_that_could_run_is_refused_and_nothing_is_entered(here):
    file = SimpleUploadedFile("run.exe", b"\x7fELF\x02\x01\x00\x00")
    with pytest.raises(ValidationError):
        entered(here, without_account(here), file=file)
    assert not Objection.objects.exists()
