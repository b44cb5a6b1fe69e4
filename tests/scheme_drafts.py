"""A small sound scheme as a plain document, for tests to spoil in one place."""

from __future__ import annotations

from typing import Any

Draft = dict[str, Any]


def draft() -> Draft:
    """A township scheme of two groups, with a pool, a gate, a veto and grades; 100 points."""
    return {
        "scheme": "township-2025",
        "version": "1",
        "title": {"zh": "乡镇年度考核", "en": "Yearly appraisal of townships"},
        "appraises": "organisation",
        "level": "township",
        "period": {
            "label": "2025",
            "since": "2025-01-01",
            "until": "2025-12-31",
            "previous": "2024",
        },
        "approval": {"plan_item": "第 3 项", "document": "县委办〔2025〕8 号"},
        "measures": [
            {"code": "jobs", "title": "新增就业人数", "lowest_level": "township", "scale": 0}
        ],
        "record_kinds": [
            {"code": "case", "title": "办结诉求"},
            {"code": "hours", "title": "培训学时", "nature": "obligation", "scale": 1},
        ],
        "peer_groups": {"平原": "平原乡镇", "山区": "山区乡镇"},
        "points": 100,
        "indicators": [
            {
                "code": "party",
                "title": "党建引领",
                "points": 40,
                "side": "party",
                "children": [
                    {
                        "code": "cases",
                        "title": "办结诉求",
                        "points": 30,
                        "source": {"kind": "records", "of": ["case"]},
                        "rule": {"kind": "bands", "steps": {20: 30, 10: 20}},
                    },
                    {
                        "code": "vote",
                        "title": "民主测评",
                        "points": 10,
                        "source": {
                            "kind": "ballot",
                            "ballot": "yearly",
                            "grades": {"好": 100, "差": 0},
                            "groups": {"班子": 40, "群众": 60},
                        },
                        "rule": {"kind": "share_of_full"},
                    },
                ],
            },
            {
                "code": "economy",
                "title": "经济发展",
                "points": 60,
                "side": "economy",
                "children": [
                    {
                        "code": "employment",
                        "title": "新增就业",
                        "points": 60,
                        "source": {"kind": "measure", "measure": "jobs"},
                        "rule": {"kind": "completion"},
                    }
                ],
            },
        ],
        "pools": [
            {
                "code": "extra",
                "title": "加分项",
                "kind": "bonus",
                "cap": 5,
                "items": [
                    {
                        "code": "model",
                        "title": "示范",
                        "points": 5,
                        "source": {"kind": "expert", "panel": "experts"},
                        "rule": {"kind": "share_of_full"},
                    }
                ],
            }
        ],
        "gates": [
            {
                "code": "training",
                "title": "完成学时",
                "source": {"kind": "records", "of": ["hours"], "function": "sum"},
                "requires": {"at_least": 56},
                "ceiling": "良好",
            }
        ],
        "vetoes": [
            {
                "code": "accident",
                "title": "重大事故",
                "source": {"kind": "records", "of": ["case"]},
                "when": {"above": 1000},
                "ceiling": "较差",
                "authority": "某条例第 1 条",
            }
        ],
        "grading": {
            "grades": [
                {"code": "优秀", "title": "优秀", "at_least": 90, "quota": 0.3},
                {"code": "良好", "title": "良好", "at_least": 70},
                {"code": "较差", "title": "较差", "at_least": 0},
            ],
            "tie_breakers": ["economy"],
        },
    }


def at(document: Any, *loc: str | int) -> Any:
    """What stands at a place of a document."""
    for step in loc:
        document = document[step]
    return document


CASES = ("indicators", 0, "children", 0)
VOTE = ("indicators", 0, "children", 1)
JOBS = ("indicators", 1, "children", 0)
