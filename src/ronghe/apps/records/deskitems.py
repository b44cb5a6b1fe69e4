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
    places = places_to_draw(user)
    if places:
        many = sum(count for _node, count in places)
        title = ngettext("%(count)d条纪实等待抽查", "%(count)d条纪实等待抽查", many)
        named = "、".join(node.name for node, _count in places[:3])
        yield Item(
            title=title % {"count": many},
            why=_("%(places)s：这些支部只有一个人管，由上级抽查。")
            % {"places": _("%(named)s等") % {"named": named} if len(places) > 3 else named},
            url=reverse("records:waiting")
            if len(places) > 1
            else reverse("records:draw", args=[places[0][0].pk]),
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
