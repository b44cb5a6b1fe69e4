"""Members, the stages they went through, where they belonged, and what they ask for."""

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

__all__ = [
    "PARTY_KINDS",
    "Belonging",
    "CorrectionRequest",
    "Exemption",
    "Member",
    "Relation",
    "RosterImport",
    "Stage",
    "StageChange",
    "masked",
]
