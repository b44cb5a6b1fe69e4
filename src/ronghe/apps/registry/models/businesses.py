"""What is registered of businesses, as it was stated from day to day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ronghe.apps.registry.models.tree import Kind, Node

BUSINESS_KINDS = (
    Kind.ENTERPRISE,
    Kind.COOPERATIVE,
    Kind.FAMILY_FARM,
    Kind.COLLECTIVE,
    Kind.SOCIAL_ORGANISATION,
)
"""The kinds of node that are registered with a unified social credit code."""


class Registration(models.Model):
    """What is registered (登记信息) of a business from a day on.

    Nothing is overwritten: the last row stated counts. ``uscc`` is the unified social credit code
    (统一社会信用代码, GB 32100), ``industry`` a letter with two to four digits (GB/T 4754);
    ``land`` is in mu (亩), ``assets`` in 10,000 yuan. Empty where not known.
    """

    node = models.ForeignKey(Node, models.CASCADE, related_name="registrations")
    since = models.DateField(_("从哪天起"))
    stated = models.DateTimeField(_("登记时间"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    industry = models.CharField(_("行业代码"), max_length=5, blank=True)
    employees = models.PositiveIntegerField(_("从业人数"), null=True, blank=True)
    founded = models.DateField(_("成立日期"), null=True, blank=True)
    chair = models.CharField(_("负责人"), max_length=60, blank=True)
    people = models.PositiveIntegerField(_("成员数"), null=True, blank=True)
    farmers = models.PositiveIntegerField(_("其中农民成员"), null=True, blank=True)
    land = models.DecimalField(
        _("经营土地（亩）"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    assets = models.DecimalField(
        _("资产总额（万元）"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    departs = models.JSONField(default=list, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["node", "since", "pk"]

    def __str__(self) -> str:
        return self.uscc or str(self.node)

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """Return what is known, as (title, value), in the order of the form."""
        named = [(self._meta.get_field(name), _in_words(getattr(self, name))) for name in STATED]
        return [(field.verbose_name, value) for field, value in named if value not in ("", None)]  # type: ignore[union-attr]


STATED = (
    "uscc",
    "industry",
    "employees",
    "founded",
    "chair",
    "people",
    "farmers",
    "land",
    "assets",
)
"""What a registration states."""


def _in_words(value: Any) -> Any:
    return date_format(value) if isinstance(value, date) else value
