"""Reading jobs."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from ronghe.apps.desk.models import Job
from ronghe.apps.desk.permissions import SEE_JOBS


def jobs_visible_to(user: Any) -> QuerySet[Job]:
    """Return a person's own jobs and, for an administrator, those of the places below."""
    within = user.reach(SEE_JOBS).within("place__path")
    return Job.objects.filter(Q(by=user) | within).select_related("by", "place")


def job_visible_to(user: Any, pk: int) -> Job:
    """Return one job, or raise Http404."""
    found = jobs_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
