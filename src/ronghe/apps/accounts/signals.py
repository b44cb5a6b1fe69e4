"""What allauth tells: sign-ins and changes to passwords and second factors, for the audit."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver

from ronghe.apps.accounts.models import User
from ronghe.apps.accounts.selectors import own_posts
from ronghe.apps.audit import services as audit


def _record(action: str, user: User, **details: Any) -> None:
    """Record an act of a person on their own account at each place where they hold a post."""
    first = own_posts(user).first()
    audit.record(action, by=user, target=user, place=first.node if first else None, **details)


@receiver(user_logged_in)
def signed_in(user: User, **_more: Any) -> None:
    """Record a sign-in."""
    _record("accounts.signed_in", user)


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, Any], **_more: Any) -> None:
    """Record a failed sign-in to an account that exists; names that do not are not kept."""
    named = User.objects.filter(username__iexact=credentials.get("username") or "").first()
    if named is not None:
        first = own_posts(named).first()
        place = first.node if first else None
        audit.record("accounts.sign_in_failed", by=None, target=named, place=place)


@receiver(password_changed)
def changed_password(user: User, **_more: Any) -> None:
    """Record the change, and let the person through who had to make it."""
    User.objects.filter(pk=user.pk, must_change_password=True).update(must_change_password=False)
    user.must_change_password = False
    _record("accounts.password_changed", user)


@receiver(authenticator_added)
def added_factor(user: User, authenticator: Any, **_more: Any) -> None:
    """Record that a second factor was set up."""
    _record("accounts.second_factor_added", user, kind=authenticator.type)


@receiver(authenticator_removed)
def removed_factor(user: User, authenticator: Any, **_more: Any) -> None:
    """Record that a second factor was taken away."""
    _record("accounts.second_factor_dropped", user, kind=authenticator.type)
