"""Imports (批量导入): a sheet under review, taken over by a job, undone as a whole."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.sealing.fields import SealedField


class Import(models.Model):
    """A sheet that somebody sent: of records of one kind, or of measures or targets of a period.

    ``table`` holds its headings and rows, ``problems`` what is wrong by row; both sealed, for
    they name people. They go once the import is taken over.
    """

    class What(models.TextChoices):
        """What the rows are."""

        RECORDS = "records", _("纪实")
        MEASURES = "measures", _("数据")
        TARGETS = "targets", _("目标")

    class State(models.TextChoices):
        """Where it stands."""

        CHECKED = "checked", _("已检查，未入库")
        RUNNING = "running", _("正在入库")
        DONE = "done", _("已入库")
        UNDONE = "undone", pgettext_lazy("state of an import", "已撤回")

    what = models.CharField(max_length=10, choices=What)
    kind = models.CharField(max_length=40, blank=True)
    period = models.CharField(_("期间"), max_length=20, blank=True)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件"), max_length=200)
    created = models.DateTimeField(_("上传时间"), auto_now_add=True)
    table = SealedField(blank=True)
    problems = SealedField(blank=True)
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.CHECKED)
    reason = models.CharField(_("撤回理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name
