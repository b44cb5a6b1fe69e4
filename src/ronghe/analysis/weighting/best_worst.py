"""Weights from comparisons with the best and the worst criterion: the best-worst method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.weighting._matrix import Floats, numbers, shown

SCALE = (1.0, 9.0)
"""Comparisons run from 1, as important, to 9, extremely more important."""


@dataclass(frozen=True, slots=True, eq=False)
class BestWorstWeights:
    """What `best_worst` found.

    Attributes
    ----------
    weights : (n,)
        Not negative, adding up to 1.
    xi
        ξ, the largest deviation of the weights from the comparisons; 0: fully consistent.
    best, worst
        Positions, from 0, of the best and the worst criterion.
    input_consistency
        Input-based consistency ratio in [0, 1], from the comparisons alone; 0: consistent.
    least_consistent
        The criterion behind that ratio, the first one of equals; None if the ratio is 0.
    """

    weights: Floats
    xi: float
    best: int
    worst: int
    input_consistency: float
    least_consistent: int | None


def best_worst(best_to_others: ArrayLike, others_to_worst: ArrayLike) -> BestWorstWeights:
    """Derive weights by the linear best-worst method (最优最劣法).

    Minimises ξ with |w_best - a_best,j w_j| <= ξ and |w_j - a_j,worst w_worst| <= ξ for all j,
    weights not negative and adding up to 1.

    Parameters
    ----------
    best_to_others : (n,)
        How many times the best criterion outweighs each, 1 to 9; 1 for the best itself.
    others_to_worst : (n,)
        How many times each outweighs the worst criterion, 1 to 9; 1 for the worst itself.

    Returns
    -------
    BestWorstWeights
        The best is where `best_to_others` is 1; of several, the one that outweighs the worst by
        most, then the first. The worst likewise.

    Raises
    ------
    ProblemsError
        With everything wrong: lengths that differ, values outside the scale, no best or no
        worst, best over worst stated in two ways, or a comparison that exceeds it.

    References
    ----------
    Rezaei J. (2016), Best-worst multi-criteria decision-making method: Some properties and a
    linear model, Omega 64, 126-130.
    Liang F., Brunelli M., Rezaei J. (2020), Consistency issues in the best worst method:
    Measurements and thresholds, Omega 96, 102175 (input-based ratio).

    Examples
    --------
    >>> found = best_worst([2, 1, 4, 2, 8], [4, 8, 2, 4, 1])
    >>> found.weights.round(4).tolist(), found.best, found.worst
    ([0.2105, 0.4211, 0.1053, 0.2105, 0.0526], 1, 4)
    """
    over_others, over_worst = numbers(best_to_others), numbers(others_to_worst)
    problems = _problems(over_others, over_worst)
    if problems:
        raise ProblemsError(problems)
    best, worst = _extremes(over_others, over_worst)
    problems = _contradictions(over_others, over_worst, best, worst)
    if problems:
        raise ProblemsError(problems)
    weights, xi = _solve(over_others, over_worst, best, worst)
    ratios = _input_ratios(over_others, over_worst, float(over_others[worst]))
    return BestWorstWeights(
        weights=weights,
        xi=xi,
        best=best,
        worst=worst,
        input_consistency=float(ratios.max()),
        least_consistent=int(ratios.argmax()) if ratios.max() > 0 else None,
    )


def _extremes(over_others: Floats, over_worst: Floats) -> tuple[int, int]:
    best = np.where(over_others == 1, over_worst, 0).argmax()
    worst = np.where(over_worst == 1, over_others, 0).argmax()
    return int(best), int(worst)


def _solve(over_others: Floats, over_worst: Floats, best: int, worst: int) -> tuple[Floats, float]:
    n = len(over_others)
    each = np.eye(n)
    deviations = np.vstack(
        [each[best] - over_others[:, None] * each, each - over_worst[:, None] * each[worst]]
    )
    both_signs = np.vstack([deviations, -deviations])
    solution = linprog(
        np.append(np.zeros(n), 1),
        A_ub=np.column_stack([both_signs, np.full(4 * n, -1)]),
        b_ub=np.zeros(4 * n),
        A_eq=[np.append(np.ones(n), 0)],
        b_eq=[1],
        method="highs",
    )
    weights: Floats = solution.x[:n].clip(0)
    weights /= weights.sum()
    return weights, float(np.abs(deviations @ weights).max())


def _input_ratios(over_others: Floats, over_worst: Floats, best_over_worst: float) -> Floats:
    if best_over_worst == 1:
        return np.zeros(len(over_others))
    ratios: Floats = np.abs(over_others * over_worst - best_over_worst) / (
        best_over_worst**2 - best_over_worst
    )
    return ratios


def _problems(over_others: Floats, over_worst: Floats) -> list[Problem]:
    if over_others.ndim != 1 or over_others.shape != over_worst.shape or not over_others.size:
        found = f"{over_others.shape}, {over_worst.shape}"
        return [Problem("best-worst-lengths", found=found)]
    problems = []
    named = {"best_to_others": over_others, "others_to_worst": over_worst}
    for name, values in named.items():
        low, high = SCALE
        problems += [
            Problem(
                "best-worst-scale",
                where=Place(path=f"{name}[{at}]"),
                found=float(value),
                expected=f"{low:g}–{high:g}",
            )
            for at, value in enumerate(values, start=1)
            if not low <= value <= high
        ]
        if 1 not in values:
            code = "best-worst-no-best" if name == "best_to_others" else "best-worst-no-worst"
            problems.append(Problem(code, where=Place(path=name), expected=1))
    return problems


def _contradictions(
    over_others: Floats, over_worst: Floats, best: int, worst: int
) -> list[Problem]:
    one_way, other_way = float(over_others[worst]), float(over_worst[best])
    problems = []
    if one_way != other_way:
        problems.append(
            Problem(
                "best-worst-two-answers",
                where=Place(path=f"others_to_worst[{best + 1}]"),
                found=shown(other_way),
                expected=shown(one_way),
                details={"best": best + 1, "worst": worst + 1},
            )
        )
    top = max(one_way, other_way)
    for name, values in {"best_to_others": over_others, "others_to_worst": over_worst}.items():
        problems += [
            Problem(
                "best-worst-exceeds",
                where=Place(path=f"{name}[{at}]"),
                found=shown(float(value)),
                expected=shown(top),
            )
            for at, value in enumerate(values, start=1)
            if value > top
        ]
    return problems
