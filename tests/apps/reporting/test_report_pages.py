"""The pages of report appraisals, each for its user."""

from __future__ import annotations

import pytest
from django.urls import reverse

from records_world import a_record
from reporting_world import YEAR, an_appraisal, commented, counted, drafted, submitted
from ronghe.apps.access import Role
from ronghe.apps.desk.items import items_for
from ronghe.apps.reporting.models import Rectification, Report, ReportAppraisal
from ronghe.apps.reporting.stages import Stage
from web_world import business_below, days


@pytest.fixture
def as_role(here, signed_in):
    """Return a function that signs somebody of the county in."""
    return lambda role: signed_in(here[role])


def url(name: str, pk: int) -> str:
    return reverse(f"reporting:{name}", args=[pk])


def test_a_township_opens_it_with_the_rules_of_its_plan(here, as_role):
    office = as_role(Role.TOWNSHIP_OFFICER)
    sent = {
        "place": here.nodes["township"].pk,
        "year": YEAR,
        "document": "清组发3号",
        "due": days(9).isoformat(),
        "needed": "60",
        "result_share": "40",
        "objection_days": "5",
        "weight_superior": "50",
        "weight_team": "0",
        "weight_members": "50",
        "weight_public": "0",
    }
    assert office.post(reverse("reporting:open"), {**sent, "weight_team": "1"}).status_code == 422
    assert office.post(reverse("reporting:open"), sent).status_code == 302

    page = office.get(url("appraisal", ReportAppraisal.objects.get().pk)).content.decode()
    assert "here branch" in page
    assert "权重：党员" in page


def test_a_secretary_draws_edits_adds_and_puts_forward(here, as_role):
    a_record(here)
    report = an_appraisal(here).reports.get()
    secretary = as_role(Role.BRANCH_SECRETARY)
    secretary.post(url("draw", report.pk))
    page = secretary.get(report.get_absolute_url()).content.decode()
    assert "来源1条" in page
    assert "没有记录" in page

    sentence = report.sentences.get(key="kind:case_solved")
    sources = secretary.get(url("sentence", sentence.pk)).content.decode()
    assert "诉求办结" in sources
    assert secretary.post(url("edit", sentence.pk), {"text": ""}).status_code == 422
    secretary.post(url("edit", sentence.pk), {"text": "修好了水渠。"})
    secretary.post(url("write", report.pk), {"theme": "plans", "text": "明年修路。"})
    secretary.post(url("remove", report.sentences.get(key="gap:life").pk))
    secretary.post(url("submit", report.pk))

    page = secretary.get(report.get_absolute_url()).content.decode()
    assert "修好了水渠。" in page
    assert "有改动" in page
    assert "自己写的" in page
    assert Report.objects.get().stage == Stage.SUBMITTED
    assert secretary.get(url("edit", sentence.pk)).status_code == 404


def test_the_township_comments_counts_and_lists_what_is_put_right(here, as_role):
    report = submitted(here)
    as_role(Role.PARTY_SECRETARY).post(url("comment", report.pk), {"words": "实在。"})
    office = as_role(Role.TOWNSHIP_OFFICER)
    sent = {f"votes-{g}-good": "8" for g in ("superior", "team", "members", "public")}
    office.post(url("votes", report.pk), sent)
    owner = here[Role.BRANCH_SECRETARY]
    item = {"words": "修路", "owner": owner.pk, "due": days(30).isoformat()}
    office.post(url("plan", report.pk), item)

    page = as_role(Role.BRANCH_SECRETARY).get(report.get_absolute_url()).content.decode()
    for words in ("实在。", "建议等次", "100.0%", "修路", "提出异议"):
        assert words in page
    item = Rectification.objects.get()
    secretary = as_role(Role.BRANCH_SECRETARY)
    form = secretary.get(url("finish", item.pk)).content.decode()
    assert "诉求办结 修水渠" in form
    secretary.post(url("finish", item.pk), {"outcome": "修好了", "records": [a_record(here).pk]})
    item.refresh_from_db()
    assert item.records.count() == 1


def test_an_objection_is_shown_as_what_holds_it_up(here, as_role):
    report = counted(here)
    secretary = as_role(Role.BRANCH_SECRETARY)
    secretary.post(url("object", report.pk), {"words": "漏了一票"})
    Report.objects.filter(pk=report.pk).update(until=days(-1))

    page = as_role(Role.TOWNSHIP_OFFICER).get(report.get_absolute_url()).content.decode()
    assert "有异议还没有答复" in page
    assert url("put_to_sign", report.pk) not in page


def test_a_draft_is_read_by_nobody_but_its_writer(here, as_role):
    report = drafted(here)

    assert as_role(Role.PARTY_SECRETARY).get(report.get_absolute_url()).status_code == 404
    listed = as_role(Role.PARTY_SECRETARY).get(report.appraisal.get_absolute_url())
    assert report.get_absolute_url() not in listed.content.decode()


def test_the_page_of_a_report_asks_a_bounded_number_of_queries(
    here, signed_in, django_assert_max_num_queries
):
    report = commented(here)
    client = signed_in(here[Role.PARTY_SECRETARY])
    client.get(report.get_absolute_url())
    for number in range(30):
        report.sentences.create(theme="life", place=number, text="又一句", drawn="又一句")
    with django_assert_max_num_queries(60):
        client.get(report.get_absolute_url())


def test_what_waits_for_the_township_is_one_item_for_each_thing_to_do(here):
    report = submitted(here)
    commenter, office = here[Role.PARTY_SECRETARY], here[Role.TOWNSHIP_OFFICER]
    titles = lambda user: [one.title for one in items_for(user) if "述职" in one.title]
    assert titles(commenter) == [f"点评述职报告：here branch {YEAR}"]
    for number in range(3):
        node = business_below(here.nodes["township"], code=f"b{number}")
        other = Report.objects.create(appraisal=report.appraisal, node=node, name="李书")
        Report.objects.filter(pk=other.pk).update(stage=Stage.COMMENTED)

    waiting = [one for one in items_for(office) if "录入评议票数" in one.title]
    assert [(one.title, one.url) for one in waiting] == [
        (f"录入评议票数：{report.appraisal.title}，3份", report.appraisal.get_absolute_url())
    ]


def test_a_draft_without_a_word_is_drawn_by_one_press_on_the_desk(here, as_role):
    a_record(here)
    report = an_appraisal(here).reports.get()
    secretary, user = as_role(Role.BRANCH_SECRETARY), here[Role.BRANCH_SECRETARY]
    to_write = lambda: next(one for one in items_for(user) if one.url == report.get_absolute_url())
    press = to_write().press
    assert press.url == url("draw", report.pk)

    answer = secretary.post(press.url, {**press.fields, "next": "/"})

    assert (answer.status_code, answer.url) == (302, "/")
    assert report.sentences.exists()
    assert to_write().press is None
