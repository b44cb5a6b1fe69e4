"""A secretary's report: its sentences, the votes on it, what is put right afterwards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.reporting import stages
from ronghe.apps.reporting.models.appraisals import ReportAppraisal, VoterGroup
from ronghe.apps.reporting.telling import Theme

STAGES = [
    (stages.Stage.DRAFT, pgettext_lazy("report stage", "起草")),
    (stages.Stage.SUBMITTED, pgettext_lazy("report stage", "已提交")),
    (stages.Stage.COMMENTED, pgettext_lazy("report stage", "已点评，待评议")),
    (stages.Stage.COUNTED, pgettext_lazy("report stage", "已评议")),
    (stages.Stage.SIGNING, pgettext_lazy("report stage", "签批中")),
    (stages.Stage.FINAL, pgettext_lazy("report stage", "已定等次")),
]

THEMES = [
    (Theme.LIFE, pgettext_lazy("report theme", "组织生活")),
    (Theme.ECONOMY, pgettext_lazy("report theme", "经济工作")),
    (Theme.SERVICE, pgettext_lazy("report theme", "为民服务")),
    (Theme.TRAINING, pgettext_lazy("report theme", "教育培训")),
    (Theme.FIGURES, pgettext_lazy("report theme", "主要数据")),
    (Theme.RESULTS, pgettext_lazy("report theme", "考核结果")),
    (Theme.PROBLEMS, pgettext_lazy("report theme", "存在问题")),
    (Theme.RECTIFIED, pgettext_lazy("report theme", "整改落实")),
    (Theme.PLANS, pgettext_lazy("report theme", "下步打算")),
]


def _user(**more: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", **more
    )


class Report(models.Model):
    """A report (述职报告) of who was secretary of an organisation, and what became of it.

    ``secretary`` is None for one without an account, whose report is entered from paper.
    ``stage``, ``until`` are the state of `stages`. ``digest`` is the SHA-256 of what was put
    forward. ``proposal`` is the grade that the votes come to, ``grade`` the one put to sign,
    with the ``reason`` where it is another.
    """

    appraisal = models.ForeignKey(ReportAppraisal, models.PROTECT, related_name="reports")
    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    secretary = _user()
    name = models.CharField(_("书记"), max_length=60)
    stage = models.CharField(
        _("阶段"), max_length=12, choices=STAGES, default=stages.Stage.DRAFT.value
    )
    until = models.DateField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    submitted_by = _user()
    submitted_at = models.DateTimeField(null=True)
    returned = models.TextField(_("退回理由"), blank=True)
    comment = models.TextField(_("点评"), blank=True)
    commented_by = _user()
    commented_at = models.DateTimeField(null=True)
    counted_by = _user()
    counted_at = models.DateTimeField(null=True)
    proposal = models.CharField(max_length=20, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["node__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "node"], name="reporting_one_report_of_an_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.node} {self.appraisal.year}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("reporting:report", args=[self.pk])


class Sentence(models.Model):
    """A sentence (语句) of a report: as it was ``drawn`` from ``sources``, and as it stands.

    One without ``drawn`` is the secretary's own. ``sources`` are pairs of a word and an id.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="sentences")
    theme = models.CharField(_("部分"), max_length=12, choices=THEMES)
    place = models.PositiveIntegerField()
    key = models.CharField(max_length=140, blank=True)
    text = models.TextField(_("内容"), max_length=1000)
    drawn = models.TextField(blank=True)
    sources = models.JSONField(default=list)

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_own(self) -> bool:
        """Tell whether the secretary wrote it."""
        return not self.drawn

    @property
    def is_edited(self) -> bool:
        """Tell whether the secretary changed what was drawn."""
        return bool(self.drawn) and self.text != self.drawn

    @property
    def is_gap(self) -> bool:
        """Tell whether it only says that nothing is recorded."""
        return bool(self.drawn) and not self.sources and not self.is_edited


class Votes(models.Model):
    """How many votes (票数) of a group a report got for a grade."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="votes")
    group = models.CharField(max_length=10, choices=VoterGroup)
    grade = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "group", "grade"], name="reporting_votes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.group} {self.grade}"


class Rectification(models.Model):
    """An item of the rectification list (整改清单): what, by whom, by when, with which work."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="rectifications")
    words = models.CharField(_("要改什么"), max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due = models.DateField(_("期限"))
    done = models.DateField(_("办结日"), null=True)
    outcome = models.CharField(_("改得怎样"), max_length=300, blank=True)
    records = models.ManyToManyField("records.Record", related_name="+", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done__isnull=True) | ~Q(outcome=""),
                name="reporting_rectification_done_says_how",
            )
        ]

    def __str__(self) -> str:
        return self.words
