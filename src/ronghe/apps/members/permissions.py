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
