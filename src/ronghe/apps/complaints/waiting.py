"""What of complaints waits at an organisation, for those who answer them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import ngettext

from ronghe.apps.complaints.selectors import complaints_received_by
from ronghe.apps.desk.waiting import Waiting
from ronghe.apps.registry.models import Node


def to_answer(user: Any, node: Node) -> Iterator[Waiting]:
    """Say how many complaints received there and below wait for their answer."""
    found = complaints_received_by(user).filter(
        answered=None, handled_at__path__startswith=node.path
    )
    counted = found.order_by().aggregate(many=Count("pk"), first=Min("due"))
    if counted["many"]:
        title = ngettext("%(count)d件投诉待答复", "%(count)d件投诉待答复", counted["many"])
        url = reverse("complaints:received")
        yield Waiting(title % {"count": counted["many"]}, due=counted["first"], url=url)
