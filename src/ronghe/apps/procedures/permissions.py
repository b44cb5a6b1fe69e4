"""Who keeps the calendar of working days, and who sees it."""

from ronghe.apps.access import Role, declare

SEE_DAYS = declare("procedures.see_days", roles=Role, delegable=True)
KEEP_DAYS = declare(
    "procedures.keep_days",
    roles=[Role.ADMINISTRATOR, Role.ORGANISATION, Role.APPRAISAL_OFFICE],
)
