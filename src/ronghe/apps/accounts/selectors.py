"""Reading accounts: each function also decides who may see what it returns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from ronghe.apps.access import POWERS, Role
from ronghe.apps.accounts.models import Delegation, Post, Token, User
from ronghe.apps.accounts.permissions import MANAGE_PEOPLE, SEE_PEOPLE, roles_given_by
from ronghe.apps.registry.models import Node

SOON = timedelta(days=30)


def posts_visible_to(user: User) -> QuerySet[Post]:
    """Return the posts, past ones too, at the places whose people somebody may see."""
    within = user.reach(SEE_PEOPLE).within("node__path")
    return Post.objects.filter(within).select_related("node")


def people_visible_to(
    user: User, *, search: str = "", role: str = "", node: Node | None = None
) -> QuerySet[Any]:
    """Return the people with a post within reach; each ``visible_posts`` holds only those."""
    posts = posts_visible_to(user)
    shown = posts.filter(role=role) if role else posts
    shown = shown.filter(node__path__startswith=node.path) if node else shown
    people = User.objects.filter(pk__in=shown.values("user"))
    if search:
        people = people.filter(Q(name__icontains=search) | Q(username__icontains=search))
    return people.order_by("name", "pk").prefetch_related(
        Prefetch("posts", queryset=posts, to_attr="visible_posts")
    )


def person_visible_to(user: User, pk: int) -> Any:
    """Return one person, or raise Http404 where there is none within reach."""
    found = people_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def person_managed_by(user: User, pk: int) -> Any:
    """Return a person at whose places posts may be given, or raise Http404."""
    found = person_visible_to(user, pk)
    reach = user.reach(MANAGE_PEOPLE)
    if found.pk == user.pk or not any(reach.covers(p.node.path) for p in found.visible_posts):
        raise Http404
    return found


def is_wholly_managed_by(user: User, person: User) -> bool:
    """Tell whether somebody may close an account or renew its password.

    Only who could give every post the person holds: a branch secretary does not reset the
    password of a county leader who is a member of the branch.
    """
    if person.pk == user.pk:
        return False
    held = list(Post.objects.filter(user=person).exclude(_over()).select_related("node"))
    return bool(held) and all(p.role in roles_given_by(user, p.node.path) for p in held)


def person_wholly_managed_by(user: User, pk: int) -> Any:
    """Return a person whose account somebody may close or renew, or raise Http404."""
    found = person_visible_to(user, pk)
    if not is_wholly_managed_by(user, found):
        raise Http404
    return found


def post_managed_by(user: User, pk: int) -> Post:
    """Return a post somebody may end, or raise Http404."""
    found = posts_visible_to(user).select_related("user", "node").filter(pk=pk).first()
    if found is None or found.user_id == user.pk:
        raise Http404
    if found.role not in roles_given_by(user, found.node.path):
        raise Http404
    return found


def roles_to_give(user: User) -> list[Role]:
    """Return the roles a person may give anywhere, in their usual order."""
    standings = user.reach(MANAGE_PEOPLE).standings
    given = frozenset().union(*(roles_given_by(user, one.path) for one in standings))
    return [role for role in Role if role in given]


def own_posts(user: User) -> QuerySet[Post]:
    """Return the posts a person holds or will hold."""
    return Post.objects.filter(user=user).exclude(_over()).select_related("node")


def delegations_of(user: User) -> QuerySet[Delegation]:
    """Return the delegations a person gave or was given that are not over."""
    mine = Delegation.objects.filter(Q(post__user=user) | Q(deputy=user)).exclude(_over())
    return mine.select_related("post__user", "post__node", "deputy")


def delegation_of(user: User, pk: int) -> Delegation:
    """Return a delegation given by or to this person, or raise Http404."""
    found = delegations_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def tokens_of(user: User) -> QuerySet[Token]:
    """Return a person's own tokens that have not been revoked."""
    return Token.objects.filter(owner=user, revoked=None)


def token_of(user: User, pk: int) -> Token:
    """Return one of a person's own tokens, or raise Http404."""
    found = tokens_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def posts_ending_soon(user: User) -> list[Post]:
    """Return the posts of others that end within 30 days and that this person may renew."""
    today = timezone.localdate()
    ending = (
        posts_visible_to(user)
        .filter(until__gte=today, until__lte=today + SOON)
        .exclude(user=user)
        .select_related("user", "node")
    )
    return [post for post in ending if post.role in roles_given_by(user, post.node.path)]


def holders_at(nodes: Iterable[int], power: str) -> list[tuple[int, int]]:
    """Return node and person of the posts of today that have a power at some nodes."""
    posts = Post.objects.current().filter(
        node__in=list(nodes), node__closed=None, role__in=POWERS[power].roles, user__is_active=True
    )
    return list(posts.order_by().values_list("node_id", "user_id"))


def _over() -> Q:
    return Q(until__lt=timezone.localdate())
