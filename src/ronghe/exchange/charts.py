"""Static charts as SVG text: what reports and later commands draw, without a script.

Every chart is one ``<svg role="img">`` with a title and a description, takes its colours from
`STYLE` (light, dark and print), says nothing by colour alone and is meant to stand beside a
table with the same figures. The same values give the same text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ronghe.exchange.svg import (
    Point,
    area,
    circle,
    line,
    picture,
    rect,
    say,
    short,
    text,
    text_width,
)


def radar_points(
    shares: Sequence[float | None], centre: Point, radius: float
) -> list[Point | None]:
    """Return the corners of a radar's outline, the first axis upwards, then clockwise.

    `shares` lie in [0, 1] and are clipped to it; a gap has no corner.
    """
    corners: list[Point | None] = []
    for number, share in enumerate(shares):
        if share is None:
            corners.append(None)
            continue
        angle = 2 * math.pi * number / len(shares) - math.pi / 2
        reach = radius * min(1.0, max(0.0, share))
        corners.append((centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)))
    return corners


def radar(
    title: str,
    description: str,
    axes: Sequence[str],
    shares: Sequence[float | None],
    other: Sequence[float | None] | None = None,
    *,
    radius: float = 84,
) -> str:
    """Draw a radar (雷达图) of shares in [0, 1], with another outline dashed for comparison.

    Rings stand at every fifth; a gap leaves its axis empty, marked by a dash.
    """
    side = max((text_width(axis) for axis in axes), default=0) + 16
    lowest = radius if len(axes) % 2 == 0 else radius * math.cos(math.pi / len(axes))
    centre = (radius + side, radius + 24)
    rings = [radar_points([ring / 5] * len(axes), centre, radius) for ring in range(1, 6)]
    parts = [_outline(ring, "grid") for ring in rings]
    parts += _radar_axes(axes, shares, centre, radius)
    if other is not None:
        parts.append(_outline(radar_points(other, centre, radius), "other"))
    parts.append(_outline(radar_points(shares, centre, radius), "main"))
    for ring in (50, 100):
        height = centre[1] - radius * ring / 100
        parts.append(text(centre[0] + 3, height + 10, f"{ring}%", cls="soft"))
    return picture(title, description, 2 * centre[0], centre[1] + lowest + 24, parts)


def _radar_axes(
    axes: Sequence[str], shares: Sequence[float | None], centre: Point, radius: float
) -> Iterable[str]:
    """Draw the axes with their names, which stand outwards of their ends."""
    for number, (axis, share) in enumerate(zip(axes, shares, strict=True)):
        angle = 2 * math.pi * number / len(axes)
        right, down = math.sin(angle), -math.cos(angle)
        end = (centre[0] + radius * right, centre[1] + radius * down)
        yield line(*centre, *end, "grid")
        anchor = "middle" if abs(right) < 0.01 else "start" if right > 0 else "end"
        x, y = centre[0] + (radius + 12) * right, centre[1] + (radius + 12) * down + 4
        yield text(x, y, axis if share is not None else f"{axis} —", anchor=anchor)


def _outline(corners: Sequence[Point | None], cls: str) -> str:
    return area([corner for corner in corners if corner is not None], cls)


@dataclass(frozen=True, slots=True)
class Dot:
    """A unit in a plane: its position in percent, its name, and whether to write it."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Plane:
    """The words of a quadrant chart: its axes, its medians, its four corners.

    `corners`: upper left, upper right, lower left, lower right.
    """

    x: str
    y: str
    x_middle: str
    y_middle: str
    corners: tuple[str, str, str, str]


_LEFT, _TOP, _RIGHT, _BOTTOM = 62.0, 20.0, 700.0, 480.0


def quadrant(
    title: str,
    description: str,
    dots: Sequence[Dot],
    middle: Point,
    plane: Plane,
    *,
    named: bool = True,
) -> str:
    """Draw units in a plane of two percentages, divided by the medians (象限图).

    `middle` holds the medians of x and y. With `named` each dot has its name beside it where
    there is room; every dot has it as its own title anyway.
    """
    x_ends = _ends([dot.x for dot in dots] + [middle[0]])
    y_ends = _ends([dot.y for dot in dots] + [middle[1]])

    def at(x: float, y: float) -> Point:
        right = (x - x_ends[0]) / (x_ends[1] - x_ends[0])
        up = (y - y_ends[0]) / (y_ends[1] - y_ends[0])
        return _LEFT + right * (_RIGHT - _LEFT), _BOTTOM - up * (_BOTTOM - _TOP)

    parts = list(_plane_grid(x_ends, y_ends, at))
    parts += _plane_words(plane, at(*middle))
    placed = [at(dot.x, dot.y) for dot in dots]
    for dot, (x, y) in zip(dots, placed, strict=True):
        parts.append(circle(x, y, 4.5, "dot", dot.name))
    if named:
        parts += _names(dots, placed, at(*middle))
    return picture(title, description, 720, 530, parts)


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """Return round ends of an axis around the values, at least twenty percent apart."""
    low = 10 * math.floor((min(values) - 1.5) / 10)
    high = 10 * math.ceil((max(values) + 1.5) / 10)
    return (low, high) if high - low >= 20 else (low - 5, high + 5)


