"""What the office looks at before anything is disclosed: the unusual, never a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

FAR = 3.5
"""So many median deviations from the median of its group a total is called unusual."""

JUMP = 0.1
"""A change against last year of more than this share of the full score is shown."""

OFF = 0.1
"""An assessor whose scores lie this share of 100 above or below the panel's is shown."""

FEWEST = 5
"""Below so many units nothing is called unusual."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit: total and last year's in thousandths, peer group, indicators without points."""

    unit: str
    name: str
    group: str
    total: int | None
    previous: int | None
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unusual:
    """A unit to look at and by how much, in thousandths of a point, it differs from what."""

    unit: str
    name: str
    by: int


@dataclass(frozen=True, slots=True)
class Assessor:
    """An expert whose scores differ on average from the others' middle ones, in thousandths."""

    expert: int
    panel: str
    scored: int
    by: int


def outliers(rows: Sequence[Seen]) -> list[Unusual]:
    """Return the units whose total lies far from the middle of their peer group."""
    found = []
    for group in sorted({row.group for row in rows}):
        known = [(row, row.total) for row in rows if row.group == group and row.total is not None]
        if len(known) < FEWEST:
            continue
        middle = median(total for _row, total in known)
        spread = 1.4826 * median(abs(total - middle) for _row, total in known)
        far = [(row, total - middle) for row, total in known if abs(total - middle) > FAR * spread]
        found += [Unusual(row.unit, row.name, round(by)) for row, by in far if spread]
    return sorted(found, key=lambda one: (-abs(one.by), one.unit))


def jumps(rows: Sequence[Seen], full: int) -> list[Unusual]:
    """Return the units whose total changed much against last year."""
    changed = [
        Unusual(row.unit, row.name, row.total - row.previous)
        for row in rows
        if row.total is not None and row.previous is not None
    ]
    large = [one for one in changed if abs(one.by) > JUMP * full]
    return sorted(large, key=lambda one: (-abs(one.by), one.unit))


def assessors(scores: Mapping[tuple[str, int], Mapping[str, int]]) -> list[Assessor]:
    """Return the experts far above or below their panel; scores by (panel, expert) and unit."""
    found = []
    for (panel, expert), own in scores.items():
        differences = []
        for unit, score in own.items():
            others = [
                theirs[unit]
                for (named, who), theirs in scores.items()
                if named == panel and who != expert and unit in theirs
            ]
            if others:
                differences.append(score - median(others))
        if len(differences) >= FEWEST and abs(mean(differences)) > OFF * 100_000:
            found.append(Assessor(expert, panel, len(differences), round(mean(differences))))
    return sorted(found, key=lambda one: (-abs(one.by), one.panel, one.expert))


def without(rows: Sequence[Seen]) -> list[Seen]:
    """Return the units that have no total, or an indicator without points."""
    return [row for row in rows if row.total is None or row.gaps]
