"""Static charts: geometry, words, and that whatever is drawn is well-formed and told in words."""

from __future__ import annotations

import math
import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ronghe.exchange.charts import (
    Dot,
    Plane,
    Span,
    bars,
    histogram,
    quadrant,
    radar,
    radar_points,
    spans,
)
from ronghe.exchange.svg import plain_text, text_width

SVG = "{http://www.w3.org/2000/svg}"
PLANE = Plane("横", "纵", "中位数 60%", "中位数 70%", ("左上", "右上", "左下", "右下"))


def texts(svg: str) -> dict[str, etree._Element]:
    return {element.text or "": element for element in etree.fromstring(svg).iter(f"{SVG}text")}


def place(element: etree._Element) -> tuple[float, float]:
    return float(element.get("x", "")), float(element.get("y", ""))


def test_a_radar_starts_upwards_and_goes_clockwise_at_equal_angles():
    corners = radar_points([1.0] * 5, (0, 0), 100)

    angles = [math.degrees(math.atan2(y, x)) for x, y in corners]
    assert angles == pytest.approx([-90, -18, 54, 126, -162])
    assert [math.hypot(*corner) for corner in corners] == pytest.approx([100] * 5)


def test_a_corner_stands_as_far_out_as_its_share_within_the_rings():
    corners = radar_points([0.25, -0.5, 1.7, 0.0], (10, 20), 80)

    reach = [math.hypot(x - 10, y - 20) for x, y in corners]
    assert reach == pytest.approx([20, 0, 80, 0])


def test_a_gap_has_no_corner_and_its_axis_says_so():
    assert radar_points([0.5, None, 0.5], (0, 0), 10)[1] is None

    drawn = radar("雷达", "", ["创新", "协调", "绿色"], [0.5, None, 0.5])

    assert "协调 —" in texts(drawn)
    assert len(outline(drawn, "main")) == 2


def outline(svg: str, cls: str) -> list[str]:
    found = etree.fromstring(svg).findall(f"{SVG}polygon[@class='{cls}']")
    return found[0].get("points", "").split()


def test_a_radar_draws_the_comparison_beside_the_unit():
    drawn = radar("雷达", "", ["甲", "乙", "丙"], [1, 1, 1], [0.5, 0.5, 0.5])

    unit, other = (tuple(map(float, outline(drawn, c)[0].split(","))) for c in ("main", "other"))
    assert unit[0] == other[0]
    assert unit[1] < other[1]


def test_each_corner_of_the_quadrants_has_its_own_words():
    found = texts(quadrant("象限", "", [Dot(50, 60, "甲"), Dot(80, 90, "乙")], (60, 70), PLANE))

    left, right = (place(found[word])[0] for word in ("左上", "右下"))
    upper, lower = (place(found[word])[1] for word in ("右上", "左下"))
    assert left < right
    assert upper < lower
    assert place(found["左下"])[0] == left
    assert place(found["右上"])[0] == right


def test_dots_lie_on_the_side_of_the_median_that_their_values_say():
    dots = [Dot(50, 90, "甲"), Dot(75, 60, "乙"), Dot(60, 70, "中")]

    root = etree.fromstring(quadrant("象限", "", dots, (60, 70), PLANE))

    across, up = root.findall(f"{SVG}line[@class='middle']")
    x, y = float(across.get("x1", "")), float(up.get("y1", ""))
    at = {
        circle[0].text: (float(circle.get("cx", "")), float(circle.get("cy", "")))
        for circle in root.findall(f"{SVG}circle")
    }
    assert at["甲"][0] < x < at["乙"][0]
    assert at["甲"][1] < y < at["乙"][1]
    assert at["中"] == (x, y)


