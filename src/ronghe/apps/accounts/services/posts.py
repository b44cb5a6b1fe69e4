"""Giving and ending posts."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.accounts.models import Post, User
from ronghe.apps.accounts.permissions import LEVELS, MANAGE_PEOPLE, roles_given_by
from ronghe.apps.audit import services as audit
from ronghe.apps.registry.models import Node


@transaction.atomic
def give_post(
    user: User, *, role: str, node: Node, since: date, until: date | None, by: User
) -> Post:
    """Give a person a role at a node for a term.

    Raises PermissionDenied outside the giver's reach and to oneself, ValidationError where the
    role does not fit the place, or the person already holds it in that time.
    """
    if user.pk == by.pk or role not in roles_given_by(by, node.path):
        raise PermissionDenied
    _refuse_misfit(role, node)
    User.objects.select_for_update().get(pk=user.pk)
    _refuse_overlap(user, role, node, since, until)
    post = Post(user=user, role=role, node=node, since=since, until=until)
    post.full_clean()
    post.save()
    user.forget_standings()
    _record("accounts.post_given", post, by)
    return post


@transaction.atomic
def end_post(post: Post, *, on: date, by: User) -> Post:
    """Make a day the last of a post: today or later, so that the past stays as it was.

    Raises PermissionDenied for one's own post or one out of reach, ValidationError for the day.
    """
    if post.user_id == by.pk or post.role not in roles_given_by(by, post.node.path):
        raise PermissionDenied
    _refuse_day(post, on)
    still = Post.objects.filter(pk=post.pk, until=post.until)
    if not still.update(until=on):
        raise ValidationError(_("别人刚刚改动过这个任职，请重新打开再办。"))
    post.refresh_from_db()
    _record("accounts.post_ended", post, by)
    return post


def _refuse_misfit(role: str, node: Node) -> None:
    if node.level not in LEVELS[role]:
        told = _("这个角色不在“%(node)s”这一层级设置。") % {"node": node.name}
        raise ValidationError({"role": told})


def _refuse_overlap(user: User, role: str, node: Node, since: date, until: date | None) -> None:
    held = Post.objects.filter(user=user, role=role, node=node)
    for post in held:
        begins_before_end = until is None or post.since <= until
        if begins_before_end and (post.until is None or post.until >= since):
            raise ValidationError({"since": _("这段时间里已经担任这个职务。")})


def _refuse_day(post: Post, on: date) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    if on < max(post.since, yesterday):
        raise ValidationError({"on": _("截止日不能早于昨天，也不能早于起始日。")})
    if post.until is not None and on > post.until:
        raise ValidationError({"on": _("截止日只能提前；延长请另给一个任期。")})


def _record(action: str, post: Post, by: User) -> None:
    audit.record(
        action,
        by=by,
        target=post.user,
        place=post.node,
        standing=by.reach(MANAGE_PEOPLE).standing_for(post.node.path),
        post=post.pk,
        role=post.role,
        since=post.since.isoformat(),
        until=post.until.isoformat() if post.until else None,
    )
