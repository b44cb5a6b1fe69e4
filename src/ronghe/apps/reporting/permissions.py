"""Who holds report appraisals, writes, comments, signs and sees reports."""

from __future__ import annotations

from typing import Any

from ronghe.apps.access import Role, declare

_HOLDERS = (Role.ORGANISATION, Role.PARTY_SECRETARY, Role.TOWNSHIP_OFFICER)
HOLD = declare("reporting.hold", roles=_HOLDERS)
"""Open a report appraisal, return reports, enter votes, put a grade to sign."""
WRITE = declare(
    "reporting.write", roles=[Role.BRANCH_SECRETARY, Role.PARTY_SECRETARY], delegable=True
)
COMMENT = declare("reporting.comment", roles=[Role.ORGANISATION, Role.PARTY_SECRETARY])
SIGN = declare(
    "reporting.sign", roles=[Role.ORGANISATION, Role.PARTY_SECRETARY, Role.COUNTY_LEADER]
)
SEE = declare(
    "reporting.see",
    roles=[*_HOLDERS, Role.APPRAISAL_OFFICE, Role.INSPECTOR, Role.COUNTY_LEADER],
)
MAKE_DOCUMENTS = declare(
    "reporting.make_documents",
    roles=[
        *_HOLDERS,
        Role.APPRAISAL_OFFICE,
        Role.BRANCH_SECRETARY,
        Role.ORGANISATION_OFFICER,
    ],
    delegable=True,
)
"""Have a work report or a ledger binder made of what one may see."""
SEE_PAGES = declare(
    "reporting.see_pages",
    roles=[
        *_HOLDERS,
        Role.APPRAISAL_OFFICE,
        Role.INSPECTOR,
        Role.COUNTY_LEADER,
        Role.BRANCH_SECRETARY,
    ],
    delegable=True,
)
"""Open the pages at all; what stands on them is narrower."""


def principals_of(user: Any) -> set[int]:
    """Return the secretaries for whom somebody may write today as their deputy."""
    lent = (one.principal_id for one in user.reach(WRITE).standings)
    return {pk for pk in lent if pk is not None}


def is_assessed(user: Any, report: Any) -> bool:
    """Tell whether a report is somebody's own, or of a secretary they act for."""
    if report.secretary_id is None:
        return False
    return report.secretary_id == user.pk or report.secretary_id in principals_of(user)


def may_write(user: Any, report: Any) -> bool:
    """Tell whether somebody writes a report: the secretary, a deputy, or for one without account.

    Whoever holds the report appraisal enters what a secretary without an account wrote on paper.
    """
    if report.secretary_id is not None:
        return is_assessed(user, report)
    return bool(user.has_perm(HOLD, report.appraisal.node))


def may_hold(user: Any, report: Any) -> bool:
    """Tell whether somebody runs the appraisal of a report; never of their own."""
    return bool(user.has_perm(HOLD, report.appraisal.node)) and not is_assessed(user, report)


def may_comment(user: Any, report: Any) -> bool:
    """Tell whether somebody comments on a report; never on one they wrote or put forward."""
    if is_assessed(user, report) or report.submitted_by_id == user.pk:
        return False
    return bool(user.has_perm(COMMENT, report.appraisal.node))
