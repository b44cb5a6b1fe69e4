"""Coupling coordination (耦合协调度): how far subsystems develop together, and which one leads.

Coupling C (耦合度) says how even the subsystems are, T (综合发展指数) how high they stand, and
coordination D (协调度) is the geometric mean of the two. A statistic shows where to look; it
proves nothing about a unit. The definitions are compared in ``docs/methods/coupling.md``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ronghe.analysis.errors import Place, Problem, ProblemsError

Floats = NDArray[np.float64]

Definition = Literal["standard", "wang2021", "fan"]
"""How C is defined."""

RECOMMENDED: Definition = "wang2021"
"""The definition that reports use (``docs/decisions/0005-coupling-definition.md``)."""

IN_STEP = 0.1
"""Two subsystems no further apart than this are in step (同步), after Xu et al. (2020)."""

_SLACK = 1e-9
"""What binary rounding may take from a number that stands exactly on a limit."""


@dataclass(frozen=True, slots=True)
class CoordinationLevel:
    """One of the ten levels of D (协调等级): from `at_least` up to the next level's."""

    number: int
    code: str
    zh: str
    en: str
    at_least: float


LEVELS: tuple[CoordinationLevel, ...] = tuple(
    CoordinationLevel(number, code, zh, en, (number - 1) / 10)
    for number, (code, zh, en) in enumerate(
        [
            ("extreme-imbalance", "极度失调", "extreme imbalance"),
            ("severe-imbalance", "严重失调", "severe imbalance"),
            ("moderate-imbalance", "中度失调", "moderate imbalance"),
            ("mild-imbalance", "轻度失调", "mild imbalance"),
            ("near-imbalance", "濒临失调", "near imbalance"),
            ("bare-coordination", "勉强协调", "bare coordination"),
            ("primary-coordination", "初级协调", "primary coordination"),
            ("intermediate-coordination", "中级协调", "intermediate coordination"),
            ("good-coordination", "良好协调", "good coordination"),
            ("quality-coordination", "优质协调", "quality coordination"),
        ],
        start=1,
    )
)
"""The ten levels after Liao (1999), the lowest first; the last one includes D = 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Coupling:
    """What `coupling_coordination` found. The arrays cannot be written to.

    Attributes
    ----------
    C, T, D : (units,)
        Coupling, development and coordination, each in [0, 1]; NaN for a unit with a gap.
    level : (units,)
        The number of the level of D, 1 to 10; 0 for a unit with a gap.
    leads : (units,) or None
        1: the first subsystem leads; -1: the second leads; 0: in step; NaN for a gap. None
        unless there are two subsystems.
    definition, tolerance
        As they were given.
    """

    C: Floats
    T: Floats
    D: Floats
    level: NDArray[np.int8]
    leads: Floats | None
    definition: Definition
    tolerance: float

    def levels(self) -> tuple[CoordinationLevel | None, ...]:
        """Return each unit's level with its names, None for a unit with a gap."""
        return tuple(LEVELS[number - 1] if number else None for number in self.level)


@dataclass(frozen=True, slots=True)
class Lead:
    """An unbroken run that lasts to the latest period.

    Attributes
    ----------
    side
        1: the first subsystem leads; -1: the second leads; 0: in step.
    since
        The label of the run's first period.
    periods
        How many periods the run has, at least 1.
    """

    side: Literal[-1, 0, 1]
    since: str
    periods: int


