"""Opening, closing and renewing accounts."""

from __future__ import annotations

import secrets
from datetime import date

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.accounts.models import Post, User
from ronghe.apps.accounts.permissions import MANAGE_PEOPLE
from ronghe.apps.accounts.selectors import is_wholly_managed_by, own_posts
from ronghe.apps.accounts.services.posts import give_post
from ronghe.apps.audit import services as audit
from ronghe.apps.registry.models import Node

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """Make a password that can be read out: twelve letters without look-alikes, in threes."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    role: str,
    node: Node,
    since: date,
    until: date | None,
    by: User,
) -> tuple[User, str]:
    """Open an account with its first post; return it and the password to hand over once.

    Raises PermissionDenied and ValidationError as `give_post` does.
    """
    password = one_time_password()
    user = User(username=username, name=name, must_change_password=True)
    user.set_password(password)
    user.full_clean()
    user.save()
    given = give_post(user, role=role, node=node, since=since, until=until, by=by)
    audit.record(
        "accounts.account_opened",
        by=by,
        target=user,
        place=node,
        standing=by.reach(MANAGE_PEOPLE).standing_for(node.path),
        post=given.pk,
    )
    return user, password


@transaction.atomic
def renew_password(person: User, *, by: User) -> str:
    """Replace a forgotten password; return the new one, to hand over once."""
    _refuse_unless_managed(person, by)
    password = one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    _record("accounts.password_renewed", person, by)
    return password


@transaction.atomic
def remove_second_factor(person: User, *, by: User) -> None:
    """Remove a lost second factor, so that a new one can be set up."""
    _refuse_unless_managed(person, by)
    Authenticator.objects.filter(user=person).delete()
    _record("accounts.second_factor_removed", person, by)


@transaction.atomic
def close_account(person: User, *, by: User) -> None:
    """Stop a person from signing in; the posts and everything recorded stay."""
    _refuse_unless_managed(person, by)
    if not User.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        raise ValidationError(_("这个账号已经停用。"))
    _record("accounts.account_closed", person, by)


@transaction.atomic
def reopen_account(person: User, *, by: User) -> None:
    """Let a person sign in again."""
    _refuse_unless_managed(person, by)
    if not User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        raise ValidationError(_("这个账号正在使用。"))
    _record("accounts.account_reopened", person, by)


def _refuse_unless_managed(person: User, by: User) -> None:
    if not is_wholly_managed_by(by, person):
        raise PermissionDenied


def _record(action: str, person: User, by: User) -> None:
    """Record an act on a whole account at the place from which it is managed."""
    post: Post = own_posts(person)[0]
    standing = by.reach(MANAGE_PEOPLE).standing_for(post.node.path)
    audit.record(action, by=by, target=person, place=post.node, standing=standing)
