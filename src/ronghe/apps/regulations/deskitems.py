"""What rules put on people's desks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ronghe.apps.desk.items import Item
from ronghe.apps.regulations import selectors


def proposed_values(user: Any) -> Iterator[Item]:
    """Show proposed local values to those who may put them into force."""
    for local in selectors.values_waiting_for(user):
        valid = selectors.as_valid(local)
        yield Item(
            title=_("签批本地规定：%(title)s") % {"title": valid.title},
            why=_("%(place)s提出：%(value)s") % {"place": local.node, "value": valid.in_words},
            url=local.get_absolute_url(),
            action=_("去签批"),
        )
