"""The probability of each grade (等次概率): thresholds, ceilings and quotas in every draw."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ronghe.analysis.robustness.draws import Draws, Totals
from ronghe.analysis.robustness.threads import each
from ronghe.analysis.robustness.tree import Floats, Whole

THOUSAND = 1000


@dataclass(frozen=True)
class GradeRules:
    """How totals become grades (等次), as `ronghe.analysis.scheme.model.Grading` says.

    Attributes
    ----------
    limits : (grades,)
        Falling totals, the first of each grade.
    quotas : (grades,)
        The share, from 0 to 1, of those graded in a scope that a grade may have; None: no limit.
    scopes : (units,)
        Within which quotas count: peer group, parent, or one for all.
    best : (units,)
        Number from 1 of the best grade that gates and vetoes leave to a unit; 0: not graded.
    order : (units,)
        Who goes first among equal totals, the lowest number.
    together
        Whether equals that straddle a quota's edge all take the next grade.
    """

    limits: tuple[float, ...]
    quotas: tuple[Fraction | None, ...]
    scopes: tuple[str, ...]
    best: Whole
    order: Whole
    together: bool


def grade_shares(totals: Totals, draws: Draws, rules: GradeRules) -> Floats:
    """Grade every draw as a run does and count.

    Totals are rounded to thousandths first; who is over a quota takes the next grade and meets
    its quota there.

    Returns
    -------
    (units, grades + 1) shares of the draws: of each grade, then of none. Gaps (NaN) for units
    that are not graded.
    """
    shares = np.full((len(rules.best), len(rules.limits) + 1), np.nan)
    named = np.array(rules.scopes)
    for scope in dict.fromkeys(rules.scopes):
        mine = np.flatnonzero((named == scope) & (rules.best > 0))
        mine = mine[np.argsort(rules.order[mine], kind="stable")]
        if mine.size:
            shares[mine] = _counted(totals, draws, rules, mine).T / len(draws.choice)
    return shares


def _counted(totals: Totals, draws: Draws, rules: GradeRules, mine: Whole) -> Whole:
    """Count how often each unit of a scope, in order of precedence, gets each grade."""
    numbers = range(1, len(rules.limits) + 2)

    def work(batch: tuple[int, Whole]) -> Whole:
        choice, places = batch
        found = np.rint(totals.of(draws.weights[places], choice, mine) * THOUSAND)
        by = np.argsort(-found, axis=1, kind="stable")
        grades = np.empty(found.shape, np.int64)
        np.put_along_axis(grades, by, _graded(found, by, rules, mine), axis=1)
        return np.array([(grades == number).sum(axis=0) for number in numbers])

    counted: Whole = np.sum(each(work, list(draws.batches(mine.size))), axis=0)
    return counted


def _graded(found: Floats, by: Whole, rules: GradeRules, mine: Whole) -> Whole:
    """Return the grades, (draws, units), of totals in thousandths, in the order of each draw."""
    ordered = np.take_along_axis(found, by, axis=1)
    grades = np.ones(ordered.shape, np.int64)
    for limit in rules.limits:
        grades += ordered < limit * THOUSAND - 0.5
    np.maximum(grades, rules.best[mine][by], out=grades)
    for number, quota in enumerate(rules.quotas, start=1):
        if quota is not None:
            held = grades == number
            place = held.cumsum(axis=1)
            if rules.together:
                place = _last_of_equals(place, ordered)
            most = mine.size * quota.numerator // quota.denominator
            grades += held & (place > most)
    return grades


def _last_of_equals(place: Whole, ordered: Floats) -> Whole:
    """Give equal totals the place of the last of them."""
    ends = np.full(place.shape, True)
    ends[:, :-1] = ordered[:, :-1] != ordered[:, 1:]
    last = np.where(ends, place, place.shape[1] + 1)[:, ::-1]
    shared: Whole = np.minimum.accumulate(last, axis=1)[:, ::-1]
    return shared
