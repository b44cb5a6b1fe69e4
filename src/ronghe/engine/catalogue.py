"""The tables that a run reads: the one declared schema between files, databases and engine."""

from __future__ import annotations

from ronghe.analysis.tables import ColumnSpec, TableSpec

UNIT = ColumnSpec(
    "unit", "单位代码", help_zh="考核对象的代码", help_en="code of the unit appraised"
)
SOURCE = ColumnSpec(
    "source", "来源", required=False, help_zh="文件、报表或台账", help_en="document or ledger"
)
PERIOD = ColumnSpec("period", "期间", help_zh="如 2025", help_en="its label, such as 2025")
MEASURE = ColumnSpec(
    "measure", "数据代码", help_zh="方案中的数据代码", help_en="code in the scheme"
)


def _number(name: str, title: str) -> ColumnSpec:
    return ColumnSpec(name, title, "number")


def _optional(name: str, title: str, help_zh: str = "", help_en: str = "") -> ColumnSpec:
    return ColumnSpec(name, title, required=False, help_zh=help_zh, help_en=help_en)


UNITS = TableSpec(
    "units",
    "考核对象",
    (
        UNIT,
        ColumnSpec("name", "名称"),
        ColumnSpec(
            "kind",
            "类别",
            help_zh="organisation 组织、cadre 干部、member 党员、area 地区、project 项目",
            help_en="organisation, cadre, member, area or project",
        ),
        ColumnSpec("level", "层级", help_zh="如 township 乡镇", help_en="such as township"),
        ColumnSpec(
            "peer_group",
            "同类组",
            required=False,
            help_zh="分类考核的组；空则同为一组",
            help_en="units compared with one another; empty: one group",
            default="",
        ),
        _optional("parent", "上级代码", "上级单位的代码", "code of the unit above"),
        ColumnSpec(
            "graded",
            "评定等次",
            "flag",
            required=False,
            help_zh="否：参加考核，不评定等次（如预备党员）",
            help_en="no: takes part and gets no grade (a probationary member)",
            default="yes",
        ),
    ),
    in_results=True,
)
MEASURES = TableSpec("measures", "数据", (UNIT, MEASURE, PERIOD, _number("value", "数值"), SOURCE))
TARGETS = TableSpec("targets", "目标", (UNIT, MEASURE, PERIOD, _number("value", "目标值"), SOURCE))
RECORDS = TableSpec(
    "records",
    "纪实",
    (
        ColumnSpec("record", "纪实编号"),
        UNIT,
        ColumnSpec("kind", "类别"),
        ColumnSpec("date", "日期", "date"),
        ColumnSpec("quantity", "数量", "number", required=False, help_zh="空为 1", default="1"),
        ColumnSpec("quality", "质量", "number", required=False, help_zh="0 至 5", help_en="0 to 5"),
        _optional("object", "服务对象", "户、企业或项目", "household, enterprise or project"),
        ColumnSpec("verified", "已核实", "flag", required=False, default="no"),
        SOURCE,
    ),
)
BALLOTS = TableSpec(
    "ballots",
    "测评",
    (
        ColumnSpec("ballot", "测评代码"),
        UNIT,
        ColumnSpec("voter_group", "投票群体"),
        ColumnSpec("grade", "等次"),
        _number("votes", "票数"),
    ),
)
EXPERT_SCORES = TableSpec(
    "expert_scores",
    "专家评分",
    (
        ColumnSpec("panel", "评审组代码"),
        UNIT,
        ColumnSpec("expert", "专家"),
        _number("score", "评分"),
    ),
)
RESULTS = TableSpec(
    "results",
    "其他考核结果",
    (ColumnSpec("scheme", "方案代码"), UNIT, _number("total", "总分")),
)
EXEMPTIONS = TableSpec(
    "exemptions",
    "不适用",
    (
        ColumnSpec("scheme", "方案代码"),
        UNIT,
        ColumnSpec("indicator", "指标代码"),
        ColumnSpec("reason", "理由"),
    ),
)
OPEN_ITEMS = TableSpec(
    "open_items",
    "待办事项",
    (
        ColumnSpec("item", "事项编号"),
        UNIT,
        ColumnSpec("kind", "类别", help_zh="target、case 或 task", help_en="target, case or task"),
        ColumnSpec("title", "事项"),
        ColumnSpec("counts_for", "计入", help_zh="纪实类别或数据代码", help_en="kind or measure"),
        _number("quantity", "数量"),
        ColumnSpec("due", "期限", "date", required=False),
        _optional("owner", "责任人"),
    ),
)

WITHDRAWALS = TableSpec(
    "withdrawals",
    "撤回",
    (
        ColumnSpec("record", "纪实编号"),
        UNIT,
        ColumnSpec("reason", "理由"),
    ),
)
"""Records that a correction takes back; no table of a run."""

CATALOGUE: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        UNITS,
        MEASURES,
        TARGETS,
        RECORDS,
        BALLOTS,
        EXPERT_SCORES,
        RESULTS,
        EXEMPTIONS,
        OPEN_ITEMS,
    )
}
"""Every table by its English name."""

CORRECTIONS = {**CATALOGUE, WITHDRAWALS.name: WITHDRAWALS}
"""Every table that a correction may have, by its English name."""
