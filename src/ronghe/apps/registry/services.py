"""Changing the tree. Every change rebuilds today's paths in the same transaction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.registry.models import Kind, Level, Node, ParentLink
from ronghe.apps.registry.permissions import MANAGE_TREE


@transaction.atomic
def found_county(*, code: str, name: str, fictitious: bool = False) -> Node:
    """Begin the tree of a county; done from the command line, so nobody is named."""
    if Node.objects.filter(county=None, code=code).exists():
        raise ValidationError({"code": _("这个代码已经有县（市、区）在用。")})
    county = Node(code=code, name=name, kind=Kind.COUNTY, level=Level.COUNTY, fictitious=fictitious)
    county.save()
    Node.objects.filter(pk=county.pk).update(path=f"{county.pk}/")
    county.refresh_from_db()
    audit.record("registry.county_founded", by=None, target=county, place=county, code=code)
    return county


@transaction.atomic
def add_node(
    *, parent: Node, code: str, name: str, kind: str, level: int, since: date, by: Any
) -> Node:
    """Add a node below another from a day on.

    Raises PermissionDenied outside the person's reach, ValidationError with every refused field.
    """
    _refuse_outside(parent, by)
    parent = _locked(parent)
    _refuse_level(level, parent)
    _refuse_future(since)
    county = parent.county or parent
    node = Node(
        code=code, name=name, kind=kind, level=level, county=county, fictitious=county.fictitious
    )
    node.full_clean(exclude=["path"])
    node.save()
    Node.objects.filter(pk=node.pk).update(path=f"{parent.path}{node.pk}/")
    node.refresh_from_db()
    ParentLink.objects.create(child=node, parent=parent, since=since)
    audit.record(
        "registry.node_added",
        by=by,
        target=node,
        place=node,
        standing=by.reach(MANAGE_TREE).standing_for(parent.path),
        parent=parent.pk,
        since=since.isoformat(),
    )
    return node


@transaction.atomic
def move_node(node: Node, *, parent: Node, since: date, by: Any) -> Node:
    """Put a node, with all below it, under another parent from a day on.

    The tree before that day stays as it was. Raises PermissionDenied where either end is out of
    reach, ValidationError where the new parent is impossible or the day is.
    """
    _refuse_outside(node, by)
    _refuse_outside(parent, by)
    node, parent = _locked(node), _locked(parent)
    old = ParentLink.objects.select_for_update().filter(child=node, until=None).first()
    if old is None:
        raise ValidationError({"parent": _("县（市、区）没有上级，不能移动。")})
    _refuse_parent(node, parent, old)
    _refuse_future(since)
    if since <= old.since:
        told = _("须晚于上一次调整的日期（%(since)s）。") % {"since": old.since}
        raise ValidationError({"since": told})
    ParentLink.objects.filter(pk=old.pk).update(until=since - timedelta(days=1))
    ParentLink.objects.create(child=node, parent=parent, since=since)
    standing = by.reach(MANAGE_TREE).standing_for(node.path)
    _rebuild_paths(node, parent)
    node.refresh_from_db()
    details = {"from": old.parent_id, "to": parent.pk, "since": since.isoformat()}
    audit.record(
        "registry.node_moved", by=by, target=node, place=node, standing=standing, **details
    )
    return node


def _locked(node: Node) -> Node:
    """Return the node as it is now, after every change to its county that is under way."""
    Node.objects.select_for_update().get(pk=node.county_id_or_own)
    return Node.objects.get(pk=node.pk)


def _rebuild_paths(node: Node, parent: Node) -> None:
    old, new = node.path, f"{parent.path}{node.pk}/"
    moved = list(Node.objects.filter(path__startswith=old))
    for one in moved:
        one.path = new + one.path.removeprefix(old)
    Node.objects.bulk_update(moved, ["path"], batch_size=500)


def _refuse_outside(node: Node, by: Any) -> None:
    if not by.has_perm(MANAGE_TREE, node):
        raise PermissionDenied


def _refuse_level(level: int, parent: Node) -> None:
    if level < parent.level:
        raise ValidationError({"level": _("层级不能高于上级组织。")})


def _refuse_parent(node: Node, parent: Node, old: ParentLink) -> None:
    if parent.path.startswith(node.path):
        raise ValidationError({"parent": _("不能移到自己或自己的下级之下。")})
    if parent.pk == old.parent_id:
        raise ValidationError({"parent": _("现在就隶属于这个组织。")})
    if parent.county_id_or_own != node.county_id_or_own:
        raise ValidationError({"parent": _("不能移到另一个县（市、区）。")})
    _refuse_level(node.level, parent)


def _refuse_future(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({"since": _("日期不能晚于今天；请到那一天再办。")})
