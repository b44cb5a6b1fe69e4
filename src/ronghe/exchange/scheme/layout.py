"""The sheets of a scheme"s workbook and their columns: one table for writing and for reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ronghe.analysis.scheme.choices import CHOICES
from ronghe.analysis.scheme.fields import FIELDS
from ronghe.analysis.scheme.model import (
    Approval,
    Gate,
    Grade,
    Grading,
    Group,
    Indicator,
    Pay,
    Period,
    Pool,
    Scheme,
    Veto,
)
from ronghe.analysis.scheme.parts import Part
from ronghe.analysis.scheme.sources import Measure, RecordKind
from ronghe.exchange.scheme.cells import DAY, NAMES, NUMBER, TEXT, Codec, choose

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, where its value stands below the row"s part, how it is written."""

    heading: str
    path: Path
    codec: Codec
    zh: str
    en: str
    width: float = 12

    @property
    def labels(self) -> list[str]:
        """The names to choose from, where the value is a choice."""
        return [label for label, _ in CHOICES.get(self.codec.choice, {}).values()]


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet: its name, where its rows belong in the document, its columns.

    `frozen` is the number of columns that stay in sight.
    """

    name: str
    columns: Sequence[Column]
    at: Path = ()
    frozen: int = 1

    @property
    def by_heading(self) -> Mapping[str, Column]:
        """The columns by heading."""
        return {column.heading: column for column in self.columns}


def _column(
    part: type[Part],
    key: str,
    codec: Codec = TEXT,
    width: float = 12,
    *,
    below: Path = (),
    heading: str = "",
) -> Column:
    field = FIELDS[part][key]
    path = (*below, key)
    return Column(heading or field.label, path, codec, field.zh, field.en, width)


def _names(width: float = 24) -> list[Column]:
    return [
        Column("名称", ("title", "zh"), TEXT, "中文名称，以此为准", "title in Chinese", width),
        Column("英文名称", ("title", "en"), TEXT, "英文名称，可不填", "title in English", 14),
    ]


_SOURCE = [
    Column("数据来源", ("source", "kind"), choose("source"), "取什么值", "the value taken", 10),
    Column(
        "来源代码",
        ("source", "@code"),
        TEXT,
        "数据或纪实类别的代码，测评、评审组或另一方案的代码；多个用顿号隔开",
        "code of the measure, records (several: 、), ballot, panel or other scheme",
        16,
    ),
    Column(
        "来源参数",
        ("source", "@more"),
        TEXT,
        "写法：名称=值，用分号隔开，如 统计=数量合计；封顶=3/月",
        "label=value, separated by ；",
        26,
    ),
]

_RULE = [
    Column(
        "计分方法", ("rule", "kind"), choose("rule"), "数值怎样变成得分", "how it is scored", 12
    ),
    Column(
        "计分参数",
        ("rule", "@more"),
        TEXT,
        "写法：名称=值，用分号隔开，如 目标=100；最高比例=1.2。组合方法每部分一行",
        "label=value, separated by ；; a combined rule has one line for each part",
        34,
    ),
]

_MORE = [
    _column(Indicator, "missing", choose("missing")),
    _column(Indicator, "peer_groups", NAMES),
    _column(Indicator, "side", choose("side"), 8),
    _column(Indicator, "dimension", choose("dimension"), 8),
    _column(Indicator, "supplier", TEXT, 14),
    _column(Indicator, "frequency", choose("frequency"), 10),
    _column(Indicator, "fields", NUMBER, 10),
    _column(Indicator, "evidence", choose("evidence"), 10),
    _column(Indicator, "basis", TEXT, 18),
    _column(Indicator, "citation", TEXT, 18),
    _column(Indicator, "note", TEXT, 24),
]

SCHEME = SheetLayout(
    "方案",
    [
        _column(Scheme, "scheme"),
        _column(Scheme, "version"),
        Column("方案名称", ("title", "zh"), TEXT, "中文名称，以此为准", "title in Chinese"),
        Column("英文名称", ("title", "en"), TEXT, "英文名称，可不填", "title in English"),
        _column(Scheme, "appraises", choose("appraises")),
        _column(Scheme, "level", choose("level")),
        _column(Period, "label", below=("period",)),
        _column(Period, "since", DAY, below=("period",)),
        _column(Period, "until", DAY, below=("period",)),
        _column(Period, "previous", below=("period",)),
        _column(Approval, "plan_item", below=("approval",)),
        _column(Approval, "document", below=("approval",)),
        _column(Approval, "dated", DAY, below=("approval",)),
        _column(Scheme, "points", NUMBER),
        _column(Grading, "within", choose("within"), below=("grading",)),
        _column(Grading, "ties", choose("ties"), below=("grading",)),
        _column(Grading, "tie_breakers", NAMES, below=("grading",)),
        _column(Pay, "document", below=("pay",)),
        _column(Pay, "dated", DAY, below=("pay",)),
        _column(Pay, "divisor", NUMBER, below=("pay",)),
        _column(Scheme, "note"),
    ],
)
"""Written downwards: label, content, explanation."""

INDICATORS = SheetLayout(
    "指标",
    [
        Column("序号", ("@number",), TEXT, "由系统生成，读取时不看", "not read", 8),
        _column(Indicator, "code", TEXT, 14),
        Column(
            "上级代码",
            ("@parent",),
            TEXT,
            "上一级分组的代码，最上一级不填；上下级以此为准",
            "code of the group above; empty at the top",
            14,
        ),
        *_names(),
        _column(Indicator, "points", NUMBER, 8),
        _column(Group, "counts_as", NUMBER, 8),
        *_SOURCE,
        *_RULE,
        *_MORE,
    ],
    at=("indicators",),
    frozen=4,
)

POOLS = SheetLayout(
    "加分扣分",
    [
        _column(Pool, "code", TEXT, 14),
        Column(
            "所属代码",
            ("@parent",),
            TEXT,
            "所属加分（扣分）项的代码；加分（扣分）项本身不填",
            "code of the pool; empty for the pool itself",
            14,
        ),
        *_names(),
        _column(Pool, "kind", choose("pool"), 8),
        _column(Pool, "cap", NUMBER, 8),
        _column(Indicator, "points", NUMBER, 8),
        *_SOURCE,
        *_RULE,
        *_MORE,
    ],
    at=("pools",),
    frozen=3,
)

MEASURES = SheetLayout(
    "数据",
    [
        _column(Measure, "code", TEXT, 14),
        *_names(),
        _column(Measure, "unit"),
        _column(Measure, "scale", NUMBER, 10),
        _column(Measure, "lowest_level", choose("level"), 14),
        _column(Measure, "statistic", TEXT, 16),
        _column(Measure, "owner", TEXT, 16),
        _column(Measure, "citation", TEXT, 24),
    ],
    at=("measures",),
    frozen=2,
)

KINDS = SheetLayout(
    "纪实类别",
    [
        _column(RecordKind, "code", TEXT, 14),
        *_names(),
        _column(RecordKind, "unit"),
        _column(RecordKind, "scale", NUMBER, 10),
        _column(RecordKind, "nature", choose("nature"), 10),
    ],
    at=("record_kinds",),
    frozen=2,
)

PEER_GROUPS = SheetLayout(
    "考核分组",
    [
        Column("代码", ("@name",), TEXT, "分组的代码，如 平原乡镇", "the peer group's code", 16),
        Column("名称", ("zh",), TEXT, "中文名称，以此为准", "title in Chinese", 24),
        Column("英文名称", ("en",), TEXT, "英文名称，可不填", "title in English", 14),
    ],
    at=("peer_groups",),
)


def _condition(key: str) -> list[Column]:
    labels = "、".join(label for label, _ in CHOICES["comparison"].values())
    return [
        Column("条件", (key, "@sign"), choose("comparison"), f"任选：{labels}", "comparison", 10),
        Column("界限", (key, "@bound"), NUMBER, "与之比较的数值", "the number compared with", 10),
    ]


GATES = SheetLayout(
    "前置条件",
    [
        _column(Gate, "code", TEXT, 14),
        *_names(),
        *_SOURCE,
        *_condition("requires"),
        _column(Gate, "missing", choose("gate_missing"), 12),
        _column(Gate, "ceiling"),
        _column(Gate, "cap_points", NUMBER),
        _column(Gate, "zeroes", NAMES, 18),
        _column(Gate, "citation", TEXT, 24),
    ],
    at=("gates",),
    frozen=2,
)

VETOES = SheetLayout(
    "一票否决",
    [
        _column(Veto, "code", TEXT, 14),
        *_names(),
        *_SOURCE,
        *_condition("when"),
        _column(Veto, "ceiling"),
        _column(Veto, "authority", TEXT, 30),
    ],
    at=("vetoes",),
    frozen=2,
)

GRADES = SheetLayout(
    "等次",
    [
        _column(Grade, "code", TEXT, 14),
        *_names(),
        _column(Grade, "at_least", NUMBER),
        _column(Grade, "quota", NUMBER),
        _column(Grade, "quota_rule", TEXT, 24),
        _column(Grade, "coefficient", NUMBER),
    ],
    at=("grading", "grades"),
    frozen=2,
)

NOTES = "说明"
"""The sheet that explains the workbook to people; it is not read."""

TABLES = (INDICATORS, MEASURES, KINDS, PEER_GROUPS, POOLS, GATES, VETOES, GRADES)
"""The sheets with one row for each part, in the order in which they stand."""

SHEETS = (SCHEME, *TABLES)
