"""What records and figures are about."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What can be appraised, in the words of the data tables."""

    ORGANISATION = "organisation", _("组织")
    CADRE = "cadre", _("干部")
    MEMBER = "member", _("党员")
    AREA = "area", _("地区")
    PROJECT = "project", _("项目")


class UnitLevel(models.TextChoices):
    """Where a unit stands, in the words of the data tables, from the widest to the narrowest."""

    COUNTRY = "country", _("全国")
    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    COUNTY = "county", _("县")
    TOWNSHIP = "township", _("乡镇")
    VILLAGE = "village", _("村")
    ENTERPRISE = "enterprise", _("企业")
    BRANCH = "branch", _("支部")
    PERSON = "person", _("个人")


class Unit(models.Model):
    """A unit (考核对象): an organisation of the tree, or a cadre, a member, a project at one.

    An organisation has one as soon as something is recorded of it. Members have one only where
    another code than ``member-<id>`` is to be kept. ``level`` and ``peer_group`` (同类组) are
    empty where they follow from the organisation.
    """

    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="units")
    kind = models.CharField(_("类别"), max_length=20, choices=UnitKind)
    code = models.CharField(_("代码"), max_length=40)
    name = models.CharField(_("名称"), max_length=100, blank=True)
    member = models.OneToOneField(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="unit"
    )
    level = models.CharField(_("层级"), max_length=20, choices=UnitLevel, blank=True)
    peer_group = models.CharField(_("同类组"), max_length=40, blank=True)
    graded = models.BooleanField(_("评定等次"), default=True)
    county = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code"],
                name="records_unit_code_once_in_a_county",
                violation_error_message=_("本县已有考核对象用这个代码。"),
            ),
            models.UniqueConstraint(
                fields=["node"],
                condition=Q(kind="organisation"),
                name="records_unit_one_for_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.member or self.node)
