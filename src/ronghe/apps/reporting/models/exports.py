"""Files made from records for somebody: a work report or a ledger binder."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Export(models.Model):
    """A document (导出文件) of a place and period, for who asked for it alone.

    Its file is kept under the number of the row and removed after some weeks; the row stays.
    ``records`` tells how many records went into it.
    """

    class What(models.TextChoices):
        """What is made."""

        WORK_REPORT = "work_report", pgettext_lazy("export", "年度工作总结草稿（Word）")
        BINDER_PDF = "binder_pdf", pgettext_lazy("export", "台账（PDF）")
        BINDER_EXCEL = "binder_excel", pgettext_lazy("export", "台账（Excel）")

    what = models.CharField(_("文件"), max_length=20, choices=What)
    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    period = models.CharField(_("期间"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    job = models.ForeignKey("desk.Job", models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    records = models.PositiveIntegerField(default=0)
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.node} {self.period}"

    @property
    def path(self) -> Path:
        """Return where the file lies, outside the web root."""
        return Path(settings.HOME) / "exports" / str(self.pk)

    @property
    def is_there(self) -> bool:
        """Tell whether it was made and has not been removed."""
        return bool(self.digest) and self.removed is None
