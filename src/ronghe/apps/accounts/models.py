"""People's accounts, the posts they hold, delegations and tokens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.access import POWERS, Reach, Role, Standing


class UserManager(BaseUserManager["User"]):
    """Finds people by sign-in name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person who signs in with this name."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person's account (账号); what they may do follows from their posts alone.

    There is no superuser: nobody sees every county.
    """

    username = models.CharField(
        _("登录名"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField(_("姓名"), max_length=60)
    is_active = models.BooleanField(_("可以登录"), default=True)
    must_change_password = models.BooleanField(_("须先改密码"), default=False)
    created = models.DateTimeField(_("建立时间"), auto_now_add=True)

    # What a token allows, for one request only.
    allowed_powers: frozenset[str] | None = None

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="accounts_user_name_once_in_any_case")
        ]

    def __str__(self) -> str:
        return self.name

    def has_perm(self, power: str, place: Any = None) -> bool:
        """Tell whether the person has a power, at a place if one is given."""
        return bool(rules.has_perm(power, self, place))

    def standings(self) -> tuple[Standing, ...]:
        """Return the posts the person may act from today, read once for each request."""
        if not hasattr(self, "_standings"):
            today = timezone.localdate()
            self._standings = (*_own_standings(self, today), *_lent_standings(self, today))
        return self._standings

    def forget_standings(self) -> None:
        """Read the posts anew after one was given or ended."""
        self.__dict__.pop("_standings", None)

    def reach(self, power: str) -> Reach:
        """Return where the person may use a power; a token narrows it to its scopes."""
        declared = POWERS[power]
        if self.allowed_powers is not None and power not in self.allowed_powers:
            return Reach(())
        return Reach(
            tuple(
                one
                for one in self.standings()
                if one.role in declared.roles and (declared.delegable or one.principal_id is None)
            )
        )


class TermQuerySet(models.QuerySet[Any]):
    """Rows with a first and a last day."""

    def current(self, day: date | None = None) -> TermQuerySet:
        """Keep what holds on a day, today unless one is given."""
        on = day or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


def _ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until__isnull=True) | Q(until__gte=F("since")), name=name
    )


class Post(models.Model):
    """A post (任职): a role held at a node from ``since`` to ``until``, both inclusive.

    Without ``until`` it has no fixed end. A post ended early keeps its row with an earlier last
    day.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name=_("人员"))
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    node = models.ForeignKey(
        "registry.Node", models.PROTECT, related_name="posts", verbose_name=_("组织")
    )
    since = models.DateField(_("起始日"))
    until = models.DateField(_("截止日"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [_ends_after_it_begins("accounts_post_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.node} {self.get_role_display()}"

    def is_current(self) -> bool:
        """Tell whether the post is held today."""
        today = timezone.localdate()
        return self.since <= today and (self.until is None or self.until >= today)


class Delegation(models.Model):
    """A delegation (代办授权): a post's delegable powers lent to a deputy for a term.

    It holds only while the post does.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="delegations")
    deputy = models.ForeignKey(
        User, models.CASCADE, related_name="delegations", verbose_name=_("代办人")
    )
    since = models.DateField(_("起始日"))
    until = models.DateField(_("截止日"))

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [_ends_after_it_begins("accounts_delegation_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.post} → {self.deputy}"


class Token(models.Model):
    """An API token (接口令牌): a program acts as its owner, within the token's scopes.

    Only a digest of the secret is kept; the secret is shown once, when it is made.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("用途"), max_length=60)
    scopes = models.JSONField(_("范围"))
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(_("建立时间"), auto_now_add=True)
    until = models.DateField(_("截止日"))
    revoked = models.DateTimeField(null=True, blank=True)
    last_used = models.DateField(_("最近使用"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def longest_term() -> timedelta:
        """Return how long a token may live."""
        return timedelta(days=366)


def _own_standings(user: User, today: date) -> list[Standing]:
    posts = Post.objects.current(today).filter(user=user, node__closed=None)
    posts = posts.select_related("node")
    return [Standing(one.role, one.node.path, one.node_id, one.pk) for one in posts]


def _lent_standings(user: User, today: date) -> list[Standing]:
    lent = (
        Delegation.objects.current(today)
        .filter(deputy=user, post__in=Post.objects.current(today), post__user__is_active=True)
        .filter(post__node__closed=None)
        .select_related("post__node")
    )
    return [
        Standing(one.post.role, one.post.node.path, one.post.node_id, one.post_id, one.post.user_id)
        for one in lent
    ]
