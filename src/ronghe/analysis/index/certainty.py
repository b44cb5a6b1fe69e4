"""How sure the ranks of a composite index are, and what the doubt comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ronghe.analysis.index.build import Index
from ronghe.analysis.robustness import (
    Aggregation,
    Choices,
    Composite,
    Imputation,
    Normalisation,
    Sobol,
    Tree,
    drivers,
    of_index,
    rank_intervals,
    too_many,
)
from ronghe.analysis.robustness.appraisal import (
    CONFIDENCE,
    DOUBT,
    MOST_RANKS,
    SEED,
    SPREAD,
    draws_for,
)
from ronghe.analysis.robustness.tree import ROOT, ByLevel

Whole = NDArray[np.int64]

SAME_HERE: dict[str, Normalisation] = {
    "min_max": "min_max",
    "z": "z_score",
    "goalposts": "as_given",
    "rank": "rank",
    "ratio_to_best": "best",
}
"""What the definition's normalisation is called where choices are drawn."""

OTHERS: tuple[Normalisation, ...] = ("min_max", "z_score", "rank")
MEANS: tuple[Aggregation, ...] = ("arithmetic", "geometric")
IMPUTATIONS: tuple[Imputation, ...] = ("as_given", "reweight", "median", "worst")

SAMPLES = (1024, 512, 256, 128)
"""Of the indices of Sobol: as many as keep `MOST_RANKS` ranks, or the fewest."""


@dataclass(frozen=True, slots=True)
class IndexCertainty:
    """How sure the ranks of an index are.

    Attributes
    ----------
    choices, draws
        What was drawn, and how often.
    low, high : (units,)
        The interval of ranks with at least 90 % of the draws, and the published rank with it; 0
        for units without a total.
    band : (units,)
        See `ronghe.analysis.robustness.intervals.Robustness`; 0 for units without a total.
    drivers
        Which weights, by code, and which choices move the ranks.
    """

    choices: Choices
    draws: int
    low: Whole
    high: Whole
    band: Whole
    drivers: Sobol


def composite_of(index: Index) -> tuple[Composite, Choices]:
    """Take up the units of an index that have a rank, and what may be chosen differently.

    Weights by a fifth either way; normalisation, aggregation and, where figures are missing,
    imputation: what the definition says first, then the usual other ways. Outliers stay as they
    were treated.
    """
    model, ranked = index.model, index.ranks > 0
    goalposts = model.normalise == "goalposts"
    low, high = model.scale
    values = np.column_stack(
        [
            (index.scores[node.code] - low) / (high - low)
            if goalposts
            else index.treatments[node.code].values
            for node in model.indicators()
        ]
    )
    less = [not goalposts and node.direction == "less" for node in model.indicators()]
    lacking = np.isnan(index.raw[ranked])
    composite = replace(
        of_index(values[ranked], _tree(index), less=less),
        published=-index.ranks[ranked].astype(np.float64),
        lacking=lacking,
    )
    mine = SAME_HERE[model.normalise]
    own: ByLevel = model.aggregate if len(set(model.aggregate)) > 1 else model.aggregate[0]
    choices = Choices(
        spread=SPREAD,
        imputations=IMPUTATIONS if lacking.any() else IMPUTATIONS[:1],
        normalisations=(mine, *(other for other in OTHERS if other != mine)),
        aggregations=(own, *(mean for mean in MEANS if mean != own)),
    )
    return composite, choices


def _tree(index: Index) -> Tree:
    parents: dict[str, int] = {}
    nodes = list(index.model.nodes())
    for place, node in enumerate(nodes):
        parents |= {child.code: place for child in node.children}
    return Tree(
        tuple(parents.get(node.code, ROOT) for node in nodes),
        tuple(node.weight for node in nodes),
        tuple(node.code for node in nodes),
    )


def certainty(index: Index) -> IndexCertainty | None:
    """Make the choices of an index differently many times; None for fewer than two ranks.

    Returns
    -------
    None also for more units than intervals are made for.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 7.
    """
    ranked = np.flatnonzero(index.ranks > 0)
    if ranked.size < 2 or too_many([ranked.size]):
        return None
    composite, choices = composite_of(index)
    draws = draws_for(ranked.size)
    found = rank_intervals(
        composite, choices, samples=draws, seed=SEED, confidence=CONFIDENCE, doubt=DOUBT
    )
    low, high, band = (np.zeros(index.ranks.size, np.int64) for _ in range(3))
    low[ranked] = np.minimum(found.low, found.rank)
    high[ranked] = np.maximum(found.high, found.rank)
    band[ranked] = found.band
    runs = (len(composite.tree.parents) + 5) * ranked.size
    samples = next((n for n in SAMPLES if n * runs <= MOST_RANKS), SAMPLES[-1])
    shares = drivers(composite, choices, samples=samples, seed=SEED)
    return IndexCertainty(choices, draws, low, high, band, shares)
