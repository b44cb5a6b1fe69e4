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
