"""Report appraisals: drawn, frozen, judged by others, signed by people, followed up."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from records_world import a_definition, a_record, deliver
from reporting_world import (
    WEIGHTS,
    YEAR,
    an_appraisal,
    commented,
    counted,
    drafted,
    past_objections,
    signing,
    submitted,
    votes,
)
from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Delegation
from ronghe.apps.desk.items import items_for
from ronghe.apps.desk.models import Notice
from ronghe.apps.procedures.models import Objection, SignOff
from ronghe.apps.procedures.selectors.signoff import steps_due_for
from ronghe.apps.procedures.services import objections
from ronghe.apps.procedures.services.signoff import sign
from ronghe.apps.reporting.models import Report
from ronghe.apps.reporting.selectors import facts
from ronghe.apps.reporting.selectors import reports as selectors
from ronghe.apps.reporting.services import drafting, holding, judging, rectifying
from ronghe.apps.reporting.stages import Stage
from web_world import days, on_roster, person, post


def a_sign(report: Report, by, *, approve: bool = True):
    """Sign the sheet of a report, or return it."""
    sheet = SignOff.objects.get(target_id=report.pk, state="open")
    step = steps_due_for(by, sheet)[0]
    return sign(step, approve=approve, reason="" if approve else "再议", digest=sheet.digest, by=by)


def lend(county, role: Role, deputy: Role):
    """Let one person act for another."""
    post_ = county.people[role].posts.get()
    Delegation.objects.create(
        post=post_, deputy=county.people[deputy], since=days(-1), until=days(9)
    )


def test_every_secretary_beneath_gets_a_report_and_is_told(here):
    appraisal = an_appraisal(here)

    (report,) = appraisal.reports.all()
    assert report.node == here.nodes["branch"]
    assert report.secretary == here.people[Role.BRANCH_SECRETARY]
    assert Notice.objects.filter(to=report.secretary).exists()
    assert [one.title for one in items_for(here[Role.BRANCH_SECRETARY])] == [
        f"写述职报告：here branch {YEAR}"
    ]


def test_weights_that_do_not_sum_to_a_hundred_are_refused(here):
    with pytest.raises(ValidationError):
        an_appraisal(here, weights={**WEIGHTS, "team": 30})


def test_a_county_holds_it_for_the_secretaries_of_its_townships(here):
    county = here.nodes["county"]

    found = selectors.secretaries_beneath(county)

    assert [(one.node, one.account) for one in found] == [
        (here.nodes["township"], here.people[Role.PARTY_SECRETARY])
    ]


def test_a_draft_is_drawn_from_records_figures_and_nothing_else(here):
    deliver(here, a_definition(here), 52, period=str(YEAR))
    report = drafted(here)

    told = {one.key: one for one in report.sentences.all()}
    assert "办结群众和企业诉求" in told["kind:case_solved"].text
    assert "“修水渠”" in told["kind:case_solved"].text
    assert told["kind:case_solved"].sources[0][0] == "record"
    assert told["measure:income"].text == "集体收入52。"
    assert told["gap:life"].is_gap


def test_drawing_anew_keeps_what_the_secretary_wrote(here):
    report, by = drafted(here), here[Role.BRANCH_SECRETARY]
    drawn = report.sentences.get(key="kind:case_solved")
    drafting.edit(drawn, text="为群众修通了水渠。", by=by)
    own = drafting.write(report, theme="plans", text="明年修路。", by=by)
    a_record(here, kind="visit", values={})

    drafting.draw(report, by=by)

    drawn.refresh_from_db()
    assert (drawn.text, drawn.is_edited, bool(drawn.sources)) == ("为群众修通了水渠。", True, True)
    assert own.is_own
    assert report.sentences.filter(key="kind:visit").exists()
    assert report.sentences.filter(key="kind:case_solved").count() == 1


def test_what_was_put_forward_is_frozen_and_comes_back_only_with_a_reason(here):
    report, by = submitted(here), here[Role.BRANCH_SECRETARY]
    sentence = report.sentences.first()
    for act in (
        lambda: drafting.edit(sentence, text="改", by=by),
        lambda: drafting.remove(sentence, by=by),
        lambda: drafting.draw(report, by=by),
        lambda: drafting.submit(report, by=by),
    ):
        with pytest.raises(ValidationError):
            act()
    assert report.digest == drafting.digest_of(report, drafting.sorted_sentences(report))

    holding.send_back(report, reason="太长", by=here[Role.TOWNSHIP_OFFICER])
    report.refresh_from_db()
    assert (report.stage, report.returned, report.digest) == (Stage.DRAFT, "太长", "")


def test_a_deputy_writes_for_the_secretary_and_then_judges_nothing(here):
    lend(here, Role.BRANCH_SECRETARY, Role.TOWNSHIP_OFFICER)
    a_record(here)
    report = an_appraisal(here).reports.get()
    deputy = here[Role.TOWNSHIP_OFFICER]
    drafting.draw(report, by=deputy)
    drafting.submit(report, by=deputy)
    judging.comment(report, words="好", by=here[Role.PARTY_SECRETARY])

    with pytest.raises(PermissionDenied):
        holding.enter_votes(report, counts=votes(), by=deputy)


def test_the_report_of_one_without_an_account_is_entered_from_paper(here):
    from ronghe.apps.members.models import Seat, Term

    node = here.nodes["branch_beside"]
    term = Term.objects.create(node=node, since=days(-99), due=days(99))
    member = on_roster(node, name="老书记")
    Seat.objects.create(term=term, member=member, post="secretary", since=days(-99))
    officer = post(person("officer"), Role.TOWNSHIP_OFFICER, here.nodes["township_beside"]).user
    rules = {"document": "x", "weights": WEIGHTS, "needed": 60, "result_share": 0}
    held = holding.open_appraisal(
        here.nodes["township_beside"], year=YEAR, due=days(9), objection_days=3, by=officer, **rules
    )

    report = held.reports.get()
    assert (report.secretary, report.name) == (None, "老书记")
    drafting.write(report, theme="plans", text="修路。", by=officer)
    drafting.submit(report, by=officer)
    with pytest.raises(PermissionDenied):
        drafting.write(report, theme="plans", text="x", by=here[Role.BRANCH_SECRETARY])


def test_the_assessed_neither_comment_nor_count_nor_see_others_drafts(here):
    held = holding.open_appraisal(
        here.nodes["county"], year=YEAR, document="x", due=days(9), weights=WEIGHTS, needed=60,
        result_share=0, objection_days=3, by=here[Role.ORGANISATION],
    )  # fmt: skip
    report, secretary = held.reports.get(), here[Role.PARTY_SECRETARY]
    post(here.people[Role.PARTY_SECRETARY], Role.ORGANISATION, here.nodes["county"])
    with pytest.raises(Http404):
        selectors.report_visible_to(here[Role.ORGANISATION], report.pk)
    drafting.write(report, theme="plans", text="修路。", by=secretary)
    drafting.submit(report, by=secretary)

    with pytest.raises(PermissionDenied):
        judging.comment(report, words="好", by=here[Role.PARTY_SECRETARY])
    with pytest.raises(Http404):
        selectors.report_held_by(here[Role.PARTY_SECRETARY], report.pk)


def test_votes_come_to_a_proposal_and_small_groups_are_not_broken_down(here):
    report = commented(here)
    counts = votes(superior=(3, 0))
    holding.enter_votes(report, counts=counts, by=here[Role.TOWNSHIP_OFFICER])
    report.refresh_from_db()

    assert (report.stage, report.proposal) == (Stage.COUNTED, "good")
    count = selectors.count_of(report)
    by_group = {one.group: one.by_grade for one in count.groups}
    assert by_group["上级党组织"] is None
    assert by_group["党员"] == [8, 0, 0, 2]
    assert count.shares == []


def test_a_group_without_votes_holds_up_the_count(here):
    report = commented(here)
    with pytest.raises(ValidationError, match="群众"):
        holding.enter_votes(report, counts=votes(public=(0, 0)), by=here[Role.TOWNSHIP_OFFICER])


def test_an_objection_freezes_signing_and_one_upheld_asks_for_a_new_count(here):
    report = counted(here)
    office = here[Role.TOWNSHIP_OFFICER]
    with pytest.raises(ValidationError, match="没有满"):
        holding.put_to_sign(report, grade="good", reason="", by=office)
    judging.object_to(report, reason="漏了一票", by=here[Role.BRANCH_SECRETARY])
    past_objections(report)
    with pytest.raises(ValidationError, match="异议"):
        holding.put_to_sign(report, grade="good", reason="", by=office)

    made = Objection.objects.get()
    with pytest.raises(ValidationError):
        objections.assign(made, to=here[Role.PARTY_SECRETARY], by=here[Role.ORGANISATION])
    objections.assign(made, to=here[Role.INSPECTOR], by=here[Role.ORGANISATION])
    objections.answer(made, uphold=True, text="确实漏了", by=here[Role.INSPECTOR])
    with pytest.raises(ValidationError, match="重新录入"):
        holding.put_to_sign(report, grade="good", reason="", by=office)

    holding.enter_votes(report, counts=votes(9, 2), by=office)
    past_objections(report)
    holding.put_to_sign(report, grade="good", reason="", by=office)
    report.refresh_from_db()
    assert report.stage == Stage.SIGNING


def test_only_the_secretary_objects(here):
    report = counted(here)
    with pytest.raises(PermissionDenied):
        judging.object_to(report, reason="x", by=here[Role.MEMBER])


def test_a_grade_holds_once_somebody_else_signed_it(here):
    report = signing(here)
    sheet = SignOff.objects.get()
    assert steps_due_for(here[Role.TOWNSHIP_OFFICER], sheet) == []

    a_sign(report, here[Role.PARTY_SECRETARY])

    report.refresh_from_db()
    assert (report.stage, report.grade) == (Stage.FINAL, "good")
    assert report.signed_at


def test_a_signer_can_return_it_and_it_is_laid_before_them_again(here):
    report = signing(here)
    a_sign(report, here[Role.PARTY_SECRETARY], approve=False)
    report.refresh_from_db()
    assert report.stage == Stage.COUNTED

    by = here[Role.TOWNSHIP_OFFICER]
    with pytest.raises(ValidationError):
        holding.put_to_sign(report, grade="average", reason="", by=by)
    holding.put_to_sign(report, grade="average", reason="有一件事没有办成", by=by)
    a_sign(report, here[Role.PARTY_SECRETARY])
    report.refresh_from_db()
    assert (report.stage, report.grade) == (Stage.FINAL, "average")


def test_the_rectification_list_is_done_with_records_and_told_next_year(here):
    report, owner = commented(here), here[Role.BRANCH_SECRETARY]
    item = rectifying.plan(report, words="水渠还漏", owner=owner, due=days(30), by=owner)
    assert any(one.title == "水渠还漏" for one in items_for(owner))
    done = a_record(here, values={"matter": "补水渠"})
    rectifying.finish(item, outcome="不漏了", records=[done], by=owner)

    told = facts.facts_for(owner, here.nodes["branch"], YEAR + 1).items
    assert [(one.words, one.outcome, one.records) for one in told] == [
        ("水渠还漏", "不漏了", (done.pk,))
    ]
    with pytest.raises(ValidationError):
        rectifying.finish(item, outcome="又办一次", by=owner)


def test_records_out_of_reach_cannot_be_named_as_the_work_behind_an_item(here):
    report, owner = commented(here), here[Role.BRANCH_SECRETARY]
    item = rectifying.plan(report, words="x", owner=owner, due=days(3), by=owner)
    other = a_record(here, role=Role.ORGANISATION, node="branch_beside")

    with pytest.raises(ValidationError):
        rectifying.finish(item, outcome="x", records=[other], by=owner)


def test_the_queries_of_a_draft_do_not_grow_with_the_records(here, django_assert_max_num_queries):
    for _each in range(3):
        a_record(here)
    by = here[Role.BRANCH_SECRETARY]
    with django_assert_max_num_queries(40):
        assert len(facts.facts_for(by, here.nodes["branch"], YEAR).works) == 3
    for _each in range(20):
        a_record(here)
    with django_assert_max_num_queries(40):
        assert len(facts.facts_for(by, here.nodes["branch"], YEAR).works) == 23
