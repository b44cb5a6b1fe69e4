"""What the addresses of the access matrix are about: one maker for each ``object`` it names."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone

from planning_world import a_plan, an_entry
from procedures_world import (
    a_declared_interest,
    a_member_to_publish,
    a_publicity,
    a_random_draw,
    a_sheet_to_sign,
    a_step_of_a_sheet,
    an_objection,
)
from records_world import a_definition, a_file_behind, waiting_record
from reporting_world import a_made_file, a_paper, a_sheet_line, an_item, kept
from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Delegation, User
from ronghe.apps.accounts.services.tokens import make_token
from ronghe.apps.appraisal.models import Round
from ronghe.apps.complaints.services import complain
from ronghe.apps.desk.models import Job, Notice
from ronghe.apps.members.models import CorrectionRequest, RosterImport, Seat, Term
from ronghe.apps.programs.scopes import SCOPES
from ronghe.apps.records.models import Draw, Import
from ronghe.apps.registry.models import Household, HouseholdMark, Node
from ronghe.apps.regulations.models import LocalValue
from round_world import (
    a_file_of,
    a_result,
    an_improvement,
    an_inquiry,
    appealed,
    matrix_round,
)
from scheme_world import a_draft, a_published_version
from web_world import County, business_below, days, on_roster, person, post

Maker = Callable[[County, Any, Any], int | tuple[int | str, ...]]
MAKERS: dict[str, Maker] = {}
"""Each takes the county, the node where the object lies and the person it belongs to."""


def makes(kind: str) -> Callable[[Maker], Maker]:
    """Register the maker of a kind of object; it returns the id, or all parts of the address."""

    def register(maker: Maker) -> Maker:
        MAKERS[kind] = maker
        return maker

    return register


@makes("node")
def a_node(county: County, node: Any, mine: Any) -> int:
    return node.pk


@makes("township")
def a_township(county: County, node: Any, mine: Any) -> int:
    below = county.nodes["township_beside"]
    return below.pk if node.path.startswith(below.path) else county.nodes["township"].pk


@makes("person")
def a_person(county: County, node: Any, mine: Any) -> int:
    return post(person(f"at-{county.name}-{node.pk}"), Role.MEMBER, node).user_id


@makes("post")
def a_post(county: County, node: Any, mine: Any) -> int:
    return post(person(f"at-{county.name}-{node.pk}"), Role.MEMBER, node).pk


@makes("delegation")
def a_delegation(county: County, node: Any, mine: Any) -> int:
    deputy = person(f"deputy-{mine.pk}")
    lent = Delegation.objects.create(
        post=mine.posts.get(), deputy=deputy, since=days(0), until=days(1)
    )
    return lent.pk


@makes("token")
def a_token(county: County, node: Any, mine: Any) -> int:
    return make_token(name="t", scopes=SCOPES, until=days(1), by=mine)[0].pk


@makes("member")
def a_member(county: County, node: Any, mine: Any) -> int:
    return on_roster(node).pk


@makes("business")
def a_business(county: County, node: Any, mine: Any) -> int:
    return business_below(node).pk


@makes("import")
def a_roster_import(county: County, node: Any, mine: Any) -> int:
    kept = '{"headings": [], "rows": []}'
    return RosterImport.objects.create(by=mine, table=kept, staged=timezone.now()).pk


@makes("import_done")
def a_finished_import(county: County, node: Any, mine: Any) -> int:
    now = timezone.now()
    return RosterImport.objects.create(by=mine, staged=now, started=now, applied=now).pk


@makes("request")
def a_correction_request(county: County, node: Any, mine: Any) -> int:
    asking = person(f"asking-{node.pk}")
    return CorrectionRequest.objects.create(member=on_roster(node), by=asking, asked="姓名").pk


@makes("scheme")
def a_scheme(county: County, node: Any, mine: Any) -> int:
    return a_draft(node, by=mine).pk


@makes("trial")
def a_trial(county: County, node: Any, mine: Any) -> int:
    return a_draft(node, by=mine).trials.create(revision=1, period="2025", by=mine).pk


@makes("version")
def a_version(county: County, node: Any, mine: Any) -> int:
    return a_published_version(node, by=mine).pk


@makes("rule_at")
def a_rule_at_a_place(county: County, node: Any, mine: Any) -> tuple[int | str, ...]:
    return (node.pk, "training.member_hours_per_year")


@makes("local_value")
def a_proposed_local_value(county: County, node: Any, mine: Any) -> int:
    local = LocalValue(key="training.member_hours_per_year", node=node, value="40")
    local.since, local.reason = days(-1), "r"
    local.proposed_by = person(f"proposes-{county.name}-{node.pk}")
    local.save()
    return local.pk


@makes("job")
def a_job(county: County, node: Any, mine: Any) -> int:
    return Job.objects.create(kind="x", key=county.name, language="zh-hans", by=mine, place=node).pk


@makes("round")
def a_round_under_review(county: County, node: Any, mine: Any) -> int:
    return matrix_round(county).pk


@makes("final_round")
def a_final_round(county: County, node: Any, mine: Any) -> int:
    round_ = matrix_round(county)
    Round.objects.filter(pk=round_.pk).update(stage="final")
    return round_.pk


@makes("result")
def a_disclosed_result(county: County, node: Any, mine: Any) -> int:
    return a_result(county, node, "disclosed").pk


@makes("final_result")
def a_final_result(county: County, node: Any, mine: Any) -> int:
    return a_result(county, node, "final").pk


@makes("own_appeal")
def ones_own_appeal(county: County, node: Any, mine: Any) -> int:
    made = appealed(county, node)
    made.by = mine
    made.save()
    return made.pk


@makes("appeal_file")
def a_file_of_an_appeal(county: County, node: Any, mine: Any) -> int:
    return a_file_of(appealed(county, node)).pk


@makes("appeal")
def an_open_appeal(county: County, node: Any, mine: Any) -> int:
    return appealed(county, node).pk


@makes("inquiry")
def an_inquiry_to_the_department(county: County, node: Any, mine: Any) -> int:
    return an_inquiry(county, node).pk


@makes("improvement")
def an_improvement_item(county: County, node: Any, mine: Any) -> int:
    return an_improvement(county, node, mine).pk


@makes("party_organisation")
def a_party_organisation(county: County, node: Any, mine: Any) -> int:
    return business_below(node, kind="branch", code="party").pk


@makes("seat")
def a_seat(county: County, node: Any, mine: Any) -> int:
    branch = business_below(node, kind="branch", code="seated")
    term = Term.objects.create(node=branch, since=days(-9), due=days(9))
    held = Seat.objects.create(term=term, member=on_roster(branch), post="other", since=days(-9))
    return held.pk


@makes("record")
def a_record(county: County, node: Any, mine: Any) -> int:
    return waiting_record(node).pk


@makes("records_to_draw")
def records_to_draw(county: County, node: Any, mine: Any) -> int:
    waiting_record(node, by_sampling=True)
    return node.pk


@makes("draw")
def a_draw(county: County, node: Any, mine: Any) -> int:
    by = person(f"draws-{county.name}-{node.pk}")
    return Draw.objects.create(node=node, by=by, seed="s", percent=10, population=9, sample=3).pk
    return Job.objects.create(kind="x", key=county.name, language="zh-hans", by=mine, place=node).pk


@makes("evidence")
def a_file_of_evidence(county: County, node: Any, mine: Any) -> int:
    return a_file_behind(waiting_record(node), by=person(f"sends-{county.name}-{node.pk}")).pk


@makes("records_import")
def an_import_of_records(county: County, node: Any, mine: Any) -> int:
    table = '{"codes": ["unit", "day"], "rows": [[2, ["x", "y"]]]}'
    begun = Import(what="records", kind="visit", by=mine, file_name="a.xlsx", table=table)
    begun.problems, begun.good, begun.bad = '{"2": ["x"]}', 1, 1
    begun.save()
    return begun.pk


@makes("county")
def the_county(county: County, node: Any, mine: Any) -> int:
    return county.nodes["county"].pk


@makes("definition")
def a_definition_of_the_county(county: County, node: Any, mine: Any) -> int:
    return a_definition(county, code=f"m{node.pk}").pk


@makes("notice")
def a_notice(county: County, node: Any, mine: Any) -> int:
    return Notice.objects.create(to=mine, title="x", place=node).pk


makes("publishable")(a_member_to_publish)
makes("publicity")(a_publicity)
makes("objection")(an_objection)
makes("signoff")(a_sheet_to_sign)
makes("step")(a_step_of_a_sheet)
makes("interest")(a_declared_interest)
makes("random_draw")(a_random_draw)


def village_of(node: Any) -> Any:
    """Return the village a node lies in, a new one below it where it lies in none."""
    above = [int(pk) for pk in node.path.split("/") if pk]
    found = Node.objects.filter(pk__in=above, kind="village").first()
    return found or business_below(node, kind="village", code="a-village")


@makes("village")
def a_village(county: County, node: Any, mine: Any) -> int:
    return village_of(node).pk


@makes("household")
def a_household(county: County, node: Any, mine: Any) -> int:
    return Household.objects.create(node=village_of(node), code="1", head="王大山").pk


@makes("household_mark")
def a_household_mark(county: County, node: Any, mine: Any) -> int:
    household = Household.objects.create(node=village_of(node), code="2")
    return HouseholdMark.objects.create(household=household, mark="sudden", since=days(-9)).pk


@makes("report_appraisal")
def a_report_appraisal(county: County, node: Any, mine: Any) -> int:
    return kept(county, node, "draft").appraisal_id


@makes("own_report")
def a_report_to_write(county: County, node: Any, mine: Any) -> int:
    return kept(county, node, "draft", secretary=mine).pk


@makes("counted_report")
def a_report_to_object_to(county: County, node: Any, mine: Any) -> int:
    return kept(county, node, "counted", secretary=mine).pk


@makes("report")
def a_report_put_forward(county: County, node: Any, mine: Any) -> int:
    other = person(f"secretary-{county.name}-{node.pk}")
    return kept(county, node, "submitted", secretary=other).pk


@makes("grade_sheet")
def a_sheet_of_grades(county: County, node: Any, mine: Any) -> int:
    return a_sheet_line(county, node).sheet_id


@makes("sheet_line")
def a_line_of_a_sheet(county: County, node: Any, mine: Any) -> int:
    return a_sheet_line(county, node).pk


@makes("paper_objection")
def an_objection_on_paper(county: County, node: Any, mine: Any) -> int:
    return a_paper(an_objection(county, node, mine), kept(county, node, "counted")).pk


@makes("sentence")
def a_sentence_to_change(county: County, node: Any, mine: Any) -> int:
    return kept(county, node, "draft", secretary=mine).sentences.get().pk


@makes("export")
def a_file_that_was_made(county: County, node: Any, mine: Any) -> int:
    return a_made_file(node, by=mine).pk


@makes("rectification")
def an_item_of_a_report(county: County, node: Any, mine: Any) -> int:
    return an_item(county, node, mine).pk


@makes("plan")
def a_joint_plan(county: County, node: Any, mine: Any) -> int:
    return a_plan(node, deployed=True).pk


@makes("plan_entry")
def an_entry_of_a_plan(county: County, node: Any, mine: Any) -> int:
    return an_entry(a_plan(node, deployed=True)).pk


@makes("named_record")
def a_record_naming_an_entry(county: County, node: Any, mine: Any) -> tuple[int, int]:
    entry, record = an_entry(a_plan(node, deployed=True)), waiting_record(node)
    entry.advances.create(record=record, by=User.objects.first())
    return entry.pk, record.pk


@makes("complaint")
def a_complaint(county: County, node: Any, mine: Any) -> int:
    told = {"kind": "other", "text": "x", "place": node, "by": None}
    return complain(**told)[0].pk


def one_of_each(county: County) -> dict[str, Any]:
    """Make one of everything at the branch, or above where another maker was there before.

    Returns the ids by kind.
    """
    made: dict[str, Any] = {}
    for kind, make in MAKERS.items():
        for name in ("branch", "village", "township"):
            with suppress(Exception), transaction.atomic():
                made[kind] = make(county, county.nodes[name], county.people[Role.MEMBER])
                break
    return made
