"""axe finds nothing on any page, in either theme, on a phone and on a desktop."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from browser.conftest import sign_in
from browser.test_journeys import code
from outcomes_world import township_figures
from planning_world import a_pair, a_plan, an_entry
from procedures_world import a_publicity, a_random_draw, a_sheet_to_sign, an_objection
from records_world import a_definition, a_file_behind, waiting_record
from reporting_world import a_sheet_line, kept
from ronghe.apps.access import Role
from ronghe.apps.appraisal.models import Version
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.complaints.services import complain
from ronghe.apps.desk.models import Job
from ronghe.apps.desk.notices import tell
from ronghe.apps.members.models import CorrectionRequest, Member, Seat, Term
from ronghe.apps.members.services.importing import begin_import
from ronghe.apps.planning.services import plans as planning
from ronghe.apps.records.models import Draw, Import
from ronghe.apps.registry.models import Household, HouseholdMark
from ronghe.apps.regulations.models import LocalValue
from ronghe.apps.reporting.models import Votes
from ronghe.exchange.roster import RosterTable
from round_world import (
    YEAR,
    an_appeal,
    an_inquiry,
    computed,
    matrix_round,
    moved,
    result_of,
    two_sided_scheme,
)
from scheme_world import a_draft, a_published_version
from web_world import PASSWORD, days, on_roster, post

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page) -> dict[str, dict[str, list[str]]]:
    """Return the rules a page breaks in each theme and size, with the elements that break them.

    The page is loaded once; it follows the device's theme and the size of the window.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = json.dumps({"runOnly": {"type": "tag", "values": RULES}})
    broken: dict[str, dict[str, list[str]]] = {}
    for size, theme in product(SIZES, ("light", "dark")):
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found = page.evaluate(f"axe.run(document, {options})")["violations"]
        told = {one["id"]: [node["html"] for node in one["nodes"]] for one in found}
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            told["wider than the screen"] = []
        if told:
            broken[f"{size}, {theme}"] = told
    return broken


def scheme_pages(county) -> list[str]:
    """Return the address of every template of schemes."""
    office, node = county[Role.APPRAISAL_OFFICE], county.nodes["county"]
    draft = f"/appraisal/schemes/{a_draft(node, by=office).pk}/"
    version = a_published_version(node, by=office)
    Version.objects.filter(pk=version.pk).update(state=Version.State.SUBMITTED)
    return [
        "/appraisal/schemes/",
        "/appraisal/schemes/new/",
        "/appraisal/schemes/duties/",
        draft,
        f"{draft}part/",
        f"{draft}part/?at=indicators.1.children.0",
        f"/appraisal/versions/{version.pk}/",
        f"/appraisal/versions/{version.pk}/approve/",
        f"/appraisal/versions/{version.pk}/send-back/",
    ]


def record_pages(county) -> list[str]:
    """Return the address of every template of records."""
    node, by = county.nodes["branch"], county.people[Role.BRANCH_SECRETARY]
    record = waiting_record(node)
    draw = Draw.objects.create(node=node, by=by, seed="s", percent=10, population=9, sample=3)
    waiting_record(county.nodes["township"], by_sampling=True)
    file = a_file_behind(record, by=by)
    a_definition(county)
    sheet = Import.objects.create(
        what="records",
        kind="visit",
        by=county.people[Role.ADMINISTRATOR],
        file_name="台账.xlsx",
        table='{"codes": [], "rows": []}',
        problems='{"2": ["日期读不懂。"]}',
        good=1,
        bad=1,
    )
    on_roster(node, name="张小山")
    return [
        "/records/",
        "/records/?kind=visit",
        "/records/new/",
        f"/records/new/entry/?kind=meeting_held&unit={node.pk}",
        f"/records/new/entry/?kind=case_solved&unit={node.pk}",
        f"/records/{record.pk}/",
        f"/records/{record.pk}/correct/",
        f"/records/{record.pk}/withdraw/",
        f"/records/{record.pk}/files/new/",
        f"/records/files/{file.pk}/remove/",
        "/records/catalogue/",
        f"/records/catalogue/{county.nodes['county'].pk}/kinds/",
        f"/records/catalogue/{county.nodes['county'].pk}/measures/new/",
        "/records/imports/",
        "/records/imports/new/?kind=visit",
        "/records/imports/new/?what=measures",
        f"/records/imports/{sheet.pk}/",
        "/records/waiting/",
        f"/records/draws/at/{county.nodes['township'].pk}/",
        f"/records/draws/{draw.pk}/",
        "/records/calendar/",
        f"/records/organisations/{node.pk}/figures/?past=on",
    ]


