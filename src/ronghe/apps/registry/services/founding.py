"""Beginning nodes: a county from the command line, everything else below another node."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.registry.models import Kind, Level, Node, ParentLink
from ronghe.apps.registry.services.common import (
    locked,
    record,
    refuse_closed,
    refuse_future,
    refuse_level,
    standing_at,
)


@transaction.atomic
def found_county(*, code: str, name: str, fictitious: bool = False) -> Node:
    """Begin the tree of a county; done from the command line, so nobody is named."""
    if Node.objects.filter(county=None, code=code).exists():
        raise ValidationError({"code": _("这个代码已经有县（市、区）在用。")})
    county = Node(code=code, name=name, kind=Kind.COUNTY, level=Level.COUNTY, fictitious=fictitious)
    county.save()
    _put(county, f"{county.pk}/")
    audit.record("registry.county_founded", by=None, target=county, place=county, code=code)
    return county


@transaction.atomic
def add_node(
    *, parent: Node, code: str, name: str, kind: str, level: int, since: date, by: Any
) -> Node:
    """Add a node below another from a day on.

    Raises PermissionDenied outside the person's reach, ValidationError with every refused field.
    """
    standing = standing_at(parent, by)
    node = create_below(parent, code=code, name=name, kind=kind, level=level, since=since)
    record("registry.node_added", node, by=by, standing=standing, parent=parent.pk, since=since)
    return node


def create_below(parent: Node, *, code: str, name: str, kind: str, level: int, since: date) -> Node:
    """Create a node and its first parent link, inside a service's transaction."""
    parent = locked(parent)
    refuse_closed(parent, "since")
    refuse_level(level, parent)
    refuse_future(since)
    county = parent.county or parent
    node = Node(
        code=code, name=name, kind=kind, level=level, county=county, fictitious=county.fictitious
    )
    node.full_clean(exclude=["path"])
    node.save()
    _put(node, f"{parent.path}{node.pk}/")
    ParentLink.objects.create(child=node, parent=parent, since=since)
    return node


def _put(node: Node, path: str) -> None:
    Node.objects.filter(pk=node.pk).update(path=path)
    node.refresh_from_db()
