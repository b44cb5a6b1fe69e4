"""What of the roster and of terms waits at an organisation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ronghe.apps.desk.waiting import Waiting
from ronghe.apps.members import selectors
from ronghe.apps.members.permissions import MANAGE_MEMBERS, MANAGE_TERMS
from ronghe.apps.registry.models import Node


def requests(user: Any, node: Node) -> Iterator[Waiting]:
    """Say how many requests of members there and below are not answered yet."""
    if not user.has_perm(MANAGE_MEMBERS, node):
        return
    found = selectors.requests_to_answer(user).filter(
        member__belongings__node__path__startswith=node.path, member__belongings__until=None
    )
    counted = found.order_by().aggregate(many=Count("pk", distinct=True), first=Min("made"))
    if counted["many"]:
        title = ngettext("%(count)d项更正申请待答复", "%(count)d项更正申请待答复", counted["many"])
        first = timezone.localdate(counted["first"])
        url = reverse("members:requests")
        yield Waiting(title % {"count": counted["many"]}, since=first, url=url)


def terms(user: Any, node: Node) -> Iterator[Waiting]:
    """Say how many terms there and below are over or soon will be."""
    if not user.has_perm(MANAGE_TERMS, node):
        return
    ending = selectors.terms_ending(user).filter(node__path__startswith=node.path)
    counted = ending.order_by().aggregate(many=Count("pk"), first=Min("due"))
    if counted["many"]:
        title = _("%(count)d个党组织的任期届满或将满") % {"count": counted["many"]}
        yield Waiting(title, due=counted["first"], url=reverse("members:ending"))
