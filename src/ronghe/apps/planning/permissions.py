"""Who sees the cockpit, the links of the fusion diagnosis and joint plans, and who writes these."""

from ronghe.apps.access import Role, declare

SEE_COCKPIT = declare(
    "planning.see_cockpit",
    roles=[
        Role.COUNTY_LEADER,
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.INSPECTOR,
        Role.VIEWER,
        Role.PARTY_SECRETARY,
    ],
    delegable=True,
)

_OF_A_PLACE = (
    Role.PARTY_SECRETARY,
    Role.TOWNSHIP_OFFICER,
    Role.BRANCH_SECRETARY,
    Role.ORGANISATION_OFFICER,
)
WRITE_PLANS = declare("planning.write_plans", roles=_OF_A_PLACE, delegable=True)
"""Draft a joint plan, change it with a reason, say how far its entries are."""
DEPLOY_PLANS = declare("planning.deploy_plans", roles=[Role.PARTY_SECRETARY, Role.BRANCH_SECRETARY])
SEE_PLANS = declare(
    "planning.see_plans",
    roles=[
        *_OF_A_PLACE,
        Role.MEMBER,
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.SOCIAL_WORK,
        Role.DATA_DEPARTMENT,
        Role.INSPECTOR,
        Role.COUNTY_LEADER,
        Role.VIEWER,
    ],
    delegable=True,
)
