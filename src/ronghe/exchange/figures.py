"""More static charts as SVG text: gains and losses, peers, courses over time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ronghe.exchange.svg import Point, area, circle, line, path, picture, rect, text, text_width


def ticks(low: float, high: float, *, about: int = 5) -> list[float]:
    """Return round values that enclose ``low`` and ``high``, at equal steps of 1, 2 or 5.

    Values that hardly differ get an axis as if they were one apart.
    """
    if high - low < 1e-6 * max(1, abs(low), abs(high)):
        high = low + max(1, abs(low) / 10)
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, max(last, first + 1) + 1)]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A bar of a waterfall: its name, where it begins and ends, its kind, the words after it.

    ``kind`` is ``whole`` (from nought), ``gain`` or ``loss``.
    """

    name: str
    start: float
    end: float
    kind: str
    words: str


def waterfall(title: str, description: str, rows: Sequence[Stretch], *, low: float = 0) -> str:
    """Draw how a total comes about, one bar below the other (瀑布图), from ``low`` on."""
    left = max(text_width(row.name) for row in rows) + 12
    after = max(text_width(row.words) for row in rows) + 10
    reach, tall = 340.0, 28.0
    most = max(max(row.start, row.end) for row in rows) - low or 1
    parts = [line(left, 0, left, tall * len(rows), "axis")]
    for number, row in enumerate(rows):
        y = tall * number + 5
        near, far = (max(0, end - low) for end in sorted((row.start, row.end)))
        x, width = left + reach * near / most, max(1.5, reach * (far - near) / most)
        parts.append(text(left - 8, y + 13, row.name, anchor="end"))
        parts.append(rect(x, y, width, 18, {"whole": "bar"}.get(row.kind, row.kind)))
        parts.append(text(x + width + 6, y + 13, row.words))
        if number + 1 < len(rows):
            ahead = left + reach * max(0, row.end - low) / most
            parts.append(line(ahead, y + 18, ahead, y + tall, "grid"))
    return picture(title, description, left + reach + after, tall * len(rows) + 4, parts)


def peers(
    title: str, description: str, counts: Sequence[int], ends: Sequence[str], own: int | None,
    mark: str,
) -> str:  # fmt: skip
    """Draw how many peers lie in each of equal bins, and in which the unit itself (同类分布图).

    ``ends`` are the ends of the bins, one more than there are bins; ``own`` is the number of the
    bin marked with ``mark``.
    """
    wide, height, top, side = 44.0, 150.0, 34.0, 24.0
    most = max(counts, default=0) or 1
    base = top + height
    parts = [line(side, base, side + wide * len(counts), base, "axis")]
    for number, count in enumerate(counts):
        x, tall = side + wide * number, height * count / most
        looks = "own" if number == own else "bar"
        parts.append(rect(x + 3, base - tall, wide - 6, tall, looks) if count else "")
        parts.append(text(x + wide / 2, base - tall - 4, str(count), anchor="middle", cls="soft"))
        if number == own:
            over = base - tall - 18
            parts.append(text(x + wide / 2, over, mark, anchor="middle", cls="marked"))
    for number, words in enumerate(ends):
        parts.append(text(side + wide * number, base + 15, words, anchor="middle", cls="soft"))
    return picture(title, description, 2 * side + wide * len(counts), base + 20, parts)


@dataclass(frozen=True, slots=True)
class Course:
    """A line over time: its name, a value or gap for each period, and its interval if it has one.

    ``soft`` draws it as a comparison.
    """

    name: str
    values: Sequence[float | None]
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()
    soft: bool = False


def trend(title: str, description: str, periods: Sequence[str], courses: Sequence[Course]) -> str:
    """Draw courses over time with their intervals (趋势图); gaps stay gaps."""
    known = [
        value
        for one in courses
        for value in (*one.values, *one.low, *one.high)
        if value is not None
    ]
    marks = ticks(min(known, default=0), max(known, default=1))
    left = max(text_width(f"{mark:g}") for mark in marks) + 14
    right = left + max(260.0, 64.0 * (len(periods) - 1))
    top, bottom = 14.0, 214.0

    def at(number: int, value: float) -> Point:
        across = (right - left) * number / max(len(periods) - 1, 1)
        up = (value - marks[0]) / (marks[-1] - marks[0])
        return left + across, bottom - up * (bottom - top)

    parts = []
    for mark in marks:
        y = at(0, mark)[1]
        parts += [line(left, y, right, y, "grid")]
        parts += [text(left - 8, y + 4, f"{mark:g}", anchor="end", cls="soft")]
    for number, period in enumerate(periods):
        parts.append(
            text(at(number, marks[0])[0], bottom + 18, period, anchor="middle", cls="soft")
        )
    for course in courses:
        parts += _course(course, at)
    names = max((text_width(one.name) for one in courses), default=0)
    return picture(title, description, right + names + 16, bottom + 26, parts)


def _course(course: Course, at: Callable[[int, float], Point]) -> Iterable[str]:
    """Draw the interval, the line in its unbroken pieces, the dots and the name."""
    pairs = list(enumerate(zip(course.low, course.high, strict=True)))
    there = [(number, low, high) for number, (low, high) in pairs if None not in (low, high)]
    lower = [at(number, low) for number, low, _high in there if low is not None]
    upper = [at(number, high) for number, _low, high in there if high is not None]
    if lower:
        yield area([*lower, *reversed(upper)], "interval")
    placed = [None if v is None else at(number, v) for number, v in enumerate(course.values)]
    for piece in _pieces(placed):
        yield path(piece, "other" if course.soft else "course")
        yield from (circle(x, y, 3.5, "softdot" if course.soft else "dot") for x, y in piece)
    last = next((point for point in reversed(placed) if point is not None), None)
    if last is not None:
        yield text(last[0] + 8, last[1] + 4, course.name, cls="clear")


def _pieces(points: Sequence[Point | None]) -> Iterable[list[Point]]:
    piece: list[Point] = []
    for point in points:
        if point is not None:
            piece.append(point)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def spark(title: str, values: Sequence[float | None]) -> str:
    """Draw a course small, without axes, its last value dotted (走势小图)."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=1)
    span = (high - low) or 1

    def at(number: int, value: float) -> Point:
        return 4 + 112 * number / max(len(values) - 1, 1), 28 - 22 * (value - low) / span

    placed = [None if value is None else at(n, value) for n, value in enumerate(values)]
    parts = [path(piece, "course") for piece in _pieces(placed)]
    last = next((point for point in reversed(placed) if point is not None), None)
    parts += [circle(*last, 3, "dot")] if last else []
    return picture(title, "", 120, 32, parts)
