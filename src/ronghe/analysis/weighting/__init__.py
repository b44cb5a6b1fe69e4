"""Weights (权重) of criteria or indicators, one method a module.

From nothing: `equal`. From people's comparisons: `ahp`, `best_worst`. From the data: `entropy`,
`critic`. Weights are never negative and add up to 1. ``docs/methods/weighting.md`` says when to
use which.
"""

from ronghe.analysis.weighting.ahp import AhpWeights, Triple, ahp
from ronghe.analysis.weighting.best_worst import BestWorstWeights, best_worst
from ronghe.analysis.weighting.critic import critic
from ronghe.analysis.weighting.entropy import entropy
from ronghe.analysis.weighting.equal import equal

__all__ = [
    "AhpWeights",
    "BestWorstWeights",
    "Triple",
    "ahp",
    "best_worst",
    "critic",
    "entropy",
    "equal",
]
