"""Who sees and who changes the tree."""

from ronghe.apps.access import Role, declare

SEE_TREE = declare("registry.see_tree", roles=Role, delegable=True)
MANAGE_TREE = declare("registry.manage_tree", roles=[Role.ADMINISTRATOR, Role.ORGANISATION])
REGISTER_BUSINESS = declare(
    "registry.register_business",
    roles=[
        Role.ADMINISTRATOR,
        Role.ORGANISATION,
        Role.SOCIAL_WORK,
        Role.PARTY_SECRETARY,
        Role.TOWNSHIP_OFFICER,
        Role.ENTERPRISE,
    ],
    delegable=True,
)
KEEP_HOUSEHOLDS = declare(
    "registry.keep_households",
    roles=[
        Role.PARTY_SECRETARY,
        Role.TOWNSHIP_OFFICER,
        Role.BRANCH_SECRETARY,
        Role.ORGANISATION_OFFICER,
    ],
    delegable=True,
)
