"""Local values of rules."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """What became of a local value."""

    PROPOSED = "proposed", pgettext_lazy("local value", "待签批")
    IN_FORCE = "in_force", pgettext_lazy("local value", "已生效")
    RETURNED = "returned", pgettext_lazy("local value", "已退回")


class LocalValue(models.Model):
    """A local value (本地规定) of a rule, for a node and everything below it.

    ``value`` is written as the rulebook's files write it. ``confirms`` means that it says what
    the built-in rule says: a confirmation (确认). Rows are never changed but for their state; a
    later one supersedes an earlier one on the days it covers.
    """

    key = models.CharField(_("规定"), max_length=100, db_index=True)
    node = models.ForeignKey(
        "registry.Node", models.PROTECT, related_name="+", verbose_name=_("适用地方")
    )
    confirms = models.BooleanField(default=False)
    value = models.JSONField(_("值"))
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    article = models.CharField(_("条款"), max_length=60, blank=True)
    since = models.DateField(_("从哪天起"))
    until = models.DateField(_("到哪天止"), null=True, blank=True)
    reason = models.TextField(_("理由"), max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(_("签批意见"), max_length=2000, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="regulations_localvalue_ends_after_it_begins",
                violation_error_message=_("截止日不能早于起始日。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} @ {self.node}"

    def get_absolute_url(self) -> str:
        """Return the address of the page that shows it."""
        return reverse("regulations:value", args=[self.pk])
