"""Objections that came on paper or by word, entered by the office for who has no account."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.reporting.models.reports import Report


class PaperObjection(models.Model):
    """How an objection (异议) entered on a secretary's behalf was received, with its file if any.

    The file is kept by its ``digest`` outside the web root, as those of appeals are.
    """

    class How(models.TextChoices):
        """In which way it was received."""

        LETTER = "letter", pgettext_lazy("received", "书面递交或来信")
        VISIT = "visit", pgettext_lazy("received", "当面口述，记录后本人签字")
        PHONE = "phone", pgettext_lazy("received", "电话")
        MESSAGE = "message", pgettext_lazy("received", "电子邮件或短信")

    objection = models.OneToOneField("procedures.Objection", models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, related_name="paper_objections")
    how = models.CharField(_("怎样收到"), max_length=10, choices=How)
    received = models.DateField(_("收到日期"))
    name = models.CharField(max_length=100, blank=True)
    ending = models.CharField(max_length=5, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.how}"
