"""Reports, objections and appeals found by words; complaints and procedures at an organisation."""

from __future__ import annotations

from procedures_world import an_objection
from reporting_world import YEAR, counted, drafted, kept, signing
from ronghe.apps.access import Role
from ronghe.apps.complaints.services import complain
from ronghe.apps.desk.search import found_by, words_in
from ronghe.apps.desk.waiting import at_organisation
from ronghe.apps.reporting.services import judging
from round_world import appealed


def found(user, typed: str) -> set[str]:
    return {str(group.what) for group in found_by(user, words_in(typed)) for _hit in group.hits}


def waiting(user, node) -> list[str]:
    section = at_organisation(user, node)
    return [one.title for one in section.shown["waiting"]] if section else []


def test_reports_are_found_by_those_who_may_read_them(here, there):
    report = drafted(here)
    own = here[Role.BRANCH_SECRETARY]
    titles = {hit.title for group in found_by(own, words_in(report.name)) for hit in group.hits}
    assert f"here branch {YEAR}" in titles

    assert "述职报告" not in found(here[Role.PARTY_SECRETARY], report.name)
    assert "述职评议" in found(here[Role.PARTY_SECRETARY], report.appraisal.title)
    kept(here, here.nodes["branch"], "submitted")
    assert "述职报告" in found(here[Role.PARTY_SECRETARY], "李书")
    assert found(there[Role.PARTY_SECRETARY], "李书") == set()


def test_objections_are_found_by_who_raised_or_handles_them(here):
    report = counted(here)
    judging.object_to(report, reason="漏了一票", by=here[Role.BRANCH_SECRETARY])
    for role in (Role.BRANCH_SECRETARY, Role.INSPECTOR):
        assert "异议" in found(here[role], "述职评议")
    assert "异议" not in found(here[Role.MEMBER], "述职评议")


def test_appeals_are_found_by_who_appealed_or_answers(here):
    made = appealed(here, here.nodes["branch"])
    name = made.result.name
    assert "申诉" in found(here[Role.APPRAISAL_OFFICE], name)
    assert "申诉" not in found(here[Role.VIEWER], name)


def test_what_of_procedures_waits_is_on_the_page_of_the_organisation(here):
    report = signing(here)
    township = report.appraisal.node
    assert "1张签批单待签" in waiting(here[Role.PARTY_SECRETARY], township)
    assert "1张签批单待签" not in waiting(here[Role.MEMBER], township)

    an_objection(here, township, here.people[Role.MEMBER])
    assert "1件异议待答复" in waiting(here[Role.INSPECTOR], township)
    assert "1件异议待答复" not in waiting(here[Role.VIEWER], township)


def test_complaints_wait_at_an_organisation_for_those_who_answer_them_only(here):
    node = here.nodes["county"]
    complain(kind="formalism", text="又要报表", place=here.nodes["branch"], by=None)

    assert "1件投诉待答复" in waiting(here[Role.INSPECTOR], node)
    for role in (Role.ADMINISTRATOR, Role.APPRAISAL_OFFICE, Role.COUNTY_LEADER):
        assert "1件投诉待答复" not in waiting(here[role], node)
