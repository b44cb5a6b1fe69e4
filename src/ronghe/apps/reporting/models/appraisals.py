"""The report appraisal of a year at a place, with the rules it is held by."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VoterGroup(models.TextChoices):
    """Who votes on a report."""

    SUPERIOR = "superior", pgettext_lazy("voter group", "上级党组织")
    TEAM = "team", pgettext_lazy("voter group", "班子成员")
    MEMBERS = "members", pgettext_lazy("voter group", "党员")
    PUBLIC = "public", pgettext_lazy("voter group", "群众")


class ReportAppraisal(models.Model):
    """A report appraisal (述职评议考核) of the secretaries beneath a county or township for a year.

    Its rules are its own, from the ``document`` named: the ``weights`` of the voter groups in
    per cent, ``needed``, the per cent of weighted votes that a grade takes together with better
    ones, and ``result_share``, the per cent that the year's appraisal has in the overall
    evaluation, which is stated beside it.
    """

    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("名称"), max_length=200)
    document = models.CharField(_("依据的文件"), max_length=200)
    due = models.DateField(_("报告截止日"))
    weights = models.JSONField(_("各方权重"))
    needed = models.PositiveSmallIntegerField(_("达到等次所需的得票率"))
    result_share = models.PositiveSmallIntegerField(_("年度考核占比"))
    objection_days = models.PositiveSmallIntegerField(_("异议期（工作日）"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "node", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["node", "year"],
                name="reporting_one_appraisal_a_year",
                violation_error_message=_("这里这一年的述职评议已经开展。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("reporting:appraisal", args=[self.pk])