def round_pages(county) -> list[str]:
    """Return the address of every template of rounds and results."""
    round_ = moved(county, computed(county), Event.DISCLOSE)
    made, beside = an_appeal(county, round_), result_of(round_, "branch_beside")
    department, administrator = county.nodes["department"], county.people[Role.ADMINISTRATOR]
    post(administrator, Role.DATA_DEPARTMENT, department)
    asked = an_inquiry(county, county.nodes["branch"])
    one = f"/appraisal/rounds/{round_.pk}/"
    return [
        "/api/v1/docs",
        "/appraisal/rounds/",
        "/appraisal/rounds/new/",
        one,
        *(
            f"{one}{page}/"
            for page in ("inputs", "votes", "results", "review", "fusion", "exports")
        ),
        f"{one}votes/?unit=branch&ballot=review",
        f"/appraisal/results/{result_of(round_).pk}/",
        f"/appraisal/results/{result_of(round_).pk}/compare/?with={beside.pk}",
        f"/appraisal/appeals/{made.pk}/answer/",
        f"/appraisal/inquiries/{asked.pk}/",
        f"/appraisal/rounds/{matrix_round(county).pk}/sample/",
    ]


def outcome_pages(county) -> list[str]:
    """Return the address of every template of the cockpit."""
    township_figures(county)
    return [
        "/planning/",
        "/planning/?by=green",
        f"/planning/places/{county.nodes['township'].pk}/",
    ]


def plan_pages(county) -> list[str]:
    """Return the address of every template of joint plans, each with something in it."""
    office = county.people[Role.ADMINISTRATOR]
    plan = a_plan(county.nodes["branch"], by=office, deployed=True)
    project, action = a_pair(plan)
    alone = an_entry(plan, "action", name="读书")
    action.members.add(on_roster(county.nodes["branch"]))
    planning.drop_entry(an_entry(plan), by=county[Role.BRANCH_SECRETARY], reason="取消")
    record = waiting_record(county.nodes["branch"])
    project.advances.create(record=record, by=office)
    waiting_record(county.nodes["branch"])
    told = moved(county, computed(county, scheme=two_sided_scheme()), Event.DISCLOSE)
    a_pair(a_plan(county.nodes["branch"], by=office, deployed=True, year=YEAR))
    one = project.get_absolute_url()
    return [
        f"/appraisal/rounds/{told.pk}/fusion/",
        f"/planning/links/{result_of(told).pk}/",
        "/planning/plans/",
        "/planning/plans/new/",
        plan.get_absolute_url(),
        f"{plan.get_absolute_url()}add/?sort=action",
        one,
        alone.get_absolute_url(),
        f"{one}change/",
        f"{one}records/",
        f"/records/{record.pk}/",
    ]


def report_pages(county) -> list[str]:
    """Return the addresses of the templates of report appraisals, each with something in it."""
    office, branch = county.people[Role.ADMINISTRATOR], county.nodes["branch"]
    somebody = county.people[Role.VIEWER]
    own = kept(county, branch, "draft", secretary=office)
    sentence = own.sentences.create(
        theme="service", place=2, text="办了事", drawn="办了一件事",
        sources=[["record", waiting_record(branch).pk], ["record", 0]],
    )  # fmt: skip
    judged = kept(county, county.nodes["township"], "counted", secretary=somebody)
    votes = [Votes(report=judged, group="team", grade="good", count=9, by=office)]
    Votes.objects.bulk_create(votes)
    judged.submitted_by = judged.commented_by = judged.counted_by = somebody
    judged.commented_at = judged.counted_at = timezone.now()
    judged.comment, judged.proposal, judged.until = "好", "good", days(-1)
    judged.save()
    one, line = judged.get_absolute_url(), a_sheet_line(county, branch)
    item = judged.rectifications.create(words="修路", owner=office, due=days(9), by=office)
    return [
        "/reports/year/",
        "/reports/documents/",
        "/reports/appraisals/",
        "/reports/appraisals/new/",
        judged.appraisal.get_absolute_url(),
        own.get_absolute_url(),
        f"{own.get_absolute_url()}write/",
        f"/reports/appraisals/sentences/{sentence.pk}/",
        f"/reports/appraisals/sentences/{sentence.pk}/edit/",
        one,
        *(f"{one}{page}/" for page in ("votes", "sign", "improve", "return", "comment")),
        f"/reports/appraisals/items/{item.pk}/",
        f"{one}object-on-paper/",
        f"{judged.appraisal.get_absolute_url()}sheet/",
        line.sheet.get_absolute_url(),
        f"/reports/appraisals/sheets/lines/{line.pk}/",
    ]


