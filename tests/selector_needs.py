"""What each selector needs besides the person it reads for: the table of the walk over all.

A selector is named ``app.function``. Those that need nothing more are found and walked by
themselves; those that do are listed with what they need, made of a county's objects. A selector
that reads for nobody in particular is listed under `FOR_ITS_CALLER`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from records_world import a_definition, deliver
from ronghe.apps.accounts.models import User
from ronghe.apps.appraisal.models import Result, Round
from ronghe.apps.appraisal.permissions import RUN_ROUNDS
from ronghe.apps.members.models import Member
from ronghe.apps.members.permissions import MANAGE_MEMBERS, SEE_MEMBERS
from ronghe.apps.planning.models import Entry as PlanEntry
from ronghe.apps.procedures.models import SignOff, Step
from ronghe.apps.procedures.permissions import PUBLISH
from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.models import Measure, MeasureDefinition, Record
from ronghe.apps.records.numbers import period_of
from ronghe.apps.records.permissions import DELIVER_FIGURES, SEE_RECORDS
from ronghe.apps.records.services.stating import unit_of
from ronghe.apps.registry.permissions import MANAGE_TREE, SEE_TREE
from ronghe.apps.reporting.models import GradeSheet, PaperObjection, ReportAppraisal
from web_world import County, days

Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Things:
    """A county and the ids of what the makers of the access matrix made there, by kind."""

    county: County
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def node(self) -> Any:
        """The branch, where the things lie."""
        return self.county.nodes["branch"]

    @property
    def round(self) -> Round:
        """The round whose result was disclosed."""
        return self.result.run.round

    @property
    def result(self) -> Result:
        """The result that was disclosed."""
        return Result.objects.get(pk=self.ids["result"])

    def pk(self, kind: str) -> Arguments:
        """Return the argument ``pk`` of one thing."""
        return {"pk": self.ids[kind]}


def a_definition_in(county: County, _node: Any, _mine: Any) -> int:
    """Say what a measure is, deliver it for the branch."""
    definition = a_definition(county)
    deliver(county, definition, 7)
    return definition.pk


MORE_MAKERS: dict[str, Callable[[County, Any, Any], int]] = {
    "definition": a_definition_in,
}
"""What selectors are about and no address is yet."""

NEEDS: dict[str, Callable[[Things], list[Arguments]]] = {
    "accounts.delegation_of": lambda of: [of.pk("delegation")],
    "accounts.is_wholly_managed_by": lambda of: [{"person": User.objects.get(pk=of.ids["person"])}],
    "accounts.people_visible_to": lambda of: [{}, {"node": of.node}, {"search": of.county.name}],
    "accounts.person_managed_by": lambda of: [of.pk("person")],
    "accounts.person_visible_to": lambda of: [of.pk("person")],
    "accounts.person_wholly_managed_by": lambda of: [of.pk("person")],
    "accounts.post_managed_by": lambda of: [of.pk("post")],
    "accounts.token_of": lambda of: [of.pk("token")],
    "appraisal.appeal_file_visible_to": lambda of: [of.pk("appeal_file")],
    "appraisal.inquiry_answered_by": lambda of: [of.pk("inquiry")],
    "appraisal.own_open_appeal": lambda of: [of.pk("own_appeal")],
    "appraisal.appeal_answered_by": lambda of: [of.pk("appeal")],
    "appraisal.appeals_visible_to": lambda of: [{"round_": of.round}],
    "appraisal.improvement_done_by": lambda of: [of.pk("improvement")],
    "appraisal.improvements_visible_to": lambda of: [{"round_": of.round}],
    "appraisal.may_take": lambda of: [{"round_": Round.objects.get(pk=of.ids["final_round"])}],
    "appraisal.round_paid_by": lambda of: [of.pk("final_round")],
    "appraisal.round_released_by": lambda of: [of.pk("final_round")],
    "appraisal.may_appeal": lambda of: [{"result": of.result}],
    "appraisal.comparable_with": lambda of: [{"result": of.result}],
    "appraisal.result_visible_to": lambda of: [of.pk("result")],
    "appraisal.results_visible_to": lambda of: [{"round_": of.round}],
    "appraisal.round_visible_to": lambda of: [of.pk("round")],
    "appraisal.round_within": lambda of: [{"power": RUN_ROUNDS, **of.pk("round")}],
    "appraisal.places_to_sample": lambda of: [{"round_": of.round}],
    "appraisal.samples_of": lambda of: [{"round_": of.round}],
    "appraisal.sides_visible_to": lambda of: [{"round_": of.round}],
    "appraisal.round_with_sides": lambda of: [of.pk("round"), {"pk": of.round.pk}],
    "appraisal.result_with_sides": lambda of: [of.pk("result")],
    "appraisal.sees_whole": lambda of: [{"round_": of.round}],
    "appraisal.draft_editable_by": lambda of: [of.pk("scheme")],
    "appraisal.draft_visible_to": lambda of: [of.pk("scheme")],
    "complaints.complaint_received_by": lambda of: [of.pk("complaint")],
    "complaints.complaint_visible_to": lambda of: [of.pk("complaint")],
    "appraisal.trial_visible_to": lambda of: [of.pk("trial")],
    "appraisal.version_decided_by": lambda of: [of.pk("version")],
    "appraisal.version_edited_by": lambda of: [of.pk("version")],
    "appraisal.version_visible_to": lambda of: [of.pk("version")],
    "desk.job_visible_to": lambda of: [of.pk("job")],
    "desk.notice_of": lambda of: [of.pk("notice")],
    "members.counts_for": lambda of: [{}, {"node": of.node}],
    "members.import_done": lambda of: [of.pk("import_done")],
    "members.import_of": lambda of: [of.pk("import")],
    "members.is_kept_by": lambda of: [{"member": Member.objects.get(pk=of.ids["member"])}],
    "members.may_link": lambda of: [{"member": Member.objects.get(pk=of.ids["member"])}],
    "members.member_managed_by": lambda of: [of.pk("member")],
    "members.member_visible_to": lambda of: [of.pk("member")],
    "members.members_visible_to": lambda of: [{}, {"node": of.node}, {"stage": "left"}],
    "members.organisations_reached_by": lambda _: [
        {"power": SEE_MEMBERS},
        {"power": MANAGE_MEMBERS},
    ],
    "members.organisation_of_terms": lambda of: [of.pk("party_organisation")],
    "members.organisation_seen_by": lambda of: [of.pk("party_organisation")],
    "members.request_to_answer": lambda of: [of.pk("request")],
    "members.may_split": lambda of: [{"node": node} for node in of.county.nodes.values()],
    "members.organisation_split_by": lambda of: [of.pk("party_organisation")],
    "members.seat_kept_by": lambda of: [of.pk("seat")],
    "planning.computed_round": lambda of: [{"county": of.county.nodes["county"]}],
    "planning.county_led_by": lambda of: [{}, {"pk": str(of.county.nodes["county"].pk)}],
    "planning.place_led_by": lambda of: [of.pk("township")],
    "planning.entries_advanced_by": lambda of: [
        {"record": Record.objects.get(pk=of.ids["named_record"][1])}
    ],
    "planning.entries_open_at": lambda of: [{"node": of.node, "year": days(0).year}],
    "planning.entry_advanced_by": lambda of: [of.pk("plan_entry")],
    "planning.entry_visible_to": lambda of: [of.pk("plan_entry")],
    "planning.entry_written_by": lambda of: [of.pk("plan_entry")],
    "planning.plan_deployed_by": lambda of: [of.pk("plan")],
    "planning.plan_visible_to": lambda of: [of.pk("plan")],
    "planning.plan_written_by": lambda of: [of.pk("plan")],
    "planning.records_advancing": lambda of: [
        {"entry": PlanEntry.objects.get(pk=of.ids["named_record"][0])}
    ],
    "planning.records_to_name": lambda of: [
        {"entry": PlanEntry.objects.get(pk=of.ids["plan_entry"])}
    ],
    "procedures.draw_visible_to": lambda of: [of.pk("random_draw")],
    "procedures.fitting_standing": lambda of: [{"step": Step.objects.get(pk=of.ids["step"])}],
    "procedures.may_sign": lambda of: [{"step": Step.objects.get(pk=of.ids["step"])}],
    "procedures.objection_visible_to": lambda of: [of.pk("objection")],
    "procedures.lines_of": lambda of: [{"target": of.county.nodes["village"]}],
    "procedures.own_interest": lambda of: [of.pk("interest")],
    "procedures.places_for": lambda _: [{"power": PUBLISH}],
    "procedures.publicity_kept_by": lambda of: [of.pk("publicity")],
    "procedures.publicity_visible_to": lambda of: [of.pk("publicity")],
    "procedures.signoff_visible_to": lambda of: [of.pk("signoff")],
    "procedures.step_signed_by": lambda of: [of.pk("step")],
    "procedures.steps_due_for": lambda of: [{"row": SignOff.objects.get(pk=of.ids["signoff"])}],
    "records.days_of_month": lambda _: [{"first": days(-31), "last": days(1)}],
    "records.definition_defined_by": lambda of: [of.pk("definition")],
    "records.business_delivering": lambda of: [of.pk("business")],
    "records.figures_at": lambda of: [{"node": of.node, "model": Measure, "past": True}],
    "records.periods_at": lambda of: [{"node": of.node, "model": Measure}],
    "records.measures_waiting_for": lambda _: [{"today": days(0)}],
    "records.evidence_changed_by": lambda of: [of.pk("evidence")],
    "records.evidence_visible_to": lambda of: [of.pk("evidence")],
    "records.import_of": lambda of: [of.pk("records_import")],
    "records.definition_visible_to": lambda of: [of.pk("definition")],
    "records.is_changed_by": lambda of: [{"record": Record.objects.get(pk=of.ids["record"])}],
    "records.nodes_to_enter_for": lambda _: [{"kind": kind} for kind in KINDS.values()],
    "records.measures_of": lambda of: [{"node": of.node}],
    "records.record_changed_by": lambda of: [of.pk("record")],
    "records.record_checked_by": lambda of: [of.pk("record")],
    "records.record_visible_to": lambda of: [of.pk("record")],
    "records.records_visible_to": lambda of: [{}, {"node": of.node}],
    "records.standing_to_deliver": lambda of: [
        {
            "power": DELIVER_FIGURES,
            "what": MeasureDefinition.objects.get(pk=of.ids["definition"]),
            "unit": unit_of(of.node),
        }
    ],
    "records.standing_to_enter": lambda of: [
        {"kind": KINDS["case_solved"], "node": node} for node in of.county.nodes.values()
    ],
    "reporting.appraisal_held_by": lambda of: [of.pk("report_appraisal")],
    "reporting.appraisal_visible_to": lambda of: [of.pk("report_appraisal")],
    **dict.fromkeys(
        ["reporting.candidates_for", "reporting.is_ready_for", "reporting.sheets_of"],
        lambda of: [{"appraisal": ReportAppraisal.objects.get(pk=of.ids["report_appraisal"])}],
    ),
    "reporting.is_held_by": lambda of: [
        {"sheet": GradeSheet.objects.get(pk=of.ids["grade_sheet"])}
    ],
    "reporting.line_held_by": lambda of: [of.pk("sheet_line")],
    "reporting.paper_visible_to": lambda of: [of.pk("paper_objection")],
    "reporting.paper_of": lambda of: [
        {"objection": PaperObjection.objects.get(pk=of.ids["paper_objection"]).objection}
    ],
    "reporting.sheet_visible_to": lambda of: [of.pk("grade_sheet")],
    "reporting.counted_in": lambda of: [{"node": of.node, "period": period_of(str(days(0).year))}],
    "reporting.evidence_rows": lambda of: [
        {"node": of.node, "period": period_of(str(days(0).year))}
    ],
    "reporting.figure_rows": lambda of: [{"node": of.node, "period": period_of("2025")}],
    "reporting.records_in": lambda of: [{"node": of.node, "period": period_of(str(days(0).year))}],
    "reporting.export_of": lambda of: [of.pk("export")],
    "reporting.entries_for": lambda of: [{"node": of.node, "year": days(0).year}],
    "reporting.figures_for": lambda of: [{"node": of.node, "year": days(0).year}],
    "reporting.place_led_by": lambda of: [
        {"pk": None},
        *({"pk": node.pk} for node in of.county.nodes.values()),
    ],
    "reporting.facts_for": lambda of: [{"node": of.node, "year": days(0).year}],
    "reporting.records_for": lambda of: [{"node": of.node, "year": days(0).year}],
    "reporting.rectification_done_by": lambda of: [of.pk("rectification")],
    "reporting.report_commented_by": lambda of: [of.pk("report")],
    "reporting.report_held_by": lambda of: [of.pk("report")],
    "reporting.report_improved_by": lambda of: [of.pk("report")],
    "reporting.report_of": lambda of: [of.pk("counted_report")],
    "reporting.report_visible_to": lambda of: [of.pk("report"), of.pk("own_report")],
    "reporting.report_written_by": lambda of: [of.pk("own_report")],
    "reporting.reports_listed_for": lambda of: [
        {"appraisal": ReportAppraisal.objects.get(pk=of.ids["report_appraisal"])}
    ],
    "reporting.results_for": lambda of: [{"node": of.node, "year": days(0).year - 1}],
    "reporting.sentence_visible_to": lambda of: [of.pk("sentence")],
    "reporting.sources_shown": lambda of: [
        {
            "sources": [
                ["record", of.ids["record"]],
                ["result", of.ids["final_result"]],
                ["rectification", of.ids["rectification"]],
            ]
        }
    ],
    "records.unit_within": lambda of: [
        {"power": SEE_RECORDS, "pk": unit_of(of.county.nodes[name]).pk}
        for name in ("branch", "village", "township", "branch_beside")
    ],
    "records.units_within": lambda _: [{"power": SEE_RECORDS}],
    "registry.household_kept_by": lambda of: [of.pk("household")],
    "registry.mark_kept_by": lambda of: [of.pk("household_mark")],
    "registry.standing_for_households": lambda of: [
        {"village": node} for node in of.county.nodes.values()
    ],
    "registry.village_kept_by": lambda of: [of.pk("village")],
    "registry.business_registered_by": lambda of: [of.pk("business")],
    "registry.children_of": lambda of: [{"node": node} for node in of.county.nodes.values()],
    "registry.node_managed_by": lambda of: [{"pk": node.pk} for node in of.county.nodes.values()],
    "registry.node_visible_to": lambda of: [{"pk": node.pk} for node in of.county.nodes.values()],
    "registry.nodes_reached_by": lambda _: [{"power": SEE_TREE}, {"power": MANAGE_TREE}],
    "registry.nodes_found": lambda of: [{"words": of.county.name}, {"words": "branch"}],
    "registry.tree_on": lambda _: [{"day": date(2026, 1, 1)}],
    "registry.twigs_for": lambda of: [{}, {"to": of.node.pk}],
    "regulations.place_set_by": lambda of: [{"pk": node.pk} for node in of.county.nodes.values()],
    "regulations.value_visible_to": lambda of: [of.pk("local_value")],
}

OWN_ONLY: dict[str, Callable[[Things], list[Arguments]]] = {
    "records.records_to_draw": lambda of: [{"node": of.node}],
    "members.accounts_for": lambda of: [{"member": Member.objects.get(pk=of.ids["member"])}],
    "members.destinations_for": lambda of: [
        {"member": Member.objects.get(pk=of.ids["member"]), "floating": floating}
        for floating in (True, False)
    ],
    "registry.twig_of": lambda of: [
        {"node": of.county.nodes["county"], "opened": opened} for opened in (True, False)
    ],
}
"""Given something that another selector fetched for the same person; never anything else."""

FOR_ITS_CALLER = {
    "records.beneath",
    "appraisal.appeals_of",
    "appraisal.carried_over",
    "appraisal.departments_behind",
    "appraisal.inputs_of",
    "appraisal.records_behind",
    "appraisal.records_of",
    "appraisal.unit_behind",
    "appraisal.is_paid",
    "appraisal.is_part",
    "appraisal.missing_of",
    "appraisal.parsed",
    "appraisal.previous_round",
    "appraisal.publicised",
    "appraisal.results_in",
    "appraisal.rounds_before",
    "appraisal.scheme_of",
    "appraisal.posts_signing",
    "appraisal.signers_for",
    "appraisal.state_of",
    "appraisal.units_in",
    "appraisal.units_of",
    "appraisal.units_with_few_votes",
    "complaints.chain_of",
    "complaints.handler_of",
    "complaints.handlers_of",
    "complaints.levels_over",
    "accounts.holders_at",
    "appraisal.document_of",
    "appraisal.duties_for",
    "appraisal.nearest_duties",
    "audit.entries_about",
    "records.asked_of",
    "records.is_asked_of_businesses",
    "records.measures_owed_by",
    "members.absent_from",
    "members.complete_on",
    "members.current_term",
    "members.import_counts",
    "members.members_of",
    "members.organisational_relation",
    "members.periods_at",
    "members.place_of",
    "members.seats_left_by",
    "members.seats_of",
    "members.shown_rows",
    "members.terms_of",
    "members.own_members",
    "members.own_requests",
    "reporting.count_of",
    "reporting.counts_of",
    "reporting.grade_of",
    "reporting.grades_for",
    "reporting.held_back",
    "reporting.hidden_kinds",
    "reporting.lost_by",
    "reporting.record_rows",
    "reporting.points",
    "reporting.preparers",
    "reporting.record_of_the_report",
    "reporting.secretaries_beneath",
    "reporting.signers_for",
    "reporting.state_of",
    "reporting.states_of",
    "reporting.weights_of",
    "procedures.draws_of",
    "procedures.is_frozen",
    "procedures.lots_of",
    "procedures.may_answer_for",
    "procedures.objections_to",
    "procedures.objectors_to",
    "procedures.open_objections",
    "planning.counted",
    "planning.advances_linked_in",
    "planning.definitions_of",
    "planning.entries_linked_in",
    "planning.links_of",
    "planning.period_of",
    "planning.laid_out",
    "planning.measures_for",
    "planning.organisations_for",
    "planning.others_in",
    "planning.plan_before",
    "planning.unfinished_before",
    "planning.figures_of",
    "planning.townships_of",
    "procedures.organisations_to_draw",
    "procedures.people_to_draw",
    "procedures.publicities_of",
    "procedures.publicity_keys",
    "procedures.sheet_of",
    "procedures.signatures_of",
    "procedures.signoffs_of",
    "procedures.steps_shown",
    "procedures.verify",
    "records.checks_beneath",
    "records.digest",
    "records.history_of",
    "regulations.local_rules",
    "regulations.rulebook_at",
    "records.levels_of",
    "records.owner_of",
    "records.evidence_of",
    "records.hints_for",
    "records.measures_overdue_in",
    "records.owners_in",
    "records.path_of",
    "records.people_of",
    "records.records_with",
    "records.stands_as",
    "registry.area_code_of",
    "registry.history_of",
    "registry.above",
    "registry.counties",
    "registry.households_of",
    "registry.in_order",
    "registry.places_of",
    "registry.registration_of",
    "registry.registrations_of",
    "regulations.as_valid",
    "regulations.find",
    "regulations.history_at",
    "regulations.key_or_404",
    "regulations.mentions",
    "regulations.number",
    "regulations.rules_at",
    "regulations.rulebook",
    "regulations.value",
    "regulations.values",
}
"""About something that another selector fetched for somebody, or about nobody's data: they take
no person, so whoever calls them has decided who may see."""
