"""Small schemes and outcomes of runs, for whatever starts from the points of units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ronghe.analysis.outcome import Outcome
from ronghe.analysis.scheme.model import Scheme

PERIOD = {"label": "2025", "since": "2025-01-01", "until": "2025-12-31", "previous": "2024"}


def leaf(code: str, points: float = 10, **more) -> dict:
    return {
        "code": code,
        "title": code,
        "points": points,
        "source": {"kind": "measure", "measure": "m" + code},
        "rule": {"kind": "share_of_full"},
        "missing": "not_applicable",
    } | more


def scheme_of(*nodes: dict, points: float = 100, **more) -> Scheme:
    return Scheme.model_validate(
        {
            "scheme": "trial",
            "version": "1",
            "title": "试算",
            "appraises": "organisation",
            "level": "township",
            "period": PERIOD,
            "points": points,
            "indicators": list(nodes),
        }
        | more
    )


def outcome_of(scheme: Scheme, points: list[list[float]], **more) -> Outcome:
    matrix = np.array(points, dtype=np.float64)
    number = len(matrix)
    plain = Outcome(
        scheme=scheme,
        units=tuple(f"u{n}" for n in range(number)),
        names=tuple(f"单位{n}" for n in range(number)),
        groups=("",) * number,
        points=matrix,
        failed=np.zeros((number, len(scheme.gates)), dtype=np.bool_),
        totals=np.nansum(matrix, axis=1),
    )
    return replace(plain, **more)
