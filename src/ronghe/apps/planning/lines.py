"""Rows of the cockpit's tables: dimensions, places, and the figures behind a place's scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from statistics import median

from ronghe.analysis.index.model import Node as Part
from ronghe.apps.planning.outcomes import Outcomes, Standing
from ronghe.apps.planning.pictures import band, interval, named
from ronghe.apps.planning.selectors import cockpit as selectors
from ronghe.apps.records.models import MeasureDefinition
from ronghe.apps.records.numbers import plain
from ronghe.apps.registry.models import Node


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """A dimension of a county: the median, what it changed by, its course."""

    code: str
    name: str
    middle: float | None
    change: float | None
    course: list[float | None]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of the county: band, interval of ranks, the whole, and each dimension's score."""

    place: Node
    band: str
    interval: str
    total: float | None
    scores: list[float | None]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A figure behind a score: this year's, last year's, the median, the score, the department."""

    name: str
    unit: str
    value: str
    before: str
    middle: str
    less: bool
    score: float | None
    where: str


def dimension_lines(outcomes: Outcomes, period: str) -> list[DimensionLine]:
    """Return a line for each dimension."""
    found = []
    for part in outcomes.dimensions:
        course = [outcomes.middle(one, part.code) for one in outcomes.periods]
        now = outcomes.middle(period, part.code)
        before = outcomes.middle(str(int(period) - 1), part.code)
        change = None if now is None or before is None else round(now - before, 1)
        found.append(DimensionLine(part.code, named(part), _rounded(now), change, course))
    return found


def place_rows(
    outcomes: Outcomes, standings: Sequence[Standing | None], period: str
) -> list[PlaceRow]:
    """Return a row for each place, by band and then in the order of the codes."""
    rows = []
    for at, place in enumerate(outcomes.places):
        one = standings[at]
        scores = [_rounded(outcomes.score(period, part.code, at)) for part in outcomes.dimensions]
        total = _rounded(outcomes.score(period, "", at))
        rows.append(
            (one.band if one else 10**6, PlaceRow(place, band(one), interval(one), total, scores))
        )
    return [row for _band, row in sorted(rows, key=lambda pair: pair[0])]


def measure_groups(
    outcomes: Outcomes, period: str, place: Node
) -> list[tuple[str, float | None, list[MeasureRow]]]:
    """Return each dimension with its score and the figures that make it up."""
    codes = {series.measure for series in outcomes.model.series()}
    definitions = selectors.definitions_of(place.county or place, codes)
    found = []
    for part in outcomes.dimensions:
        rows = [_measured(outcomes, one, period, place, definitions) for one in part.nodes()
                if not one.children]  # fmt: skip
        score = outcomes.score(period, part.code, outcomes.at(place))
        found.append((named(part), _rounded(score), rows))
    return found


def _measured(
    outcomes: Outcomes,
    part: Part,
    period: str,
    place: Node,
    definitions: dict[str, MeasureDefinition],
) -> MeasureRow:
    code = part.measure or part.code
    held = outcomes.figures.get((code, period), {})
    former = outcomes.figures.get((code, str(int(period) - 1)), {})
    what = definitions.get(code)
    return MeasureRow(
        named(part),
        what.unit_of_measurement if what else "",
        _told(held.get(place.pk)),
        _told(former.get(place.pk)),
        _told(median(held.values()) if held else None),
        part.direction == "less",
        _rounded(outcomes.score(period, part.code, outcomes.at(place))),
        (what.owner.name if what.owner else what.owner_named) if what else "",
    )


def _told(amount: Decimal | None) -> str:
    return "—" if amount is None else plain(amount)


def _rounded(score: float | None) -> float | None:
    return None if score is None or not isfinite(score) else round(score, 1)
