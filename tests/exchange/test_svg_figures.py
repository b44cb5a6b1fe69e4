"""Gains and losses, peers, courses: geometry, words, and well-formed whatever is drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ronghe.exchange.figures import Course, Stretch, peers, spark, ticks, trend, waterfall

SVG = "{http://www.w3.org/2000/svg}"
number = st.floats(-1e6, 1e6)
gap_or_number = st.none() | number


def of_class(svg: str, name: str) -> list[etree._Element]:
    return [one for one in etree.fromstring(svg).iter() if one.get("class") == name]


@given(low=number, wide=st.floats(0, 1e6))
def test_ticks_enclose_the_values_at_equal_steps(low, wide):
    marks = ticks(low, low + wide)

    assert marks[0] <= low + 1e-6
    assert marks[-1] >= low + wide - 1e-6
    assert 2 <= len(marks) <= 12
    steps = [after - before for before, after in pairwise(marks)]
    assert steps == pytest.approx([steps[0]] * len(steps), rel=1e-6, abs=1e-9)


def test_values_that_are_all_the_same_still_have_an_axis():
    assert ticks(5, 5)[0] <= 5 < ticks(5, 5)[-1]


def test_a_loss_begins_where_the_one_before_ended():
    rows = [
        Stretch("满分", 0, 100, "whole", "100"),
        Stretch("扣", 100, 90, "loss", "−10"),
        Stretch("总分", 0, 90, "whole", "90"),
    ]
    drawn = waterfall("t", "d", rows)

    whole, total = of_class(drawn, "bar")
    (loss,) = of_class(drawn, "loss")
    right = lambda one: float(one.get("x")) + float(one.get("width"))
    assert right(loss) == pytest.approx(right(whole))
    assert float(loss.get("x")) == pytest.approx(right(total))


def test_the_own_bin_is_marked_in_words_too():
    drawn = peers("t", "d", [1, 0, 3], ["0", "1", "2", "3"], 2, "本单位")

    assert len(of_class(drawn, "own")) == 1
    assert [one.text for one in of_class(drawn, "marked")] == ["本单位"]
    assert len(of_class(drawn, "bar")) == 1


def test_a_gap_breaks_the_line():
    drawn = trend("t", "d", ["1", "2", "3", "4"], [Course("甲", [1, 2, None, 4])])

    assert len(of_class(drawn, "course")) == 2
    assert len(of_class(drawn, "dot")) == 3


@given(
    values=st.lists(st.tuples(gap_or_number, gap_or_number, gap_or_number), min_size=1, max_size=9),
    name=st.text(max_size=9),
)
def test_any_course_is_drawn_well_formed(values, name):
    middle, low, high = zip(*values, strict=True)
    periods = [str(one) for one in range(len(values))]

    etree.fromstring(trend(name, name, periods, [Course(name, middle, low, high)]))
    etree.fromstring(spark(name, middle))
