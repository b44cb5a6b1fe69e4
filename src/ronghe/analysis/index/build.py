"""Build an index step by step, keep every step, and build it again with a choice changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ronghe.analysis.errors import Place, Problem, ProblemsError, errors_among
from ronghe.analysis.index.aggregate import aggregate
from ronghe.analysis.index.definition import check_index, parse_index
from ronghe.analysis.index.impute import impute
from ronghe.analysis.index.model import IndexModel, Node, Series
from ronghe.analysis.index.normalise import (
    Floats,
    goalposts,
    min_max,
    rank_score,
    ratio_to_best,
    z_score,
)
from ronghe.analysis.index.treat import Treated, treat

Flags = NDArray[np.bool_]

SAME = 1e-12
"""Figures that differ by less than this share of the largest are the same, but for rounding."""


@dataclass(frozen=True, slots=True)
class Values:
    """The figures of the units.

    Attributes
    ----------
    units : (units,)
        Codes, each once.
    columns : (units,) by series
        Figures in their own units of measurement; a gap is NaN.
    groups : (units,)
        Peer groups, for imputation by group; empty for none.
    """

    units: tuple[str, ...]
    columns: Mapping[Series, Floats]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """An index with the result of every step.

    Attributes
    ----------
    model, values
        What it was built from.
    raw : (units, indicators)
        Figures after division and logarithms, in the order of `model.indicators()`.
    imputed : (units, indicators)
        The same with gaps filled as far as asked; `filled` tells where.
    treatments : by indicator
        Values after treatment, and what was done.
    scores : (units,) by code
        Of indicators the normalised scores, of groups the aggregated ones, in tree order.
    totals : (units,)
        Scores of the whole, not rounded; NaN where too little is present.
    ranks : (units,)
        From 1, by totals rounded to `model.decimals`; ties share the best rank; 0 for none.
    warnings
        What does not stand in the way but should be known.
    """

    model: IndexModel
    values: Values
    raw: Floats
    imputed: Floats
    filled: Flags
    treatments: Mapping[str, Treated]
    scores: Mapping[str, Floats]
    totals: Floats
    ranks: NDArray[np.int64]
    warnings: tuple[Problem, ...]


def build(model: IndexModel, values: Values) -> Index:
    """Build a composite index (综合指数).

    Division and logarithms, imputation, treatment of outliers, normalisation, aggregation.

    Parameters
    ----------
    values
        Of every series of `model.series()` one figure a unit.

    Raises
    ------
    ProblemsError
        The definition contradicts itself (see `check_index`); series are absent, without any
        figure, of another length or infinite; figures to divide by or to take logarithms of are
        not above 0; indicators do not tell units apart or cannot be scored as chosen; scores
        are negative under a mean that takes none.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators: Methodology and User Guide,
    part 1. Becker W., Caperna G., Del Sorbo M., Norlén H., Papadimitriou E., Saisana M. (2022),
    COINr: an R package for developing composite indicators, Journal of Open Source Software
    7(78), 4567.
    """
    check_index(model)
    _refuse(_values_wrong(model, values))
    raw = _prepared(model, values)
    imputed = impute(raw, model.impute, values.groups)
    treatments = {
        node.code: treat(imputed[:, at], model.treat, model.limits())
        for at, node in enumerate(model.indicators())
    }
    _refuse(_unscorable(model, treatments))
    leaves = {
        node.code: _normalised(model, node, treatments[node.code].values)
        for node in model.indicators()
    }
    scores: dict[str, Floats] = {}
    totals = _combined(model, model.children, 0, leaves, scores)
    published = np.array([round(total, model.decimals) for total in totals.tolist()])
    return Index(
        model=model,
        values=values,
        raw=raw,
        imputed=imputed,
        filled=np.isnan(raw) & ~np.isnan(imputed),
        treatments=treatments,
        scores={node.code: scores[node.code] for node in model.nodes()},
        totals=totals,
        ranks=_ranks(published),
        warnings=tuple(_warnings(model, values, treatments, totals)),
    )


def rebuild(index: Index, *, weights: Mapping[str, float] | None = None, **choices: Any) -> Index:
    """Build an index again from the same figures, with a choice changed.

    Parameters
    ----------
    weights
        New weights by code; the others stay.
    choices
        New values of fields of `IndexModel`, such as ``aggregate="geometric"``.

    Raises
    ------
    ProblemsError
        As for `build`; a code or a choice is unknown, or its new value is none.

    Examples
    --------
    >>> model = IndexModel.model_validate({"index": "i", "title": "例", "children": [
    ...     {"code": "a", "title": "甲"}, {"code": "b", "title": "乙"}]})
    >>> columns = {Series("a"): np.array([1.0, 2, 3]), Series("b"): np.array([5.0, 9, 7])}
    >>> index = build(model, Values(("x", "y", "z"), columns))
    >>> index.totals.tolist(), rebuild(index, weights={"a": 3}).totals.tolist()
    ([0.0, 75.0, 75.0], [0.0, 62.5, 87.5])
    """
    document = index.model.model_dump(exclude_unset=True)
    changed = dict(weights or {})
    known = {node.code for node in index.model.nodes()}
    unknown = [Problem("index-weight-of-none", found=code) for code in changed if code not in known]
    _refuse(iter(unknown))
    for node in _documents(document["children"]):
        if node["code"] in changed:
            node["weight"] = changed[node["code"]]
    return build(parse_index(document | choices), index.values)


def _documents(nodes: Any) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from _documents(node.get("children", ()))


def _refuse(problems: Iterator[Problem]) -> None:
    found = list(problems)
    if errors_among(found):
        raise ProblemsError(found)


def _values_wrong(model: IndexModel, values: Values) -> Iterator[Problem]:
    """Yield what is wrong with the figures themselves."""
    units = len(values.units)
    if values.groups and len(values.groups) != units:
        yield Problem("index-groups-count", found=len(values.groups), expected=units)
    if model.impute.startswith("group") and not values.groups:
        yield Problem("index-groups-missing", found=model.impute)
    for series in model.series():
        place = _place(series)
        column = values.columns.get(series)
        if column is None or np.isnan(column).all():
            yield Problem("measure-without-values", place, series.measure, series.period)
        elif column.shape != (units,):
            yield Problem("index-values-count", place, list(column.shape), units)
        else:
            for at in np.flatnonzero(np.isinf(column)):
                yield Problem("index-value-infinite", place, values.units[at])
    if all(series in values.columns for series in model.series()):
        yield from _not_positive(model, values)


def _not_positive(model: IndexModel, values: Values) -> Iterator[Problem]:
    for node in model.indicators():
        divisor, own = model.divisor_of(node), model.series_of(node)
        asked = [(divisor, "index-divisor-not-positive")] if divisor else []
        asked += [(own, "index-log-not-positive")] if node.log else []
        for series, code in asked:
            column = values.columns[series]
            for at in np.flatnonzero(column <= 0):
                details = {"unit": values.units[at]}
                yield Problem(code, _place(series), float(column[at]), details=details)


def _place(series: Series) -> Place:
    return Place(path=".".join(filter(None, series)))


def _prepared(model: IndexModel, values: Values) -> Floats:
    """Divide and take logarithms where asked: (units, indicators)."""
    columns = []
    for node in model.indicators():
        column = values.columns[model.series_of(node)].astype(np.float64)
        if divisor := model.divisor_of(node):
            column = column / values.columns[divisor]
        columns.append(np.log(column) if node.log else column)
    return np.column_stack(columns)


def _unscorable(model: IndexModel, treatments: Mapping[str, Treated]) -> Iterator[Problem]:
    """Yield indicators that the chosen normalisation cannot score."""
    if model.normalise == "goalposts":
        return
    for node in model.indicators():
        values = treatments[node.code].values
        present = values[np.isfinite(values)]
        place = Place(path=node.code)
        if model.normalise == "ratio_to_best":
            if (
                present.max() <= 0
                or present.min() < 0
                or (node.direction == "less" and present.min() == 0)
            ):
                yield Problem("index-ratio-not-positive", place, float(present.min()))
        elif len(present) < 2 or np.ptp(present) <= SAME * np.abs(present).max():
            yield Problem("index-no-spread", place, node.title, details={"units": len(present)})


def _normalised(model: IndexModel, node: Node, values: Floats) -> Floats:
    """Score one indicator as chosen."""
    direction, scale = node.direction, model.scale
    match model.normalise:
        case "goalposts":
            low, high = node.low or 0.0, node.high or 0.0
            if node.log:
                low, high = float(np.log(low)), float(np.log(high))
            return goalposts(values, low=low, high=high, scale=scale)
        case "min_max":
            return min_max(values, direction=direction, scale=scale)
        case "rank":
            return rank_score(values, direction=direction, scale=scale)
        case "ratio_to_best":
            return ratio_to_best(values, direction=direction, scale=scale)
        case "z":
            return z_score(values, direction=direction)


def _combined(
    model: IndexModel,
    nodes: tuple[Node, ...],
    depth: int,
    leaves: Mapping[str, Floats],
    scores: dict[str, Floats],
) -> Floats:
    """Score the nodes of one parent into `scores`; return what they make together."""
    for node in nodes:
        if node.children:
            scores[node.code] = _combined(model, node.children, depth + 1, leaves, scores)
        else:
            scores[node.code] = leaves[node.code]
    parts = np.column_stack([scores[node.code] for node in nodes])
    mean = model.mean_at(depth)
    if mean != "arithmetic" and (parts < 0).any():
        at = int(np.flatnonzero((parts < 0).any(axis=0))[0])
        details = {"mean": mean}
        place = Place(path=nodes[at].code)
        raise ProblemsError(
            [
                Problem(
                    "index-negative-score", place, float(np.nanmin(parts[:, at])), details=details
                )
            ]
        )
    weights = np.array([node.weight for node in nodes])
    return aggregate(parts, weights, mean, model.coverage)


def _ranks(totals: Floats) -> NDArray[np.int64]:
    """Rank from the highest; ties share the best rank, a gap has 0."""
    present = totals[np.isfinite(totals)]
    ahead = len(present) - np.searchsorted(np.sort(present), totals, side="right")
    return np.where(np.isfinite(totals), ahead + 1, 0).astype(np.int64)


def _warnings(
    model: IndexModel, values: Values, treatments: Mapping[str, Treated], totals: Floats
) -> Iterator[Problem]:
    if model.treat != "none":
        for node in model.indicators():
            if not treatments[node.code].tame:
                place = Place(path=node.code)
                yield Problem("index-not-tamed", place, node.title, severity="warning")
    for at in np.flatnonzero(np.isnan(totals)):
        yield Problem("index-without-total", found=values.units[at], severity="warning")
    zeros = int((totals == 0).sum())
    if zeros > 1 and set(model.aggregate) - {"arithmetic"}:
        yield Problem("index-zero-totals", found=zeros, severity="warning")
