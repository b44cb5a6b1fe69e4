"""What of records and measures waits at an organisation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ronghe.apps.desk.waiting import Waiting
from ronghe.apps.records.models import State
from ronghe.apps.records.permissions import SEE_FIGURES, SEE_RECORDS
from ronghe.apps.records.selectors.entries import records_visible_to
from ronghe.apps.records.selectors.figures import measures_owed_by
from ronghe.apps.registry.models import Node


def to_check(user: Any, node: Node) -> Iterator[Waiting]:
    """Say how many records of an organisation and those below are not checked yet."""
    if not user.has_perm(SEE_RECORDS, node):
        return
    found = records_visible_to(user, node=node, state=State.PENDING).order_by()
    counted = found.aggregate(many=Count("pk"), first=Min("entered_at"))
    if not counted["many"]:
        return
    title = ngettext("%(count)d条纪实待核实", "%(count)d条纪实待核实", counted["many"])
    yield Waiting(
        title % {"count": counted["many"]},
        since=timezone.localdate(counted["first"]),
        url=f"{reverse('records:list')}?node={node.pk}&state={State.PENDING.value}",
    )


def to_deliver(user: Any, node: Node) -> Iterator[Waiting]:
    """Say which measures a department owes."""
    if not user.has_perm(SEE_FIGURES, node):
        return
    for period, waiting in measures_owed_by(node, timezone.localdate()).items():
        named = "、".join(str(one) for one, _due in waiting[:3])
        said = {"period": period.words, "count": len(waiting), "named": named}
        yield Waiting(
            _("%(period)s数据%(count)d项待报送：%(named)s") % said,
            due=min(due for _one, due in waiting),
        )
