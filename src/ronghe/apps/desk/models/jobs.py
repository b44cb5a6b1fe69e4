"""Jobs, which a worker carries out, and ticks, which it carries out again and again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.desk import jobkinds


class Job(models.Model):
    """A job (后台任务): work too long for one request, seen by who started it.

    ``key`` makes it one: among the jobs of a kind that stand (wait, run or are done), a key is
    there once. While it runs, the job belongs to ``worker`` until ``leased_until``; a worker that
    lives renews the lease, so a job whose lease is over lost its worker. ``reference`` finds the
    traceback of a crash in the log.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", pgettext_lazy("job", "排队中")
        RUNNING = "running", pgettext_lazy("job", "进行中")
        DONE = "done", pgettext_lazy("job", "已完成")
        REFUSED = "refused", pgettext_lazy("job", "未能办理")
        FAILED = "failed", pgettext_lazy("job", "出错")
        CANCELLED = "cancelled", pgettext_lazy("job", "已取消")

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("发起人"),
    )
    place = models.ForeignKey("registry.Node", models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    words = models.CharField(max_length=200, blank=True)
    worker = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    task = models.UUIDField(null=True)
    cancel_asked = models.BooleanField(default=False)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    reference = models.CharField(max_length=12, blank=True)
    created = models.DateTimeField(_("发起时间"), auto_now_add=True)
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "leased_until"], name="desk_job_lease")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["waiting", "running", "done"]),
                name="desk_job_key_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def title(self) -> Any:
        """Return what the kind of job is called."""
        known = jobkinds.KINDS.get(self.kind)
        return known.title if known else self.kind

    @property
    def is_live(self) -> bool:
        """Tell whether it still waits or runs."""
        return self.state in (Job.State.WAITING, Job.State.RUNNING)


class Tick(models.Model):
    """When periodic work (定时任务) is due next; its row lets one worker of several do it."""

    name = models.CharField(max_length=80, unique=True)
    due = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    reference = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return self.name