def _ticks(ends: tuple[float, float]) -> list[int]:
    step = 5 if ends[1] - ends[0] <= 30 else 10
    first = math.ceil(ends[0] / step) * step
    return list(range(first, math.floor(ends[1]) + 1, step))


def _plane_grid(
    x_ends: tuple[float, float], y_ends: tuple[float, float], at: Callable[[float, float], Point]
) -> Iterable[str]:
    for tick in _ticks(x_ends):
        x, _ = at(tick, y_ends[0])
        yield line(x, _TOP, x, _BOTTOM, "grid")
        yield text(x, _BOTTOM + 16, f"{tick}%", anchor="middle", cls="soft")
    for tick in _ticks(y_ends):
        _, y = at(x_ends[0], tick)
        yield line(_LEFT, y, _RIGHT, y, "grid")
        yield text(_LEFT - 6, y + 4, f"{tick}%", anchor="end", cls="soft")
    yield rect(_LEFT, _TOP, _RIGHT - _LEFT, _BOTTOM - _TOP, "axis")


def _plane_words(plane: Plane, middle: Point) -> list[str]:
    x, y = middle
    upper, lower = _TOP + 16, _BOTTOM - 8
    turned = f'transform="rotate(-90 14 {short((_TOP + _BOTTOM) / 2)})"'
    return [
        line(x, _TOP, x, _BOTTOM, "middle"),
        line(_LEFT, y, _RIGHT, y, "middle"),
        text(x, _TOP - 6, plane.x_middle, anchor="middle", cls="marked"),
        text(_RIGHT - 4, y - 5, plane.y_middle, anchor="end", cls="marked"),
        text(_LEFT + 8, upper, plane.corners[0], cls="soft"),
        text(_RIGHT - 8, upper, plane.corners[1], anchor="end", cls="soft"),
        text(_LEFT + 8, lower, plane.corners[2], cls="soft"),
        text(_RIGHT - 8, lower, plane.corners[3], anchor="end", cls="soft"),
        text((_LEFT + _RIGHT) / 2, _BOTTOM + 38, plane.x, anchor="middle"),
        f'<text x="14" y="{short((_TOP + _BOTTOM) / 2)}" text-anchor="middle" {turned}>'
        f"{say(plane.y)}</text>",
    ]


Box = tuple[float, float, float, float]


def _names(dots: Sequence[Dot], placed: Sequence[Point], middle: Point) -> Iterable[str]:
    """Write each name beside, above or below its dot, where nothing stands yet."""
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in placed]
    taken += [(_LEFT, _TOP, _LEFT + 130, _TOP + 20), (_RIGHT - 130, _TOP, _RIGHT, _TOP + 20)]
    taken += [
        (_LEFT, _BOTTOM - 20, _LEFT + 130, _BOTTOM),
        (_RIGHT - 130, _BOTTOM - 20, _RIGHT, _BOTTOM),
    ]
    taken.append((_RIGHT - 110, middle[1] - 16, _RIGHT, middle[1]))
    for dot, (x, y) in zip(dots, placed, strict=True):
        width = text_width(dot.name, 11)
        beside = [(left, y + down) for down in (4, -6, 14) for left in (x + 7, x - 7 - width)]
        for left, base in (*beside, (x - width / 2, y - 8), (x - width / 2, y + 16)):
            box = (left, base - 10, left + width, base + 2)
            inside = box[0] >= _LEFT and box[2] <= _RIGHT and box[1] >= _TOP and box[3] <= _BOTTOM
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                yield text(left, base, dot.name, cls="clear")
                break


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def histogram(title: str, counts: Sequence[int], low: str, high: str, *, height: float = 40) -> str:
    """Draw how many fall into each of equal bins (直方图); `low` and `high` name the ends."""
    step = 8.0
    width = step * len(counts)
    most = max(counts, default=0)
    parts = [line(0, height, width, height, "axis")]
    for number, count in enumerate(counts):
        if count:
            tall = max(1.5, (height - 2) * count / most)
            parts.append(rect(number * step + 0.5, height - tall, step - 1, tall, "bar"))
    parts.append(text(0, height + 12, low, cls="soft"))
    parts.append(text(width, height + 12, high, anchor="end", cls="soft"))
    return picture(title, "", width, height + 15, parts)


