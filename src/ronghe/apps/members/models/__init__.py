"""The roster: members, stages, where they belong, what they ask for; terms of office."""

from ronghe.apps.members.models.requests import CorrectionRequest
from ronghe.apps.members.models.roster import (
    PARTY_KINDS,
    Belonging,
    Exemption,
    Member,
    Relation,
    RosterImport,
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
    "Seat",
    "Stage",
    "StageChange",
    "Term",
    "masked",
]
