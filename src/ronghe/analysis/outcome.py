"""The outcome of a run as plain arrays: what back-tests and rank intervals start from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ronghe.analysis.scheme.model import Indicator, Scheme

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a run, units in any order.

    Attributes
    ----------
    scheme
        The scheme that was run.
    units, names, groups : (units,)
        Code, name and peer group (同类组; empty without one) of each unit.
    points : (units, indicators)
        Points of `scheme.scored()`, in that order; a gap (NaN) where one did not apply.
    failed : (units, gates)
        Whether a unit failed a gate of the scheme.
    totals : (units,)
        Total points; a gap (NaN) for a unit that has none.
    lacking : (units, indicators)
        Where an indicator applied and its data were missing, whatever points the scheme gave for
        that; None where nobody asked.
    """

    scheme: Scheme
    units: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    points: Floats
    failed: Bools
    totals: Floats
    lacking: Bools | None = None

    @property
    def leaves(self) -> list[Indicator]:
        """The indicators of the tree: the first columns of `points`."""
        return self.scheme.leaves()

    @property
    def sizes(self) -> dict[str, int]:
        """The number of units in each peer group, in alphabetical order of the groups."""
        return dict(sorted(Counter(self.groups).items()))

    def ranked(self) -> Outcome:
        """Return the units that have a total."""
        kept = np.flatnonzero(~np.isnan(self.totals))
        return self.only(kept)

    def only(self, kept: Whole) -> Outcome:
        """Return the units at these positions."""

        def pick(texts: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(texts[i] for i in kept)

        return replace(
            self,
            units=pick(self.units),
            names=pick(self.names),
            groups=pick(self.groups),
            points=self.points[kept],
            failed=self.failed[kept],
            totals=self.totals[kept],
            lacking=None if self.lacking is None else self.lacking[kept],
        )
