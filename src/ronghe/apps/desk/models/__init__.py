"""What the desk keeps: jobs and ticks."""

from ronghe.apps.desk.models.jobs import Job, Tick

__all__ = ["Job", "Tick"]
