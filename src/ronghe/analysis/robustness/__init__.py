"""How sure an order is (稳健性): rank intervals, bands, and what the uncertainty comes from.

For composite indices (`of_index`) and for the stored results of any appraisal (`of_points`).
What each figure means is in ``docs/methods/robustness.md``.
"""

from __future__ import annotations

from ronghe.analysis.robustness.appraisal import Certainty, certainty, of_outcome, too_many
from ronghe.analysis.robustness.composite import (
    Composite,
    Imputation,
    Normalisation,
    of_index,
    of_points,
)
from ronghe.analysis.robustness.draws import Choices, Totals
from ronghe.analysis.robustness.grades import GradeRules
from ronghe.analysis.robustness.intervals import Robustness, rank_intervals
from ronghe.analysis.robustness.sobol import Sobol, drivers, sobol_indices
from ronghe.analysis.robustness.tree import Aggregation, Tree

__all__ = [
    "Aggregation",
    "Certainty",
    "Choices",
    "Composite",
    "GradeRules",
    "Imputation",
    "Normalisation",
    "Robustness",
    "Sobol",
    "Totals",
    "Tree",
    "certainty",
    "drivers",
    "of_index",
    "of_outcome",
    "of_points",
    "rank_intervals",
    "sobol_indices",
    "too_many",
]
