"""Schemes and their versions, duty lists."""

from ronghe.apps.appraisal.models.schemes import DutyList, Scheme, Version

__all__ = ["DutyList", "Scheme", "Version"]
