"""Renaming and closing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.registry.models import FormerName, Node, ParentLink
from ronghe.apps.registry.services.common import (
    locked,
    record,
    refuse_closed,
    refuse_future,
    standing_at,
)
from ronghe.apps.registry.services.moving import end_node


@transaction.atomic
def rename_node(node: Node, *, name: str, since: date, by: Any) -> Node:
    """Give a node another name from a day on; on earlier days it keeps the old one.

    Raises PermissionDenied out of reach, ValidationError for the same name or an impossible day.
    """
    standing = standing_at(node, by)
    node = locked(node)
    refuse_closed(node, "name")
    refuse_future(since)
    if name == node.name:
        raise ValidationError({"name": _("现在就是这个名称。")})
    until = since - timedelta(days=1)
    _refuse_before(node, until)
    FormerName.objects.create(node=node, name=node.name, until=until)
    node.name = name
    node.full_clean()
    node.save(update_fields=["name"])
    record("registry.node_renamed", node, by=by, standing=standing, since=since)
    return node


@transaction.atomic
def close_node(node: Node, *, on: date, by: Any) -> Node:
    """Close a node (撤销) after its last day; earlier trees still show it.

    Raises PermissionDenied out of reach, ValidationError while anything is below it, or for an
    impossible day.
    """
    standing = standing_at(node, by)
    node = locked(node)
    refuse_future(on, "on")
    below = ParentLink.objects.filter(parent=node, until=None).count()
    if below:
        told = _("还有%(count)d个下级组织，请先移走、并入或撤销。") % {"count": below}
        raise ValidationError({"on": told})
    end_node(node, on, field="on")
    node.refresh_from_db()
    record("registry.node_closed", node, by=by, standing=standing, on=on)
    return node


def _refuse_before(node: Node, until: date) -> None:
    """Refuse a day before the node began, or before its name was last changed."""
    first = node.parent_links.order_by("since").first()
    last = node.former_names.order_by("-until").first()
    begun = first.since if first else None
    if (begun and until < begun) or (last and until <= last.until):
        raise ValidationError({"since": _("日期须晚于组织设立和上一次改名。")})
