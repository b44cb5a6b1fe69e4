"""Complaints and their answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.sealing.fields import SealedField


class Kind(models.TextChoices):
    """What is wrong."""

    FORMALISM = "formalism", _("形式主义：要求多填、多报、多留痕")
    WITHDRAWN = "withdrawn", _("已收回的事项仍要我们办")
    FIGURE = "figure", _("数据或得分不对")
    FAULT = "fault", _("系统出错、用不了")
    OTHER = "other", _("其他")


class Receiver(models.TextChoices):
    """Who handles it."""

    INSPECTION = "inspection", _("纪检、审计")
    ADMINISTRATION = "administration", _("系统管理员")


class Outcome(models.TextChoices):
    """What came of it."""

    MENDED = "mended", _("属实，已改正")
    FORWARDED = "forwarded", _("已转有权处理的单位")
    EXPLAINED = "explained", _("已作说明，不需要改")
    UNFOUNDED = "unfounded", _("经查不属实")


class Complaint(models.Model):
    """A complaint (投诉) and its answer.

    ``by`` and ``place`` are None where it is anonymous; ``receipt`` is the digest of the code by
    which its answer is found then. ``handled_at`` is the node whose ``receiver`` handles it, and
    those above. The texts are sealed: they may name people.
    """

    kind = models.CharField(_("事由"), max_length=20, choices=Kind)
    text = SealedField(_("情况"))
    page = models.CharField(_("哪一页"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey("registry.Node", models.PROTECT, null=True, related_name="+")
    receipt = models.CharField(max_length=64, blank=True, db_index=True)
    receiver = models.CharField(_("受理方"), max_length=20, choices=Receiver)
    handled_at = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    created = models.DateTimeField(_("提出时间"), auto_now_add=True)
    due = models.DateField(_("答复期限"))
    provisional = models.BooleanField(default=False)
    outcome = models.CharField(
        pgettext_lazy("complaint", "结果"), max_length=20, choices=Outcome, blank=True
    )
    answer = SealedField(_("答复"), blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("complaints:complaint", args=[self.pk])
