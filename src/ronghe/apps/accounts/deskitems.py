"""What accounts put on people's desks."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.utils import is_mfa_enabled
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ronghe.apps.accounts import selectors
from ronghe.apps.accounts.models import User
from ronghe.apps.accounts.permissions import GUARDED
from ronghe.apps.desk.items import Item


def second_factor(user: User) -> Iterator[Item]:
    """Ask those with power over others to set up a second factor."""
    if any(one.role in GUARDED for one in user.standings()) and not is_mfa_enabled(user):
        yield Item(
            title=_("设置第二重验证"),
            why=_("您的职务能查看或管理他人的信息，只靠密码不够安全。"),
            url=reverse("mfa_activate_totp"),
            action=_("去设置"),
        )


def ending_posts(user: User) -> Iterator[Item]:
    """Show the terms that end soon to those who can renew them."""
    for post in selectors.posts_ending_soon(user):
        named = {"name": post.user.name, "post": str(post)}
        yield Item(
            title=_("%(name)s的任职将到期：%(post)s") % named,
            why=_("到期后权限自动失效；继续任职请另给任期。"),
            url=reverse("accounts:person", args=[post.user_id]),
            action=_("查看"),
            due=post.until,
        )


def lent_posts(user: User) -> Iterator[Item]:
    """Remind deputies in whose name they may act."""
    for lent in selectors.delegations_of(user):
        if lent.deputy_id == user.pk:
            yield Item(
                title=_("您可以代%(name)s办理：%(post)s")
                % {"name": lent.post.user.name, "post": str(lent.post)},
                why=_("授权至%(day)s。以其名义办的每件事都会记下您是经办人。")
                % {"day": date_format(lent.until)},
                url=reverse("accounts:me"),
                action=_("查看"),
            )