def procedure_pages(county) -> list[str]:
    """Return the addresses of the procedures' templates, each with something in it."""
    village, member = county.nodes["village"], county.people[Role.MEMBER]
    objection = an_objection(county, village, member)
    return [
        "/procedures/working-days/?since=2027-01-04&number=5",
        "/procedures/working-days/enter/",
        "/procedures/publicity/",
        "/procedures/publicity/new/",
        f"/procedures/publicity/{a_publicity(county, village, member)}/",
        "/procedures/objections/",
        f"/procedures/objections/{objection}/",
        "/procedures/sign-offs/",
        f"/procedures/sign-offs/{a_sheet_to_sign(county, village, member)}/",
        "/procedures/interests/",
        "/procedures/interests/new/",
        "/procedures/draws/",
        "/procedures/draws/new/",
        f"/procedures/draws/{a_random_draw(county, village, member)}/",
    ]


def other_pages(county) -> list[str]:
    """Return the address of every template once."""
    member, village = county.people[Role.MEMBER], county.nodes["village"]
    listed = on_roster(county.nodes["branch"])
    rows = [(2, ["王大山", "360426199101010071", "正式党员", "here branch"]), (3, ["无", "1"])]
    table = RosterTable(["姓名", "身份证号", "人员类别", "党支部"], rows)
    begun = begin_import(table, file_name="名册.xlsx", by=county[Role.ADMINISTRATOR])
    local = LocalValue(key="training.member_hours_per_year", node=village, value="24")
    local.since, local.reason, local.document = days(-1), "按计划", "《计划》"
    local.proposed_by = member
    local.save()
    household = Household.objects.create(node=village, code="H1", head="王大山")
    HouseholdMark.objects.create(household=household, mark="sudden", since=days(-9))
    term = Term.objects.create(node=county.nodes["branch"], since=days(-900), due=days(9))
    seat = Seat.objects.create(term=term, member=listed, post="secretary", since=days(-900))
    on_roster(county.nodes["branch"], stage="activist")
    asked = CorrectionRequest.objects.create(member=listed, by=member, asked="姓名")
    Member.objects.filter(pk=on_roster(county.nodes["branch"], name="李小山").pk).update(
        account=county.people[Role.ADMINISTRATOR]
    )
    village_head = county.people[Role.RESIDENT]
    told = {"kind": "fault", "text": "打不开。", "place": village, "by": village_head}
    complaint = complain(**told)[0]
    tell([county.people[Role.ADMINISTRATOR]], title="名册导入办结", body="已入库12行。", url="/me/")
    job = Job.objects.create(
        kind="x", key="x", language="zh-hans", by=county[Role.ADMINISTRATOR], total=9
    )
    return [
        "/",
        "/help/",
        "/help/?for=township",
        "/style-guide/",
        "/style-guide/?refused",
        "/jobs/",
        "/notices/",
        "/notices/settings/",
        "/search/",
        "/search/?q=here",
        "/complaints/",
        "/complaints/new/",
        "/complaints/receipt/",
        "/complaints/received/",
        f"/complaints/{complaint.pk}/",
        f"/jobs/{job.pk}/",
        "/me/",
        "/me/deputies/new/",
        "/people/",
        "/people/?q=nobody-at-all",
        "/people/new/",
        f"/people/{member.pk}/",
        f"/people/{member.pk}/posts/new/",
        f"/posts/{member.posts.get().pk}/end/",
        "/organisations/",
        f"/organisations/?on={days(-1).isoformat()}",
        f"/organisations/{village.pk}/",
        f"/organisations/{village.pk}/add/",
        f"/organisations/{village.pk}/code/",
        f"/organisations/{village.pk}/households/",
        f"/organisations/households/{household.pk}/",
        f"/organisations/households/{household.pk}/mark/",
        f"/organisations/{village.pk}/move/",
        f"/organisations/{village.pk}/split/",
        f"/organisations/{county.nodes['enterprise'].pk}/",
        f"/organisations/{county.nodes['enterprise'].pk}/registration/",
        "/members/",
        "/members/new/",
        "/members/imports/new/",
        f"/members/imports/{begun.pk}/",
        f"/members/{listed.pk}/",
        f"/members/{listed.pk}/correct/",
        f"/members/{listed.pk}/account/",
        "/members/mine/",
        "/members/mine/ask/",
        f"/members/requests/{asked.pk}/",
        "/members/requests/",
        "/members/terms/",
        "/members/steps/",
        f"/organisations/{county.nodes['branch'].pk}/",
        f"/members/organisations/{county.nodes['branch'].pk}/terms/",
        f"/members/organisations/{county.nodes['branch'].pk}/seats/new/",
        f"/members/seats/{seat.pk}/leave/",
        f"/members/organisations/{county.nodes['branch'].pk}/split/",
        f"/members/imports/{begun.pk}/?show=refused",
        "/rules/",
        f"/rules/{village.pk}/training.member_hours_per_year/",
        f"/rules/{village.pk}/training.member_hours_per_year/set/",
        f"/rules/values/{local.pk}/",
        "/audit/",
        "/account/password/",
        "/account/second-factor/",
        "/account/second-factor/set-up/",
        "/account/sign-out/",
    ]


