"""The organisation tree: nodes, and dated links to their parents."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """The level (层级) of a node; a child's is never above its parent's."""

    COUNTY = 1, _("县级")
    TOWNSHIP = 2, _("乡级")
    GRASS_ROOTS = 3, _("基层")


class Kind(models.TextChoices):
    """What a node is."""

    COUNTY = "county", _("县（市、区）")
    DEPARTMENT = "department", _("部门单位")
    TOWNSHIP = "township", _("乡镇（街道）")
    VILLAGE = "village", _("村（社区）")
    PARTY_COMMITTEE = "party_committee", _("党委（党工委）")
    GENERAL_BRANCH = "general_branch", _("党总支")
    BRANCH = "branch", _("党支部")
    ENTERPRISE = "enterprise", _("企业")
    OTHER = "other", _("其他组织")


class Node(models.Model):
    """A node (组织) of the tree.

    ``path`` is today's chain of ids from the county down to the node itself, each followed by a
    slash (``3/17/204/``): at or below a node means that the path starts with the node's.
    ``county`` is None for a county itself.
    """

    code = models.CharField(_("代码"), max_length=40)
    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind)
    level = models.PositiveSmallIntegerField(_("层级"), choices=Level)
    county = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=200, db_index=True)
    fictitious = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code"],
                name="registry_node_code_once_in_a_county",
                violation_error_message=_("这个代码已经有组织在用。"),
            ),
            models.CheckConstraint(
                condition=Q(county__isnull=False) | Q(kind=Kind.COUNTY),
                name="registry_node_only_a_county_stands_alone",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def county_id_or_own(self) -> int:
        """Return the id of the county the node belongs to, its own for a county."""
        return self.county_id or self.pk


class ParentLink(models.Model):
    """That ``child`` belonged to ``parent`` (隶属关系) from ``since`` to ``until``, both inclusive.

    A link without ``until`` is today's; a node other than a county has exactly one.
    """

    child = models.ForeignKey(Node, models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(Node, models.PROTECT, related_name="child_links")
    since = models.DateField(_("起始日"))
    until = models.DateField(_("截止日"), null=True)

    class Meta:
        ordering = ["child", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="registry_parentlink_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(until__isnull=True),
                name="registry_parentlink_one_is_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} < {self.parent_id} {self.since}"
