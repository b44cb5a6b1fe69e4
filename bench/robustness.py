"""Rank intervals: 10,000 draws of weights × 3,000 units × 50 indicators, against loops.

Must: 10 × the fastest loop of pymcdm, scikit-criteria and pyDecision in the same run; aim: 30 ×.
The libraries are wanted here only; those that are not installed are named and left out. Each
loop calls the library's cheapest weighted sum on a table that is already normalised, without
its validation where that can be turned off, and keeps the ranks; where the library's own ranking
is the slower one, two argsorts do it. A loop is timed over fewer draws and scaled.

Two results are timed on both sides: the ranks of every draw, and the intervals (quantiles of the
ranks of each unit). Ours makes bands, reversals and probabilities too when it makes intervals.

Matrix products run on one thread on both sides: ours brings threads of its own, and those of the
library of linear algebra would wait for them. The setting counts where numpy is not loaded yet.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from ronghe.analysis.robustness import Choices, Totals, of_index, rank_intervals
from ronghe.analysis.robustness.intervals import draw_ranks
from ronghe.analysis.robustness.threads import THREADS

SAMPLES, UNITS, INDICATORS = 10_000, 3_000, 50
LOOP_SAMPLES = 200
RUNS = 5

Floats = NDArray[np.float64]
Ranking = Callable[[Floats, Floats], Floats]


def argsort_ranks(scores: Floats) -> Floats:
    """Rank by two argsorts, 1 for the highest."""
    ranks = np.empty(scores.size)
    ranks[np.argsort(-scores)] = np.arange(1, scores.size + 1)
    return ranks


def pymcdm() -> Ranking:
    """Return one draw of pymcdm; its weighted sum, a normalisation that does nothing."""
    from pymcdm.methods import WSM

    body, types = WSM(lambda column, **_: column), np.ones(INDICATORS)
    return lambda values, weights: argsort_ranks(body(values, weights, types, validation=False))


def scikit_criteria() -> Ranking:
    """Return one draw of scikit-criteria: the bare function under its weighted sum model."""
    from skcriteria.agg.simple import wsm

    return lambda values, weights: wsm(values, weights)[0]


def pydecision() -> Ranking:
    """Return one draw of pyDecision: simple additive weighting."""
    from pyDecision.algorithm.saw import saw_method

    kinds = ["max"] * INDICATORS
    return lambda values, weights: argsort_ranks(
        saw_method(values, kinds, weights, graph=False, verbose=False)[:, 1]
    )


LIBRARIES = {"pymcdm": pymcdm, "scikit-criteria": scikit_criteria, "pyDecision": pydecision}


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def loop_seconds(ranking: Ranking, values: Floats, weights: Floats) -> tuple[float, float]:
    """Time the ranks, and ranks with intervals, of a loop; scaled to all draws."""
    found = np.empty((LOOP_SAMPLES, UNITS))

    def ranks() -> None:
        for draw in range(LOOP_SAMPLES):
            found[draw] = ranking(values, weights[draw])

    seconds = timed(ranks)
    more = timed(lambda: np.quantile(found, [0.05, 0.5, 0.95], axis=0))
    return seconds * SAMPLES / LOOP_SAMPLES, (seconds + more) * SAMPLES / LOOP_SAMPLES


def installed() -> dict[str, Ranking]:
    """Return the loops of the libraries that are there, and name those that are not."""
    found = {}
    for name, make in LIBRARIES.items():
        try:
            print(f"{name} {version(name)}")
            found[name] = make()
        except (PackageNotFoundError, ImportError) as lack:
            print(f"{name}: left out ({lack})")
    return found


def main() -> None:
    """Time the libraries' loops and ours in turn, and print medians and ratios."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},")
    print(f"numpy {np.__version__}, {THREADS} threads; load {os.getloadavg()[0]:.1f}")
    random = np.random.default_rng(1)
    values, given = random.random((UNITS, INDICATORS)), random.random(INDICATORS) + 0.5
    composite = of_index(values, given / given.sum())
    totals = Totals(composite, Choices())
    draws = totals.draws(random.random((SAMPLES, INDICATORS + 3)))
    weights = draws.weights / draws.weights.sum(axis=1, keepdims=True)
    everyone = np.arange(UNITS)
    loops = installed()
    times: dict[str, list[tuple[float, float]]] = {}
    for _ in range(RUNS):
        ranks = timed(lambda: draw_ranks(totals, draws, everyone))
        whole = timed(lambda: rank_intervals(composite, samples=SAMPLES))
        times.setdefault("ronghe", []).append((ranks, whole))
        for name, ranking in loops.items():
            times.setdefault(name, []).append(loop_seconds(ranking, values, weights))
    medians = {
        name: [statistics.median(seconds) for seconds in zip(*found, strict=True)]
        for name, found in times.items()
    }
    ours = medians["ronghe"]
    print(f"{'':18}{'ranks':>10}{'ratio':>8}{'intervals':>12}{'ratio':>8}")
    for name, (ranks, whole) in medians.items():
        ratios = f"{ranks / ours[0]:7.1f}×", f"{whole / ours[1]:7.1f}×"
        print(f"{name:18}{ranks:8.2f} s{ratios[0]}{whole:10.2f} s{ratios[1]}")


if __name__ == "__main__":
    main()
