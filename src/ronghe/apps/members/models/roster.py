"""Members, the stages they went through, and where they belonged."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ronghe.apps.registry.models import Kind
from ronghe.apps.sealing.fields import SealedField

PARTY_KINDS = (
    Kind.PARTY_COMMITTEE,
    Kind.GENERAL_BRANCH,
    Kind.BRANCH,
    Kind.JOINT_BRANCH,
    Kind.TEMPORARY_BRANCH,
    Kind.FUNCTIONAL_BRANCH,
    Kind.PARTY_GROUP,
)
"""The kinds of organisation that members belong to."""


class Stage(models.TextChoices):
    """The stages (阶段) of joining the Party, in their order, and having left it."""

    APPLICANT = "applicant", _("入党申请人")
    ACTIVIST = "activist", _("入党积极分子")
    TARGET = "target", _("发展对象")
    PROBATIONARY = "probationary", _("预备党员")
    FULL = "full", _("正式党员")
    LEFT = "left", _("已离开")


class Exemption(models.TextChoices):
    """Why somebody is not asked to take part (免于参加)."""

    NONE = "", _("无")
    AGED = "aged", _("年老体弱")
    ILL = "ill", _("患病或行动不便")


class Relation(models.TextChoices):
    """How a member belongs to an organisation."""

    ORGANISATION = "organisation", _("组织关系")
    FLOATING = "floating", _("流动")


class Member(models.Model):
    """A person on the roster (党员名册), from applicant to full member.

    ``id_digest`` finds an identity number without opening it; it is None where the number is
    not known. ``stage`` is today's, the last of the stage changes. ``account`` is the sign-in of
    the same person, where an officer said so.
    """

    class Sex(models.TextChoices):
        """As the identity number says."""

        FEMALE = "female", _("女")
        MALE = "male", _("男")

    county = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    name = models.CharField(_("姓名"), max_length=60)
    sex = models.CharField(_("性别"), max_length=10, choices=Sex, blank=True)
    born = models.DateField(_("出生日期"), null=True, blank=True)
    id_number = SealedField(_("身份证号"), blank=True)
    id_digest = models.CharField(max_length=64, null=True, blank=True)
    phone = SealedField(_("手机号"), blank=True)
    stage = models.CharField(_("阶段"), max_length=20, choices=Stage)
    exempt = models.CharField(_("免于参加"), max_length=10, choices=Exemption, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("账号"),
    )

    household = models.ForeignKey(
        "registry.Household",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所在户"),
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "account"],
                name="members_member_one_for_an_account_in_a_county",
                violation_error_message=_("这个账号已经对应本县名册上的另一个人。"),
            ),
            models.UniqueConstraint(
                fields=["county", "id_digest"],
                name="members_member_once_in_a_county",
                violation_error_message=_("这个身份证号已经在本县名册上。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_stage_display(self) -> str:  # type: ignore[no-redef]
        """Return the stage in words; Django's own puts every choice into words to name one."""
        return str(Stage(self.stage).label)

    @property
    def masked_id_number(self) -> str:
        """Return the identity number with only its ends shown."""
        return masked(self.id_number, 4, 4)

    @property
    def masked_phone(self) -> str:
        """Return the telephone number with only its ends shown."""
        return masked(self.phone, 3, 4)


class StageChange(models.Model):
    """That a member entered a stage on a day.

    ``departs`` names the rules that did not fit and were passed with the ``reason``.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="stages")
    stage = models.CharField(_("阶段"), max_length=20, choices=Stage)
    since = models.DateField(_("起始日"))
    departs = models.JSONField(default=list, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["member", "since", "pk"]

    def __str__(self) -> str:
        return f"{self.member_id} {self.stage} {self.since}"


class Belonging(models.Model):
    """That a member belonged to an organisation (所属) from ``since`` to ``until``, inclusive."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="belongings")
    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    relation = models.CharField(_("关系"), max_length=20, choices=Relation)
    since = models.DateField(_("起始日"))
    until = models.DateField(_("截止日"), null=True, blank=True)

    class Meta:
        ordering = ["member", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="members_belonging_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["member", "relation"],
                condition=Q(until__isnull=True),
                name="members_belonging_one_of_each_is_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.node_id} {self.since}"


def masked(number: str, first: int, last: int) -> str:
    """Return a number with stars between its first and last characters; short ones all stars."""
    hidden = len(number) - first - last
    if hidden <= 0:
        return "*" * len(number)
    return f"{number[:first]}{'*' * hidden}{number[-last:]}"
