"""Measures (数据) and targets (目标): figures of a unit for a period, superseded, never changed."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ronghe.apps.records.models.unit import UnitLevel
from ronghe.apps.records.numbers import period_words, plain


class MeasureDefinition(models.Model):
    """What a measure is in a county: its words, how fine, how far down it is official, whose.

    ``scale`` is the number of digits after the point. ``lowest_level`` is the lowest level at
    which the figure is officially published. ``every`` is how often it is delivered, ``due_after``
    how many days after the end of a period. Without a department in charge, what is counted of
    enterprises is asked of the enterprises themselves.
    """

    class Every(models.TextChoices):
        """How often a measure is delivered."""

        YEAR = "year", _("每年")
        HALF = "half", _("每半年")
        QUARTER = "quarter", _("每季度")
        MONTH = "month", _("每月")

    county = models.ForeignKey("registry.Node", models.CASCADE, related_name="+")
    code = models.CharField(_("代码"), max_length=60)
    title = models.CharField(_("名称"), max_length=100)
    title_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    unit_of_measurement = models.CharField(_("计量单位"), max_length=30, blank=True)
    scale = models.PositiveSmallIntegerField(
        _("小数位数"), default=2, validators=[MaxValueValidator(6)]
    )
    lowest_level = models.CharField(_("公布到哪一级"), max_length=20, choices=UnitLevel)
    owner = models.ForeignKey(
        "registry.Node", models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_named = models.CharField(_("责任单位"), max_length=100, blank=True)
    citation = models.CharField(_("依据"), max_length=200, blank=True)
    every = models.CharField(_("多久报送一次"), max_length=10, choices=Every, default=Every.YEAR)
    due_after = models.PositiveSmallIntegerField(_("期满后几日内报送"), default=30)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code"],
                name="records_definition_code_once_in_a_county",
                violation_error_message=_("本县已有数据用这个代码。"),
            )
        ]

    def __str__(self) -> str:
        return self.title_en if self.title_en and get_language() == "en" else self.title


class Figure(models.Model):
    """A figure (数值): a whole number of the last digit that its definition has.

    The one that holds is ``current``; an earlier one stays, superseded by it. A withdrawn one
    keeps why.
    """

    definition = models.ForeignKey(MeasureDefinition, models.PROTECT, related_name="+")
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="+")
    period = models.CharField(_("期间"), max_length=20)
    value = models.BigIntegerField(_("数值"))
    source = models.CharField(_("来源"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    current = models.BooleanField(default=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(
        "records.Import", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn = models.CharField(_("撤回理由"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.definition_id} {self.unit_id} {self.period}"

    @property
    def amount(self) -> Decimal:
        """Return the figure with its digits after the point."""
        return Decimal(self.value).scaleb(-self.definition.scale)

    @property
    def amount_words(self) -> str:
        """Return the figure with its unit of measurement."""
        return f"{plain(self.amount)} {self.definition.unit_of_measurement}".strip()

    @property
    def period_words(self) -> str:
        """Return the period as people say it."""
        return period_words(self.period)


class Measure(Figure):
    """A measure (数据) of a unit for a period, with the document it stands in."""

    class Meta:
        ordering = ["definition", "unit", "period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "unit", "period"],
                condition=Q(current=True),
                name="records_measure_one_is_current",
            )
        ]


class Target(Figure):
    """A target (目标) of a unit for a period; ``source`` says where it was set."""

    class Meta:
        ordering = ["definition", "unit", "period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "unit", "period"],
                condition=Q(current=True),
                name="records_target_one_is_current",
            )
        ]
