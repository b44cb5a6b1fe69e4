"""Who sees the cockpit: those who look after a whole county."""

from ronghe.apps.access import Role, declare

SEE_COCKPIT = declare(
    "planning.see_cockpit",
    roles=[
        Role.COUNTY_LEADER,
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.INSPECTOR,
        Role.VIEWER,
    ],
    delegable=True,
)
