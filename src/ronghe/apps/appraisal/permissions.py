"""Who edits, approves and sees schemes."""

from ronghe.apps.access import Role, declare

EDIT_SCHEMES = declare("appraisal.edit_schemes", roles=[Role.APPRAISAL_OFFICE], delegable=True)
APPROVE_SCHEMES = declare(
    "appraisal.approve_schemes",
    roles=[Role.ORGANISATION, Role.COUNTY_LEADER, Role.PARTY_SECRETARY],
)
SEE_DRAFTS = declare(
    "appraisal.see_drafts",
    roles=[
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.COUNTY_LEADER,
        Role.PARTY_SECRETARY,
        Role.INSPECTOR,
    ],
    delegable=True,
)
SEE_SCHEMES = declare("appraisal.see_schemes", roles=Role, delegable=True)

_PLACES = (
    Role.PARTY_SECRETARY,
    Role.TOWNSHIP_OFFICER,
    Role.BRANCH_SECRETARY,
    Role.ORGANISATION_OFFICER,
)
RUN_ROUNDS = declare(
    "appraisal.run_rounds", roles=[Role.APPRAISAL_OFFICE, Role.TOWNSHIP_OFFICER], delegable=True
)
SIGN_RESULTS = declare(
    "appraisal.sign_results", roles=[Role.ORGANISATION, Role.COUNTY_LEADER, Role.PARTY_SECRETARY]
)
SEE_ROUNDS = declare("appraisal.see_rounds", roles=Role, delegable=True)
SEE_WHOLE = declare(
    "appraisal.see_whole",
    roles=[
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.COUNTY_LEADER,
        Role.INSPECTOR,
        Role.PARTY_SECRETARY,
        Role.TOWNSHIP_OFFICER,
    ],
)
SEE_RESULTS = declare(
    "appraisal.see_results",
    roles=[
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.COUNTY_LEADER,
        Role.INSPECTOR,
        *_PLACES,
    ],
    delegable=True,
)
SEE_PEOPLE = declare(
    "appraisal.see_people",
    roles=[
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.INSPECTOR,
        Role.PARTY_SECRETARY,
        Role.BRANCH_SECRETARY,
        Role.ORGANISATION_OFFICER,
    ],
)
SEE_SIDES = declare(
    "appraisal.see_sides",
    roles=[
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.COUNTY_LEADER,
        Role.INSPECTOR,
        Role.VIEWER,
        Role.PARTY_SECRETARY,
    ],
)
"""See how the organisations of one's places stand on both sides, once they were told."""
ENTER_VOTES = declare(
    "appraisal.enter_votes",
    roles=[Role.APPRAISAL_OFFICE, Role.ORGANISATION, Role.PARTY_SECRETARY, Role.TOWNSHIP_OFFICER],
    delegable=True,
)
GIVE_SCORES = declare("appraisal.give_scores", roles=[Role.EXPERT])
APPEAL = declare(
    "appraisal.appeal",
    roles=[Role.PARTY_SECRETARY, Role.BRANCH_SECRETARY],
)
TAKE_PAY_SHEET = declare(
    "appraisal.take_pay_sheet", roles=[Role.APPRAISAL_OFFICE, Role.ORGANISATION]
)
RELEASE_DATA = declare("appraisal.release_data", roles=[Role.APPRAISAL_OFFICE, Role.ORGANISATION])
