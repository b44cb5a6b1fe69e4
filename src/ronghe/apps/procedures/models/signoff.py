"""Sign-offs: sheets, steps, signatures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.access import Role
from ronghe.apps.procedures.models.attached import Attached


class SignOff(Attached):
    """A sheet to sign (签批单) under a content, known by its digest."""

    class State(models.TextChoices):
        """How it stands."""

        OPEN = "open", pgettext_lazy("sign-off", "签批中")
        COMPLETE = "complete", pgettext_lazy("sign-off", "已签批")
        RETURNED = "returned", pgettext_lazy("sign-off", "已退回")

    text = models.TextField(_("签批内容"), max_length=10_000)
    revision = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64)
    ordered = models.BooleanField(default=True)
    prepared_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta(Attached.Meta):
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("procedures:signoff", args=[self.pk])


class Step(models.Model):
    """A step of a sheet: signed by the holder of a role at a node, or by who has a power there."""

    signoff = models.ForeignKey(SignOff, models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField()
    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role, blank=True)
    power = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["signoff", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["signoff", "place"], name="procedures_step_one_at_a_place"
            ),
            models.CheckConstraint(
                condition=~Q(role="", power=""), name="procedures_step_says_who_signs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node} {self.get_role_display() or self.power}"


class Signature(models.Model):
    """That somebody signed a step: approved or returned it, under a content of this digest."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="signatures")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approve = models.BooleanField()
    reason = models.TextField(_("签批意见"), max_length=2000, blank=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "digest"], name="procedures_signature_once_under_a_content"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.by_id}"
