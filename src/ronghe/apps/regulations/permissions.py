"""Who sees the rules, who sets local values, and who puts them into force."""

from ronghe.apps.access import Role, declare

SEE_RULES = declare("regulations.see_rules", roles=Role, delegable=True)
SET_VALUES = declare("regulations.set_values", roles=[Role.ORGANISATION])
APPROVE_VALUES = declare(
    "regulations.approve_values",
    roles=[Role.ORGANISATION, Role.PARTY_SECRETARY, Role.COUNTY_LEADER],
)
