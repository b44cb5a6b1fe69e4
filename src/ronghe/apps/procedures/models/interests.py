"""Declared interests."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Interest(models.Model):
    """An interest (利益关系) somebody declared: with an organisation, a person, or in an object.

    Together with what lies below the organisation. ``place`` is where the declarer works, whose
    inspectors see it.
    """

    class Kind(models.TextChoices):
        """What ties them."""

        FAMILY = "family", _("亲属关系")
        ECONOMIC = "economic", _("经济利益")
        FORMER = "former", _("曾任职或曾经办")
        OTHER = "other", _("其他可能影响公正的关系")

    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="interests"
    )
    place = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    kind = models.CharField(_("关系"), max_length=10, choices=Kind)
    node = models.ForeignKey(
        "registry.Node", models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    since = models.DateField(_("从哪天起"))
    until = models.DateField(_("到哪天止"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(node__isnull=False)
                | Q(person__isnull=False)
                | Q(target_id__isnull=False),
                name="procedures_interest_is_in_something",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="procedures_interest_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declared_by_id} {self.kind}"
