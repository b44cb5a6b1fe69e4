"""Lending a post's powers to a deputy, and taking them back."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.accounts.models import Delegation, Post, User
from ronghe.apps.audit import services as audit

LONGEST = timedelta(days=366)


@transaction.atomic
def delegate(*, post: Post, username: str, since: date, until: date, by: User) -> Delegation:
    """Let a deputy (代办人) act in one's name from a post, for at most a year.

    The deputy must hold a post in the same county. Raises PermissionDenied for another's post,
    ValidationError for an unknown deputy or impossible days.
    """
    if post.user_id != by.pk or not post.is_current():
        raise PermissionDenied
    deputy = _deputy(username, post)
    _refuse_days(post, since, until)
    twice = Delegation.objects.filter(post=post, deputy=deputy, since__lte=until, until__gte=since)
    if twice.exists():
        raise ValidationError({"since": _("这段时间里已经授权给这个人。")})
    lent = Delegation.objects.create(post=post, deputy=deputy, since=since, until=until)
    _record("accounts.delegation_given", lent, by)
    return lent


@transaction.atomic
def end_delegation(lent: Delegation, *, by: User) -> None:
    """End a delegation at once; either side may. One that has not begun is removed."""
    if by.pk not in (lent.post.user_id, lent.deputy_id):
        raise PermissionDenied
    _record("accounts.delegation_ended", lent, by)
    yesterday = timezone.localdate() - timedelta(days=1)
    if lent.since > yesterday:
        Delegation.objects.filter(pk=lent.pk).delete()
    else:
        Delegation.objects.filter(pk=lent.pk, until__gt=yesterday).update(until=yesterday)


def _deputy(username: str, post: Post) -> User:
    """Find somebody of the same county by sign-in name; say the same of all who are not."""
    county = post.node.path.split("/")[0]
    here = Post.objects.current().filter(node__path__startswith=f"{county}/")
    found = User.objects.filter(
        username__iexact=username.strip(), is_active=True, pk__in=here.values("user")
    ).first()
    if found is None:
        raise ValidationError({"username": _("本县没有这个登录名的在任人员，请与对方核对。")})
    if found.pk == post.user_id:
        raise ValidationError({"username": _("不用授权给自己。")})
    return found


def _refuse_days(post: Post, since: date, until: date) -> None:
    today = timezone.localdate()
    if since < today:
        raise ValidationError({"since": _("授权不能从过去开始。")})
    if until < since or until > since + LONGEST:
        raise ValidationError({"until": _("授权须有截止日，最长一年。")})
    if post.until is not None and until > post.until:
        told = _("授权不能超过任期（至%(until)s）。") % {"until": post.until}
        raise ValidationError({"until": told})


def _record(action: str, lent: Delegation, by: User) -> None:
    audit.record(
        action,
        by=by,
        target=lent.post.user,
        place=lent.post.node,
        post=lent.post_id,
        deputy=lent.deputy_id,
        since=lent.since.isoformat(),
        until=lent.until.isoformat(),
    )
