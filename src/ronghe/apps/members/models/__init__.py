"""The roster: members, stages, where they belong, what they ask for; terms of office."""

from ronghe.apps.members.models.imports import RosterImport, RosterRow
from ronghe.apps.members.models.requests import CorrectionRequest
from ronghe.apps.members.models.roster import (
    PARTY_KINDS,
    Belonging,
    Exemption,
    Member,
    Relation,
    Stage,
    StageChange,
    masked,
)
from ronghe.apps.members.models.terms import Seat, Term

__all__ = [
    "PARTY_KINDS",
    "Belonging",
    "CorrectionRequest",
    "Exemption",
    "Member",
    "Relation",
    "RosterImport",
    "RosterRow",
    "Seat",
    "Stage",
    "StageChange",
    "Term",
    "masked",
]
