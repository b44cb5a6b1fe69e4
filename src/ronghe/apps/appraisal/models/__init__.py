"""Schemes with their versions and duty lists; rounds with all that belongs to them."""

from ronghe.apps.appraisal.models.rounds import (
    Appeal,
    AppealFile,
    ExpertScore,
    Improvement,
    Inquiry,
    Result,
    Round,
    Run,
    Sample,
    Votes,
)
from ronghe.apps.appraisal.models.schemes import DutyList, Scheme, Trial, Version

__all__ = [
    "Appeal",
    "AppealFile",
    "DutyList",
    "ExpertScore",
    "Improvement",
    "Inquiry",
    "Result",
    "Round",
    "Run",
    "Sample",
    "Scheme",
    "Trial",
    "Version",
    "Votes",
]