def coupling_coordination(
    subsystems: ArrayLike,
    weights: ArrayLike | None = None,
    definition: Definition = "standard",
    *,
    tolerance: float = IN_STEP,
) -> Coupling:
    """Measure the coupling coordination (耦合协调度) of each unit's subsystems.

    Parameters
    ----------
    subsystems : (units, k), k >= 2
        Scores of the subsystems, dimensionless in [0, 1], for example (党建, 经济). A gap (NaN)
        makes all results of its unit a gap.
    weights : (k,), optional
        Shares of the subsystems in T, not negative, adding up to 1; equal if not given. They
        never enter C.
    definition
        ``standard``: C = k (∏U)^(1/k) / ΣU, the geometric over the arithmetic mean.
        ``wang2021``: C = √((1 − mean |Ui − Uj|) · (∏ Ui / max U)^(1/(k−1))).
        ``fan``: C = 1 − 2 σ, with the population standard deviation σ of the unit's scores.
    tolerance
        Two subsystems at most this far apart are in step; in [0, 1).

    Returns
    -------
    Coupling
        Subsystems that are equal have C = 1, also when all are 0; D is then 0 because T is. If
        one of them is 0 and another is not, C = 0, except under ``fan``.

    Raises
    ------
    ProblemsError
        With every score outside [0, 1] and everything wrong with the other arguments.

    References
    ----------
    Wang S., Kong W., Ren L., Zhi D., Dai B. (2021), 国内耦合协调度模型的误区及修正, Journal of
    Natural Resources 36(3), 793-810: the standard form and ``wang2021``.
    Fan D., Ke H., Cao R. (2024), Modification and improvement of coupling coordination degree
    model, Statistics & Decision 40(22), 41-46: ``fan``.
    Liao C. (1999), 环境与经济协调发展的定量评判及其分类体系, Tropical Geography 19(2): levels.
    Xu W., Li L., Zhou J., Liu C. (2020), Journal of Natural Resources 35(9), 2044-2062, table
    2: in step up to a difference of 0.1.

    Examples
    --------
    >>> found = coupling_coordination([[0.81, 0.81], [0.8, 0.2]], definition="wang2021")
    >>> [round(float(d), 4) for d in found.D]
    [0.9, 0.3976]
    >>> [level.zh for level in found.levels() if level]
    ['优质协调', '轻度失调']
    >>> found.leads.tolist()
    [0.0, 1.0]
    """
    scores = _numbers(subsystems)
    shares = None if weights is None else _numbers(weights)
    _refuse(scores, shares, definition, tolerance)
    scores = scores.clip(0, 1)
    k = scores.shape[1]
    coupling = _coupled(scores, definition)
    parts = scores * (1 / k if shares is None else shares)
    development = parts.sum(axis=1).clip(0, 1)
    coordination = np.sqrt(coupling * development)
    leads = _leads(scores, tolerance) if k == 2 else None
    return Coupling(
        C=_fixed(coupling),
        T=_fixed(development),
        D=_fixed(coordination),
        level=_level_numbers(coordination),
        leads=leads,
        definition=definition,
        tolerance=tolerance,
    )


def _refuse(
    scores: Floats, shares: Floats | None, definition: Definition, tolerance: float
) -> None:
    """Raise everything that is wrong with the arguments of `coupling_coordination`."""
    problems = _score_problems(scores)
    if scores.ndim == 2:
        problems += _weight_problems(shares, scores.shape[1])
    if definition not in get_args(Definition):
        problems.append(_unknown_definition(definition))
    if not 0 <= tolerance < 1:
        problems.append(Problem("coupling-tolerance", found=tolerance, expected="[0, 1)"))
    if problems:
        raise ProblemsError(problems)


def _coupled(scores: Floats, definition: Definition) -> Floats:
    """Return C of each unit, a gap where one of its scores is."""
    complete = ~np.isnan(scores).any(axis=1)
    coupling = np.full(len(scores), np.nan)
    coupling[complete] = _FORMS[definition](scores[complete]).clip(0, 1)
    return coupling


def lead_since(leads_by_period: Mapping[str, ArrayLike]) -> tuple[Lead | None, ...]:
    """Say for each unit since when the side that leads now has led without a break.

    Parameters
    ----------
    leads_by_period : label of the period → (units,)
        `Coupling.leads` of each period, the earliest first, the same units in the same order.

    Returns
    -------
    One entry a unit; None where the latest period is a gap. A gap earlier on ends the run: what
    was not measured is not claimed. No periods: nothing.

    Raises
    ------
    ProblemsError
        With every period that has another number of units, and every value that is neither -1,
        0, 1 nor a gap.

    Examples
    --------
    >>> lead_since({"2021": [0, 1], "2022": [1, 1], "2023": [1, float("nan")]})
    (Lead(side=1, since='2022', periods=2), None)
    """
    periods = list(leads_by_period)
    rows = [_numbers(leads) for leads in leads_by_period.values()]
    problems = [
        problem
        for period, row in zip(periods, rows, strict=True)
        for problem in _lead_problems(period, row, rows[0])
    ]
    if problems:
        raise ProblemsError(problems)
    return tuple(_run(periods, unit) for unit in zip(*(row.tolist() for row in rows), strict=True))


def _numbers(values: ArrayLike) -> Floats:
    """Return the values as an array, or an empty one of no dimension where they make none."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        return np.array(np.nan)


def _fixed(array: Floats) -> Floats:
    array.setflags(write=False)
    return array


def _relative(scores: Floats) -> Floats:
    """Each score over the unit's best; all 1 where the best is 0, since all are equal."""
    best = scores.max(axis=1, keepdims=True)
    relative: Floats = np.divide(scores, best, out=np.ones_like(scores), where=best > 0)
    return relative