def bars(title: str, description: str, rows: Sequence[tuple[str, int, str]]) -> str:
    """Draw horizontal bars (条形图): each row's label, its count, and the words after its bar."""
    left = max((text_width(label) for label, _, _ in rows), default=0) + 10
    reach, tall = 300.0, 24.0
    most = max((count for _, count, _ in rows), default=0) or 1
    right = max((text_width(words) for _, _, words in rows), default=0) + 10
    parts = []
    for number, (label, count, words) in enumerate(rows):
        y = number * tall + 4
        long = reach * count / most
        parts.append(text(left - 8, y + 13, label, anchor="end"))
        if count:
            parts.append(rect(left, y, long, 18, "bar"))
        parts.append(text(left + long + 6, y + 13, words))
    height = tall * len(rows) + 6
    parts.append(line(left, 0, left, height, "axis"))
    return picture(title, description, left + reach + right, height, parts)


@dataclass(frozen=True, slots=True)
class Span:
    """A unit's rank interval (名次区间): its name, rank, ends, group, and what is told of it."""

    name: str
    at: int
    low: int
    high: int
    group: str
    told: str


NAMED_SPANS = 40
"""Up to so many intervals each has its name beside it."""

SPANS_HEIGHT = 800.0
"""More intervals together are no taller than this, as long as each has two units of height."""


def spans(title: str, description: str, rows: Sequence[Span], *, x: str, group: str) -> str:
    """Draw rank intervals, one below the other, with the rank as a dot (名次区间图).

    Consecutive rows of one group are shaded together, every other group, its name at the right.
    `x` names the axis, `group` what the groups are.
    """
    named = len(rows) <= NAMED_SPANS
    tall = 22.0 if named else max(2.0, SPANS_HEIGHT / len(rows))
    left = max(text_width(row.name) for row in rows) + 16 if named else 44.0
    most, reach, top = max(row.high for row in rows), 280.0, 34.0
    bottom = top + tall * len(rows)

    def right(rank: int) -> float:
        return left + reach * (rank - 1) / max(most - 1, 1)

    parts = list(_span_groups(rows, (left - 10, left + reach + 10), top, tall))
    for tick in _rank_ticks(most):
        parts.append(line(right(tick), top - 4, right(tick), bottom, "grid"))
        parts.append(text(right(tick), top - 8, str(tick), anchor="middle", cls="soft"))
    parts.append(text(left - 12, top - 8, x, anchor="end", cls="soft"))
    parts.append(text(left + reach + 14, top - 8, group, cls="soft"))
    for number, row in enumerate(rows):
        y = top + tall * (number + 0.5)
        bar = line(right(row.low), y, right(row.high), y, "span") if row.low < row.high else ""
        spot = circle(right(row.at), y, min(4, tall), "dot")
        parts.append(f"<g><title>{say(row.told)}</title>{bar}{spot}</g>")
        if named:
            parts.append(text(left - 14, y + 4, row.name, anchor="end"))
    width = left + reach + 22 + max(text_width(word) for word in (group, *(r.group for r in rows)))
    return picture(title, description, width, bottom + 6, parts)


def _span_groups(
    rows: Sequence[Span], ends: tuple[float, float], top: float, tall: float
) -> Iterable[str]:
    """Shade every other group and name each where there is room for its name."""
    start, last = 0, -math.inf
    for number, (name, members) in enumerate(groupby(rows, key=lambda row: row.group)):
        count = len(list(members))
        y = top + tall * start
        if number % 2 == 0:
            yield rect(ends[0], y, ends[1] - ends[0], tall * count, "shade")
        middle = y + tall * count / 2
        if middle - last >= 11:
            yield text(ends[1] + 4, middle + 4, name, cls="soft")
            last = middle
        start += count


def _rank_ticks(most: int) -> list[int]:
    """Return the first rank and round ones, at most about ten."""
    step = next(s for s in (1, 2, 5, 10, 20, 50, *(10**n for n in range(2, 12))) if most <= 10 * s)
    return [1, *(rank for rank in range(step, most + 1, step) if rank > 1)]
