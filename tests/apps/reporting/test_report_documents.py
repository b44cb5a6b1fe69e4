"""Documents at one press: what somebody may see, masked, marked, audited."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import docx
import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from records_world import a_definition, a_file_behind, a_record, deliver
from reporting_world import YEAR, a_made_file
from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.desk.models import Job
from ronghe.apps.reporting.models import Export
from ronghe.apps.reporting.services import documents as services
from web_world import days

What = Export.What


def made(county, what, *, role=Role.BRANCH_SECRETARY, node="branch", period=str(YEAR)) -> Export:
    """Have a document made, as the worker does at once in tests."""
    export = services.ask_for(what, node=county.nodes[node], period=period, by=county[role])
    export.refresh_from_db()
    assert Job.objects.get(pk=export.job_id).state == "done", export.job.error
    return export


def test_a_work_report_holds_sentences_with_a_list_of_sources(here):
    record = a_record(here, values={"matter": "给张三（13812345678）修水渠"})
    export = made(here, What.WORK_REPORT)
    document = docx.Document(str(export.path))
    words = "\n".join(one.text for one in document.paragraphs)

    assert f"here branch{YEAR}年工作总结（草稿）" in words
    assert "138****5678" in words
    assert "没有记录" in words
    assert f"纪实{record.pk}号" in document.tables[0].rows[1].cells[1].text
    assert "here-branch_secretary" in document.sections[0].header.paragraphs[0].text
    assert export.name.endswith(".docx")


def test_a_binder_in_excel_has_every_record_file_and_figure(here):
    record = a_record(here)
    a_file_behind(record, by=here.people[Role.BRANCH_SECRETARY])
    deliver(here, a_definition(here), 52, period=str(YEAR))
    content = made(here, What.BINDER_EXCEL).path.read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert [one.title for one in book] == [
        f"here branch{YEAR}台账", "1 诉求办结", "2 凭据文件", "3 数据和目标",
    ]  # fmt: skip
    assert book["1 诉求办结"]["D2"].value == "修水渠"
    assert book["2 凭据文件"]["D2"].value == "签到.txt"
    assert book["3 数据和目标"]["E2"].value == "52"
    assert "here-branch_secretary" in book.worksheets[0]["A2"].value


def test_a_long_binder_is_a_zip_of_several_pdf(here, monkeypatch):
    monkeypatch.setattr(services, "PART", 2)
    for number in range(3):
        a_record(here, day=days(-number))
    a_record(here, kind="visit", values={})
    export = made(here, What.BINDER_PDF)

    with zipfile.ZipFile(export.path) as packed:
        files = packed.namelist()
        assert all(packed.read(one).startswith(b"%PDF") for one in files)
    assert files == ["001.pdf", "002.pdf"]
    assert (export.name, export.records) == (f"here branch{YEAR}台账.zip", 4)


def test_parts_keep_every_row_once():
    tables = [services.Table("a", [("x", 1)], [[str(n)] for n in range(1203)])]
    tables.append(services.Table("b", [("x", 1)], [["y"]]))

    parts = list(services._parts(tables))

    assert [sum(len(one.rows) for one in part) for part in parts] == [500, 500, 204]
    assert [row for part in parts for one in part for row in one.rows] == [
        *([str(n)] for n in range(1203)), ["y"],
    ]  # fmt: skip


def test_too_many_records_are_not_printed_but_it_is_said_what_to_do(here, monkeypatch):
    monkeypatch.setattr(services, "MOST", 0)
    a_record(here)
    export = services.ask_for(
        What.BINDER_PDF, node=here.nodes["branch"], period=str(YEAR), by=here[Role.BRANCH_SECRETARY]
    )

    job = Job.objects.get(pk=Export.objects.get(pk=export.pk).job_id)
    assert job.state == "refused"
    assert "Excel" in job.error


def test_nothing_out_of_reach_or_about_single_people_gets_in(here):
    a_record(here, role=Role.ORGANISATION, node="branch_beside")
    a_record(here, role=Role.ORGANISATION, kind="discipline_action", values={})
    export = made(here, What.BINDER_EXCEL, role=Role.PARTY_SECRETARY, node="township")

    assert export.records == 0


def test_asking_making_and_taking_are_audited(here, signed_in):
    export = made(here, What.BINDER_EXCEL)
    client = signed_in(here[Role.BRANCH_SECRETARY])
    answer = client.get(reverse("reporting:download", args=[export.pk]))

    assert openpyxl.load_workbook(io.BytesIO(answer.content))
    actions = set(Entry.objects.filter(target_id=export.pk).values_list("action", flat=True))
    assert {
        "reporting.export_asked", "reporting.exported", "reporting.export_fetched",
    } <= actions  # fmt: skip


def test_somebody_elses_file_is_nobodys(here, signed_in):
    export = a_made_file(here.nodes["branch"], by=here.people[Role.BRANCH_SECRETARY])
    client = signed_in(here[Role.PARTY_SECRETARY])

    assert client.get(reverse("reporting:download", args=[export.pk])).status_code == 404


def test_a_place_out_of_reach_and_a_report_on_half_a_year_are_refused(here):
    by = here[Role.BRANCH_SECRETARY]
    with pytest.raises(PermissionDenied):
        services.ask_for(What.BINDER_PDF, node=here.nodes["township"], period="2026", by=by)
    with pytest.raises(ValidationError):
        services.ask_for(What.WORK_REPORT, node=here.nodes["branch"], period="2026H1", by=by)


def test_old_files_are_removed_and_the_page_says_so(here, signed_in):
    export = a_made_file(here.nodes["branch"], by=here.people[Role.BRANCH_SECRETARY])
    Export.objects.filter(pk=export.pk).update(at=timezone.now() - timedelta(days=31))
    services.remove_old()

    assert not export.path.exists()
    page = signed_in(here[Role.BRANCH_SECRETARY]).get(reverse("reporting:documents"))
    assert "已到期移除" in page.content.decode()


def test_the_page_starts_one_and_offers_it(here, signed_in):
    client = signed_in(here[Role.BRANCH_SECRETARY])
    sent = {"what": "binder_excel", "node": here.nodes["branch"].pk, "period": str(YEAR)}
    assert (
        client.post(reverse("reporting:documents"), {**sent, "period": "去年"}).status_code == 422
    )
    assert client.post(reverse("reporting:documents"), sent).status_code == 302

    page = client.get(reverse("reporting:documents")).content.decode()
    assert f"here branch{YEAR}台账.xlsx" in page
