"""Who enters, sees, checks and delivers. Kinds and owners narrow it further."""

from ronghe.apps.access import Role, declare

_BRANCH = (Role.BRANCH_SECRETARY, Role.ORGANISATION_OFFICER)
_TOWNSHIP = (Role.PARTY_SECRETARY, Role.TOWNSHIP_OFFICER)
_COUNTY = (Role.ORGANISATION, Role.SOCIAL_WORK, Role.APPRAISAL_OFFICE, Role.DATA_DEPARTMENT)

ENTER_RECORDS = declare(
    "records.enter_records",
    roles=[*_BRANCH, *_TOWNSHIP, *_COUNTY, Role.INSPECTOR, Role.MEMBER, Role.ENTERPRISE],
    delegable=True,
)
"""Members enter their own work, businesses what is their own."""
IMPORT = declare(
    "records.import",
    roles=[*_BRANCH, *_TOWNSHIP, *_COUNTY, Role.INSPECTOR],
    delegable=True,
)
SEE_RECORDS = declare(
    "records.see_records",
    roles=set(Role) - {Role.EXPERT, Role.RESIDENT, Role.ENTERPRISE, Role.ADMINISTRATOR},
    delegable=True,
)
SEE_PERSONAL = declare(
    "records.see_personal",
    roles=[
        Role.BRANCH_SECRETARY,
        Role.ORGANISATION_OFFICER,
        Role.PARTY_SECRETARY,
        Role.ORGANISATION,
        Role.INSPECTOR,
    ],
    delegable=True,
)
VERIFY_RECORDS = declare(
    "records.verify_records", roles=[*_BRANCH, *_TOWNSHIP, *_COUNTY], delegable=True
)
SEE_FIGURES = declare("records.see_figures", roles=Role, delegable=True)
DELIVER_FIGURES = declare(
    "records.deliver_figures",
    roles=[*_COUNTY, *_TOWNSHIP],
    delegable=True,
)
DELIVER_OWN = declare("records.deliver_own", roles=[Role.ENTERPRISE], delegable=True)
"""A business delivers the measures that are asked of every business, of itself alone."""
SET_TARGETS = declare(
    "records.set_targets", roles=[Role.APPRAISAL_OFFICE, Role.ORGANISATION, Role.DATA_DEPARTMENT]
)
DEFINE = declare("records.define", roles=[Role.APPRAISAL_OFFICE, Role.ORGANISATION])
"""Put departments in charge of kinds and measures; say what is appraised where."""
