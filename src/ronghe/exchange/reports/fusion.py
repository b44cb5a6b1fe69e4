"""Party building and the economy side by side: indices, coupling, medians, who leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ronghe.analysis.coupling import IN_STEP, RECOMMENDED, Coupling, coupling_coordination
from ronghe.exchange.charts import Dot, Plane, quadrant
from ronghe.exchange.reports import statistics
from ronghe.exchange.reports.folder import RunFolder, UnitRow
from ronghe.exchange.reports.labels import Labels
from ronghe.exchange.reports.numbers import GAP, percent_text
from ronghe.exchange.reports.shares import SIDES, WHOLE_SHARE, share_of

DRAWN = 2000
"""Up to so many units the quadrant chart is drawn."""

NAMED = 60
"""Up to so many units have their names in the chart."""


@dataclass(frozen=True, slots=True)
class FusionLine:
    """One unit: its code, both indices, C, T, D, the level of D and which side leads."""

    unit: str
    name: str
    party: str
    economy: str
    coupling: str
    development: str
    coordination: str
    level: str
    lead: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Both indices of a unit in percent, and which leads: 1 Party, -1 economy, 0 in step."""

    party: float
    economy: float
    lead: int


@dataclass(frozen=True, slots=True)
class Fusion:
    """The two sides of a run: the chart if it may be shown, its words, counts and lines.

    ``sides`` are those of each unit by its code, ``middle`` the medians; persons have none.
    """

    chart: str
    said: str
    leads: list[tuple[str, int]]
    lines: list[FusionLine]
    definition: str
    tolerance: int
    sides: dict[str, Sides]
    middle: tuple[float, float]


def fusion(run: RunFolder, listed: Sequence[UnitRow], say: Labels) -> Fusion | None:
    """Return the fusion of party and economy (党建与经济融合), or None where a side is absent.

    Persons are counted only. `listed`: the units that have a line of their own.
    """
    if not all(share_of(run.scheme, "side", side) for side in SIDES):
        return None
    shares = statistics.unit_shares(run, "side", SIDES, None)
    whole = {unit: (a, b) for unit, (a, b) in shares.items() if a is not None and b is not None}
    if not whole or statistics.hidden(run):
        return None
    found = coupling_coordination(
        [[min(1.0, a / WHOLE_SHARE), min(1.0, b / WHOLE_SHARE)] for a, b in whole.values()],
        definition=RECOMMENDED,
    )
    leads = [] if found.leads is None else found.leads.astype(int).tolist()
    middle = (
        median(party for party, _ in whole.values()) / 100,
        median(economy for _, economy in whole.values()) / 100,
    )
    said = _said(list(whole.values()), middle, say)
    show = not run.about_people
    return Fusion(
        chart=_chart(run, whole, middle, said, say) if show and len(whole) <= DRAWN else "",
        said=said,
        leads=[(say(f"leads-{side}"), leads.count(side)) for side in (1, 0, -1)],
        lines=_lines(listed, whole, found, leads, say) if show else [],
        definition=found.definition,
        tolerance=round(100 * IN_STEP),
        sides=_sides(whole, leads) if show else {},
        middle=middle,
    )


def _sides(whole: dict[str, tuple[int, int]], leads: list[int]) -> dict[str, Sides]:
    led = zip(whole.items(), leads, strict=True)
    return {unit: Sides(party / 100, economy / 100, lead) for (unit, (party, economy)), lead in led}


def _percent(share: float) -> str:
    return f"{share:.1f}%"


def _said(pairs: list[tuple[int, int]], middle: tuple[float, float], say: Labels) -> str:
    """Count the quadrants; a unit at a median counts as higher."""
    counts = {(x, y): 0 for x in (True, False) for y in (True, False)}
    for party, economy in pairs:
        counts[party / 100 >= middle[0], economy / 100 >= middle[1]] += 1
    return say(
        "fusion-said",
        party=_percent(middle[0]),
        economy=_percent(middle[1]),
        both=counts[True, True],
        first=counts[True, False],
        second=counts[False, True],
        neither=counts[False, False],
    )


def _chart(
    run: RunFolder,
    pairs: dict[str, tuple[int, int]],
    middle: tuple[float, float],
    said: str,
    say: Labels,
) -> str:
    names = dict(run.rows("select unit, name from outcome"))
    dots = [Dot(party / 100, economy / 100, names[u]) for u, (party, economy) in pairs.items()]
    plane = Plane(
        x=say("party-axis"),
        y=say("economy-axis"),
        x_middle=say("median-of", share=_percent(middle[0])),
        y_middle=say("median-of", share=_percent(middle[1])),
        corners=(
            say("quadrant-economy"),
            say("quadrant-both"),
            say("quadrant-neither"),
            say("quadrant-party"),
        ),
    )
    return quadrant(say("fusion-chart"), said, dots, middle, plane, named=len(dots) <= NAMED)


def _lines(
    listed: Sequence[UnitRow],
    pairs: dict[str, tuple[int, int]],
    found: Coupling,
    leads: list[int],
    say: Labels,
) -> list[FusionLine]:
    place = {unit: number for number, unit in enumerate(pairs)}
    levels = found.levels()
    lines = []
    for row in listed:
        at = place.get(row.unit)
        if at is None:
            lines.append(FusionLine(row.unit, row.name, *[GAP] * 7))
            continue
        level = levels[at]
        party, economy = pairs[row.unit]
        lines.append(
            FusionLine(
                row.unit,
                row.name,
                percent_text(party),
                percent_text(economy),
                f"{found.C[at]:.3f}",
                f"{found.T[at]:.3f}",
                f"{found.D[at]:.3f}",
                (level.zh if say.language == "zh" else level.en) if level else GAP,
                say(f"leads-{leads[at]}"),
            )
        )
    return lines
