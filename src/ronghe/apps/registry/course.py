"""The history (沿革) of an organisation in words, the latest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.registry import selectors
from ronghe.apps.registry.models import Node, Succession
from ronghe.ui.components import Moment


def course_of(node: Node) -> list[Moment]:
    """Return what an organisation was called, where it belonged and what became of it."""
    return sorted(_moments(node), key=_day, reverse=True)


def _day(moment: Moment) -> date:
    return moment.when if isinstance(moment.when, date) else date.min


def _moments(node: Node) -> Iterator[Moment]:
    known = selectors.history_of(node)
    if node.closed:
        yield Moment(node.closed, _("最后一天，此后撤销"))
    for one in known["successions"]:
        words = {"manner": one.get_manner_display(), "name": one.successor.name}
        yield Moment(one.since, _("%(manner)s：%(name)s") % words, url=_page(one.successor))
    for link in known["links"]:
        until = _("到%(day)s") % {"day": f"{link.until:%Y-%m-%d}"} if link.until else ""
        title = _("隶属%(name)s") % {"name": link.parent.name}
        yield Moment(link.since, title, detail=until, url=_page(link.parent))
    for code in known["codes"]:
        title = _("区划代码%(code)s") % {"code": code.code}
        yield Moment(code.since, title, detail=code.reason)
    for former in known["names"]:
        yield Moment(former.until, _("此前名为“%(name)s”，用到这一天") % {"name": former.name})
    for one in known["origins"]:
        merged = one.manner == Succession.Manner.MERGED
        title = _("%(name)s并入") if merged else _("由%(name)s分设")
        name = {"name": one.predecessor.name}
        yield Moment(one.since, title % name, url=_page(one.predecessor))


def _page(node: Node) -> str:
    return reverse("registry:node", args=[node.pk])
