"""Charts on pages: a picture, a live one and a table from the same value."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory

from ronghe.apps.access import Role
from ronghe.exchange.svg import STYLE
from ronghe.ui import samples
from ronghe.ui.charts import Peers, Radar, Tile, Tiles, Waterfall, shown

KINDS = ["waterfall", "peers", "radar", "trend", "quadrant", "bars", "ranks"]


def drawn(template: str, **values) -> str:
    context = Context({"request": RequestFactory().get("/"), **values})
    return Template("{% load charts %}" + template).render(context)


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_stands_with_a_picture_and_a_table(kind):
    chart = samples.charts()[kind]

    page = drawn("{% chart one %}", one=chart)

    assert 'role="img"' in page
    assert page.count("<tr>") == 1 + len(chart.table().rows)
    assert all(len(row) == len(chart.table().headings) for row in chart.table().rows)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_drawn_live_is_told_as_data(kind):
    option = samples.charts()[kind].option()

    assert option is None or json.loads(json.dumps(option))["series"]


def test_names_cannot_break_out_of_the_data():
    radar = Radar("t", "d", ["</script><b>", "b", "c"], [1, 2, 3], "n")

    page = drawn("{% chart one %}", one=radar)

    assert "</script><b>" not in page
    assert "<b>" not in page


def test_the_script_is_loaded_once_and_only_where_there_are_charts(signed_in, here):
    browser = signed_in(here[Role.MEMBER])

    assert browser.get("/style-guide/").content.decode().count("vendor/charts.js") == 1
    assert "vendor/charts.js" not in browser.get("/").content.decode()


def test_a_total_is_the_start_and_all_changes():
    chart = Waterfall("t", "d", ("满分", 100), [("a", -2.5), ("b", 1)], "总分")

    assert [row[2] for row in chart.table().rows] == ["100", "97.5", "98.5", "98.5"]


@pytest.mark.parametrize(("own", "bin_of"), [(0, 0), (9.99, 0), (10, 1), (30, 2), (-5, 0), (99, 2)])
def test_the_own_value_lies_in_one_bin(own, bin_of):
    chart = Peers("t", "d", [1, 2, 3], 0, 30, own)

    marked = [number for number, row in enumerate(chart.table().rows) if row[2]]
    assert marked == [bin_of]


def test_a_radar_with_a_gap_is_not_drawn_as_nought():
    assert Radar("t", "d", ["a", "b", "c"], [1, None, 3], "n").option() is None


@pytest.mark.parametrize(
    ("value", "words"), [(None, "—"), (0, "0"), (-0.001, "0"), (1234.5, "1,234.5"), (-3, "−3")]
)
def test_values_are_written_shortly(value, words):
    assert shown(value) == words


def test_the_classes_of_a_map_are_said_in_words_and_spread_over_the_shades():
    tiles = Tiles("t", [Tile("甲", 0), Tile("乙", 1), Tile("丙", None)], ["低", "高"])

    page = drawn("{% tiles one %}", one=tiles)

    assert [step for _tile, step, _words in tiles.drawn()] == [1, 5, 0]
    assert "没有数据" in page


def test_drawings_look_the_same_on_the_web_as_in_reports():
    sheet = re.sub(r"\s+", "", Path(finders.find("ui/charts.css")).read_text(encoding="utf-8"))

    assert re.sub(r"\s+", "", STYLE) in sheet


def test_the_axis_of_a_high_total_does_not_begin_at_nought():
    high = Waterfall("t", "d", ("满分", 100), [("一", -3), ("二", -5)], "总分")
    low = Waterfall("t", "d", ("满分", 100), [("一", -70)], "总分")

    assert high.low == 90
    assert high.option()["xAxis"]["min"] == 90
    assert "90" in high.remark
    assert (low.low, low.remark) == (0, "")
