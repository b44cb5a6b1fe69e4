"""Cancelling jobs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ronghe.apps.audit import services as audit
from ronghe.apps.desk.models import Job
from ronghe.apps.desk.permissions import SEE_JOBS

State = Job.State


@transaction.atomic
def cancel_job(job: Job, *, by: Any) -> bool:
    """Cancel a job: one that waits ends at once, one that runs at its next step.

    Returns whether there was still something to cancel. Raises PermissionDenied for another's
    job out of reach.
    """
    standing = by.reach(SEE_JOBS).standing_for(job.place.path) if job.place else None
    if job.by_id != by.pk and standing is None:
        raise PermissionDenied
    same = Job.objects.filter(pk=job.pk)
    ended = same.filter(state=State.WAITING).update(
        state=State.CANCELLED, cancel_asked=True, ended=timezone.now()
    )
    asked = ended or same.filter(state=State.RUNNING, cancel_asked=False).update(cancel_asked=True)
    if asked:
        audit.record("desk.job_cancelled", by=by, target=job, place=job.place, standing=standing)
    return bool(asked)
