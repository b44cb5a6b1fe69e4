"""Terms of office of Party organisations and who holds which seat."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.members.models.roster import Member


class Term(models.Model):
    """A term of office (任期) of a Party organisation's committee, or of its secretary alone.

    ``due`` is the last day by the rule of the day it began; ``until`` the last day it had.
    ``departs`` names the rules that did not fit and were passed with the ``reason``.
    """

    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    since = models.DateField(_("起始日"))
    due = models.DateField(_("届满日"))
    until = models.DateField(_("实际截止日"), null=True, blank=True)
    elected = models.DateField(_("选举日"), null=True, blank=True)
    departs = models.JSONField(default=list, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["node", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="members_term_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["node"], condition=Q(until__isnull=True), name="members_term_one_is_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node_id} {self.since}"


class Seat(models.Model):
    """That a member held a seat (职务) of a committee from ``since`` to ``until``, inclusive."""

    class Post(models.TextChoices):
        """The posts of a committee, in their usual order."""

        SECRETARY = "secretary", pgettext_lazy("seat", "书记")
        DEPUTY = "deputy", pgettext_lazy("seat", "副书记")
        ORGANISATION = "organisation", pgettext_lazy("seat", "组织委员")
        PUBLICITY = "publicity", pgettext_lazy("seat", "宣传委员")
        DISCIPLINE = "discipline", pgettext_lazy("seat", "纪检委员")
        OTHER = "other", pgettext_lazy("seat", "委员")

    term = models.ForeignKey(Term, models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, models.PROTECT, related_name="seats")
    post = models.CharField(_("职务"), max_length=20, choices=Post)
    since = models.DateField(_("起始日"))
    until = models.DateField(_("截止日"), null=True, blank=True)
    departs = models.JSONField(default=list, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["term", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="members_seat_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["term", "member"],
                condition=Q(until__isnull=True),
                name="members_seat_one_of_a_member_is_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.post} {self.since}"
