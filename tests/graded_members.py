"""A scheme of two indicators with grades, and members by their points for each."""

from __future__ import annotations

from fractions import Fraction

from ronghe.analysis.scheme.model import Scheme


def scheme(**grading) -> Scheme:
    def measured(code, points):
        return {
            "code": code,
            "title": code,
            "points": points,
            "source": {"kind": "measure", "measure": code},
            "rule": {"kind": "count_points", "each": 1},
        }

    return Scheme.model_validate(
        {
            "scheme": "trial",
            "version": "1",
            "title": "试验",
            "appraises": "member",
            "level": "person",
            "period": {"label": "2025", "since": "2025-01-01", "until": "2025-12-31"},
            "measures": [
                {"code": code, "title": code, "scale": 0, "lowest_level": "person"}
                for code in ("work", "service")
            ],
            "points": 100,
            "indicators": [measured("work", 50), measured("service", 50)],
            "grading": {
                "grades": [
                    {"code": "excellent", "title": "优秀", "at_least": 80, "quota": 0.3},
                    {"code": "qualified", "title": "合格", "at_least": 60},
                    {"code": "poor", "title": "不合格", "at_least": 0},
                ],
                **grading,
            },
        }
    )


def members(*scores: tuple[int, int], **more) -> dict[str, list[dict]]:
    """Make members m0, m1 … of one branch from their points for work and for service."""
    units = [
        {"unit": f"m{n}", "name": f"m{n}", "kind": "member", "level": "person", "parent": None}
        | more.get(f"m{n}", {})
        for n in range(len(scores))
    ]
    values = [
        {"unit": f"m{n}", "measure": code, "period": "2025", "value": Fraction(value)}
        for n, pair in enumerate(scores)
        for code, value in zip(("work", "service"), pair, strict=True)
    ]
    return {"units": units, "measures": values}
