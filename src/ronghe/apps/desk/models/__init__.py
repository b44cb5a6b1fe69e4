"""What the desk keeps: jobs and ticks, notices and where else to tell them."""

from ronghe.apps.desk.models.jobs import Job, Tick
from ronghe.apps.desk.models.notices import Notice, Subscription

__all__ = ["Job", "Notice", "Subscription", "Tick"]
