"""What members ask of those who keep the roster."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.apps.members.models.roster import Member
from ronghe.apps.sealing.fields import SealedField


class CorrectionRequest(models.Model):
    """That a member asks for what the roster says of them to be corrected (更正申请).

    What is asked and what is answered may hold personal values, so both are sealed.
    """

    class Outcome(models.TextChoices):
        """What became of it."""

        WAITING = "", _("等待答复")
        CORRECTED = "corrected", _("已更正")
        KEPT = "kept", _("不更正")

    member = models.ForeignKey(Member, models.CASCADE, related_name="requests")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked = SealedField(_("哪里不对，应当是什么"))
    made = models.DateTimeField(_("提出时间"), auto_now_add=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, blank=True)
    answer = SealedField(_("答复"), blank=True)
    answered = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.member_id} {self.made}"
