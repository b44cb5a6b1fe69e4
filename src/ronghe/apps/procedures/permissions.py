"""Who keeps the calendar, publishes, deals with objections, draws, and sees interests."""

from ronghe.apps.access import Role, declare

SEE_DAYS = declare("procedures.see_days", roles=Role, delegable=True)
KEEP_DAYS = declare(
    "procedures.keep_days",
    roles=[Role.ADMINISTRATOR, Role.ORGANISATION, Role.APPRAISAL_OFFICE],
)
SEE_PUBLICITY = declare("procedures.see_publicity", roles=Role, delegable=True)
PUBLISH = declare(
    "procedures.publish",
    roles=[
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.PARTY_SECRETARY,
        Role.BRANCH_SECRETARY,
        Role.ORGANISATION_OFFICER,
    ],
)
HANDLE_OBJECTIONS = declare(
    "procedures.handle_objections",
    roles=[
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.PARTY_SECRETARY,
        Role.INSPECTOR,
    ],
)
DRAW = declare(
    "procedures.draw",
    roles=[
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.SOCIAL_WORK,
        Role.PARTY_SECRETARY,
        Role.INSPECTOR,
    ],
)
SEE_INTERESTS = declare("procedures.see_interests", roles=[Role.INSPECTOR, Role.ORGANISATION])
