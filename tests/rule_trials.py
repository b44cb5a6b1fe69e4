"""Every rule as an indicator, and drawn values to try them on."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from ronghe.analysis.scheme.model import Scheme

RULES = {
    "completion against own target": {"kind": "completion", "cap": 1.2, "floor": 0.1},
    "completion, less is better": {"kind": "completion", "target": 7.5, "direction": "less"},
    "bands": {"kind": "bands", "steps": {90: 10, 80.5: 8.5, -3: 1}, "otherwise": 0.5},
    "bands, less is better": {"kind": "bands", "steps": {1: 10, 5: 4}, "direction": "less"},
    "goalposts": {"kind": "goalposts", "low": -10, "high": 90.25, "low_points": 2},
    "goalposts, less is better": {"kind": "goalposts", "low": 30, "high": 2},
    "efficacy between numbers": {"kind": "efficacy", "low": 10, "high": 90, "floor": 20},
    "efficacy between peers": {"kind": "efficacy", "low": "peers", "high": "peers"},
    "efficacy, less, one end fixed": {
        "kind": "efficacy",
        "low": "peers",
        "high": 5.5,
        "direction": "less",
        "base": 50.5,
    },
    "rank ladder": {"kind": "rank_ladder", "ladder": [10, 9.5, 9], "rest": 1},
    "rank steps": {"kind": "rank_ladder", "first": 2, "step": 0.3, "rest": 1, "direction": "less"},
    "ratio to best": {"kind": "ratio_to_best"},
    "ratio to best, less": {"kind": "ratio_to_best", "direction": "less"},
    "ratio to average": {"kind": "ratio_to_average", "cap": 1.1},
    "ratio to average, less": {"kind": "ratio_to_average", "direction": "less"},
    "distance from average": {"kind": "distance_from_average", "loses": 0.5, "direction": "less"},
    "distance in whole steps": {
        "kind": "distance_from_average",
        "loses": 1.5,
        "step": 0.5,
        "whole_steps": True,
    },
    "count points": {"kind": "count_points", "each": 0.7},
    "deduction": {"kind": "deduction", "each": 0.333, "floor": 1},
    "share of full": {"kind": "share_of_full", "full": 120},
    "level and growth": {
        "kind": "combined",
        "parts": [
            {"of": "value", "share": 33.3, "rule": {"kind": "ratio_to_best"}},
            {"of": "growth", "share": 33.3, "rule": {"kind": "goalposts", "low": 0, "high": 50}},
            {"of": "change", "share": 33.4, "rule": {"kind": "rank_ladder", "ladder": [3, 2]}},
        ],
    },
}

amount = st.decimals(-100, 1000, places=2).map(Fraction)
maybe = st.none() | amount


@st.composite
def units_with_values(draw):
    """Draw up to eight units in two peer groups with a value, one before and a target each."""
    number = draw(st.integers(1, 8))
    rows = [
        {
            "unit": f"u{n}",
            "name": f"乡镇{n}",
            "kind": "organisation",
            "level": "township",
            "peer_group": draw(st.sampled_from(["平原", "山区"])),
        }
        for n in range(number)
    ]
    measures, targets = [], []
    for row in rows:
        for period in ("2024", "2025"):
            if (value := draw(maybe)) is not None:
                measures.append(
                    {"unit": row["unit"], "measure": "m", "period": period, "value": value}
                )
        if draw(st.integers(0, 4)):
            value = draw(st.decimals("0.01", 500, places=2).map(Fraction))
            targets.append({"unit": row["unit"], "measure": "m", "period": "2025", "value": value})
    return {"units": rows, "measures": measures, "targets": targets}


POLICIES = ("not_applicable", "zero", "peer_median")


def scheme_of(indicators: list[dict]) -> Scheme:
    return Scheme.model_validate(
        {
            "scheme": "trial",
            "version": "1",
            "title": "试验",
            "appraises": "organisation",
            "level": "township",
            "period": {
                "label": "2025",
                "since": "2025-01-01",
                "until": "2025-12-31",
                "previous": "2024",
            },
            "measures": [{"code": "m", "title": "数据", "scale": 2, "lowest_level": "township"}],
            "points": 10 * len(indicators),
            "indicators": indicators,
        }
    )


def indicator(code: str, rule: dict, missing: str) -> dict:
    source = {"kind": "measure", "measure": "m"}
    return {"title": "指标", "points": 10, "source": source} | {
        "code": code,
        "rule": rule,
        "missing": missing,
    }
