"""The notices of working days that were entered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayNotice(models.Model):
    """A year's notice of days off and make-up days (节假日安排), entered by an officer.

    The last one entered for a year counts; days are kept as ISO dates.
    """

    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.CharField(_("文号"), max_length=60)
    off = models.JSONField(_("放假的日子"))
    made_up = models.JSONField(_("调休上班的日子"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["year"], name="procedures_notice_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.number}"
