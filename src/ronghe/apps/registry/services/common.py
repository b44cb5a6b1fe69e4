"""What every change of the tree has in common: permission, locks, days, the audit entry."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.access import Standing
from ronghe.apps.audit import services as audit
from ronghe.apps.registry.models import Node
from ronghe.apps.registry.permissions import MANAGE_TREE


def locked(node: Node) -> Node:
    """Return the node as it is now, after every change to its county that is under way."""
    Node.objects.select_for_update().get(pk=node.county_id_or_own)
    return Node.objects.get(pk=node.pk)


def standing_at(node: Node, by: Any) -> Standing:
    """Return the post somebody changes the tree at a node from; PermissionDenied without one."""
    standing: Standing | None = by.reach(MANAGE_TREE).standing_for(node.path)
    if standing is None:
        raise PermissionDenied
    return standing


def refuse_level(level: int, parent: Node) -> None:
    """Refuse a child above its parent."""
    if level < parent.level:
        raise ValidationError({"level": _("层级不能高于上级组织。")})


def refuse_future(day: date, field: str = "since") -> None:
    """Refuse a day to come: what is decided for later is entered then."""
    if day > timezone.localdate():
        raise ValidationError({field: _("日期不能晚于今天；请到那一天再办。")})


def refuse_closed(node: Node, field: str) -> None:
    """Refuse to change, or build on, a node that is no more."""
    if node.closed is not None:
        raise ValidationError({field: _("“%(name)s”已经撤销。") % {"name": node.name}})


def record(action: str, node: Node, *, by: Any, standing: Standing, **details: Any) -> None:
    """Record a change of the tree; days are kept as text."""
    plain = {key: one.isoformat() if isinstance(one, date) else one for key, one in details.items()}
    audit.record(action, by=by, target=node, place=node, standing=standing, **plain)
