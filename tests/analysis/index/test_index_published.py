"""Published indices are reproduced: ASEM Sustainable Connectivity and Human Development."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ronghe.analysis.index import Index, IndexModel, Series, Values, build, parse_index

REFERENCE = Path(__file__).parents[4] / "shared" / "reference"
ASEM = REFERENCE / "composite_asem_coinr.json"
HDI = REFERENCE / "composite_hdi_2021.json"


# --- Human Development Index ------------------------------------------------------------------

# UNDP (2022), Human Development Report 2021/22, table 1 and technical note 1. The figures, with
# all digits, are those of the file of composite indices that goes with it: life expectancy,
# expected and mean years of schooling, gross national income per head; the index, the rank.
PRINTED = {
    "CHE": (83.9872, 16.50029945, 13.85966015, 66933.00454, 0.962, 1),
    "NOR": (83.2339, 18.18519974, 13.00362968, 64660.10622, 0.961, 2),
    "ISL": (82.6782, 19.16305923, 13.76716995, 55782.04981, 0.959, 3),
    "JPN": (84.7839, 15.22162588, 13.36610034, 42274.29134, 0.925, 19),
    "USA": (77.1982, 16.28097916, 13.68342972, 64765.21509, 0.921, 21),
    "CHN": (78.2107, 14.2361149, 7.600118446, 17504.39969, 0.768, 79),
    "IND": (67.2398, 11.87462044, 6.655109195, 6589.980037, 0.633, 132),
    "SSD": (54.9752, 5.54251, 5.726140022, 767.787, 0.385, 191),
}


def human_development(rows: dict[str, tuple[float, ...]]) -> Index:
    """Build the index of technical note 1."""
    schooling = [
        {"code": "eys", "title": "预期受教育年限", "low": 0, "high": 18},
        {"code": "mys", "title": "平均受教育年限", "low": 0, "high": 15},
    ]
    model = parse_index(
        {
            "index": "hdi",
            "title": "人类发展指数",
            "normalise": "goalposts",
            "scale": [0, 1],
            "decimals": 3,
            "aggregate": ["geometric", "arithmetic"],
            "children": [
                {"code": "le", "title": "预期寿命", "low": 20, "high": 85},
                {"code": "education", "title": "教育", "children": schooling},
                {"code": "gni", "title": "人均国民收入", "low": 100, "high": 75000, "log": True},
            ],
        }
    )
    table = np.array([row[:4] for row in rows.values()], dtype=np.float64)
    columns = {Series(c): table[:, at] for at, c in enumerate(("le", "eys", "mys", "gni"))}
    return build(model, Values(tuple(rows), columns))


def test_human_development_as_printed():
    index = human_development(PRINTED)

    assert index.totals.round(3).tolist() == [row[4] for row in PRINTED.values()]
    assert index.ranks.tolist() == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.skipif(not HDI.is_file(), reason="composite_hdi_2021.json is absent")
def test_human_development_of_191_countries_with_their_ranks():
    case = json.loads(HDI.read_text(encoding="utf-8"))

    index = human_development({row[0]: tuple(row[1:]) for row in case["inputs"]["rows"]})

    units, expected = index.values.units, case["expected"]
    assert len(units) == 191
    assert dict(zip(units, index.totals.round(3).tolist(), strict=True)) == expected["hdi"]
    assert dict(zip(units, index.ranks.tolist(), strict=True)) == expected["rank_published"]


# --- ASEM Sustainable Connectivity ------------------------------------------------------------

# Becker W. et al. (2022), COINr, Journal of Open Source Software 7(78), 4567; the page "Results"
# of its documentation: index, connectivity, sustainability; the five pillars of the one and the
# three of the other.
SCORES = {
    "CHE": (68.38, 62.79, 73.98, 63.41, 32.87, 74.78, 85.94, 56.93, 77.21, 87.85, 56.88),
    "NLD": (64.82, 61.94, 67.70, 64.87, 46.62, 84.55, 71.74, 41.92, 58.73, 86.58, 57.78),
    "DNK": (64.80, 57.10, 72.51, 50.52, 30.43, 78.13, 75.35, 51.04, 69.83, 86.40, 61.29),
    "NOR": (64.47, 57.44, 71.50, 58.18, 25.70, 80.03, 89.46, 33.80, 70.90, 87.00, 56.59),
    "BEL": (63.54, 63.99, 63.09, 71.97, 48.22, 80.84, 75.60, 43.32, 53.01, 86.17, 50.09),
    "SWE": (63.00, 53.87, 72.12, 51.51, 23.87, 80.98, 74.51, 38.50, 66.37, 87.74, 62.27),
    "IND": (39.79, 28.60, 50.99, 18.78, 6.38, 51.90, 59.84, 6.07, 75.34, 22.74, 54.88),
}
PILLARS = ("physical", "conecfin", "political", "instit", "p2p", "environ", "social", "susecfin")


def test_the_upper_levels_of_connectivity_as_printed():
    pillars = [{"code": code, "title": code, "low": 0, "high": 100} for code in PILLARS]
    model = parse_index(
        {
            "index": "asem",
            "title": "可持续互联互通",
            "normalise": "goalposts",
            "children": [
                {"code": "conn", "title": "互联互通", "children": pillars[:5]},
                {"code": "sust", "title": "可持续", "children": pillars[5:]},
            ],
        }
    )
    table = np.array(list(SCORES.values()))
    columns = {Series(code): table[:, 3 + at] for at, code in enumerate(PILLARS)}

    index = build(model, Values(tuple(SCORES), columns))

    found = np.column_stack([index.totals, index.scores["conn"], index.scores["sust"]])
    assert np.abs(found - table[:, :3]).max() <= 0.0101  # printed with two digits
    assert index.ranks.tolist() == [1, 2, 3, 4, 5, 6, 7]


def asem_model(inputs: dict[str, Any]) -> IndexModel:
    """Make the model of the whole index out of the reference case."""
    nodes: dict[str, dict[str, Any]] = {}
    parts = [*inputs["indicators"], *inputs["aggregates"]]
    for part in parts:
        code = part["code"].lower()
        node = {"code": code, "title": part["code"], "weight": part["weight"]}
        if "direction" in part:
            node["direction"] = "more" if part["direction"] > 0 else "less"
            node["per"] = (part["denominator"] or "").lower()
        nodes[part["code"]] = node
    for part in parts:
        if part["parent"]:
            nodes[part["parent"]].setdefault("children", []).append(nodes[part["code"]])
    choices = {"impute": "group_mean", "treat": "winsorise_or_log"}
    top = {"index": "asem", "title": "ASEM", "children": nodes["Index"]["children"]}
    return parse_index(top | choices)


@pytest.fixture(scope="module")
def asem() -> tuple[Index, dict[str, Any]]:
    if not ASEM.is_file():
        pytest.skip("composite_asem_coinr.json is absent")
    case = json.loads(ASEM.read_text(encoding="utf-8"))
    inputs = case["inputs"]
    units = inputs["units"]
    cells = np.array([unit["x"] for unit in units], dtype=np.float64)
    columns = {
        Series(indicator["code"].lower()): cells[:, at]
        for at, indicator in enumerate(inputs["indicators"])
    }
    for size in ("Area", "Energy", "GDP", "Population"):
        columns[Series(size.lower())] = np.array([u[size] for u in units], dtype=np.float64)
    values = Values(tuple(u["code"] for u in units), columns, tuple(u["group"] for u in units))
    return build(asem_model(inputs), values), case


def test_all_77_published_scores_of_connectivity(asem):
    index, case = asem
    expected = case["expected"]
    within = case["tolerance"]["published_abs"]

    compared = 0
    for country, row in expected["published_scores"].items():
        at = index.values.units.index(country)
        for column, published in zip(expected["columns"], row, strict=True):
            scores = index.totals if column == "Index" else index.scores[column.lower()]
            assert scores[at] == pytest.approx(published, abs=within), (country, column)
            compared += 1
    assert compared == 77


def test_connectivity_of_51_countries_with_their_ranks(asem):
    index, case = asem
    expected, units = case["expected"], index.values.units

    found = dict(zip(units, index.totals.tolist(), strict=True))
    assert found == pytest.approx(expected["recomputed_index"], abs=1e-6)
    assert dict(zip(units, index.ranks.tolist(), strict=True)) == expected["recomputed_rank"]


def test_the_same_indicators_of_connectivity_are_winsorised_by_as_many_points(asem):
    index, case = asem

    treated = {
        node.title.zh: f"win{treatment.points}"
        for node, treatment in zip(index.model.indicators(), index.treatments.values(), strict=True)
        if treatment.method == "winsorise"
    }
    assert treated == case["expected"]["treatment"]
    assert int(index.filled.sum()) == 65
