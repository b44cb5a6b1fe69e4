"""Who sees the roster and who keeps it."""

from ronghe.apps.access import Role, declare

_KEEPERS = (
    Role.ORGANISATION,
    Role.PARTY_SECRETARY,
    Role.BRANCH_SECRETARY,
    Role.ORGANISATION_OFFICER,
)
SEE_MEMBERS = declare(
    "members.see_members", roles=[*_KEEPERS, Role.TOWNSHIP_OFFICER], delegable=True
)
MANAGE_MEMBERS = declare("members.manage_members", roles=_KEEPERS, delegable=True)
SEE_OWN = declare("members.see_own", roles=[Role.MEMBER])
MANAGE_PEOPLE = "accounts.manage_people"
"""The power over accounts; linking one to a member needs it too."""
SEE_TERMS = declare(
    "members.see_terms",
    roles=[
        *_KEEPERS,
        Role.TOWNSHIP_OFFICER,
        Role.SOCIAL_WORK,
        Role.APPRAISAL_OFFICE,
        Role.MEMBER,
        Role.INSPECTOR,
        Role.COUNTY_LEADER,
    ],
    delegable=True,
)
MANAGE_TERMS = declare("members.manage_terms", roles=_KEEPERS, delegable=True)
