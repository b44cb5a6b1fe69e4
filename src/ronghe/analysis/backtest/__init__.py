"""The back-test (试算): what a scheme would have done with earlier data, before it is used.

Pure arithmetic over a run's outcome. What each figure means is in ``docs/methods/backtest.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ronghe.analysis.backtest.ranks import ranks
from ronghe.analysis.backtest.reweigh import Reweighing
from ronghe.analysis.backtest.spread import Pair, Removal, Spread, redundant, removals, spreads
from ronghe.analysis.backtest.trial import for_year, patient
from ronghe.analysis.backtest.weights import (
    Comparison,
    Dependence,
    Mover,
    RankInterval,
    compare,
    dependence,
)
from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.outcome import Outcome
from ronghe.analysis.scheme.check.findings import scored
from ronghe.analysis.scheme.check.places import PlaceOf, by_path
from ronghe.analysis.scheme.lint import lint_with_sizes
from ronghe.analysis.scheme.model import Indicator

__all__ = [
    "Backtest",
    "Comparison",
    "Dependence",
    "Mover",
    "Outcome",
    "Pair",
    "RankInterval",
    "Removal",
    "Reweighing",
    "Spread",
    "backtest",
    "compare",
    "for_year",
    "patient",
    "ranks",
]

SATURATED = 0.8
"""From this share of units at full or at no points on, an indicator is saturated."""

LITTLE = 0.01
"""An indicator that changes no rank and has less influence than this adds nothing."""

LEAST_UNITS = 3


@dataclass(frozen=True, slots=True)
class Backtest:
    """Everything a back-test found; see the parts for what their figures mean.

    `equal` compares with equal weights of all indicators, `former` with other schemes' totals by
    the name they were given under. `findings` are warnings, in the scheme's order. `left_out`
    counts the units without a total.
    """

    outcome: Outcome
    spreads: tuple[Spread, ...]
    pairs: tuple[Pair, ...]
    removals: tuple[Removal, ...]
    dependence: Dependence
    equal: Comparison
    former: Mapping[str, Comparison]
    findings: tuple[Problem, ...]
    left_out: int


def backtest(
    outcome: Outcome,
    *,
    former: Mapping[str, Mapping[str, float]] | None = None,
    draws: int = 1000,
    spread: float = 0.2,
    seed: int = 20250101,
    place_of: PlaceOf | None = None,
) -> Backtest:
    """Back-test a scheme on the outcome of a run.

    Parameters
    ----------
    outcome
        Points and totals as the engine gave them; units without a total are left out.
    former
        Totals by unit code of other schemes, by name.
    draws, spread, seed
        How often weights are drawn anew, how far they may move (0.2 is ± 20 %), the seed.
    place_of
        Where each part of the scheme stands; without it findings name the path.

    Raises
    ------
    ProblemsError
        Fewer than three units have a total, or a former scheme shares no unit with this one.
    """
    left_out = int(np.count_nonzero(np.isnan(outcome.totals)))
    outcome = outcome.ranked()
    _refuse(outcome, former or {})
    reweighing = Reweighing(outcome)
    equal = dict(zip(outcome.units, reweighing.equal_totals()[0].tolist(), strict=True))
    described = spreads(outcome)
    pairs, without = redundant(outcome), removals(outcome, reweighing)
    place_of = place_of or by_path(outcome.scheme)
    return Backtest(
        outcome=outcome,
        spreads=described,
        pairs=pairs,
        removals=without,
        dependence=dependence(outcome, reweighing, draws=draws, spread=spread, seed=seed),
        equal=compare(outcome, equal),
        former={name: compare(outcome, totals) for name, totals in (former or {}).items()},
        findings=tuple(_findings(outcome, described, pairs, without, place_of)),
        left_out=left_out,
    )


def _refuse(outcome: Outcome, former: Mapping[str, Mapping[str, float]]) -> None:
    problems = []
    if len(outcome.units) < LEAST_UNITS:
        problems.append(Problem("backtest-too-few", Place(), len(outcome.units), LEAST_UNITS))
    for name, totals in former.items():
        if not any(totals.get(unit, float("nan")) >= 0 for unit in outcome.units):
            problems.append(Problem("backtest-former-strangers", Place(name), name))
    if problems:
        raise ProblemsError(problems)


def _findings(
    outcome: Outcome,
    described: tuple[Spread, ...],
    pairs: tuple[Pair, ...],
    without: tuple[Removal, ...],
    place_of: PlaceOf,
) -> Iterator[Problem]:
    at = {indicator.code: place_of(loc) for loc, indicator in scored(outcome.scheme)}

    def warning(code: str, of: Spread | Indicator, found: object, **details: object) -> Problem:
        details["title"] = of.title
        return Problem(code, at[of.code], found, details=details, severity="warning")

    yield from (
        warning("backtest-gaps", indicator, gaps) for indicator, gaps in _gaps(outcome) if gaps
    )
    for one in described:
        if one.pooled or not one.units:
            continue
        if one.least == one.most:
            yield warning("no-spread", one, f"{one.most:g}")
        elif one.at_full >= SATURATED:
            yield warning("saturated-at-full", one, f"{one.at_full:.0%}")
        elif one.at_zero >= SATURATED:
            yield warning("saturated-at-zero", one, f"{one.at_zero:.0%}")
    for pair in pairs:
        code = "redundant-pair" if pair.correlation > 0 else "opposed-pair"
        yield warning(code, pair.one, f"{pair.correlation:.2f}", other=pair.other.title)
    weak = {one.code for one in described if one.least < one.most and abs(one.influence) < LITTLE}
    for removal in without:
        if not removal.moved and removal.indicator.code in weak:
            yield warning("adds-nothing", removal.indicator, 0)
    yield from lint_with_sizes(outcome.scheme, outcome.sizes, place_of)


def _gaps(outcome: Outcome) -> Iterator[tuple[Indicator, int]]:
    """Yield the indicators that need data from everyone, each with how many units lack them."""
    for column, indicator in enumerate(outcome.scheme.scored()):
        if indicator.missing == "error":
            wanted = np.array(
                [not indicator.peer_groups or g in indicator.peer_groups for g in outcome.groups]
            )
            yield indicator, int(np.count_nonzero(wanted & np.isnan(outcome.points[:, column])))
