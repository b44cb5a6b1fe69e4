"""Joint plans: what a Party organisation and the economy take on together in a year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sort(models.TextChoices):
    """What an entry is."""

    PROJECT = "project", _("重点经济事项")
    ACTION = "action", _("党建行动")


class Progress(models.TextChoices):
    """How far an entry is, as somebody said; nothing sets it by itself."""

    OPEN = "open", pgettext_lazy("entry of a plan", "未开展")
    UNDER_WAY = "under_way", pgettext_lazy("entry of a plan", "推进中")
    DONE = "done", pgettext_lazy("entry of a plan", "已办成")
    DROPPED = "dropped", pgettext_lazy("entry of a plan", "不再办")


UNFINISHED = (Progress.OPEN, Progress.UNDER_WAY)


class Plan(models.Model):
    """A joint plan (共同谋划) of an organisation for a year; a draft until deployed (部署)."""

    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    deployed = models.DateTimeField(_("部署时间"), null=True, blank=True)
    deployed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-year", "node__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["node", "year"],
                name="planning_plan_one_a_year",
                violation_error_message=_("这个组织这一年已经有计划。"),
            ),
        ]

    def __str__(self) -> str:
        return _("%(place)s%(year)s年共同谋划") % {"place": self.node.name, "year": self.year}

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("planning:plan", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Tell whether it may still be changed without a reason."""
        return self.deployed is None


class Entry(models.Model):
    """An entry (事项) of a plan: a key economic project, or an action of the Party organisation.

    ``purpose`` is a project's problem or goal, or the problem an action serves. ``projects`` are
    the projects an action stands behind. ``target`` is in the unit of ``measure``.
    ``carried_from`` is the unfinished entry of an earlier year that it goes on with.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="entries")
    sort = models.CharField(_("类别"), max_length=10, choices=Sort)
    name = models.CharField(_("名称"), max_length=100)
    purpose = models.CharField(_("问题或目标"), max_length=300, blank=True)
    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    due = models.DateField(_("期限"))
    measure = models.ForeignKey(
        "records.MeasureDefinition", models.PROTECT, null=True, blank=True, related_name="+"
    )
    target = models.DecimalField(
        _("目标值"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    progress = models.CharField(_("进展"), max_length=10, choices=Progress, default=Progress.OPEN)
    projects = models.ManyToManyField("self", symmetrical=False, related_name="actions", blank=True)
    members = models.ManyToManyField("members.Member", related_name="+", blank=True)
    carried_from = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(measure__isnull=False),
                name="planning_entry_target_of_a_measure",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("planning:entry", args=[self.pk])

    @property
    def is_project(self) -> bool:
        """Tell which of the two it is."""
        return self.sort == Sort.PROJECT

    @property
    def unfinished(self) -> bool:
        """Tell whether it is still to be done."""
        return self.progress in UNFINISHED


class Change(models.Model):
    """What was done to a deployed plan (计划变更): who, when, why, and each field before and after.

    ``fields`` holds triples of the field's name and its words before and after.
    """

    class What(models.TextChoices):
        """What was done."""

        DEPLOYED = "deployed", _("部署")
        ADDED = "added", _("增列")
        CHANGED = "changed", _("调整")
        DROPPED = "dropped", _("不再办")
        PROGRESS = "progress", _("更新进展")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="changes")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="changes")
    what = models.CharField(max_length=10, choices=What)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    fields = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.what}"


class Advance(models.Model):
    """That a record advances an entry (推进事项), as somebody said."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="advances")
    record = models.ForeignKey("records.Record", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "record"], name="planning_advance_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} > {self.entry_id}"
