"""Who sees and manages accounts, and which roles they may give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from ronghe.apps.access import Role, declare
from ronghe.apps.registry.models import Level

SEE_PEOPLE = declare(
    "accounts.see_people",
    roles=[
        Role.ADMINISTRATOR,
        Role.ORGANISATION,
        Role.PARTY_SECRETARY,
        Role.BRANCH_SECRETARY,
        Role.INSPECTOR,
    ],
    delegable=True,
)
MANAGE_PEOPLE = declare(
    "accounts.manage_people",
    roles=[Role.ADMINISTRATOR, Role.ORGANISATION, Role.PARTY_SECRETARY, Role.BRANCH_SECRETARY],
    delegable=True,
)

_IN_A_BRANCH = {Role.MEMBER, Role.RESIDENT, Role.ENTERPRISE}
_IN_A_TOWNSHIP = _IN_A_BRANCH | {
    Role.TOWNSHIP_OFFICER,
    Role.BRANCH_SECRETARY,
    Role.ORGANISATION_OFFICER,
    Role.VIEWER,
}
GIVES: Mapping[str, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.ORGANISATION: frozenset(_IN_A_TOWNSHIP | {Role.PARTY_SECRETARY, Role.EXPERT}),
    Role.PARTY_SECRETARY: frozenset(_IN_A_TOWNSHIP),
    Role.BRANCH_SECRETARY: frozenset(_IN_A_BRANCH),
}
"""The roles that the holder of a role may give, within their reach."""

_COUNTY = frozenset({Level.COUNTY})
_GRASS_ROOTS = frozenset({Level.GRASS_ROOTS})
_ANYWHERE = frozenset(Level)
LEVELS: Mapping[str, frozenset[Level]] = {
    Role.ADMINISTRATOR: frozenset({Level.COUNTY, Level.TOWNSHIP}),
    Role.APPRAISAL_OFFICE: _COUNTY,
    Role.ORGANISATION: _COUNTY,
    Role.SOCIAL_WORK: _COUNTY,
    Role.DATA_DEPARTMENT: _COUNTY,
    Role.COUNTY_LEADER: _COUNTY,
    Role.PARTY_SECRETARY: frozenset({Level.COUNTY, Level.TOWNSHIP}),
    Role.TOWNSHIP_OFFICER: frozenset({Level.TOWNSHIP}),
    Role.BRANCH_SECRETARY: _ANYWHERE,
    Role.ORGANISATION_OFFICER: _ANYWHERE,
    Role.MEMBER: _ANYWHERE,
    Role.ENTERPRISE: _GRASS_ROOTS,
    Role.EXPERT: frozenset({Level.COUNTY, Level.TOWNSHIP}),
    Role.RESIDENT: _GRASS_ROOTS,
    Role.INSPECTOR: frozenset({Level.COUNTY, Level.TOWNSHIP}),
    Role.VIEWER: _ANYWHERE,
}
"""The levels of the tree at which a role can be held."""

GUARDED = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.APPRAISAL_OFFICE,
        Role.ORGANISATION,
        Role.SOCIAL_WORK,
        Role.INSPECTOR,
        Role.PARTY_SECRETARY,
    }
)
"""The roles whose holders sign in with a second factor where the installation demands it."""


def roles_given_by(user: Any, path: str) -> frozenset[Role]:
    """Return the roles a person may give at a node, from any of their standings."""
    standings = user.reach(MANAGE_PEOPLE).standings
    gives = (GIVES.get(one.role, frozenset()) for one in standings if path.startswith(one.path))
    return frozenset().union(*gives)


def needs_second_factor(user: Any) -> bool:
    """Tell whether somebody may act only after setting up a second factor."""
    required = settings.RONGHE_SECOND_FACTOR == "required"
    return required and any(one.role in GUARDED for one in user.standings())
