"""Party building and the economy of a round side by side, from its run: who leads, since when."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.appraisal.models import Result, Round
from ronghe.apps.appraisal.selectors.rounds import previous_round
from ronghe.exchange.reports.folder import open_run
from ronghe.exchange.reports.fusion import Fusion, FusionLine, fusion
from ronghe.exchange.reports.labels import Labels
from ronghe.ui.charts import Quadrant, Spot
from ronghe.wording import Language

LISTED = 500
BACK = 5
"""So many rounds before are looked at for since when a side has led."""


@dataclass(frozen=True, slots=True)
class Fused:
    """Both sides of a round: figures and words, the chart unless it is of persons, since when.

    ``since`` gives by unit the period since which the same side has led, in the rounds of the
    same scheme without a break; ``before`` tells whether there is any round before.
    """

    fusion: Fusion
    chart: Quadrant | None
    since: dict[str, str]
    before: bool

    @property
    def rows(self) -> list[tuple[FusionLine, str]]:
        """Return each line with the period since which the side that leads has led."""
        return [(one, self.since.get(one.unit, "")) for one in self.fusion.lines]


def fused(round_: Round, language: Language) -> Fused | None:
    """Return the two sides of a round; None without a run, or a scheme without two sides."""
    found = _fusion(round_, language)
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
    return Fused(found, _quadrant(round_, found) if found.sides else None, since, before)


def _fusion(round_: Round, language: Language) -> Fusion | None:
    if round_.run is None or not (round_.run.folder / "run" / "run.json").is_file():
        return None
    with open_run(round_.run.folder / "run") as run:
        return fusion(run, run.units(LISTED), Labels(language))


def _quadrant(round_: Round, found: Fusion) -> Quadrant:
    """Draw the units; each leads to its result, where who may not see it is turned away."""
    held = Result.objects.filter(run=round_.run)
    named = {unit: (pk, name) for pk, unit, name in held.values_list("pk", "unit", "name")}
    spots = [
        Spot(
            named[unit][1],
            one.party,
            one.economy,
            reverse("appraisal:result", args=[named[unit][0]]),
        )
        for unit, one in found.sides.items()
        if unit in named
    ]
    corners = _("经济相对较高"), _("两边都较高"), _("两边都较低"), _("党建相对较高")
    return Quadrant(
        _("党建和经济两边"), found.said, spots, found.middle, (_("党建"), _("经济")), corners
    )
