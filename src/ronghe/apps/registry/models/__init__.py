"""The dated tree, what is registered of businesses, codes of areas, households."""

from ronghe.apps.registry.models.businesses import BUSINESS_KINDS, STATED, Registration
from ronghe.apps.registry.models.places import AREA_DIGITS, AreaCode, Household, HouseholdMark
from ronghe.apps.registry.models.tree import (
    FormerName,
    Kind,
    Level,
    Node,
    ParentLink,
    Succession,
)

__all__ = [
    "AREA_DIGITS",
    "BUSINESS_KINDS",
    "STATED",
    "AreaCode",
    "FormerName",
    "Household",
    "HouseholdMark",
    "Kind",
    "Level",
    "Node",
    "ParentLink",
    "Registration",
    "Succession",
]
