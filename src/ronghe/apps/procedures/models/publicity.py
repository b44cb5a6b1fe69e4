"""Publicities and objections."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.procedures.models.attached import Attached


class Publicity(Attached):
    """A publicity (公示): what is published, from which day to which, and how it ended.

    ``days`` are working days by the rule ``key``; ``responsible`` are the people an objection
    would be against: who opened it and who prepared what it is about.
    """

    class State(models.TextChoices):
        """How it stands."""

        OPEN = "open", pgettext_lazy("publicity", "公示中")
        CLOSED = "closed", pgettext_lazy("publicity", "已结束")
        WITHDRAWN = "withdrawn", pgettext_lazy("publicity", "已撤回")

    text = models.TextField(_("公示内容"), max_length=10_000)
    key = models.CharField(max_length=100)
    citation = models.CharField(_("依据"), max_length=300)
    days = models.PositiveSmallIntegerField(_("工作日"))
    opened = models.DateField(_("公示日"))
    ends = models.DateField(_("最后一天"))
    provisional = models.BooleanField(default=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    responsible = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended = models.DateTimeField(null=True, blank=True)
    conclusion = models.TextField(_("结论"), max_length=2000, blank=True)

    class Meta(Attached.Meta):
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("procedures:publicity", args=[self.pk])


class Objection(Attached):
    """An objection (异议): against what, why, who deals with it, what was answered."""

    class State(models.TextChoices):
        """How it stands; raised and assigned freeze the consequence."""

        RAISED = "raised", pgettext_lazy("objection", "待指定办理人")
        ASSIGNED = "assigned", pgettext_lazy("objection", "办理中")
        UPHELD = "upheld", pgettext_lazy("objection", "异议成立")
        DISMISSED = "dismissed", pgettext_lazy("objection", "异议不成立")
        WITHDRAWN = "withdrawn", pgettext_lazy("objection", "本人撤回")

    publicity = models.ForeignKey(
        Publicity, models.CASCADE, null=True, blank=True, related_name="objections"
    )
    reason = models.TextField(_("异议和理由"), max_length=5000)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    raised = models.DateTimeField(auto_now_add=True)
    against = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.RAISED)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(_("答复"), max_length=5000, blank=True)
    answered = models.DateTimeField(null=True, blank=True)

    class Meta(Attached.Meta):
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("procedures:objection", args=[self.pk])
