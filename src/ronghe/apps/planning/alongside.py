"""What stands beside the two sides of a round: whether Party work and the economy are linked.

Figures for reading alone: they enter no score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ronghe.apps.appraisal.fusing import Fused
from ronghe.apps.appraisal.models import Result
from ronghe.apps.planning.permissions import SEE_PLANS
from ronghe.apps.planning.selectors.links import Links, links_of, period_of
from ronghe.apps.registry.models import Node
from ronghe.ui.sections import Section


@dataclass(frozen=True, slots=True)
class Line:
    """A unit of a round: its result, its links, None without a deployed plan, all in words."""

    result: Result
    links: Links | None
    said: str


def links(user: Any, found: Fused) -> Section | None:
    """Show the links of each unit below the two sides of a round."""
    rows = lines(user, found)
    if not rows:
        return None
    shown = {"rows": rows}
    return Section(gettext_lazy("共同谋划的联系"), "planning/_links.html", shown, wide=True)


def linked_line(user: Any, found: Fused | None, node: Node) -> Line | None:
    """Return the line of one organisation, None where there is none or it is not one's to see."""
    rows = lines(user, found) if found else []
    return next((one for one in rows if one.result.node_id == node.pk), None)


def lines(user: Any, found: Fused) -> list[Line]:
    """Return a line for each listed unit, in the order of the two sides."""
    if not user.has_perm(SEE_PLANS):
        return []
    results = [found.results[one.unit] for one in found.fusion.lines]
    nodes = {one.node_id for one in results}
    held = links_of(found.round.county, nodes, period_of(found.round))
    leads = {unit: side.lead for unit, side in found.fusion.sides.items()}
    return [
        Line(one, held.get(one.node_id), sentence(leads.get(one.unit), held.get(one.node_id)))
        for one in results
    ]


def sentence(lead: int | None, held: Links | None) -> str:
    """Say in words which side leads and how the two are linked."""
    sides = {1: _("党建指数领先"), -1: _("经济指数领先"), 0: _("两边同步")}
    leads = _("两边的指数不全") if lead is None else sides[lead]
    if held is None:
        return _("%(leads)s；没有部署共同谋划计划，说不清有没有联系。") % {"leads": leads}
    alone = ngettext("%(count)d项党建行动未联系任何经济事项",
                     "%(count)d项党建行动未联系任何经济事项", held.alone)  # fmt: skip
    bare = ngettext("%(count)d项重点经济事项背后没有党建行动",
                    "%(count)d项重点经济事项背后没有党建行动", held.bare)  # fmt: skip
    missing = [
        words % {"count": many} for words, many in ((alone, held.alone), (bare, held.bare)) if many
    ]
    if missing:
        return _("%(leads)s，但%(missing)s。") % {"leads": leads, "missing": _("，").join(missing)}
    if not held.records:
        return _("%(leads)s；计划里的事项都有联系，还没有纪实推进。") % {"leads": leads}
    done = ngettext("%(leads)s；计划里的事项都有联系，%(count)d条纪实在推进。",
                    "%(leads)s；计划里的事项都有联系，%(count)d条纪实在推进。",
                    held.records)  # fmt: skip
    return done % {"leads": leads, "count": held.records}
