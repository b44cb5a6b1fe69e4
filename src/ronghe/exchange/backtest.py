"""A back-test as plain figures, what charts are drawn from: gaps are None, persons unranked."""

from __future__ import annotations

from math import isfinite
from typing import Any

from ronghe.analysis.backtest import Backtest, Comparison
from ronghe.analysis.backtest.spread import Spread
from ronghe.analysis.scheme.parts import Text

MOST = 60
"""So many units are listed: those with the widest intervals, those that move furthest."""


def figures(found: Backtest) -> dict[str, Any]:
    """Return the figures of a back-test."""
    scheme, depends = found.outcome.scheme, found.dependence
    return {
        "units": len(found.outcome.units),
        "left_out": found.left_out,
        "spreads": [_spread(one) for one in found.spreads],
        "pairs": [
            {
                "one": _words(pair.one.title),
                "other": _words(pair.other.title),
                "correlation": _known(pair.correlation),
            }
            for pair in found.pairs
        ],
        "removals": [
            {"title": _words(one.indicator.title), "moved": one.moved, "furthest": one.furthest}
            for one in found.removals
        ],
        "weights": {
            "draws": depends.draws,
            "spread": depends.spread,
            "reversed": _known(depends.reversed),
            "undecided": _known(depends.undecided),
        },
        "intervals": [] if scheme.about_people else _intervals(found),
        "movers": [] if scheme.about_people else _movers(found.equal),
        "agreement": _known(found.equal.correlation),
    }


def _spread(one: Spread) -> dict[str, Any]:
    quarters = (one.least, one.lower, one.middle, one.upper, one.most)
    return {
        "title": _words(one.title),
        "full": one.full,
        "weight": _known(one.weight),
        "units": one.units,
        "quarters": [_known(value) for value in quarters],
        "share": _known(one.share),
        "at_full": _known(one.at_full),
        "at_zero": _known(one.at_zero),
        "influence": _known(one.influence),
        "pooled": one.pooled,
    }


def _intervals(found: Backtest) -> list[dict[str, Any]]:
    groups = found.outcome.scheme.peer_groups
    widest = sorted(found.dependence.intervals, key=lambda row: row.low - row.high)[:MOST]
    return [
        {
            "name": row.name,
            "group": _words(groups[row.group]) if row.group in groups else {"zh": row.group},
            "rank": row.rank,
            "low": row.low,
            "high": row.high,
        }
        for row in found.dependence.intervals
        if row in widest
    ]


def _movers(found: Comparison) -> list[dict[str, Any]]:
    moved = sorted(
        (one for one in found.movers if one.change), key=lambda one: (-abs(one.change), one.unit)
    )
    return [
        {"name": one.name, "rank": one.rank, "former": one.former, "change": one.change}
        for one in moved[:MOST]
    ]


def _words(title: Text) -> dict[str, str]:
    return {"zh": title.zh, "en": title.en or title.zh}


def _known(value: float) -> float | None:
    return round(float(value), 6) if isfinite(value) else None
