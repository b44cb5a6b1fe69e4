"""What of appraisal waits at an organisation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min
from django.utils.translation import ngettext

from ronghe.apps.appraisal.models import Appeal, Inquiry
from ronghe.apps.appraisal.permissions import SEE_ROUNDS
from ronghe.apps.desk.waiting import Waiting
from ronghe.apps.registry.models import Node


def to_check(user: Any, node: Node) -> Iterator[Waiting]:
    """Say about how many appeals a department has not checked its figures yet."""
    if not user.has_perm(SEE_ROUNDS, node):
        return
    asked = Inquiry.objects.filter(asked=node, wrong=None, appeal__state=Appeal.State.OPEN)
    counted = asked.aggregate(many=Count("pk"), first=Min("due"))
    many = counted["many"]
    if many:
        title = ngettext(
            "%(count)d件申诉的数据待本部门核实", "%(count)d件申诉的数据待本部门核实", many
        )
        yield Waiting(title % {"count": many}, due=counted["first"])
