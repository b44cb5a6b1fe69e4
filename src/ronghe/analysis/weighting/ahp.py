"""Weights from pairwise comparisons: the analytic hierarchy process (层次分析法)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.weighting._matrix import Floats, cell_place, numbers, shown

Method = Literal["eigenvector", "geometric"]

RANDOM_INDEX: tuple[float, ...] = (
    *(0.0, 0.0, 0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056),
    *(1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838),
)
"""Mean consistency index of random matrices of 1 to 15 criteria: Alonso & Lamata (2006)."""

ACCEPTABLE_RATIO = 0.1
"""Saaty's rule: comparisons with a ratio above this should be looked at again."""

RECIPROCITY = 0.005
"""How far a product of reciprocals may be from 1: what three written digits need."""

_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Triple:
    """Three comparisons that contradict each other.

    Attributes
    ----------
    i, j, k
        Positions of the criteria, from 0, i < j < k.
    stated
        How many times i outweighs k, as stated.
    implied
        The same as the other two imply: (i over j) × (j over k).
    inconsistency
        1 - min(stated / implied, implied / stated), in (0, 1): Koczkodaj (1993).
    """

    i: int
    j: int
    k: int
    stated: float
    implied: float
    inconsistency: float


@dataclass(frozen=True, slots=True, eq=False)
class AhpWeights:
    """What `ahp` found.

    Attributes
    ----------
    weights : (n,)
        Positive, adding up to 1.
    lambda_max
        The largest eigenvalue of the comparisons, at least n, whatever the method.
    consistency_index
        (lambda_max - n) / (n - 1); 0 for n = 1.
    consistency_ratio
        The index over `RANDOM_INDEX`; 0 for n < 3, where no contradiction is possible.
    worst_triple
        The most inconsistent triple, the first one of equals; None if nothing contradicts.
    """

    weights: Floats
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    worst_triple: Triple | None

    @property
    def acceptable(self) -> bool:
        """Whether the ratio is at most 0.1."""
        return self.consistency_ratio <= ACCEPTABLE_RATIO


def ahp(pairwise: ArrayLike, method: Method = "eigenvector") -> AhpWeights:
    """Derive weights from pairwise comparisons (层次分析法).

    Parameters
    ----------
    pairwise : (n, n), 1 <= n <= 15
        How many times the row's criterion outweighs the column's, usually 1/9 to 9; positive, 1
        on the diagonal, and the other way round the reciprocal. A pair whose product is off 1 by
        at most 0.005, such as 3 and 0.333, counts as reciprocal and is evened out.
    method
        ``eigenvector``: the principal eigenvector. ``geometric``: geometric means of the rows.

    Returns
    -------
    AhpWeights

    Raises
    ------
    ProblemsError
        With every place where the matrix is not square, positive, 1 on the diagonal or
        reciprocal.

    References
    ----------
    Saaty T. (1990), How to make a decision: The Analytic Hierarchy Process, European Journal of
    Operational Research 48, 9-26.
    Crawford G., Williams C. (1985), A note on the analysis of subjective judgment matrices,
    Journal of Mathematical Psychology 29, 387-405 (``geometric``).
    Alonso J., Lamata M. (2006), Consistency in the analytic hierarchy process: a new approach,
    International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14(4), 445-459.
    Koczkodaj W. (1993), A new definition of consistency of pairwise comparisons, Mathematical
    and Computer Modelling 18(7), 79-84.

    Examples
    --------
    >>> found = ahp([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]])
    >>> found.weights.round(4).tolist(), found.worst_triple
    ([0.6, 0.3, 0.1], None)
    """
    if method not in get_args(Method):
        expected = ", ".join(get_args(Method))
        raise ProblemsError([Problem("pairwise-method", found=method, expected=expected)])
    stated = numbers(pairwise)
    problems = _problems(stated)
    if problems:
        raise ProblemsError(problems)
    logs = (np.log(stated) - np.log(stated.T)) / 2
    n = len(logs)
    means = logs.mean(axis=1)
    # Divided by the geometric weights, the entries are near 1 and the eigenvalues are the same.
    values, vectors = np.linalg.eig(np.exp(logs - means[:, None] + means))
    first = values.real.argmax()
    raw = np.exp(means - means.max())
    if method == "eigenvector":
        raw = raw * np.abs(vectors[:, first].real)
    lambda_max = max(float(values[first].real), float(n))
    index = (lambda_max - n) / (n - 1) if n > 1 else 0.0
    return AhpWeights(
        weights=raw / raw.sum(),
        lambda_max=lambda_max,
        consistency_index=index,
        consistency_ratio=index / RANDOM_INDEX[n - 1] if n > 2 else 0.0,
        worst_triple=_worst_triple(logs),
    )


def _worst_triple(logs: Floats) -> Triple | None:
    def gap(triple: tuple[int, int, int]) -> float:
        i, j, k = triple
        return round(abs(float(logs[i, j] + logs[j, k] - logs[i, k])), 9)

    worst = max(combinations(range(len(logs)), 3), key=gap, default=None)
    if worst is None or gap(worst) <= _NOISE:
        return None
    i, j, k = worst
    return Triple(
        i,
        j,
        k,
        stated=float(np.exp(logs[i, k])),
        implied=float(np.exp(logs[i, j] + logs[j, k])),
        inconsistency=float(-np.expm1(-gap(worst))),
    )


def _problems(stated: Floats) -> list[Problem]:
    if stated.ndim != 2 or stated.shape[0] != stated.shape[1] or not stated.size:
        return [Problem("pairwise-not-square", found=stated.shape)]
    n = len(stated)
    if n > len(RANDOM_INDEX):
        return [Problem("pairwise-too-large", found=n, expected=len(RANDOM_INDEX))]
    positive = np.isfinite(stated) & (stated > 0)
    problems = [
        Problem("pairwise-not-positive", where=cell_place(i, j), found=float(stated[i, j]))
        for i, j in np.argwhere(~positive)
    ]
    problems += [
        Problem("pairwise-diagonal", where=cell_place(i, i), found=shown(stated[i, i]), expected=1)
        for i in range(n)
        if positive[i, i] and abs(stated[i, i] - 1) > _NOISE
    ]
    for i, j in combinations(range(n), 2):
        if positive[i, j] and positive[j, i]:
            problems += _not_reciprocal(stated, i, j)
    return problems


def _not_reciprocal(stated: Floats, i: int, j: int) -> list[Problem]:
    there, back = float(stated[i, j]), float(stated[j, i])
    if abs(np.expm1(np.log(there) + np.log(back))) <= RECIPROCITY:
        return []
    opposite = Place(row=i + 1, column=str(j + 1))
    return [
        Problem(
            "pairwise-not-reciprocal",
            where=cell_place(j, i),
            found=shown(back),
            expected=shown(1 / there),
            details={"opposite": shown(there), "row": opposite.row, "column": opposite.column},
        )
    ]
