"""What records put on people's desks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ronghe.apps.desk.items import Item
from ronghe.apps.records.permissions import DELIVER_FIGURES, VERIFY_RECORDS
from ronghe.apps.records.selectors.entries import places_to_draw, records_waiting_for
from ronghe.apps.records.selectors.figures import measures_overdue_for


def to_check(user: Any) -> Iterator[Item]:
    """Ask those who check records to check what waits, and to draw."""
    if not user.has_perm(VERIFY_RECORDS):
        return
    waiting = records_waiting_for(user)
    count, first = waiting.count(), waiting.first()
    if first is not None:
        title = ngettext("%(count)d条纪实等您核实", "%(count)d条纪实等您核实", count)
        why = _("最早的一条是%(day)s的“%(what)s”；由登记人以外的人核实。")
        yield Item(
            title=title % {"count": count},
            why=why % {"day": date_format(first.day), "what": first.title},
            url=reverse("records:waiting"),
            action=_("去核实"),
        )
    for node, many in places_to_draw(user):
        title = ngettext("%(count)d条纪实等待抽查", "%(count)d条纪实等待抽查", many)
        yield Item(
            title=title % {"count": many},
            why=_("%(place)s：这些支部只有一个人管，由上级抽查。") % {"place": node.name},
            url=reverse("records:draw", args=[node.pk]),
            action=_("去抽取"),
        )


def to_deliver(user: Any) -> Iterator[Item]:
    """Ask departments for the measures of last year that are waited for."""
    if not user.has_perm(DELIVER_FIGURES):
        return
    waiting = measures_overdue_for(user, timezone.localdate())
    if not waiting:
        return
    count, named = len(waiting), "、".join(str(one) for one, _due in waiting[:3])
    title = ngettext("%(count)d项上年数据等您报送", "%(count)d项上年数据等您报送", count)
    yield Item(
        title=title % {"count": count},
        why=_("%(named)s等；一次报送，全县共用，乡镇和村不再填。") % {"named": named},
        url=reverse("records:send") + "?what=measures",
        action=_("去报送"),
        due=min(due for _one, due in waiting),
    )
