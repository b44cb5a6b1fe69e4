"""Moving, merging and splitting: who belongs to whom, from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.registry.models import Node, ParentLink, Succession
from ronghe.apps.registry.services.common import (
    locked,
    record,
    refuse_closed,
    refuse_future,
    refuse_level,
    standing_at,
)
from ronghe.apps.registry.services.founding import create_below


@transaction.atomic
def move_node(node: Node, *, parent: Node, since: date, by: Any) -> Node:
    """Put a node, with all below it, under another parent from a day on.

    The tree before that day stays as it was. Raises PermissionDenied where either end is out of
    reach, ValidationError where the new parent is impossible or the day is.
    """
    standing = standing_at(node, by)
    standing_at(parent, by)
    refuse_future(since)
    former = _relink(node, parent, since, field="parent")
    node.refresh_from_db()
    details = {"from": former.pk, "to": parent.pk, "since": since}
    record("registry.node_moved", node, by=by, standing=standing, **details)
    return node


@transaction.atomic
def merge_node(node: Node, *, into: Node, since: date, by: Any) -> Node:
    """Merge a node into another (并入) from a day on: what is below moves, the node closes.

    Raises PermissionDenied where either end is out of reach, ValidationError where the two
    cannot be merged on that day.
    """
    standing = standing_at(node, by)
    standing_at(into, by)
    refuse_future(since)
    node, into = locked(node), locked(into)
    if into.path.startswith(node.path):
        raise ValidationError({"into": _("不能并入自己或自己的下级。")})
    for child in _children(node):
        _relink(child, into, since, field="into")
    end_node(node, since - timedelta(days=1), field="since")
    _succeed(node, into, Succession.Manner.MERGED, since)
    record("registry.node_merged", node, by=by, standing=standing, into=into.pk, since=since)
    return into


@transaction.atomic
def split_node(
    node: Node, *, code: str, name: str, children: Iterable[Node], since: date, by: Any
) -> Node:
    """Split a part off a node (分设) from a day on: a new node beside it takes these children.

    Raises PermissionDenied out of reach, ValidationError where code, day or children are not
    possible. Returns the new node, which has the kind, level and parent of the old.
    """
    standing = standing_at(node, by)
    node = locked(node)
    refuse_closed(node, "since")
    link = _open_link(node, "since")
    made = create_below(
        link.parent, code=code, name=name, kind=node.kind, level=node.level, since=since
    )
    for child in children:
        if not child.path.startswith(node.path) or child.pk == node.pk:
            raise ValidationError({"children": _("只能分出自己的下级组织。")})
        _relink(child, made, since, field="children")
    _succeed(node, made, Succession.Manner.SPLIT, since)
    record("registry.node_split", node, by=by, standing=standing, new=made.pk, since=since)
    return made


def end_node(node: Node, last: date, *, field: str) -> None:
    """End a node without anything below it, inside a service's transaction."""
    refuse_closed(node, field)
    link = _open_link(node, field)
    if last < link.since:
        raise ValidationError({field: _("不能早于%(since)s。") % {"since": link.since}})
    ParentLink.objects.filter(pk=link.pk).update(until=last)
    Node.objects.filter(pk=node.pk).update(closed=last)


def _relink(node: Node, parent: Node, since: date, *, field: str) -> Node:
    """Put a node under another parent from a day on; return the one before."""
    node, parent = locked(node), locked(parent)
    refuse_closed(node, field)
    refuse_closed(parent, field)
    old = _open_link(node, field)
    _refuse_parent(node, parent, old, field)
    if since <= old.since:
        named = {"name": node.name, "since": old.since}
        told = _("“%(name)s”上一次调整在%(since)s，日期须晚于它。") % named
        raise ValidationError({"since": told})
    ParentLink.objects.filter(pk=old.pk).update(until=since - timedelta(days=1))
    ParentLink.objects.create(child=node, parent=parent, since=since)
    _rebuild_paths(node, parent)
    return old.parent


def _open_link(node: Node, field: str) -> ParentLink:
    links = ParentLink.objects.select_for_update().select_related("parent")
    link = links.filter(child=node, until=None).first()
    if link is None:
        raise ValidationError({field: _("县（市、区）没有上级，不能这样办。")})
    return link


def _refuse_parent(node: Node, parent: Node, old: ParentLink, field: str) -> None:
    if parent.path.startswith(node.path):
        raise ValidationError({field: _("不能移到自己或自己的下级之下。")})
    if parent.pk == old.parent_id:
        raise ValidationError({field: _("现在就隶属于这个组织。")})
    if parent.county_id_or_own != node.county_id_or_own:
        raise ValidationError({field: _("不能移到另一个县（市、区）。")})
    refuse_level(node.level, parent)


def _rebuild_paths(node: Node, parent: Node) -> None:
    old, new = node.path, f"{parent.path}{node.pk}/"
    moved = list(Node.objects.filter(path__startswith=old))
    for one in moved:
        one.path = new + one.path.removeprefix(old)
    Node.objects.bulk_update(moved, ["path"], batch_size=500)


def _children(node: Node) -> list[Node]:
    return list(Node.objects.filter(parent_links__parent=node, parent_links__until=None))


def _succeed(predecessor: Node, successor: Node, manner: str, since: date) -> None:
    Succession.objects.create(
        predecessor=predecessor, successor=successor, manner=manner, since=since
    )
