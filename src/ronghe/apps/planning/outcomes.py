"""The outcomes of a county's townships over five dimensions (五维成效), year by year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import isfinite

import numpy as np

from ronghe.analysis.index import Index, IndexModel, Series, parse_index
from ronghe.analysis.index.certainty import IndexCertainty, certainty
from ronghe.analysis.index.model import Node as Part
from ronghe.analysis.index.years import Years, build_years
from ronghe.apps.planning.selectors import cockpit as selectors
from ronghe.apps.registry.models import Node
from ronghe.exchange.scheme.yaml_file import read_yaml
from ronghe.schemes import ready_indices

INDEX = "township-five-dimensions"
SHOWN = 6
"""So many years are shown."""


@cache
def document() -> IndexModel:
    """Return the definition of the dimensions."""
    read = read_yaml(ready_indices()[INDEX])
    return parse_index(read.content, read.places)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a place stands among all in a year: its band from 1, its rank and the interval of it."""

    band: int
    rank: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The index of a county's townships over its years; places in the order of their codes."""

    model: IndexModel
    places: list[Node]
    periods: list[str]
    years: Years
    figures: selectors.Figures

    @property
    def dimensions(self) -> tuple[Part, ...]:
        """The dimensions in their order."""
        return self.model.children

    def at(self, place: Node) -> int:
        """Return the position of a place."""
        return next(at for at, one in enumerate(self.places) if one.pk == place.pk)

    def score(self, period: str, code: str, at: int) -> float | None:
        """Return the score of a place; ``code`` is empty for the whole."""
        return _known(self.scores(period, code)[at])

    def scores(self, period: str, code: str) -> list[float]:
        """Return the scores of all places, gaps as NaN; ``code`` is empty for the whole."""
        held = self.years.scores(period, code) if code else self.years.totals(period)
        found: list[float] = held.tolist()
        return found

    def middle(self, period: str, code: str) -> float | None:
        """Return the median of the places."""
        known = [one for one in self.scores(period, code) if isfinite(one)]
        return float(np.median(known)) if known else None

    def standings(self, period: str) -> list[Standing | None]:
        """Return how the places stand among each other, None where they have no whole."""
        if not np.isfinite(self.years.totals(period)).any():
            return [None] * len(self.places)
        index = self.years.built[period]
        found = certainty(index)
        return [_standing(index, found, at) for at in range(len(self.places))]


def _standing(index: Index, found: IndexCertainty | None, at: int) -> Standing | None:
    if found is None or not found.band[at]:
        return None
    ends = int(found.low[at]), int(found.high[at])
    return Standing(int(found.band[at]), int(index.ranks[at]), *ends)


def _known(score: float) -> float | None:
    return score if isfinite(score) else None


def outcomes_of(county: Node) -> Outcomes:
    """Build the outcomes of a county from the figures that hold now, in two queries."""
    model = document()
    places = list(selectors.townships_of(county))
    codes = {series.measure for series in model.series()}
    figures = selectors.figures_of(county, codes)
    periods = sorted({period for _code, period in figures if period >= model.period})[-SHOWN:]
    columns = {
        Series(code, period): np.array([float(held.get(one.pk, "nan")) for one in places])
        for (code, period), held in figures.items()
    }
    years = build_years(model, [str(one.pk) for one in places], columns, periods)
    return Outcomes(model, places, periods, years, figures)
