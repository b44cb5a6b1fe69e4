"""The organisation tree: nodes, and dated links to their parents."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    JOINT_BRANCH = "joint_branch", _("联合党支部")
    TEMPORARY_BRANCH = "temporary_branch", _("临时党支部")
    FUNCTIONAL_BRANCH = "functional_branch", _("功能型党支部")
    PARTY_GROUP = "party_group", _("党小组")
    ENTERPRISE = "enterprise", _("企业")
    COOPERATIVE = "cooperative", _("农民专业合作社")
    FAMILY_FARM = "family_farm", _("家庭农场")
    COLLECTIVE = "collective", _("农村集体经济组织")
    SOCIAL_ORGANISATION = "social_organisation", _("社会组织")
    OTHER = "other", _("其他组织")


class Node(models.Model):
    """A node (组织) of the tree.

    ``path`` is today's chain of ids from the county down to the node itself, each followed by a
    slash (``3/17/204/``): at or below a node means that the path starts with the node's.
    ``county`` is None for a county itself. ``name`` is today's; earlier ones are its former
    names. ``closed`` is the last day of a node that is no more; its path stays what it was.
    """

    code = models.CharField(_("代码"), max_length=40)
    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind)
    level = models.PositiveSmallIntegerField(_("层级"), choices=Level)
    county = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("县（市、区）"),
    )
    path = models.CharField(max_length=200, db_index=True)
    fictitious = models.BooleanField(_("演示数据"), default=False)
    closed = models.DateField(_("撤销前最后一天"), null=True, blank=True)

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

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """Return the kind in words; Django's own puts every choice into words to name one."""
        return str(Kind(self.kind).label)

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


class FormerName(models.Model):
    """A name (曾用名) that a node had up to and including ``until``."""

    node = models.ForeignKey(Node, models.CASCADE, related_name="former_names")
    name = models.CharField(_("曾用名"), max_length=100)
    until = models.DateField(_("截止日"))

    class Meta:
        ordering = ["node", "until"]
        constraints = [
            models.UniqueConstraint(
                fields=["node", "until"], name="registry_formername_one_ends_on_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """That ``successor`` took over from ``predecessor`` (沿革), or a part of it, from a day on."""

    class Manner(models.TextChoices):
        """How: the whole merged into another, or a part split off."""

        MERGED = "merged", pgettext_lazy("manner", "并入")
        SPLIT = "split", pgettext_lazy("manner", "分设")

    predecessor = models.ForeignKey(Node, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Node, models.CASCADE, related_name="origins")
    manner = models.CharField(_("方式"), max_length=10, choices=Manner)
    since = models.DateField(_("起始日"))

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.predecessor_id} {self.manner} {self.successor_id}"
