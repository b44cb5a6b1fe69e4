"""Party building and the economy of a round side by side, from its run: who leads, since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.appraisal.models import Result, Round
from ronghe.apps.appraisal.selectors.rounds import (
    previous_round,
    results_visible_to,
    sides_visible_to,
)
from ronghe.exchange.reports.folder import open_run
from ronghe.exchange.reports.fusion import Fusion, FusionLine, fusion
from ronghe.exchange.reports.labels import Labels
from ronghe.ui.charts import Quadrant, Spot
from ronghe.wording import Language

LISTED = 500
MOST = 100_000
BACK = 5
"""So many rounds before are looked at for since when a side has led."""


@dataclass(frozen=True, slots=True)
class Fused:
    """Both sides of a round: figures and words, the chart unless it is of persons, since when.

    ``since`` gives by unit the period since which the same side has led, in the rounds of the
    same scheme without a break; ``before`` tells whether there is any round before. ``results``
    are those somebody sees, by unit.
    """

    round: Round
    results: dict[str, Result]
    fusion: Fusion
    chart: Quadrant | None
    since: dict[str, str]
    before: bool

    @property
    def rows(self) -> list[tuple[FusionLine, str]]:
        """Return each line with the period since which the side that leads has led."""
        return [(one, self.since.get(one.unit, "")) for one in self.fusion.lines]


def fused(round_: Round, language: Language, user: Any) -> Fused | None:
    """Return the two sides of the units of a round that somebody sees.

    The medians and what is said of all are those of the whole round. None without a run, or a
    scheme without two sides.
    """
    results = {one.unit: one for one in sides_visible_to(user, round_)}
    found = _fusion(round_, language, results)
    if found is None:
        return None
    since = dict.fromkeys(found.sides, round_.period)
    leading = {unit: one.lead for unit, one in found.sides.items()}
    earlier = previous_round(round_)
    before = earlier is not None
    for _number in range(BACK):
        former = _fusion(earlier, language) if earlier else None
        if earlier is None or former is None:
            break
        leading = {
            unit: lead
            for unit, lead in leading.items()
            if unit in former.sides and former.sides[unit].lead == lead
        }
        since |= dict.fromkeys(leading, earlier.period)
        earlier = previous_round(earlier)
    chart = _quadrant(round_, found, results, user) if found.sides else None
    return Fused(round_, results, found, chart, since, before)


def _fusion(
    round_: Round, language: Language, listed: Mapping[str, Result] | None = None
) -> Fusion | None:
    if round_.run is None or not (round_.run.folder / "run" / "run.json").is_file():
        return None
    with open_run(round_.run.folder / "run") as run:
        rows = [one for one in run.units(MOST) if one.unit in listed] if listed else []
        return fusion(run, rows[:LISTED], Labels(language))


def _quadrant(round_: Round, found: Fusion, results: Mapping[str, Result], user: Any) -> Quadrant:
    """Draw the units; each leads to its result where one may open it."""
    opened = set(results_visible_to(user, round_).values_list("unit", flat=True))
    spots = [
        Spot(
            results[unit].name,
            one.party,
            one.economy,
            reverse("appraisal:result", args=[results[unit].pk]) if unit in opened else "",
        )
        for unit, one in found.sides.items()
        if unit in results
    ]
    corners = _("经济相对较高"), _("两边都较高"), _("两边都较低"), _("党建相对较高")
    return Quadrant(
        _("党建和经济两边"), found.said, spots, found.middle, (_("党建"), _("经济")), corners
    )
