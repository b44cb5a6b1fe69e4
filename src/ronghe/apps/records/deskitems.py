"""What records put on people's desks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ronghe.apps.desk.items import Item, first_of
from ronghe.apps.records.permissions import DELIVER_FIGURES, DELIVER_OWN, VERIFY_RECORDS
from ronghe.apps.records.selectors.entries import places_to_draw, records_waiting_for
from ronghe.apps.records.selectors.figures import measures_waiting_for
from ronghe.apps.records.selectors.own_figures import asked_of, businesses_delivering


def to_check(user: Any) -> Iterator[Item]:
    """Ask those who check records to check what waits, and to draw."""
    if not user.has_perm(VERIFY_RECORDS):
        return
    count, first = first_of(records_waiting_for(user))
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
    """Ask departments for the measures that are waited for, by the period that has ended."""
    if not user.has_perm(DELIVER_FIGURES):
        return
    for period, waiting in measures_waiting_for(user, timezone.localdate()).items():
        count, named = len(waiting), "、".join(str(one) for one, _due in waiting[:3])
        title = ngettext(
            "%(count)d项%(period)s数据等您报送", "%(count)d项%(period)s数据等您报送", count
        )
        yield Item(
            title=title % {"count": count, "period": period.words},
            why=_("%(named)s等；一次报送，全县共用，乡镇和村不再填。") % {"named": named},
            url=f"{reverse('records:send')}?what=measures&period={period.label}",
            action=_("去报送"),
            due=min(due for _one, due in waiting),
        )


def to_deliver_own(user: Any) -> Iterator[Item]:
    """Ask a business for what is asked of every business and it has not delivered."""
    if not user.has_perm(DELIVER_OWN):
        return
    today = timezone.localdate()
    for business in businesses_delivering(user):
        waiting = [one for one in asked_of(business, today) if one.held is None]
        if not waiting:
            continue
        count, named = len(waiting), "、".join(str(one.definition) for one in waiting[:3])
        title = ngettext("%(count)d项数据等本单位报送", "%(count)d项数据等本单位报送", count)
        yield Item(
            title=title % {"count": count},
            why=_("%(named)s；报一次，各部门共用。") % {"named": named},
            url=reverse("records:own_figures", args=[business.pk]),
            action=_("去填报"),
            due=min(one.due for one in waiting),
        )
