"""An index over several years on one scale, so that its scores may be compared between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ronghe.analysis.index.build import Index, Values, build
from ronghe.analysis.index.model import IndexModel, Node, Series
from ronghe.analysis.index.treat import treat

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Years:
    """An index built for each of several years.

    Attributes
    ----------
    model
        The definition it was built from.
    units : (units,)
        Codes, the same in every year.
    built
        The index of each year that has figures, by label; its model holds only the indicators
        that have figures in that year, with goalposts (阈值) from all years.
    """

    model: IndexModel
    units: tuple[str, ...]
    built: Mapping[str, Index]

    def scores(self, period: str, code: str) -> Floats:
        """Return the scores of a group or an indicator in a year: (units,), gaps as NaN."""
        index = self.built.get(period)
        found = None if index is None else index.scores.get(code)
        return np.full(len(self.units), np.nan) if found is None else found

    def totals(self, period: str) -> Floats:
        """Return the scores of the whole in a year: gaps where any top group has no figures."""
        index = self.built.get(period)
        if index is None or len(index.model.children) < len(self.model.children):
            return np.full(len(self.units), np.nan)
        return index.totals

    def absent(self, period: str) -> list[Node]:
        """Return the indicators that have no figures, or the same everywhere, in a year."""
        index = self.built.get(period)
        held = {node.code for node in index.model.indicators()} if index else set()
        return [node for node in self.model.indicators() if node.code not in held]


def build_years(
    model: IndexModel,
    units: Sequence[str],
    columns: Mapping[Series, Floats],
    periods: Sequence[str],
) -> Years:
    """Build an index for each year on the scale of all of them.

    The goalposts (阈值) of an indicator without its own are its least and its highest figure
    over all units and years, after the treatment of outliers that the definition asks for: a
    score of 60 means the same in every year shown, and one more year may move all of them.

    Parameters
    ----------
    columns : (units,) by series
        Figures in their own units of measurement; a gap is NaN. Series may be absent.
    periods
        The labels of the years, in order.

    Raises
    ------
    ProblemsError
        As for `ronghe.analysis.index.build.build`.
    """
    goalposts = _goalposts(model, columns, periods)
    built = {}
    for period in periods:
        there = {
            node.code: goalposts[node.code]
            for node in model.indicators()
            if node.code in goalposts and _figures(model, node, columns, period) is not None
        }
        if there:
            children = tuple(_kept(model.children, there))
            chosen = {"period": period, "treat": "none", "normalise": "goalposts"}
            one = model.model_copy(update={**chosen, "children": children})
            held = {series: columns[series] for series in one.series()}
            built[period] = build(one, Values(tuple(units), held))
    return Years(model, tuple(units), built)


def _goalposts(
    model: IndexModel, columns: Mapping[Series, Floats], periods: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """Return the least and the highest score's figure of each indicator that tells any apart."""
    found = {}
    for node in model.indicators():
        if node.low is not None and node.high is not None:
            found[node.code] = node.low, node.high
            continue
        years = [_figures(model, node, columns, period) for period in periods]
        pooled = np.concatenate([np.empty(0), *(year for year in years if year is not None)])
        present = pooled[np.isfinite(pooled)]
        values = treat(present, model.treat, model.limits()).values if present.size else present
        if values.size and values.min() < values.max():
            ends = float(values.min()), float(values.max())
            found[node.code] = ends if node.direction == "more" else ends[::-1]
    return found


def _figures(
    model: IndexModel, node: Node, columns: Mapping[Series, Floats], period: str
) -> Floats | None:
    """Return the figures of an indicator in a year after division; None without any."""
    year = model.model_copy(update={"period": period})
    own, divisor = columns.get(year.series_of(node)), year.divisor_of(node)
    if own is None or np.isnan(own).all():
        return None
    if divisor is None:
        return own
    below = columns.get(divisor)
    return None if below is None or np.isnan(below).all() else own / below


def _kept(nodes: Sequence[Node], there: Mapping[str, tuple[float, float]]) -> Iterator[Node]:
    """Yield the tree with the indicators that are there, each with its goalposts."""
    for node in nodes:
        if node.children:
            if children := tuple(_kept(node.children, there)):
                yield node.model_copy(update={"children": children})
        elif node.code in there:
            low, high = there[node.code]
            yield node.model_copy(update={"low": low, "high": high})
