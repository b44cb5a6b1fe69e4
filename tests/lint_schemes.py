"""Small schemes for the tests of lint, burden, duty lists, objections and the command."""

from __future__ import annotations

from typing import Any

from ronghe.analysis.scheme.model import Scheme

MEASURES = [
    {
        "code": "income",
        "title": "村集体经营性收入",
        "unit": "万元",
        "lowest_level": "village",
        "owner": "县农业农村局",
        "citation": "资产监管平台",
    },
    {"code": "own", "title": "辖区企业数", "unit": "家", "scale": 0, "lowest_level": "village"},
]
KINDS = [
    {"code": "case", "title": "诉求办结", "unit": "件"},
    {"code": "job", "title": "带动就业", "unit": "人"},
    {"code": "article", "title": "宣传材料", "unit": "篇", "nature": "paper"},
]


def indicator(title: Any = "村集体经营性收入", /, **changes: Any) -> dict[str, Any]:
    """Return an indicator that the linter has nothing to say about, but for the changes."""
    return {
        "code": "one",
        "title": title,
        "points": 30,
        "source": {"kind": "measure", "measure": "income"},
        "rule": {"kind": "goalposts", "low": 0, "high": 100},
        "supplier": "县农业农村局",
        "citation": "有关规定",
        "basis": "集体经济发展",
    } | changes


def records(*of: str, **more: Any) -> dict[str, Any]:
    """Return a source of verified records."""
    kinds = list(of) or ["case"]
    return {"kind": "records", "of": kinds, "verified_only": True} | more


VOTES = {
    "kind": "ballot",
    "ballot": "review",
    "grades": {"好": 100, "一般": 60},
    "groups": {"群众": 100},
}


def scheme_of(*indicators: dict[str, Any], **changes: Any) -> Scheme:
    """Return a scheme of these indicators, with two more beside them so that none dominates."""
    numbered = [one | {"code": f"i{n}"} for n, one in enumerate(indicators, start=1)]
    beside = [
        indicator("群众评议", code="votes", source=VOTES, rule={"kind": "share_of_full"}, fields=0),
        indicator(
            "专家评审",
            code="panel",
            source={"kind": "expert", "panel": "panel"},
            rule={"kind": "share_of_full"},
            fields=0,
        ),
    ]
    tree = [*numbered, *beside]
    document = {
        "scheme": "trial",
        "version": "1",
        "title": {"zh": "试行方案", "en": "Trial scheme"},
        "appraises": "organisation",
        "level": "township",
        "period": {"label": "2025", "since": "2025-01-01", "until": "2025-12-31"},
        "measures": MEASURES,
        "record_kinds": KINDS,
        "points": sum(one["points"] for one in tree),
        "indicators": tree,
    }
    return Scheme.model_validate(document | changes)
