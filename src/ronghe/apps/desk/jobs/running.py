"""Starting a job and carrying it out."""

from __future__ import annotations

import logging
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from ronghe.apps.desk.jobkinds import KINDS, Again, Refused
from ronghe.apps.desk.models import Job

logger = logging.getLogger("ronghe.jobs")

State = Job.State
STANDING = (State.WAITING, State.RUNNING, State.DONE)
SAVE_EVERY = 1.0
"""Seconds between two writes of progress."""
TURN, LEAST_REST, LONGEST_REST = 0.1, 0.15, 2.0
"""Seconds of work after which others get a turn, which is as long as the work was."""


class Taken(Exception):  # noqa: N818 - ends a run; the job goes on elsewhere
    """The job no longer belongs to this run: its lease was over, or it ended otherwise."""


class Cancelled(Exception):  # noqa: N818 - as above
    """Somebody cancelled the job."""


class Stopping(Exception):  # noqa: N818 - as above
    """The worker was told to stop; the job waits for the next one."""


STOP = threading.Event()
"""Set when this process is to stop: what may be tried again ends at its next progress."""


def start(kind: str, *, by: Any, place: Any = None, key: str = "", **arguments: Any) -> Job:
    """Start a job in the caller's transaction: it is carried out once that is committed.

    Where a job of this kind and key waits, runs or is done, it is returned instead of another;
    one that was refused, failed or cancelled can be started anew.
    """
    if kind not in KINDS:
        raise LookupError(kind)
    named = {"kind": kind, "key": key or uuid.uuid4().hex}
    standing = Job.objects.filter(**named, state__in=STANDING)
    if known := standing.first():
        return known
    try:
        with transaction.atomic():
            job = Job.objects.create(
                **named,
                arguments=arguments,
                by=by,
                place=place,
                language=translation.get_language() or settings.LANGUAGE_CODE,
            )
    except IntegrityError:  # somebody pressed at the same time
        return standing.get()
    enqueue(job)
    job.refresh_from_db()
    return job


def enqueue(job: Job, *, seconds: int = 0) -> None:
    """Hand a waiting job to the workers, or to those that come in so many seconds.

    The entry is a row of the same database, so it comes and goes with the transaction.
    """
    handed = carry_out
    backend = handed.get_backend()
    if seconds and backend.supports_defer:
        handed = handed.using(run_after=timezone.now() + timedelta(seconds=seconds))
    entry = handed.enqueue(job.pk, job.attempts)
    if backend.supports_get_result:
        Job.objects.filter(pk=job.pk).update(task=entry.id)


class Run:
    """A job while this process carries it out: what its function is given."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._saved = 0.0
        self._turn = time.monotonic()
        self.pk, self.by, self.place, self.key = job.pk, job.by, job.place, job.key

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Save how far it has come, at most once a second; ends the run if it was cancelled.

        Call it between two short transactions: others get their turn to write then.
        """
        self._give_way()
        now = time.monotonic()
        if now - self._saved < SAVE_EVERY and done < total:
            return
        self._saved = now
        self._keep(done=done, total=total, words=words[:200])
        if STOP.is_set() and done < total and KINDS[self._job.kind].retries:
            raise Stopping

    def each(self, items: Sequence[Any], act: Callable[[Any], object]) -> None:
        """Do something with each item, in transactions of a tenth of a second or one item."""
        done, total = 0, len(items)
        while done < total:
            with transaction.atomic():
                self.hold()
                ends = time.monotonic() + TURN
                while done < total:
                    act(items[done])
                    done += 1
                    if time.monotonic() > ends:
                        break
            self.progress(done, total)

    def _give_way(self) -> None:
        """Rest a little on SQLite, which has no queue: who asks again at once gets every turn."""
        worked = time.monotonic() - self._turn
        if connection.vendor != "sqlite" or connection.in_atomic_block or worked < TURN:
            return
        time.sleep(min(max(worked, LEAST_REST), LONGEST_REST))
        self._turn = time.monotonic()

    def hold(self) -> None:
        """Inside a transaction: make sure nobody else takes the job over until it ends."""
        self._keep()

    def _keep(self, **values: Any) -> None:
        if (
            _mine(self._job)
            .filter(cancel_asked=False)
            .update(**values, leased_until=lease_from_now())
        ):
            return
        raise Cancelled if _mine(self._job).exists() else Taken


def lease_from_now() -> Any:
    """Return until when a job belongs to a worker that shows a sign of life now."""
    return timezone.now() + timedelta(seconds=settings.RONGHE_JOB_LEASE)


@task(takes_context=True)
def carry_out(context: TaskContext, pk: int, attempts: int) -> None:
    """Carry out a job if it still waits for this attempt; never raises."""
    worker = context.task_result.worker_ids[-1]
    waiting = Job.objects.filter(pk=pk, state=State.WAITING, attempts=attempts)
    taken = waiting.update(
        state=State.RUNNING,
        worker=worker,
        attempts=F("attempts") + 1,
        leased_until=lease_from_now(),
        started=timezone.now(),
    )
    if not taken:
        return
    job = Job.objects.select_related("by", "place").get(pk=pk)
    with translation.override(job.language):
        try:
            _end(job, State.DONE, result=_carried_out(job))
        except (Taken, Cancelled, Stopping, Refused, Again) as ended:
            _end_early(job, ended)
        except Exception:
            reference = new_reference()
            logger.exception("job %s (%s) failed, reference %s", job.pk, job.kind, reference)
            _end(job, State.FAILED, error=failed_words(reference), reference=reference)


def _carried_out(job: Job) -> dict[str, Any]:
    declared = KINDS.get(job.kind)
    if declared is None:
        raise LookupError(job.kind)
    return declared.work(Run(job), **job.arguments) or {}


def _end_early(job: Job, ended: Exception) -> None:
    if isinstance(ended, Refused):
        _end(job, State.REFUSED, error=str(ended))
    elif isinstance(ended, Cancelled):
        _end(job, State.CANCELLED)
    elif isinstance(ended, Stopping):
        put_back(_mine(job), job)
    elif isinstance(ended, Again):
        if job.attempts <= KINDS[job.kind].retries:
            put_back(_mine(job), job, seconds=ended.seconds)
        else:
            _end(job, State.REFUSED, error=str(ended))
    else:
        logger.warning("job %s (%s) was taken over by another worker", job.pk, job.kind)


@transaction.atomic
def put_back(still: Any, job: Job, *, seconds: int = 0) -> None:
    """Let a job wait anew, if it is still as the rows ``still`` say."""
    if still.update(state=State.WAITING, worker="", leased_until=None):
        enqueue(job, seconds=seconds)


def new_reference() -> str:
    """Return a number that people can read out and that finds the traceback in the log."""
    return secrets.token_hex(4).upper()


def failed_words(reference: str) -> str:
    """Say that the fault is the system's, and what to tell whom."""
    told = _("这是系统的问题，不是您的操作。请把编号%(reference)s告诉管理员。")
    return told % {"reference": reference}


def _mine(job: Job) -> Any:
    return Job.objects.filter(
        pk=job.pk, state=State.RUNNING, worker=job.worker, attempts=job.attempts
    )


def _end(job: Job, state: State, **values: Any) -> None:
    more = {"done": F("total")} if state == State.DONE else {}
    if not _mine(job).update(
        state=state, ended=timezone.now(), leased_until=None, **more, **values
    ):
        logger.warning("job %s (%s) ended after it was taken over", job.pk, job.kind)
