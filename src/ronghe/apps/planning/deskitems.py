"""What joint plans put on people's desks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ronghe.apps.desk.items import Item
from ronghe.apps.planning.selectors.plans import overdue_for

MOST = 20
"""So many are listed; the rest stand in the plan."""


def overdue_entries(user: Any) -> Iterator[Item]:
    """List the entries past their day to those of the organisation in charge and of the plan."""
    for entry in overdue_for(user)[:MOST]:
        yield Item(
            title=_("计划事项到期：%(name)s") % {"name": entry.name},
            why=_("%(plan)s；办成了、还在推进或要调整期限，更新一下。") % {"plan": entry.plan},
            url=entry.get_absolute_url(),
            action=_("去看看"),
            due=entry.due,
            place=entry.node,
        )
