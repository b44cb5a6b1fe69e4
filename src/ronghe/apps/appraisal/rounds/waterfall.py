"""A waterfall (瀑布图) of points: full score, what was lost where, what was added, the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, LEFT, TALL = 640, 220, 26
SHOWN = 12
"""So many losses have a bar of their own; the rest are one bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the drawing: its words, points in thousandths, look, and place."""

    words: str
    points: int
    look: str
    x: float
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The bars, and how large the drawing is."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    left: int


def waterfall(
    full: int,
    total: int,
    changes: Sequence[tuple[str, int]],
    *,
    words: tuple[str, str, str],
) -> Waterfall:
    """Draw the way from the full score to the total.

    Parameters
    ----------
    changes
        Title and points lost (below 0) or added, in thousandths.
    words
        What full score, the rest of the changes and total are called.
    """
    ordered = sorted((one for one in changes if one[1]), key=lambda one: (one[1], one[0]))
    shown = ordered[:SHOWN]
    rest = total - full - sum(points for _title, points in shown)
    steps = [*shown, *([(words[1], rest)] if rest else [])]
    scale = (WIDE - LEFT - 70) / max(full, total, 1)
    bars = [Bar(words[0], full, "whole", LEFT, 0, full * scale)]
    at = full
    for number, (title, points) in enumerate(steps, start=1):
        begin = min(at, at + points)
        look = "lost" if points < 0 else "added"
        x, width = LEFT + max(begin, 0) * scale, max(abs(points) * scale, 1)
        bars.append(Bar(title, points, look, round(x, 1), number * TALL, round(width, 1)))
        at += points
    bars.append(
        Bar(words[2], total, "whole", LEFT, len(bars) * TALL, round(max(total, 0) * scale, 1))
    )
    return Waterfall(tuple(bars), WIDE, len(bars) * TALL, LEFT)
