"""One sheet for the grades of many reports: signed once, each report kept as a line of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronghe.apps.reporting.models.appraisals import ReportAppraisal
from ronghe.apps.reporting.models.reports import Report


class GradeSheet(models.Model):
    """A sheet (等次签批单) with the grades of reports judged together, laid before its signers."""

    appraisal = models.ForeignKey(ReportAppraisal, models.PROTECT, related_name="sheets")
    title = models.CharField(_("标题"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("reporting:sheet", args=[self.pk])


class SheetLine(models.Model):
    """A report on a sheet: what its votes came to, the grade put to sign, the reason.

    One without a grade is held back (暂缓) from the sheet, for the reason given.
    """

    sheet = models.ForeignKey(GradeSheet, models.CASCADE, related_name="lines")
    report = models.ForeignKey(Report, models.PROTECT, related_name="lines")
    proposal = models.CharField(max_length=20)
    grade = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["sheet", "report__node__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "report"], name="reporting_a_report_once_on_a_sheet"
            ),
            models.CheckConstraint(
                condition=~models.Q(grade="", reason=""), name="reporting_held_back_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.grade}"
