"""A sheet is checked, its good rows taken over at once, the others sent back, all undone."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from records_world import a_definition, a_record, deliver
from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.desk.models import Job
from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.models import Import, Measure, Record, State, Target
from ronghe.apps.records.selectors.entries import records_visible_to
from ronghe.apps.records.services import withdraw_record
from ronghe.apps.records.services.importing import (
    begin_import,
    enter_rows,
    problems_of,
    start_import,
    undo_import,
)
from ronghe.apps.records.sheets import Table, Template, read, record_columns, written
from web_world import days, on_roster

KIND = "volunteer_service"
SEND = reverse("records:send")


class Free:
    """A job that nobody takes over."""

    def hold(self) -> None: ...

    def progress(self, done: int, total: int) -> None: ...

    def each(self, items, act) -> None:
        for item in items:
            act(item)
            self.progress(1, 2)


def table(*rows: dict[str, str]) -> Table:
    codes = ["unit", "day", "quantity", "actors", "quality", "source"]
    return Table(codes, [(n, [row.get(c, "") for c in codes]) for n, row in enumerate(rows, 2)])


def row(**more: str) -> dict[str, str]:
    return {"unit": "branch", "day": days(-1).isoformat(), "quantity": "1.5", **more}


def begun(county, *rows: dict[str, str], role=Role.BRANCH_SECRETARY):
    return begin_import(table(*rows), kind=KIND, file_name="台账.xlsx", by=county[role])


def test_good_rows_are_entered_and_the_others_told_what_is_wrong(here):
    on_roster(here.nodes["branch"], name="张三")
    sheet = begun(
        here, row(actors="张三"), row(unit="nowhere", day="昨天", quality="十"), row(actors="李四")
    )

    enter_rows(sheet, Free())

    made = Record.objects.get()
    assert (made.state, made.channel, made.batch) == (State.PENDING, "import", sheet)
    assert [one.name for one in made.actors.all()] == ["张三"]
    assert made.verify_at == here.nodes["branch"]
    sheet.refresh_from_db()
    assert (sheet.state, sheet.good, sheet.bad) == ("done", 1, 2)
    assert len(problems_of(sheet)[3]) == 3
    assert Entry.objects.filter(action="records.import_applied").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": ""},
        {"unit": "branch_beside"},
        {"day": "2025-02-30"},
        {"day": days(2).isoformat()},
        {"quantity": "1.55"},
        {"quantity": ""},
        {"quantity": "=1+1"},
        {"quality": "7"},
    ],
)
def test_a_wrong_cell_sends_its_row_back(here, wrong):
    sheet = begun(here, row(**wrong))

    assert (sheet.good, sheet.bad) == (0, 1)


def test_days_are_read_as_people_write_them(here):
    for text in ("2025-3-1", "2025/03/01", "2025年3月1日", "2025.3.1", "2025-03-01 00:00:00"):
        sheet = begun(here, row(day=text))
        assert sheet.good == 1, text


def test_two_people_of_one_name_are_not_guessed_at(here):
    for _ in range(2):
        on_roster(here.nodes["branch"], name="张三")

    assert begun(here, row(actors="张三")).bad == 1


def test_the_same_row_twice_is_asked_about_and_once_undone_can_be_sent_again(here):
    sheet = begun(here, row(), row())
    assert (sheet.good, sheet.bad) == (1, 1)
    enter_rows(sheet, Free())

    assert begun(here, row()).bad == 1
    undo_import(sheet, reason="传错了年份", by=here[Role.BRANCH_SECRETARY])

    assert begun(here, row()).good == 1
    assert Record.objects.get().state == State.WITHDRAWN


def test_what_is_staged_is_seen_by_nobody_and_a_second_try_enters_nothing_twice(here):
    sheet = begun(here, *(row(source=str(n)) for n in range(3)))

    class Killed(Free):
        def progress(self, *_far: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        enter_rows(sheet, Killed())
    assert Record.objects.filter(state=State.STAGED).count() == 1
    assert not records_visible_to(here[Role.BRANCH_SECRETARY]).exists()

    enter_rows(sheet, Free())
    assert Record.objects.count() == 3
    assert records_visible_to(here[Role.BRANCH_SECRETARY]).count() == 3


def test_an_undone_import_leaves_what_was_withdrawn_before_alone(here):
    by = here[Role.BRANCH_SECRETARY]
    sheet = begun(here, row(source="1"), row(source="2"))
    enter_rows(sheet, Free())
    withdraw_record(Record.objects.first(), reason="先撤的", by=by)

    assert undo_import(sheet, reason="传错了", by=by) == 1
    with pytest.raises(ValidationError):
        undo_import(sheet, reason="再来", by=by)
    assert set(Record.objects.values_list("reason", flat=True)) == {"先撤的", "传错了"}


def test_nobody_takes_over_or_undoes_anothers_import(here):
    sheet = begun(here, row())

    for act in (start_import, lambda one, by: undo_import(one, reason="x", by=by)):
        with pytest.raises(PermissionDenied):
            act(sheet, by=here[Role.ORGANISATION_OFFICER])


def test_members_and_other_places_import_nothing(here):
    with pytest.raises(PermissionDenied):
        begun(here, row(), role=Role.MEMBER)


def filled(content: bytes, *rows: dict[str, str]) -> bytes:
    """Fill in a template by its headings, as a person would."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for at, said in enumerate(rows, start=2):
        for heading, value in said.items():
            sheet.cell(at, headings.index(heading) + 1, value)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def upload(browser, content: bytes, asked: str, **more):
    sent = SimpleUploadedFile("填好.xlsx", content)
    return browser.post(f"{SEND}?{asked}", {"file": sent, **more})


