"""A roster file: reviewed against the roster, taken over row by row as chosen."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from stdnum.cn import ric

from ronghe.apps.access import Role
from ronghe.apps.audit.models import Entry
from ronghe.apps.members.differences import review
from ronghe.apps.members.models import Member, RosterImport
from ronghe.apps.members.rows import day_in, guessed
from ronghe.apps.members.services import importing
from ronghe.apps.members.services.importing import begin_import
from ronghe.apps.members.services.keeping import register
from ronghe.exchange.roster import RosterTable
from web_world import days, on_roster

HEADINGS = ["序号", "姓名", "公民身份号码", "人员类别", "所在党支部", "入党日期", "手机号码"]


def number(serial: int) -> str:
    """Return an identity number of nobody in particular, with its check character."""
    first = f"36042619910101{serial:03d}"
    return first + ric.calc_check_digit(first + "0")


ID = number(7)


def row(name="王大山", id_number=ID, stage="正式党员", branch="here branch", phone="13800001234"):
    return ["1", name, id_number, stage, branch, "2010.07.01", phone]


def table(*rows) -> RosterTable:
    return RosterTable(HEADINGS, [(at, list(cells)) for at, cells in enumerate(rows, start=2)])


@pytest.fixture
def secretary(here):
    return here[Role.BRANCH_SECRETARY]


@pytest.fixture
def listed(here, secretary):
    """A member who is on the roster already."""
    return register(
        name="王大山",
        id_number=ID,
        phone="13800001234",
        node=here.nodes["branch"],
        stage="full",
        since=days(-100),
        by=secretary,
    )


def compared(*rows, by):
    return review(table(*rows), guessed(HEADINGS), by=by)


def take_over(*rows, by, chosen=None):
    begun = begin_import(table(*rows), file_name="名册.xlsx", by=by)
    numbers = range(2, 2 + len(rows)) if chosen is None else chosen
    return applied(begun, rows=set(numbers), by=by)


def applied(begun, *, rows, by):
    """Compare a file, choose these rows and take them over; return those refused."""
    importing.stage(begun, by=by)
    importing.choose(begun, shown=range(2, 2 + 60), rows=rows, by=by)
    importing.start_import(begun, by=by)
    importing.take_over(begun, by=by)
    refused = begun.rows.filter(outcome="refused")
    return list(refused.values_list("number", "reasons"))


def test_the_headings_of_the_national_system_are_known():
    assert guessed(HEADINGS) == {
        "name": 1,
        "id_number": 2,
        "organisation": 4,
        "stage": 3,
        "since": 5,
        "phone": 6,
    }


@pytest.mark.parametrize(
    "text", ["2010-07-01", "2010.7.1", "20100701", "2010年7月1日", "2010/07/01 00:00:00"]
)
def test_days_are_read_however_they_are_written(text):
    assert day_in(text).isoformat() == "2010-07-01"


@pytest.mark.parametrize("text", ["", "不详", "2010-13-45"])
def test_what_is_no_day_is_none(text):
    assert day_in(text) is None


def test_a_person_who_is_not_on_the_roster_is_new_and_registered_from_the_day_of_joining(
    here, secretary
):
    assert [one.changes for one in compared(row(), by=secretary).differences] == [("new",)]

    take_over(row(), by=secretary)

    member = Member.objects.get()
    assert (member.name, member.id_number, member.phone) == ("王大山", ID, "13800001234")
    assert member.stages.get().since.isoformat() == "2010-07-01"


def test_a_row_that_says_the_same_is_only_counted(listed, secretary):
    found = compared(row(), by=secretary)

    assert (found.differences, found.same, found.absent) == ([], 1, [])


@pytest.mark.parametrize(
    ("changed", "change"),
    [
        ({"name": "王大川"}, "name"),
        ({"phone": "13900005678"}, "phone"),
        ({"branch": "here branch_beside"}, "organisation"),
    ],
)
def test_what_differs_is_named_and_taken_over(here, listed, changed, change):
    by = here[Role.ORGANISATION]
    assert [one.changes for one in compared(row(**changed), by=by).differences] == [(change,)]

    assert take_over(row(**changed), by=by) == []

    assert compared(row(**changed), by=here[Role.ORGANISATION]).same == 1


def test_a_stage_that_follows_is_taken_over(here, secretary):
    take_over(row(stage="预备党员"), by=secretary)

    take_over(row(), by=secretary)

    assert Member.objects.get().stage == "full"


def test_a_stage_that_does_not_follow_is_refused(listed, secretary):
    found = compared(row(stage="入党申请人"), by=secretary)

    assert [one.row for one in found.refusals] == [2]
    assert found.differences == []


def test_taking_over_the_same_file_twice_changes_nothing(secretary, here):
    rows = [row(name=f"党员{at}", id_number=number(at)) for at in range(5)]
    take_over(*rows, by=secretary)
    before = list(Member.objects.values("pk", "name", "stage"))

    take_over(*rows, by=secretary)

    assert list(Member.objects.values("pk", "name", "stage")) == before


def test_only_the_chosen_rows_are_taken_over(here, secretary):
    rows = [row(name=f"党员{at}", id_number=number(at)) for at in range(3)]

    take_over(*rows, by=secretary, chosen=[3])

    assert [one.name for one in Member.objects.all()] == ["党员1"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"id_number": "123"}, "身份证号不对"),
        ({"id_number": ""}, "没有身份证号"),
        ({"stage": "群众"}, "不认识人员类别“群众”"),
        ({"branch": "here branch_beside"}, "没有党组织“here branch_beside”"),
        ({"phone": "1"}, "电话号码应为"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(here, secretary, changed, told):
    refusal = compared(row(**changed), by=secretary).refusals[0]

    assert (refusal.row, refusal.name) == (2, "王大山")
    assert told in " ".join(refusal.reasons)


def test_the_same_person_twice_in_a_file_is_refused_the_second_time(here, secretary):
    found = compared(row(), row(name="王二"), by=secretary)

    assert [one.row for one in found.refusals] == [3]


def test_a_member_of_another_branch_is_not_taken_away(here, listed):
    here.people[Role.BRANCH_SECRETARY].posts.update(node=here.nodes["branch_beside"])

    found = compared(row(branch="here branch_beside"), by=here[Role.BRANCH_SECRETARY])

    assert "请由上级办理转接" in found.refusals[0].reasons[0]


def test_who_is_not_in_the_file_is_listed_and_nothing_happens_to_them(here, listed, secretary):
    other = on_roster(here.nodes["branch"], name="李大山")

    assert compared(row(), by=secretary).absent == [other]
    take_over(row(), by=secretary)

    other.refresh_from_db()
    assert other.stage == "full"


def test_a_number_is_added_to_the_only_person_of_the_name_who_has_none(here, secretary):
    member = on_roster(here.nodes["branch"], name="王大山")
    found = compared(row(), by=secretary)
    assert [one.changes for one in found.differences] == [("id_number",)]
    assert found.absent == []

    take_over(row(), by=secretary)

    member.refresh_from_db()
    assert member.id_number == ID
    assert Member.objects.count() == 1


def test_of_two_people_of_the_name_without_number_neither_is_guessed(here, secretary):
    for _one in range(2):
        on_roster(here.nodes["branch"], name="王大山")

    assert [one.changes for one in compared(row(), by=secretary).differences] == [("new",)]


def test_files_that_were_never_taken_over_do_not_stay(here, secretary):
    others = begin_import(table(row()), file_name="甲", by=here[Role.ORGANISATION])
    RosterImport.objects.filter(pk=others.pk).update(created=timezone.now() - timedelta(days=8))
    begin_import(table(row()), file_name="乙", by=secretary)

    begin_import(table(row()), file_name="丙", by=secretary)

    assert [one.file_name for one in RosterImport.objects.all()] == ["丙"]


def test_another_countys_roster_does_not_matter(here, there, listed):
    by = there[Role.ORGANISATION]

    found = compared(row(branch="there branch"), by=by)

    assert [one.changes for one in found.differences] == [("new",)]
    assert found.absent == []


def test_a_file_under_review_is_sealed_and_gone_when_taken_over(here, secretary):
    begun = begin_import(table(row()), file_name="名册.xlsx", by=secretary)
    with connection.cursor() as cursor:
        cursor.execute("select * from members_rosterimport")
        assert ID not in str(cursor.fetchall())

    applied(begun, rows={2}, by=secretary)

    begun.refresh_from_db()
    assert (begun.table, begun.outcome) == ("", {"new": 1, "refused": 0})
    with pytest.raises(PermissionDenied):
        importing.start_import(begun, by=secretary)


def test_an_import_is_audited_without_numbers(here, secretary):
    take_over(row(), by=secretary)

    entries = Entry.objects.filter(action__startswith="members.import")
    assert [one.action for one in entries] == ["members.import_applied", "members.import_begun"]
    assert ID not in str(list(Entry.objects.values()))


# --- the pages --------------------------------------------------------------------------------


def workbook(*rows) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    for at, cells in enumerate([["枣树村党支部党员名册"], HEADINGS, *rows]):
        sheet.write_row(at, 0, cells)
    book.close()
    return made.getvalue()


def send(browser, content, name="名册.xlsx"):
    return browser.post("/members/imports/new/", {"file": SimpleUploadedFile(name, content)})


def test_a_roster_is_sent_reviewed_and_taken_over(signed_in, here, secretary):
    browser = signed_in(secretary)

    begun = send(browser, workbook(row(), row(name="坏", id_number="1")))
    page = browser.get(begun.url)
    assert "3604**********" in page.content.decode()
    assert ID not in page.content.decode()
    assert "第4行，坏" in browser.get(f"{begun.url}?show=refused").content.decode()

    done = browser.post(f"{begun.url}apply/", {"row": ["3"], "shown": ["3"]}, follow=True)
    assert "已入册1人" in done.content.decode()
    assert Member.objects.get().name == "王大山"
    assert browser.get(begun.url).status_code == 404


def test_a_file_in_gb18030_is_read(signed_in, here, secretary):
    text = "\n".join(",".join(cells) for cells in (HEADINGS, row()))

    begun = send(signed_in(secretary), text.encode("gb18030"), "名册.csv")

    assert begun.status_code == 302


def test_columns_with_other_headings_are_chosen_by_hand(signed_in, here, secretary):
    browser = signed_in(secretary)
    text = "姓名,证件,身份,支部\n" + ",".join(["王大山", ID, "正式党员", "here branch"])
    begun = send(browser, text.encode(), "名册.csv")
    assert "请指定" in browser.get(begun.url).content.decode()

    chosen = {"name": 0, "id_number": 1, "stage": 2, "organisation": 3}
    browser.post(f"{begun.url}columns/", chosen)

    assert browser.get(begun.url).context["counts"]["different"] == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("名册.exe", b"MZ", "请上传 .xlsx 或 .csv 文件。"),
        ("../../名册.xlsx", b"not a workbook", "xlsx"),
        ("名册.csv", "甲,乙\n1,2".encode(), "没有找到“姓名”一列"),
        ("名册.csv", "姓名,身份证号".encode(), "表头下面没有人"),
        ("名册.csv", ("姓名\n" + "甲\n" * 50_001).encode(), "一次最多 50000 人"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_the_reason(
    signed_in, secretary, name, content, told
):
    page = send(signed_in(secretary), content, name)

    assert page.status_code == 422
    assert told in " ".join(page.context["form"].errors["file"])
    assert not RosterImport.objects.exists()


def test_script_in_a_name_is_shown_as_text(signed_in, here, secretary):
    browser = signed_in(secretary)
    begun = send(browser, workbook(row(name="<script>alert(1)</script>")), "<b>.xlsx")

    page = browser.get(begun.url).content.decode()

    assert "<script>alert" not in page
    assert "<b>.xlsx" not in page


# --- a whole county -----------------------------------------------------------------------------


@pytest.fixture
def many(monkeypatch):
    """Let a few rows count as many, so that jobs carry them out."""
    monkeypatch.setattr(importing, "FEW", 3)
    monkeypatch.setattr(importing, "BATCH", 2)


def test_many_rows_are_compared_and_taken_over_by_jobs(
    signed_in, here, secretary, many, django_capture_on_commit_callbacks
):
    browser = signed_in(secretary)
    rows = [row(name=f"党员{at}", id_number=number(at)) for at in range(7)]
    begun = send(browser, workbook(*rows))

    with django_capture_on_commit_callbacks(execute=True):
        assert browser.get(begun.url).url.startswith("/jobs/")
    assert browser.get(begun.url).context["counts"]["different"] == 7
    with django_capture_on_commit_callbacks(execute=True):
        started = browser.post(f"{begun.url}apply/", {"shown": ["3", "4"], "row": ["4"]})

    assert started.url.startswith("/jobs/")
    assert Member.objects.count() == 6
    assert "已入册6人" in browser.get(f"{begun.url}applied/").content.decode()


def test_a_take_over_that_was_stopped_goes_on_with_what_is_left(here, secretary, many, monkeypatch):
    rows = [row(name=f"党员{at}", id_number=number(at)) for at in range(7)]
    begun = begin_import(table(*rows), file_name="名册.xlsx", by=secretary)
    importing.stage(begun, by=secretary)
    importing.start_import(begun, by=secretary)

    def stopped(done, _total):
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.take_over(begun, by=secretary, told=stopped)
    assert Member.objects.count() == 4
    importing.take_over(begun, by=secretary)

    assert sorted(one.name for one in Member.objects.all()) == [f"党员{at}" for at in range(7)]
    begun.refresh_from_db()
    assert begun.outcome == {"new": 7, "refused": 0}


def test_the_choice_on_a_page_is_kept(signed_in, here, secretary):
    browser = signed_in(secretary)
    begun = send(browser, workbook(*[row(name=f"甲{n}", id_number=number(n)) for n in range(60)]))
    browser.get(begun.url)

    sent = {"shown": ["3", "4"], "row": ["3"], "do": "keep", "page": "2"}
    assert browser.post(f"{begun.url}apply/", sent).url.endswith("?page=2")

    page = browser.get(begun.url)
    assert page.context["chosen"] == 59
    assert len(page.context["rows"]) == 50
    assert not Member.objects.exists()


def test_organisations_of_one_name_are_told_apart_by_code(here, secretary):
    from web_world import business_below

    for code in ("twin-1", "twin-2"):
        made = business_below(here.nodes["branch"], kind="party_group", code=code)
        type(made).objects.filter(pk=made.pk).update(name="双胞胎党小组")

    assert "写组织代码" in compared(row(branch="双胞胎党小组"), by=secretary).refusals[0].reasons[0]
    assert compared(row(branch="twin-2"), by=secretary).differences[0].node.code == "twin-2"


def test_comparing_takes_as_many_queries_for_many_as_for_few(
    here, secretary, django_assert_max_num_queries
):
    rows = [row(name=f"党员{at}", id_number=number(at)) for at in range(100)]

    with django_assert_max_num_queries(12):
        compared(*rows, by=secretary)
