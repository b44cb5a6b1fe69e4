"""From counted votes to a proposed grade: whole votes, exact shares. No database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

Counts = Mapping[tuple[str, str], int]
"""Votes by voter group and grade."""


def votes_of(counts: Counts, group: str) -> int:
    """Return how many votes a group gave."""
    return sum(count for (one, _grade), count in counts.items() if one == group)


def silent(counts: Counts, weights: Mapping[str, int]) -> list[str]:
    """Return the groups that have a weight and gave no vote."""
    return [group for group, weight in weights.items() if weight and not votes_of(counts, group)]


def shares(
    counts: Counts, weights: Mapping[str, int], grades: Sequence[str]
) -> dict[str, Fraction]:
    """Return the weighted share of each grade: every group's own shares, by the groups' weights.

    Groups without a vote or a weight have no part; where none has, every share is nought.
    """
    voting = {g: w for g, w in weights.items() if w and votes_of(counts, g)}
    whole = sum(voting.values())
    found = dict.fromkeys(grades, Fraction(0))
    for group, weight in voting.items():
        cast = votes_of(counts, group)
        for grade in grades:
            found[grade] += Fraction(weight * counts.get((group, grade), 0), whole * cast)
    return found


def proposal(given: Mapping[str, Fraction], grades: Sequence[str], needed: int) -> str:
    """Return the best grade whose share, with those of better grades, reaches `needed` per cent.

    ``grades`` go from the best to the worst, which is given where no other is reached.
    """
    reached = Fraction(0)
    for grade in grades:
        reached += given[grade]
        if reached >= Fraction(needed, 100):
            return grade
    return grades[-1]
