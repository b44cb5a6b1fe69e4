"""Every row of the table of rules and thresholds has its values in the rulebook."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ronghe.rulebook import Term, Wording, load

TODAY = date(2026, 11, 1)
BOOK = load()

# The table of rules and thresholds, row by row: key → value; a list is given by its codes.
ROWS: dict[str, dict[str, object]] = {
    "set up a branch": {
        "branch.min_full_members": 3,
        "branch.joint_below_full_members": 3,
        "branch.joint_max_units": 5,
        "branch.max_members": 50,
    },
    "branch committee": {
        "committee.min_full_members": 7,
        "committee.min_people": 3,
        "committee.usual_max_people": 5,
        "committee.max_people": 7,
        "committee.posts_without_committee": ["secretary", "deputy_if_needed"],
    },
    "general branch / committee": {
        "organisation.general_branch_members": 50,
        "organisation.committee_members": 100,
        "organisation.superior_approval": True,
    },
    "terms": {
        "terms.village_community_years": 5,
        "terms.other_branch_years": 3,
        "terms.committee_years": 5,
    },
    "meetings": {
        "meetings.members_every_months": 3,
        "meetings.committee_every_months": 1,
        "meetings.group_every_months": 1,
        "meetings.themed_day_every_months": 1,
        "meetings.heart_to_heart_every_months": 12,
        "meetings.organisational_life_every_months": 12,
    },
    "approval of a new branch": {"branch.approval_months": 1},
    "election meeting": {
        "election.quorum_share": Fraction(4, 5),
        "election.elected_share": Fraction(1, 2),
        "election.probationary_members_vote": False,
    },
    "more candidates than seats": {"election.surplus_share": Fraction(1, 5)},
    "member appraisal": {
        "member_appraisal.every_months": 12,
        "member_appraisal.steps": ["self", "peers", "democratic_evaluation", "branch_verdict"],
        "member_appraisal.grades": [
            "excellent",
            "qualified",
            "basically_qualified",
            "not_qualified",
        ],
        "member_appraisal.excellent_share": Fraction(1, 3),
        "member_appraisal.quota_is_optional": True,
        "member_appraisal.vote_alone_decides": False,
        "member_appraisal.probationary_members_take_part": True,
        "member_appraisal.probationary_members_graded": False,
    },
    "handling": {
        "handling.decided_by": ["branch_meeting", "superior_approval"],
        "handling.member_rights": ["heard", "appeal"],
        "handling.steps": ["talk", "education", "rectification", "persuaded_to_leave", "removed"],
        "handling.rectification_months": 12,
        "handling.rectification_with_help": True,
        "handling.inactive_months": 6,
        "handling.inactive_grounds": ["no_activity", "no_dues", "no_work"],
    },
    "training hours a year": {
        "training.member_hours_per_year": 32,
        "training.secretary_hours_per_year": 56,
        "training.new_secretary_months": 6,
        "training.township_cadre_hours_per_year": 90,
        "training.township_cadre_days_per_year": 12,
    },
    "publicity before appointment": {"appointment.publicity_working_days": 5},
    "appointment vote": {
        "appointment.quorum_share": Fraction(2, 3),
        "appointment.agreement_share": Fraction(1, 2),
    },
    "secretary's report appraisal": {
        "report_appraisal.grades": ["good", "fairly_good", "average", "poor"],
    },
    "public comment on a major decision": {
        "decision.public_comment_days": 30,
        "decision.shorter_comment_with_reason": True,
        "decision.township_by_reference": True,
        "decision.disputed_min_options": 2,
    },
    "hearing papers": {"decision.hearing_papers_days": 7},
    "expert argument": {
        "decision.expert_independent": True,
        "decision.expert_signed": True,
        "decision.expert_without_interest": True,
        "decision.expert_dissenters_included": True,
    },
    "legality review": {
        "decision.legality_review_working_days": 7,
        "decision.unreviewed_not_discussed": True,
    },
    "collective discussion": {
        "decision.head_speaks_last": True,
        "decision.departure_explained": True,
        "decision.dissent_recorded": True,
        "decision.reported_to_party_committee": True,
        "party_committee.secretary_speaks_last": True,
        "party_committee.vote_item_by_item": True,
        "party_committee.majority_decides": True,
        "party_committee.secretary_overrides": False,
    },
    "village major matters": {
        "village.four_steps": [
            "branch_proposes",
            "committees_discuss",
            "members_review",
            "villagers_decide",
        ],
        "village.two_publications": ["decision", "result"],
    },
    "duties of townships": {
        "duties.lists": ["basic", "assisting", "withdrawn"],
        "duties.lists_complete_on": date(2025, 6, 30),
        "duties.withdrawn_appraised": False,
        "duties.assisting_appraised_as_basic": False,
    },
    "demonstration activities": {
        "demonstration.by_township": False,
        "demonstration.by_county_department": False,
        "demonstration.exempt": ["yearly_appraisal", "own_unit"],
        "demonstration.commendation_approved_apart": True,
    },
    "disclosure and publicity of appraisal results": {
        "appraisal.appeal_working_days": 5,
        "appraisal.inquiry_working_days": 3,
        "appraisal.publicity_working_days": 5,
    },
    "appraisal plans": {
        "appraisal.plan_approved": True,
        "appraisal.on_yearly_plan": True,
        "appraisal.plan_filed": True,
        "appraisal.veto_authority": True,
    },
    "cadre appraisal": {
        "cadre_appraisal.team_grades": ["excellent", "good", "average", "fairly_poor"],
        "cadre_appraisal.person_grades": [
            "excellent",
            "competent",
            "basically_competent",
            "not_competent",
        ],
        "cadre_appraisal.team_excellent_share": Fraction(3, 10),
        "cadre_appraisal.person_excellent_share": Fraction(1, 4),
        "cadre_appraisal.civil_servant_excellent_share": Fraction(1, 5),
    },
    "coverage": {
        "coverage.counted_apart": True,
        "coverage.without_members": Wording(
            "选派党建指导员，不设党支部", "a Party-building instructor and no branch"
        ),
        "coverage.membership_counted_at": Wording(
            "组织关系所在的党组织", "where the organisational relation lies"
        ),
    },
    "floating members": {
        "floating.months_away": 6,
        "floating.shown_at": ["origin", "destination"],
        "floating.counted_once": True,
    },
    "joining the Party": {
        "joining.stages": ["applicant", "activist", "development_target", "probationary", "full"],
        "joining.activist_months": 12,
        "joining.probation_months": 12,
        "joining.publicity_working_days": 5,
    },
    "post-evaluation": {"decision.post_evaluation_by_others": True},
    "fair competition": {
        "fair_competition.unreviewed_issued": False,
        "fair_competition.standards": ["entry", "movement", "cost", "conduct", "exceptions"],
        "fair_competition.selective_subsidy": False,
    },
    "financial benchmark": {
        "finance.min_npv": 0,
        "finance.irr_reaches_benchmark": True,
        "finance.social_discount_rate": Fraction(8, 100),
        "finance.social_discount_rate_public_water": Fraction(6, 100),
    },
    "administrative licence": {
        "licence.decision_working_days": 20,
        "licence.extension_working_days": 10,
        "licence.supplement_notices": 1,
        "licence.supplement_notice_working_days": 5,
        "licence.delivery_working_days": 10,
    },
    "petition": {
        "petition.register_days": 15,
        "petition.decide_days": 60,
        "petition.extension_days": 30,
    },
    "information request": {
        "information.answer_working_days": 20,
        "information.extension_working_days": 20,
    },
    "rating of service": {
        "service_rating.grades": [
            "very_satisfied",
            "satisfied",
            "basically_satisfied",
            "dissatisfied",
            "very_dissatisfied",
        ],
        "service_rating.per_item": 1,
    },
    "co-operative": {
        "cooperative.min_members": 5,
        "cooperative.farmer_share": Fraction(4, 5),
        "cooperative.surplus_by_trade_share": Fraction(3, 5),
        "cooperative.extra_votes_share": Fraction(1, 5),
    },
    "volunteering": {
        "volunteering.true_record": True,
        "volunteering.free_certificate": True,
        "volunteering.published_without_consent": False,
        "volunteering.forced": False,
    },
    "personal data": {
        "personal_data.decisions_transparent": True,
        "personal_data.decisions_explained": True,
        "personal_data.machine_decision_refusable": True,
        "personal_data.sensitive_needs_necessity": True,
        "personal_data.sensitive_separate_consent": True,
        "personal_data.impact_assessment": True,
    },
    "statistics": {
        "statistics.leaders_may_alter": False,
        "statistics.imported_read_only": True,
        "statistics.correction_is_new_version": True,
    },
    "formalism": {
        "formalism.leader_instructions": False,
        "formalism.publications": False,
        "formalism.experience_articles": False,
        "formalism.meeting_counting": False,
        "formalism.document_counting": False,
        "formalism.trace_counting": False,
        "formalism.study_notes": False,
        "formalism.obligation_counting": False,
        "formalism.frequent_forms": False,
        "formalism.repeated_reporting": False,
        "formalism.streaks": False,
        "formalism.points_ranking": False,
        "formalism.online_time": False,
        "formalism.online_popularity": False,
        "formalism.forced_installation": False,
        "formalism.unneeded_traces": False,
        "formalism.daily_appraisal": False,
        "formalism.application_below_county": False,
        "formalism.complaint_channel": True,
    },
}


def comparable(value: object) -> object:
    """A list of terms by its codes, so that the table above stays readable."""
    if isinstance(value, tuple):
        return [term.code for term in value if isinstance(term, Term)]
    return value


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_the_table_has_its_values(row):
    found = {key: comparable(BOOK.value(key, TODAY)) for key in ROWS[row]}

    assert found == ROWS[row]
    assert all(type(found[key]) is type(ROWS[row][key]) for key in found)


def test_every_rule_belongs_to_a_row_of_the_table():
    assert tuple(sorted(key for keys in ROWS.values() for key in keys)) == BOOK.keys()
