"""Codes of areas, and the households of villages."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.registry.models.tree import Kind, Node
from ronghe.apps.sealing.fields import SealedField

AREA_DIGITS = {Kind.COUNTY: 6, Kind.TOWNSHIP: 9, Kind.VILLAGE: 12}
"""How many digits the statistical code of an area has."""


class AreaCode(models.Model):
    """The statistical code (统计用区划代码) of an area from a day on; the last one counts.

    Six digits for a county (GB/T 2260), nine for a township, twelve for a village.
    """

    node = models.ForeignKey(Node, models.CASCADE, related_name="area_codes")
    code = models.CharField(_("区划代码"), max_length=12)
    since = models.DateField(_("起始日"))
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["node", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["node", "since"], name="registry_areacode_one_begins_on_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Household(models.Model):
    """A household (户) of a village: its code there, its head (sealed), how many people."""

    node = models.ForeignKey(Node, models.PROTECT, related_name="households")
    code = models.CharField(_("户编号"), max_length=40)
    head = SealedField(_("户主姓名"), blank=True)
    people = models.PositiveSmallIntegerField(_("人口"), null=True, blank=True)
    until = models.DateField(_("销户前最后一天"), null=True, blank=True)

    class Meta:
        ordering = ["node", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["node", "code"],
                name="registry_household_once_in_a_village",
                violation_error_message=_("本村已有这个户编号。"),
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def path(self) -> str:
        """Return the path of the village, for asking who reaches it."""
        return self.node.path


class HouseholdMark(models.Model):
    """That a household was marked (标识), for instance for monitoring, from a day to another."""

    class Mark(models.TextChoices):
        """The marks in use against falling back into poverty, and of assistance."""

        UNSTABLE = "unstable", pgettext_lazy("household", "脱贫不稳定户")
        MARGINAL = "marginal", pgettext_lazy("household", "边缘易致贫户")
        SUDDEN = "sudden", pgettext_lazy("household", "突发严重困难户")
        RELIEVED = "relieved", pgettext_lazy("household", "脱贫户")
        MINIMUM = "minimum", pgettext_lazy("household", "低保户")
        DESTITUTE = "destitute", pgettext_lazy("household", "特困供养户")
        HARDSHIP = "hardship", pgettext_lazy("household", "其他困难户")

    household = models.ForeignKey(Household, models.CASCADE, related_name="marks")
    mark = models.CharField(_("标识"), max_length=20, choices=Mark)
    since = models.DateField(_("起始日"))
    until = models.DateField(_("截止日"), null=True, blank=True)

    class Meta:
        ordering = ["household", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="registry_householdmark_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["household", "mark"],
                condition=Q(until__isnull=True),
                name="registry_householdmark_one_of_each_is_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.mark}"