PARTS = (
    scheme_pages,
    round_pages,
    record_pages,
    outcome_pages,
    plan_pages,
    report_pages,
    procedure_pages,
    other_pages,
)


@pytest.fixture
def page(open_page, county):
    """A page on which somebody is signed in who may open all others."""
    administrator = county.people[Role.ADMINISTRATOR]
    post(administrator, Role.ORGANISATION, county.nodes["county"])
    post(administrator, Role.MEMBER, county.nodes["branch"])
    post(administrator, Role.BRANCH_SECRETARY, county.nodes["branch"])
    post(administrator, Role.APPRAISAL_OFFICE, county.nodes["county"])
    page = open_page("/account/sign-in/")
    sign_in(page, administrator)
    return page


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_axe_finds_nothing_on_any_page_in_any_theme_and_size(page, county, part):
    found = {}
    for path in part(county):
        page.goto(path)
        found[path] = violations(page)

    assert {path: broken for path, broken in found.items() if broken} == {}


def test_axe_finds_nothing_before_signing_in(open_page, county):
    assert violations(open_page("/account/sign-in/")) == {}


def test_axe_finds_nothing_on_a_refused_form(page):
    page.goto("/people/new/")
    page.locator("main form").evaluate("form => form.noValidate = true")
    with page.expect_response(lambda answer: answer.status == 422):
        page.locator("main form button").click()

    assert violations(page) == {}


def test_axe_finds_nothing_on_what_is_shown_once_or_went_wrong(open_page, county):
    page = open_page()
    sign_in(page, county.people[Role.ADMINISTRATOR])
    page.goto(f"/people/{county.people[Role.MEMBER].pk}/")
    page.get_by_role("button", name="重发密码").click()
    page.locator("code.secret").wait_for()
    found = {"a password shown once": violations(page)}

    page.goto("/account/second-factor/set-up/")
    if page.get_by_role("button", name="确认").is_visible():
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="确认").click()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("验证器显示的六位数字").fill(code(secret))
    page.get_by_role("button", name="启用").click()
    page.locator(".codes li").first.wait_for()
    found["recovery codes"] = violations(page)

    for name in ("400", "403", "403_csrf", "404", "413", "429", "500"):
        show(page, name, county.people[Role.ADMINISTRATOR])
        found[name] = violations(page)
    assert {path: broken for path, broken in found.items() if broken} == {}


def show(page, name: str, user) -> None:
    """Open a page of what went wrong, as the server sends it but without the failing status."""
    request = RequestFactory().get("/shown/")
    request.user, request.session = user, {}
    body = render_to_string(f"{name}.html", {}, request if name != "500" else None)
    page.route("**/shown/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("/shown/")
    page.unroute("**/shown/")