def test_a_template_is_filled_in_checked_taken_over_and_refused_rows_sent_again(
    here, signed_in, django_capture_on_commit_callbacks
):
    browser = signed_in(here[Role.BRANCH_SECRETARY])
    empty = browser.get(reverse("records:template"), {"kind": KIND}).content
    good = {"单位": here.nodes["branch"].name, "日期": date(2025, 3, 1), "数量": 2}
    sent = filled(empty, good, {"单位": "branch", "日期": "三月一日", "数量": 2})

    page = browser.get(upload(browser, sent, f"kind={KIND}").url)
    sheet = page.context["begun"]
    assert (sheet.good, sheet.bad) == (1, 1)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("records:start_import", args=[sheet.pk]), {"go": "1"})

    assert Job.objects.get().state == Job.State.DONE, Job.objects.get().error
    assert Record.objects.get().day == date(2025, 3, 1)
    back = browser.get(reverse("records:refused", args=[sheet.pk])).content
    assert (
        "日期“三月一日”读不懂" in openpyxl.load_workbook(io.BytesIO(back)).worksheets[0]["H2"].value
    )
    mended = filled(back, {"日期": "2025-03-02"})
    again = browser.get(upload(browser, mended, f"kind={KIND}").url).context["begun"]
    assert (again.good, again.bad) == (1, 0)


def test_a_department_delivers_once_for_all_units_by_a_sheet(
    here, signed_in, django_capture_on_commit_callbacks
):
    definition = a_definition(here, unit_of_measurement="万元")
    deliver(here, definition, 7)
    browser = signed_in(here[Role.DATA_DEPARTMENT])
    asked = {"what": "measures", "period": "2025", "level": "village"}
    empty = browser.get(reverse("records:template"), asked).content
    sheet = openpyxl.load_workbook(io.BytesIO(empty)).worksheets[0]
    rows = {line[0].value: line[2].value for line in sheet.iter_rows(min_row=2)}
    assert rows == {"branch": "7", "branch_beside": None}

    sent = filled(empty, {"集体收入（万元）": "8.5"}, {"集体收入（万元）": "1.234"})
    answer = upload(browser, sent, "what=measures", period="2025", source="年报")
    one = browser.get(answer.url).context["begun"]
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("records:start_import", args=[one.pk]), {"go": "1"})

    assert (one.good, one.bad) == (1, 1)
    assert Measure.objects.get(current=True).value == 850
    undo_import(Import.objects.get(), reason="口径错了", by=here[Role.DATA_DEPARTMENT])
    assert Measure.objects.get(current=True).value == 700


def test_targets_come_by_a_sheet_too(here, signed_in, django_capture_on_commit_callbacks):
    a_definition(here)
    browser = signed_in(here[Role.APPRAISAL_OFFICE])
    asked = {"what": "targets", "period": "2026", "level": "village"}
    empty = browser.get(reverse("records:template"), asked).content
    sent = filled(empty, {"集体收入": 9})
    answer = upload(browser, sent, "what=targets", period="2026", source="责任书")
    one = browser.get(answer.url).context["begun"]
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("records:start_import", args=[one.pk]), {"go": "1"})

    assert Target.objects.get().value == 900


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", b"a,b\n1,2\n"])
def test_what_is_no_sheet_is_refused_in_words(here, signed_in, content):
    answer = upload(signed_in(here[Role.BRANCH_SECRETARY]), content, f"kind={KIND}")

    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_text_in_a_refused_row_never_becomes_a_formula(here):
    columns = record_columns(KINDS[KIND])
    made = Template("t", [], columns, [], [["=cmd()", "@x"]], {1: "=y"})
    sheet = openpyxl.load_workbook(io.BytesIO(written(made))).worksheets[0]

    assert [cell.data_type for cell in sheet[2]][:2] == ["s", "s"]
    assert read(written(made), "a.xlsx", columns).rows[0][1][0] == "=cmd()"


def test_an_import_does_not_count_what_others_entered(here):
    a_record(here)
    sheet = begun(here, row())
    enter_rows(sheet, Free())

    assert undo_import(sheet, reason="x", by=here[Role.BRANCH_SECRETARY]) == 1
    assert Record.objects.filter(state=State.PENDING).count() == 1