def test_names_in_the_quadrants_never_overlap():
    dots = [Dot(50 + n % 5, 60 + n // 5, f"某某街道{n}") for n in range(40)]

    found = texts(quadrant("象限", "", dots, (52, 64), PLANE))

    boxes = [
        (x, y - 10, x + text_width(name, 11), y + 2)
        for name, (x, y) in ((n, place(e)) for n, e in found.items() if n.startswith("某某"))
    ]
    assert boxes
    for one, other in combinations(boxes, 2):
        beside = one[2] <= other[0] or other[2] <= one[0]
        assert beside or one[3] <= other[1] or other[3] <= one[1]


def test_the_bars_of_a_histogram_are_as_tall_as_their_counts():
    root = etree.fromstring(histogram("分布", [0, 2, 4, 0, 1], "0", "10"))

    heights = [float(bar.get("height", "")) for bar in root.findall(f"{SVG}rect")]
    assert heights == pytest.approx([19, 38, 9.5])


def test_the_bars_of_counts_are_as_long_as_their_counts():
    root = etree.fromstring(
        bars("等次", "", [("优秀", 3, "3"), ("良好", 6, "6"), ("一般", 0, "0")])
    )

    lengths = [float(bar.get("width", "")) for bar in root.findall(f"{SVG}rect")]
    assert lengths == [150, 300]


@given(name=st.text(max_size=20), value=st.floats(0, 100))
def test_whatever_the_names_are_every_chart_is_well_formed_and_has_a_title_first(name, value):
    drawn = [
        radar(name, name, [name] * 3, [value / 100] * 3),
        quadrant(name, name, [Dot(value, value, name)], (value, value), PLANE),
        histogram(name, [1], name, name),
        bars(name, name, [(name, 1, name)]),
    ]

    for svg in drawn:
        root = etree.fromstring(svg)
        assert root.get("role") == "img"
        assert root[0].tag == f"{SVG}title"
        assert root[0].text in (plain_text(name).replace("\r", "\n"), None)


def test_charts_carry_no_script_and_fetch_nothing():
    svg = quadrant("<script>alert(1)</script>", "", [Dot(1, 2, '"><img src=x>')], (1, 2), PLANE)

    assert "<script" not in svg
    assert "<img" not in svg
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_characters_that_xml_forbids_are_replaced():
    assert plain_text("a\x00b\x1bc\ufffe\td\n") == "a\ufffdb\ufffdc\ufffd\td\n"


def some_spans(*rows: tuple[str, int, int, int, str]) -> str:
    made = [Span(name, at, low, high, band, f"{name} {at}") for name, at, low, high, band in rows]
    return spans("区间", "说明", made, x="名次", group="档")


def test_an_interval_reaches_from_its_low_to_its_high_with_the_rank_on_it():
    drawn = etree.fromstring(some_spans(("甲", 1, 1, 3, "1"), ("乙", 2, 1, 5, "1")))

    (first, second) = drawn.findall(f".//{SVG}line[@class='span']")
    dots = [float(dot.get("cx")) for dot in drawn.iter(f"{SVG}circle")]
    left, right = float(second.get("x1")), float(second.get("x2"))
    assert float(first.get("x1")) == left
    assert float(first.get("x2")) == pytest.approx((left + right) / 2, abs=0.1)
    assert dots == pytest.approx([left, left + (right - left) / 4], abs=0.1)


def test_a_rank_that_is_sure_is_a_dot_alone():
    drawn = etree.fromstring(some_spans(("甲", 1, 1, 1, "1")))

    assert drawn.findall(f".//{SVG}line[@class='span']") == []
    assert len(list(drawn.iter(f"{SVG}circle"))) == 1


def test_every_band_is_named_once_and_every_other_one_is_shaded():
    drawn = some_spans(("甲", 1, 1, 2, "一"), ("乙", 2, 1, 2, "一"), ("丙", 3, 3, 3, "二"))

    assert {"一", "二", "甲", "乙", "丙", "名次", "档"} <= set(texts(drawn))
    assert len(etree.fromstring(drawn).findall(f"{SVG}rect[@class='shade']")) == 1


def test_of_many_units_the_intervals_stay_small_and_have_no_names_beside_them():
    drawn = some_spans(*((f"村{n}", n, n, n + 3, str(n // 9)) for n in range(1, 301)))

    assert float(etree.fromstring(drawn).get("height")) < 850
    assert "村7" not in texts(drawn)
    assert "<title>村7 7</title>" in drawn


@given(most=st.integers(1, 10**6))
def test_ranks_on_the_axis_begin_with_the_first_and_are_few(most):
    drawn = texts(some_spans(("甲", 1, 1, most, "1")))

    ticks = [int(word) for word in drawn if word.isdecimal()]
    assert ticks[0] == 1
    assert max(ticks) <= most
    assert len(ticks) <= 12
