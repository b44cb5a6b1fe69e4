"""What complaints put on people's desks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ronghe.apps.complaints import selectors
from ronghe.apps.complaints.permissions import POWERS
from ronghe.apps.desk.items import Item


def waiting_complaints(user: Any) -> Iterator[Item]:
    """Show the complaints to answer at one's own place, by when."""
    own = [one.node_id for power in POWERS.values() for one in user.reach(power).standings]
    if not own:
        return
    found = selectors.complaints_received_by(user).filter(answered=None, handled_at__in=own)
    for complaint in found:
        yield Item(
            title=_("答复投诉：%(kind)s") % {"kind": complaint.get_kind_display()},
            why=_("投诉要在期限内写明理由答复。"),
            url=complaint.get_absolute_url(),
            action=_("去答复"),
            due=complaint.due,
            place=complaint.handled_at,
        )
