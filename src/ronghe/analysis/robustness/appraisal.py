"""How sure the order of an appraisal (考核) is: what may differ, and how often it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ronghe.analysis.outcome import Floats, Outcome
from ronghe.analysis.robustness.composite import THOUSAND, Composite, Imputation, of_points
from ronghe.analysis.robustness.draws import Choices
from ronghe.analysis.robustness.grades import GradeRules
from ronghe.analysis.robustness.intervals import rank_intervals
from ronghe.analysis.robustness.tree import Tree, Whole

SPREAD = 0.2
"""Every weight may be a fifth higher or lower."""

IMPUTATIONS: tuple[Imputation, ...] = ("as_given", "reweight", "median", "worst")
"""What becomes of missing data: what the scheme says, and three other ways."""

CONFIDENCE, DOUBT, SEED = 0.9, 0.05, 20250101

DRAWS = (10_000, 5_000, 2_000, 1_000)
"""As many as keep `MOST_RANKS`; each makes a probability a whole number of 1/10000."""

MOST_RANKS = 20_000_000
"""Draws times units, as long as there are at least the fewest draws."""

LARGEST_GROUP, MOST_UNITS = 20_000, 200_000
"""With more units in a peer group, or in all, there are no intervals."""


def of_outcome(outcome: Outcome) -> Composite:
    """Take up a ranked outcome: points, gates and pools as the scheme says.

    A group's score is the weighted mean of its children's, those that do not apply left out; so
    the totals under the scheme's own weights are those of the run, up to the rounding of each
    step to thousandths.
    """
    scheme, units = outcome.scheme, len(outcome.units)
    nodes = {node.code: place for place, (node, _) in enumerate(scheme.walk())}
    full = np.array([float(leaf.points) for leaf in outcome.leaves])
    ceiling, zeroed = np.full(units, np.inf), np.zeros((units, len(nodes)), np.bool_)
    for failed, gate in zip(outcome.failed.T, scheme.gates, strict=True):
        for code in gate.zeroes:
            zeroed[:, nodes[code]] |= failed
        if gate.cap_points is not None:
            ceiling[failed] = np.minimum(ceiling[failed], float(gate.cap_points))
    return of_points(
        outcome.points[:, : full.size] * THOUSAND,
        full,
        Tree.of_scheme(scheme),
        whole=float(scheme.points),
        peers=outcome.groups,
        added=_pools(outcome),
        ceiling=ceiling,
        zeroed=zeroed,
        totals=outcome.totals,
        lacking=None if outcome.lacking is None else outcome.lacking[:, : full.size],
    )


def _pools(outcome: Outcome) -> Floats:
    """Return what all pools give and take, (units,)."""
    sums = np.zeros(len(outcome.units))
    column = len(outcome.leaves)
    for pool in outcome.scheme.pools:
        items = outcome.points[:, column : column + len(pool.items)]
        together = np.minimum(np.nansum(items, axis=1), float(pool.cap))
        sums += together if pool.kind == "bonus" else -together
        column += len(pool.items)
    return sums


@dataclass(frozen=True)
class Certainty:
    """How sure the ranks and grades of an appraisal are; arrays in the order of its units.

    Attributes
    ----------
    draws
        How many there were.
    gaps
        Whether the treatment of missing data was drawn too.
    low, high : (units,)
        The interval of ranks with at least 90 % of the draws, and the published rank with it.
    band : (units,)
        See `ronghe.analysis.robustness.intervals.Robustness`.
    grade_shares : (units, grades + 1)
        Probability of each grade and of none; gaps (NaN) for units that are not graded.
    """

    draws: int
    gaps: bool
    low: Whole
    high: Whole
    band: Whole
    grade_shares: Floats


def too_many(sizes: Sequence[int]) -> bool:
    """Tell whether peer groups of these sizes are more than intervals are made for."""
    return max(sizes, default=0) > LARGEST_GROUP or sum(sizes) > MOST_UNITS


def draws_for(units: int) -> int:
    """Return how many draws so many units get."""
    return next((draws for draws in DRAWS if draws * units <= MOST_RANKS), DRAWS[-1])


def certainty(outcome: Outcome, grading: GradeRules | None = None) -> Certainty:
    """Draw the weights and the treatment of missing data anew and see what becomes of the order.

    The rules that give points, and that points are added up, stay: thresholds of grades refer to
    such points. So do bonuses, penalties, gates and vetoes.

    Parameters
    ----------
    outcome
        Ranked units of organisations, areas or projects, at least one, not `too_many`.
    grading
        How totals become grades; None where the scheme gives none.
    """
    composite = of_outcome(outcome)
    gaps = composite.lacking is not None and bool(composite.lacking.any())
    draws = draws_for(len(outcome.units))
    found = rank_intervals(
        composite,
        Choices(spread=SPREAD, imputations=IMPUTATIONS if gaps else IMPUTATIONS[:1]),
        samples=draws,
        seed=SEED,
        confidence=CONFIDENCE,
        doubt=DOUBT,
        grading=grading,
    )
    return Certainty(
        draws=draws,
        gaps=gaps,
        low=np.minimum(found.low, found.rank),
        high=np.maximum(found.high, found.rank),
        band=found.band,
        grade_shares=found.grade_shares,
    )
