"""The workbook handed to someone who starts a scheme: it explains itself and can be read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ronghe.analysis.scheme.check import parse_scheme
from ronghe.exchange.scheme.excel_write import write_scheme_excel
from ronghe.wording import Language

EXAMPLE: dict[str, Any] = {
    "scheme": "village-branch-example",
    "version": "1",
    "title": {"zh": "村党组织年度考核方案（示例）", "en": "Yearly appraisal of villages (example)"},
    "appraises": "organisation",
    "level": "village",
    "period": {"label": "2025", "since": "2025-01-01", "until": "2025-12-31", "previous": "2024"},
    "approval": {
        "plan_item": "示例：2025 年度考核计划第 1 项",
        "document": "示例〔2025〕1 号",
        "dated": "2025-01-10",
    },
    "measures": [
        {
            "code": "income",
            "title": {
                "zh": "村集体经营性收入",
                "en": "operating income of the village collective",
            },
            "unit": "万元",
            "lowest_level": "village",
            "owner": "农业农村部门",
        }
    ],
    "record_kinds": [
        {"code": "case", "title": {"zh": "办结群众诉求", "en": "case solved"}, "unit": "件"},
        {
            "code": "mentoring",
            "title": {"zh": "结对帮带", "en": "mentoring of a household"},
            "unit": "户",
        },
        {
            "code": "meeting",
            "title": {"zh": "组织生活", "en": "organisational life"},
            "unit": "次",
            "nature": "obligation",
        },
    ],
    "points": 100,
    "indicators": [
        {
            "code": "party",
            "title": {"zh": "党建引领", "en": "Party building"},
            "points": 60,
            "side": "party",
            "children": [
                {
                    "code": "cases",
                    "title": {"zh": "办结群众诉求", "en": "cases solved"},
                    "points": 30,
                    "source": {
                        "kind": "records",
                        "of": ["case"],
                        "quality_at_least": 3,
                        "cap": {"each": 10, "per": "month"},
                    },
                    "rule": {"kind": "bands", "steps": {30: 30, 20: 24, 10: 12}},
                    "supplier": "村党组织书记",
                    "citation": "政务服务“好差评”制度",
                },
                {
                    "code": "satisfaction",
                    "title": {"zh": "群众满意度", "en": "satisfaction"},
                    "points": 30,
                    "source": {
                        "kind": "ballot",
                        "ballot": "satisfaction",
                        "grades": {"满意": 100, "基本满意": 70, "不满意": 0},
                        "groups": {"党员": 40, "村民代表": 60},
                    },
                    "rule": {"kind": "share_of_full"},
                    "supplier": "乡镇党委",
                    "citation": "述职评议考核有关规定",
                    "missing": "not_applicable",
                },
            ],
        },
        {
            "code": "economy",
            "title": {"zh": "集体经济", "en": "collective economy"},
            "points": 40,
            "side": "economy",
            "children": [
                {
                    "code": "collective-income",
                    "title": {"zh": "集体经营性收入水平与增长", "en": "income, level and growth"},
                    "points": 40,
                    "source": {"kind": "measure", "measure": "income"},
                    "rule": {
                        "kind": "combined",
                        "parts": [
                            {"of": "value", "share": 60, "rule": {"kind": "completion"}},
                            {
                                "of": "growth",
                                "share": 40,
                                "rule": {"kind": "goalposts", "low": 0, "high": 10},
                            },
                        ],
                    },
                    "supplier": "农业农村部门",
                    "citation": "《中华人民共和国农村集体经济组织法》",
                },
            ],
        },
    ],
    "pools": [
        {
            "code": "bonus",
            "title": {"zh": "加分项", "en": "bonus"},
            "kind": "bonus",
            "cap": 5,
            "items": [
                {
                    "code": "helped",
                    "title": {"zh": "结对帮带农户", "en": "households mentored"},
                    "points": 5,
                    "source": {
                        "kind": "records",
                        "of": ["mentoring"],
                        "function": "distinct",
                        "verified_only": True,
                    },
                    "rule": {"kind": "count_points", "each": 0.5},
                    "supplier": "村党组织书记",
                    "citation": "《中国共产党农村基层组织工作条例》",
                }
            ],
        }
    ],
    "gates": [
        {
            "code": "life",
            "title": {"zh": "组织生活正常开展", "en": "organisational life is held"},
            "source": {"kind": "records", "of": ["meeting"]},
            "requires": {"at_least": 12},
            "ceiling": "良好",
        }
    ],
    "grading": {
        "grades": [
            {
                "code": "优秀",
                "title": {"zh": "优秀", "en": "excellent"},
                "at_least": 90,
                "quota": 0.3,
            },
            {"code": "良好", "title": {"zh": "良好", "en": "good"}, "at_least": 75},
            {"code": "一般", "title": {"zh": "一般", "en": "average"}, "at_least": 0},
        ],
        "tie_breakers": ["economy"],
    },
}
"""A tiny valid scheme; every sheet but the vetoes and peer groups has an example in it."""


def write_template(path: Path, language: Language = "zh") -> None:
    """Write a workbook that explains itself (`language`), with a small scheme as an example.

    Reading it back gives that scheme; the same language gives the same bytes.
    """
    write_scheme_excel(parse_scheme(EXAMPLE), path, language)
