"""Splitting a Party organisation together with its members."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.members.models import Member
from ronghe.apps.members.selectors import own_members
from ronghe.apps.members.services.keeping import transfer
from ronghe.apps.registry.models import Node
from ronghe.apps.registry.services import split_node


@transaction.atomic
def split_organisation(
    node: Node,
    *,
    code: str,
    name: str,
    children: Iterable[Node],
    members: Iterable[Member],
    since: date,
    by: Any,
    leave_seats: bool = False,
) -> Node:
    """Split a Party organisation (分设): these children and members go to the new one.

    All of it or nothing; who goes leaves the seats held here, if that is confirmed. Raises
    PermissionDenied for who does not keep both tree and roster, ValidationError where tree,
    members or day make it impossible. Returns the new node.
    """
    going = list(members)
    here = set(own_members(node).values_list("pk", flat=True))
    if not all(one.pk in here for one in going):
        raise ValidationError({"members": _("只能划出本组织名册上的人。")})
    made = split_node(node, code=code, name=name, children=children, since=since, by=by)
    for member in going:
        try:
            transfer(member, node=made, since=since, by=by, leave_seats=leave_seats)
        except ValidationError as refusal:
            told = "".join(refusal.messages)
            named = {"name": member.name, "told": told}
            raise ValidationError({"members": _("%(name)s：%(told)s") % named}) from refusal
    return made
