"""What forms of procedures offer to somebody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from ronghe.apps.procedures.people import in_role_around
from ronghe.apps.registry.models import Level, Node
from ronghe.apps.registry.selectors import nodes_reached_by
from ronghe.apps.regulations.selectors import rulebook
from ronghe.apps.regulations.words import said, value_in_words


def places_for(user: Any, power: str) -> QuerySet[Node]:
    """Return the counties, townships and own places where somebody may use a power."""
    own = [one.node_id for one in user.reach(power).standings]
    return nodes_reached_by(user, power).filter(Q(level__lte=Level.TOWNSHIP) | Q(pk__in=own))


def publicity_keys() -> list[tuple[str, str]]:
    """Return the rules that say how long something is published, in words."""
    rules = rulebook().on(timezone.localdate())
    keys = [key for key in rules if key.endswith(".publicity_working_days")]
    return [(key, f"{said(rules[key].title)}（{value_in_words(rules[key])}）") for key in keys]


def own_county(user: Any) -> tuple[QuerySet[Node], QuerySet[Any]]:
    """Return the grass-roots organisations and the people of the counties somebody works in."""
    roots = {one.path.split("/")[0] for one in user.standings()}
    nodes, people = Q(pk__in=[]), Q(pk__in=[])
    for root in roots:
        nodes |= Q(path__startswith=f"{root}/")
        people |= Q(posts__node__path__startswith=f"{root}/")
    users = get_user_model()._default_manager.filter(people, is_active=True).distinct()
    return Node.objects.filter(nodes, level=Level.GRASS_ROOTS, closed=None), users


def organisations_to_draw(node: Node, kind: str) -> list[dict[str, str]]:
    """Return the organisations of a kind at or below a node, as items of a draw."""
    found = Node.objects.filter(path__startswith=node.path, kind=kind, closed=None)
    return [{"code": f"node:{one.pk}", "name": one.name} for one in found]


def people_to_draw(node: Node, role: str) -> QuerySet[Any]:
    """Return the people in a role at, above or below a node."""
    return in_role_around(role, node).order_by("pk")
