"""People by what they hold: the other way round than from a person to their posts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from ronghe.apps.access import POWERS
from ronghe.apps.registry.models import Node


def holding(power: str, node: Node) -> QuerySet[Any]:
    """Return the people whose own post gives them a power at a node."""
    above = [int(pk) for pk in node.path.split("/") if pk]
    return _with_posts(posts__role__in=POWERS[power].roles, posts__node__in=above)


def in_role_around(role: str, node: Node) -> QuerySet[Any]:
    """Return the people who hold a role at a node, above it or below it."""
    above = [int(pk) for pk in node.path.split("/") if pk]
    around = Q(posts__node__in=above) | Q(posts__node__path__startswith=node.path)
    return _with_posts(around, posts__role=role)


def _with_posts(*where: Q, **held: Any) -> QuerySet[Any]:
    today = timezone.localdate()
    current = Q(posts__until__isnull=True) | Q(posts__until__gte=today)
    people = get_user_model()._default_manager.filter(
        current, *where, is_active=True, posts__since__lte=today, posts__node__closed=None, **held
    )
    return people.distinct()
