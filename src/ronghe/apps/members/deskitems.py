"""What the roster puts on people's desks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ronghe.apps.desk.items import Item
from ronghe.apps.members import selectors
from ronghe.apps.members.permissions import MANAGE_MEMBERS


def correction_requests(user: Any) -> Iterator[Item]:
    """Ask those who keep the roster to answer the members."""
    if not user.has_perm(MANAGE_MEMBERS):
        return
    waiting = selectors.requests_to_answer(user)
    count, first = waiting.count(), waiting.first()
    if first is None:
        return
    title = ngettext("%(count)d项名册更正申请等您答复", "%(count)d项名册更正申请等您答复", count)
    yield Item(
        title=title % {"count": count},
        why=_("最早的一项是%(name)s在%(day)s提出的；答复须写明理由。")
        % {"name": first.member.name, "day": date_format(first.made)},
        url=reverse("members:requests"),
        action=_("去答复"),
    )
