"""The history of a joint plan in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.planning.models import Change, Progress
from ronghe.ui.components import Moment

FIELDS = {
    "name": gettext_lazy("名称"),
    "purpose": gettext_lazy("问题或目标"),
    "node": gettext_lazy("责任单位"),
    "due": gettext_lazy("期限"),
    "measure": gettext_lazy("用哪项数据衡量"),
    "target": gettext_lazy("目标值"),
    "linked": gettext_lazy("联系的事项"),
    "members": gettext_lazy("参与的党员人数"),
    "progress": gettext_lazy("进展"),
}


def moments_of(changes: Iterable[Change], *, named: bool = False) -> list[Moment]:
    """Return what was done to a plan or an entry, in order; ``named`` says to which entry."""
    return [_moment(one, named=named) for one in changes]


def _moment(change: Change, *, named: bool) -> Moment:
    told = str(change.get_what_display())
    if named and change.entry is not None:
        told = _("%(what)s：%(entry)s") % {"what": told, "entry": change.entry.name}
    parts = [_difference(*one) for one in change.fields]
    if change.reason:
        parts.append(_("理由：%(reason)s") % {"reason": change.reason})
    return Moment(change.at, told, _("；").join(parts), str(change.by))


def _difference(name: str, old: str, new: str) -> str:
    if name == "progress":
        old, new = (str(Progress(one).label) for one in (old, new))
    said = {"field": FIELDS[name], "old": old or _("（空）"), "new": new or _("（空）")}
    return _("%(field)s由“%(old)s”改为“%(new)s”") % said