def _standard(scores: Floats) -> Floats:
    k = scores.shape[1]
    relative = _relative(scores)
    coupling: Floats = k * np.prod(relative ** (1 / k), axis=1) / relative.sum(axis=1)
    return coupling


def _wang2021(scores: Floats) -> Floats:
    k = scores.shape[1]
    # Sorted, the sum of all pairwise distances is a sum of k terms with known multipliers.
    multipliers = 2 * np.arange(k) - (k - 1)
    mean_distance = (np.sort(scores, axis=1) * multipliers).sum(axis=1) / (k * (k - 1) / 2)
    likeness = np.prod(_relative(scores) ** (1 / (k - 1)), axis=1)
    coupling: Floats = np.sqrt((1 - mean_distance).clip(0, 1) * likeness)
    return coupling


def _fan(scores: Floats) -> Floats:
    coupling: Floats = 1 - 2 * scores.std(axis=1)
    return coupling


_FORMS: Mapping[Definition, Callable[[Floats], Floats]] = {
    "standard": _standard,
    "wang2021": _wang2021,
    "fan": _fan,
}


def _level_numbers(coordination: Floats) -> NDArray[np.int8]:
    filled = np.nan_to_num(coordination, nan=-1.0)
    numbers = np.floor(filled * 10 + _SLACK).clip(-1, 9).astype(np.int8) + np.int8(1)
    numbers = np.where(np.isnan(coordination), np.int8(0), numbers)
    numbers.setflags(write=False)
    return numbers


def _leads(scores: Floats, tolerance: float) -> Floats:
    ahead = scores[:, 0] - scores[:, 1]
    apart = np.abs(ahead) > tolerance + _SLACK
    return _fixed(np.where(apart | np.isnan(ahead), np.sign(ahead), 0.0))


def _run(periods: list[str], unit: tuple[float, ...]) -> Lead | None:
    latest = unit[-1]
    if math.isnan(latest):
        return None
    length = sum(1 for _ in takewhile(lambda lead: lead == latest, reversed(unit)))
    side: Literal[-1, 0, 1] = 1 if latest > 0 else -1 if latest < 0 else 0
    return Lead(side, since=periods[-length], periods=length)


def _score_problems(scores: Floats) -> list[Problem]:
    if scores.ndim != 2 or scores.shape[1] < 2:
        return [Problem("coupling-shape", found=scores.shape, expected="(n, k), k ≥ 2")]
    outside = (scores < -_SLACK) | (scores > 1 + _SLACK)
    return [
        Problem(
            "coupling-out-of-range",
            where=Place(row=int(unit) + 1, column=str(subsystem + 1)),
            found=float(scores[unit, subsystem]),
            expected="[0, 1]",
        )
        for unit, subsystem in np.argwhere(outside)
    ]


def _weight_problems(shares: Floats | None, k: int) -> list[Problem]:
    if shares is None:
        return []
    if shares.shape != (k,):
        found = shares.size if shares.ndim == 1 else shares.shape
        return [Problem("coupling-weights-count", found=found, expected=k)]
    problems = [
        Problem("coupling-weight", where=Place(column=str(at + 1)), found=float(share))
        for at, share in enumerate(shares)
        if not 0 <= share <= 1 + _SLACK
    ]
    if not problems and abs(shares.sum() - 1) > _SLACK:
        problems.append(
            Problem("coupling-weights-sum", found=round(float(shares.sum()), 9), expected=1)
        )
    return problems


def _unknown_definition(definition: str) -> Problem:
    return Problem(
        "coupling-definition", found=definition, expected=", ".join(get_args(Definition))
    )


def _lead_problems(period: str, row: Floats, first: Floats) -> list[Problem]:
    if row.ndim != 1 or row.shape != first.shape:
        return [
            Problem(
                "lead-periods-differ",
                found=row.size if row.ndim == 1 else row.shape,
                expected=first.size,
                details={"period": period},
            )
        ]
    return [
        Problem(
            "lead-value",
            where=Place(row=int(at) + 1),
            found=float(row[at]),
            expected="-1, 0, 1",
            details={"period": period},
        )
        for at in np.flatnonzero(~(np.isnan(row) | np.isin(row, (-1, 0, 1))))
    ]
