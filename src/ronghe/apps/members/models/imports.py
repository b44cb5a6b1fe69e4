"""Roster files under review and their rows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ronghe.apps.sealing.fields import SealedField


class RosterImport(models.Model):
    """A roster file under review (名册核对): its rows are kept sealed until it is taken over.

    ``mapping`` holds the number of the column of each field. Once ``staged``, what differs
    stands in `RosterRow`, ``same`` counts the rest and ``absent`` holds the ids of members who
    are not in the file. ``started`` is when somebody had it taken over, ``applied`` when that
    was done, and ``outcome`` how many changes of each kind there were.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField(_("文件"), max_length=200)
    created = models.DateTimeField(_("上传时间"), auto_now_add=True)
    table = SealedField(blank=True)
    mapping = models.JSONField(default=dict)
    staged = models.DateTimeField(null=True, blank=True)
    same = models.PositiveIntegerField(default=0)
    absent = models.JSONField(default=list)
    started = models.DateTimeField(null=True, blank=True)
    applied = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


CHANGES: dict[str, str | Promise] = {
    "new": _("新登记"),
    "id_number": _("补登身份证号"),
    "name": _("姓名不同"),
    "phone": _("手机号不同"),
    "organisation": _("党组织不同"),
    "stage": _("阶段不同"),
}
"""What can differ, in words."""


class RosterRow(models.Model):
    """What a row of a file says otherwise than the roster, or why it cannot be taken.

    No name or number stands here: the file itself, sealed, has them.
    """

    class Kind(models.TextChoices):
        """What was found."""

        DIFFERENT = "different", _("有差异")
        REFUSED = "refused", _("不能入册")

    class Outcome(models.TextChoices):
        """What became of a row that was chosen."""

        WAITING = "", _("等待入册")
        TAKEN = "taken", _("已入册")
        REFUSED = "refused", _("没有入册")

    begun = models.ForeignKey(RosterImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("行"))
    kind = models.CharField(max_length=10, choices=Kind)
    changes = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    chosen = models.BooleanField(default=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["begun", "number"]
        constraints = [
            models.UniqueConstraint(fields=["begun", "number"], name="members_rosterrow_once")
        ]

    def __str__(self) -> str:
        return f"{self.begun_id} {self.number}"

    @property
    def words(self) -> list[str | Promise]:
        """Return the changes in words."""
        return [CHANGES[one] for one in self.changes]
