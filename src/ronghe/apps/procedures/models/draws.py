"""Draws."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronghe.apps.procedures.models.attached import Attached


class Draw(Attached):
    """A draw (随机抽取): the list, who was left out and why, the seed, and what came out.

    ``pool`` and ``left_out`` hold ``{code, name}`` and ``{code, name, reason}``; ``drawn`` holds
    codes in the order of their lots.
    """

    purpose = models.TextField(_("用途"), max_length=1000)
    pool = models.JSONField()
    left_out = models.JSONField(default=list, blank=True)
    number = models.PositiveIntegerField(_("抽取几个"))
    seed = models.CharField(max_length=64)
    algorithm = models.PositiveSmallIntegerField()
    drawn = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(Attached.Meta):
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("procedures:draw", args=[self.pk])
