"""Jobs whose worker is gone: taken up anew where the kind allows it, otherwise ended visibly."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ronghe.apps.desk import ticks
from ronghe.apps.desk.jobkinds import KINDS
from ronghe.apps.desk.jobs.running import lease_from_now, new_reference, put_back
from ronghe.apps.desk.models import Job

logger = logging.getLogger("ronghe.jobs")

KEPT = timedelta(days=7)
"""How long the entries of the queue are kept; the jobs themselves stay."""


def renew(worker: str) -> None:
    """Renew the lease of what a worker has under way."""
    Job.objects.filter(state=Job.State.RUNNING, worker=worker).update(leased_until=lease_from_now())


@ticks.every(seconds=settings.RONGHE_JOB_LEASE / 6)
def reclaim() -> None:
    """Take up or end the jobs whose lease is over."""
    now = timezone.now()
    for job in Job.objects.filter(state=Job.State.RUNNING, leased_until__lt=now):
        _let_go(job)


@transaction.atomic
def _let_go(job: Job) -> None:
    lost = Job.objects.filter(
        pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts, leased_until__lt=timezone.now()
    )
    declared = KINDS.get(job.kind)
    if job.task:
        entry = DBTaskResult.objects.filter(pk=job.task, status=TaskResultStatus.RUNNING)
        entry.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    if job.cancel_asked:
        lost.update(state=Job.State.CANCELLED, ended=timezone.now(), leased_until=None)
    elif declared and job.attempts <= declared.retries:
        logger.warning("job %s (%s) lost its worker and waits anew", job.pk, job.kind)
        put_back(lost, job)
    else:
        _fail(lost, job)


def _fail(lost: QuerySet[Job], job: Job) -> None:
    reference = new_reference()
    logger.error("job %s (%s) lost its worker, reference %s", job.pk, job.kind, reference)
    with translation.override(job.language):
        told = _("办理中断：后台程序中途停止，没有办完。可以重新发起；编号%(reference)s。")
        error = told % {"reference": reference}
    lost.update(
        state=Job.State.FAILED,
        ended=timezone.now(),
        leased_until=None,
        error=error,
        reference=reference,
    )


@ticks.every(hours=24)
def forget_entries() -> None:
    """Remove old entries of the queue."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()
