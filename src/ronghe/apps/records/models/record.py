"""Records (纪实), how they were drawn for checking, and who is in charge of a kind."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.records.catalogue import KINDS, Kind
from ronghe.apps.records.numbers import plain


class State(models.TextChoices):
    """Where a record stands. The first two count; staged ones are seen by nobody."""

    PENDING = "pending", _("待核实")
    ACCEPTED = "accepted", _("已核实")
    REFUSED = "refused", _("未予认可")
    SUPERSEDED = "superseded", _("已被更正")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a record", "已撤回")
    STAGED = "staged", _("正在导入")


STANDING = (State.PENDING, State.ACCEPTED)
"""The states in which a record counts."""


class Channel(models.TextChoices):
    """The way a record came."""

    OWN = "own", _("本人登记")
    PAPER = "paper", _("纸质代录")
    TELEPHONE = "telephone", _("电话代录")
    IMPORT = "import", _("批量导入")
    PROGRAM = "program", _("系统转入")


class Draw(models.Model):
    """A draw (抽查): which of the waiting records are checked one by one.

    The records are put in the order of the digest of ``seed`` and their id; the first ``sample``
    are checked. Once they are, the others are accepted, unless one of the same unit was refused:
    that unit's are then all checked.
    """

    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    seed = models.CharField(_("种子"), max_length=64)
    percent = models.PositiveSmallIntegerField(_("比例"))
    population = models.PositiveIntegerField(_("总数"))
    sample = models.PositiveIntegerField(_("抽取数"))
    closed = models.DateTimeField(_("办结时间"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.node} {self.sample}/{self.population}"


class Record(models.Model):
    """A record (纪实): one piece of work, entered once, where it was done.

    ``quantity`` is a whole number of the last of its ``scale`` digits (25 with scale 1 is 2.5).
    ``values`` holds the kind's further fields. ``principal`` is the person in whose name a
    deputy entered it, ``entered_for`` the member who told it on paper or by telephone.
    ``verify_at`` is the organisation that checks it, ``by_sampling`` whether by a draw, and
    ``in_sample`` whether it was drawn. ``source_app`` and ``source_id`` name the object of the
    app that left it. The same ``client_key`` of the same person is entered once.
    """

    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="records")
    kind = models.CharField(_("类别"), max_length=40)
    actors = models.ManyToManyField("members.Member", related_name="records", blank=True)
    day = models.DateField(_("日期"))
    quantity = models.BigIntegerField(_("数量"))
    scale = models.PositiveSmallIntegerField(default=0)
    quality = models.PositiveSmallIntegerField(_("评价"), null=True, blank=True)
    served = models.CharField(_("服务对象"), max_length=100, blank=True)
    values = models.JSONField(default=dict, blank=True)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    source_app = models.CharField(max_length=40, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    channel = models.CharField(_("登记方式"), max_length=20, choices=Channel)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_for = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    state = models.CharField(_("状态"), max_length=20, choices=State)
    verify_at = models.ForeignKey(
        "registry.Node", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_sampling = models.BooleanField(default=False)
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, blank=True, related_name="records")
    in_sample = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("核实时间"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    client_key = models.CharField(max_length=80, blank=True)
    batch = models.ForeignKey(
        "records.Import", models.PROTECT, null=True, blank=True, related_name="records"
    )

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(fields=["day", "kind"], name="records_record_day"),
            models.Index(
                fields=["verify_at", "unit"],
                condition=Q(state="pending"),
                name="records_record_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=0), name="records_record_quantity_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(quality__isnull=True) | Q(quality__lte=5),
                name="records_record_quality_to_five",
            ),
            models.UniqueConstraint(
                fields=["entered_by", "client_key"],
                condition=~Q(client_key=""),
                name="records_record_client_key_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.day}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """Return the state in words; Django's own puts every choice into words to name one."""
        return str(State(self.state).label)

    @property
    def amount(self) -> Decimal:
        """Return the quantity with its digits after the point."""
        return Decimal(self.quantity).scaleb(-self.scale)

    @property
    def what(self) -> Kind | None:
        """Return the kind in the catalogue; None once no app declares it any more."""
        return KINDS.get(self.kind)

    @property
    def title(self) -> str:
        """Return the kind in words."""
        return str(self.what.title) if self.what else self.kind

    @property
    def amount_words(self) -> str:
        """Return the quantity with its unit of measurement."""
        return f"{plain(self.amount)} {self.what.unit if self.what else ''}".strip()

    @property
    def counts(self) -> bool:
        """Tell whether the record stands."""
        return self.state in STANDING


class KindOwner(models.Model):
    """The department in charge (责任部门) of a kind of record in a county."""

    county = models.ForeignKey("registry.Node", models.CASCADE, related_name="+")
    kind = models.CharField(_("类别"), max_length=40)
    owner = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "kind"], name="records_kindowner_one")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner_id}"
