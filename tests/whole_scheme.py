"""One scheme with every source, pool, gate, veto and grade."""

from __future__ import annotations

from ronghe.analysis.scheme.model import Scheme

PARTIES = ["一村", "二村"]


def records(function="count", **more):
    return {"kind": "records", "of": ["help", "visit"], "function": function} | more


def leaf(code, points, source, rule, missing="not_applicable", **more):
    return {"code": code, "title": code, "points": points, "source": source, "rule": rule} | {
        "missing": missing,
        **more,
    }


EACH = {"kind": "count_points", "each": 1.5}
SHARE = {"kind": "share_of_full"}
BALLOT = {
    "kind": "ballot",
    "ballot": "yearly",
    "grades": {"好": 100, "一般": 62.5, "差": 0},
    "groups": {"上级": 0.4, "群众": 0.6},
}
EXPERT = {"kind": "expert", "panel": "panel", "trim": 1}

SCHEME = Scheme.model_validate(
    {
        "scheme": "whole",
        "version": "1",
        "title": "全项",
        "appraises": "member",
        "level": "person",
        "period": {"label": "2025", "since": "2025-01-01", "until": "2025-12-31"},
        "record_kinds": [{"code": "help", "title": "帮扶"}, {"code": "visit", "title": "走访"}],
        "points": 100,
        "indicators": [
            {
                "code": "work",
                "title": "工作",
                "points": 90,
                "counts_as": 60,
                "children": [
                    leaf("count", 10, records(), EACH),
                    leaf("sum", 10, records("sum", verified_only=True), EACH),
                    leaf("mean", 10, records("mean"), SHARE, "peer_median"),
                    leaf("distinct", 10, records("distinct", quality_at_least=2), EACH),
                    leaf("share", 10, records("share", quality_at_least=3), SHARE, "zero"),
                    leaf("months", 10, records(cap={"each": 1, "per": "month"}), EACH),
                    leaf("quarters", 10, records("sum", cap={"each": 2.5, "per": "quarter"}), EACH),
                    leaf("below", 10, records(scope="subtree", since="2025-03-01"), EACH),
                    leaf(
                        "first-only",
                        10,
                        records(until="2025-06-30"),
                        SHARE,
                        peer_groups=PARTIES[:1],
                    ),
                ],
            },
            leaf("ballot", 20, BALLOT, SHARE),
            leaf("expert", 10, EXPERT, SHARE, "peer_median"),
            leaf("other", 10, {"kind": "scheme", "scheme": "former"}, SHARE, "zero"),
        ],
        "pools": [
            {
                "code": "bonus",
                "title": "加分",
                "kind": "bonus",
                "cap": 4,
                "items": [leaf("extra", 5, records("sum"), EACH), leaf("more", 3, records(), EACH)],
            },
            {
                "code": "penalty",
                "title": "扣分",
                "kind": "penalty",
                "cap": 6,
                "items": [leaf("late", 6, EXPERT, {"kind": "count_points", "each": 0.25})],
            },
        ],
        "gates": [
            {
                "code": "hours",
                "title": "学时",
                "source": records("sum"),
                "requires": {"at_least": 1.5},
                "ceiling": "fair",
                "cap_points": 55.5,
            },
            {
                "code": "heard",
                "title": "测评",
                "source": BALLOT,
                "requires": {"above": 50},
                "missing": "fails",
                "zeroes": ["expert", "work"],
            },
        ],
        "vetoes": [
            {
                "code": "serious",
                "title": "否决",
                "source": records("distinct"),
                "when": {"at_least": 3},
                "ceiling": "poor",
            }
        ],
        "grading": {
            "grades": [
                {"code": "good", "title": "优秀", "at_least": 30},
                {"code": "fair", "title": "合格", "at_least": 15},
                {"code": "poor", "title": "不合格", "at_least": 5},
            ],
            "tie_breakers": ["work", "ballot"],
        },
    }
)
