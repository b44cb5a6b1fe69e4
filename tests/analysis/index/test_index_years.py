"""An index over years: one scale for all of them, gaps stay gaps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.analysis.index import IndexModel, Series
from ronghe.analysis.index.years import build_years

MODEL = IndexModel.model_validate(
    {
        "index": "i",
        "title": "例",
        "coverage": 0.5,
        "children": [
            {"code": "a", "title": "甲", "children": [{"code": "x", "title": "x"}]},
            {
                "code": "b",
                "title": "乙",
                "children": [
                    {"code": "y", "title": "y", "direction": "less"},
                    {"code": "z", "title": "z"},
                ],
            },
        ],
    }
)
PERIODS = ("2024", "2025")


def columns(**figures):
    """Return columns by measure and year: ``x=([…], […])`` for both years."""
    return {
        Series(code, period): np.array(values, dtype=float)
        for code, both in figures.items()
        for period, values in zip(PERIODS, both, strict=True)
        if values is not None
    }


def test_a_score_means_the_same_in_every_year():
    figures = columns(x=([0, 5], [5, 10]), y=([4, 2], [2, 0]), z=([1, 2], [1, 3]))

    years = build_years(MODEL, ["u", "v"], figures, PERIODS)

    assert years.scores("2024", "x").tolist() == [0, 50]
    assert years.scores("2025", "x").tolist() == [50, 100]
    assert years.scores("2024", "y")[1] == years.scores("2025", "y")[0] == 50


def test_a_dimension_without_figures_in_a_year_leaves_no_whole():
    figures = columns(x=([0, 5], None), y=([4, 2], [2, 0]), z=([1, 2], [1, 3]))

    years = build_years(MODEL, ["u", "v"], figures, PERIODS)

    assert np.isfinite(years.totals("2024")).all()
    assert np.isnan(years.totals("2025")).all()
    assert np.isnan(years.scores("2025", "a")).all()
    assert np.isfinite(years.scores("2025", "b")).all()
    assert [node.code for node in years.absent("2025")] == ["x"]


def test_what_is_the_same_everywhere_and_always_is_left_out():
    figures = columns(x=([3, 3], [3, 3]), y=([4, 2], [2, 0]), z=([1, 2], [1, 3]))

    years = build_years(MODEL, ["u", "v"], figures, PERIODS)

    assert "x" in {node.code for node in years.absent("2025")}


def test_without_any_figures_there_is_nothing():
    years = build_years(MODEL, ["u"], {}, PERIODS)

    assert not years.built
    assert np.isnan(years.totals("2024")).all()


def test_goalposts_of_the_definition_are_kept():
    first, second = MODEL.children
    fixed = first.children[0].model_copy(update={"low": 0.0, "high": 20.0})
    model = MODEL.model_copy(
        update={"children": (first.model_copy(update={"children": (fixed,)}), second)}
    )
    figures = columns(x=([0, 5], [5, 10]), y=([4, 2], [2, 0]), z=([1, 2], [1, 3]))

    years = build_years(model, ["u", "v"], figures, PERIODS)

    assert years.scores("2025", "x").tolist() == pytest.approx([25, 50])


number = st.floats(-1e6, 1e6) | st.none()
column = st.lists(number, min_size=3, max_size=3)


@given(x=st.tuples(column, column), y=st.tuples(column, column), z=st.tuples(column, column))
def test_scores_stay_between_0_and_100_and_gaps_stay_gaps(x, y, z):
    def plain(both):
        return tuple([float("nan") if one is None else one for one in year] for year in both)

    figures = columns(x=plain(x), y=plain(y), z=plain(z))

    years = build_years(MODEL, ["u", "v", "w"], figures, PERIODS)

    for period in PERIODS:
        for code in ("x", "y", "z", "a", "b"):
            scores = years.scores(period, code)
            known = scores[np.isfinite(scores)]
            assert ((known >= -1e-9) & (known <= 100 + 1e-9)).all()
        for code in ("x", "y", "z"):
            gaps = np.isnan(figures[Series(code, period)])
            assert np.isnan(years.scores(period, code)[gaps]).all()
