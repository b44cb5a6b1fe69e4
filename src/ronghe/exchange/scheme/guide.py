"""The sheet 说明: how to fill in the workbook, and every rule with a small worked example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ronghe.analysis.scheme.choices import RULES, SOURCES
from ronghe.wording import Language

Guide = list[tuple[str, str]]
"""Lines of a label and what is said about it."""


class Example(NamedTuple):
    """A rule as it stands in the two cells, and what it gives an indicator worth 10 points."""

    kind: str
    cell: str
    zh: str
    en: str


EXAMPLES = (
    Example(
        "completion",
        "目标=100",
        "得分＝分值×完成率。完成 90，得 10×90÷100＝9 分。目标写“目标表”则各单位用自己的目标",
        "points × value ÷ target. 90 done: 10 × 90 ÷ 100 = 9. 目标=目标表: each unit's own target",
    ),
    Example(
        "bands",
        "档次=90:10，80:8，60:5；其余=2",
        "达到哪一档得哪一档的分。数值 85 达到 80 这一档，得 8 分；59 哪一档都没达到，得 2 分",
        "the points of the best step reached. 85 reaches 80: 8 points; 59 reaches none: 2 points",
    ),
    Example(
        "goalposts",
        "起点=0；满分点=50",
        "两点之间按直线计分。数值 20，得 10×20÷50＝4 分；50 及以上得满分",
        "linear between the two. 20: 10 × 20 ÷ 50 = 4 points; full points from 50 on",
    ),
    Example(
        "efficacy",
        "不允许值=60；满意值=100",
        "基础分 60 分，其余 40 分按直线。数值 80，得分值的 60%＋40%×(80−60)÷(100−60)＝80%，即 8 分",
        "60 % at the low end, the rest linear. 80: 60 % + 40 % × 20 ÷ 40 = 80 %, 8 points",
    ),
    Example(
        "rank_ladder",
        "首名分=10；级差=0.5；其余=5",
        "按同组名次。第 1 名 10 分，第 3 名 10−2×0.5＝9 分，最低 5 分；数值相同名次相同",
        "by rank among peers. Rank 1: 10, rank 3: 10 − 2 × 0.5 = 9, at least 5; ties share a rank",
    ),
    Example(
        "ratio_to_best",
        "",
        "与同组最好的相比。最好的是 80，本单位 60，得 10×60÷80＝7.5 分",
        "against the best peer. Best 80, own 60: 10 × 60 ÷ 80 = 7.5 points",
    ),
    Example(
        "ratio_to_average",
        "",
        "与同组均值相比。均值 50，本单位 40，得 10×40÷50＝8 分；均值及以上得满分",
        "against the peers' mean. Mean 50, own 40: 10 × 40 ÷ 50 = 8 points; full from the mean on",
    ),
    Example(
        "distance_from_average",
        "扣分=0.5；步长=1；方向=越少越好",
        "不差于均值得满分，每差一步扣分。均值 20，本单位 23，差 3 步，得 10−3×0.5＝8.5 分",
        "full points at the mean or better. Mean 20, own 23, 3 steps: 10 − 3 × 0.5 = 8.5 points",
    ),
    Example(
        "count_points",
        "每次得分=0.5",
        "每一次得 0.5 分，不超过分值。7 次，得 3.5 分",
        "0.5 points for every one, up to the full score. 7: 3.5 points",
    ),
    Example(
        "deduction",
        "每次扣分=0.5",
        "从满分扣起，每一次扣 0.5 分。3 次，得 10−3×0.5＝8.5 分",
        "0.5 points less for every one. 3: 10 − 3 × 0.5 = 8.5 points",
    ),
    Example(
        "share_of_full",
        "满值=100",
        "按比例折算，用于测评、专家评分和其他方案。测评 92 分，得 10×92÷100＝9.2 分",
        "in proportion: ballots, experts, other schemes. 92 of 100: 10 × 92 ÷ 100 = 9.2 points",
    ),
    Example(
        "combined",
        "水平 60% 完成率：目标=100\n增长率 40% 阈值线性：起点=0；满分点=10",
        "水平与增长各占一部分。上期 80、本期 84（增长 5%）：6×84÷100＋4×5÷10＝7.04 分",
        "level and growth together. 80, now 84 (5 % more): 6 × 84 ÷ 100 + 4 × 5 ÷ 10 = 7.04 points",
    ),
)

_STEPS: dict[Language, Guide] = {
    "zh": [
        ("考核方案工作簿", "一张表管一件事，每行一项。只填自己看得懂的列，其余留空即用默认值。"),
        ("第一步", "在“方案”表填写名称、考核对象、考核期、总分和批准依据。"),
        ("第二步", "在“数据”和“纪实类别”表登记要用的统计数据和工作纪实；代码自定，用小写字母。"),
        (
            "第三步",
            "在“指标”表一行填一个指标或分组。下级指标在“上级代码”写上一级的代码；"
            "同一上级下各行分值之和等于上级分值，最上一级之和等于总分。",
        ),
        ("第四步", "需要时填写“加分扣分”“前置条件”“一票否决”“等次”“考核分组”；不用的表留空。"),
        ("第五步", "用“ronghe scheme check 文件名”检查。有问题会指出表、行、列和改法。"),
        ("请不要", "不要合并单元格，不要隐藏行或列，不要改动表名和表头，不要用筛选藏起某些行。"),
        (
            "参数写法",
            "名称=值，用分号隔开，如“目标=100；方向=越少越好”。表头的批注说明每列填什么。",
        ),
    ],
    "en": [
        ("Scheme workbook", "One sheet for each matter, one row for each entry. Empty: default."),
        ("Step 1", "方案: title, who is appraised, the period, full score, approval."),
        ("Step 2", "数据, 纪实类别: the statistics and the kinds of records used; choose codes."),
        (
            "Step 3",
            "指标: one row for each indicator or group; 上级代码 is the code of the group above. "
            "The points below a group add up to its points, those at the top to the full score.",
        ),
        (
            "Step 4",
            "If needed: pools, gates, vetoes, grades, peer groups, each on its sheet.",
        ),
        ("Step 5", "Run “ronghe scheme check FILE”: it names sheet, row, column and remedy."),
        (
            "Please do not",
            "merge cells, hide rows or columns, rename sheets or headings, filter rows.",
        ),
        (
            "Parameters",
            "label=value, separated by ；, as in “目标=100；方向=越少越好”. See the notes.",
        ),
    ],
}

_SOURCES: dict[str, tuple[str, str]] = {
    "measure": (
        "一个数据在考核期的数值。参数“时期=上期”取上一考核期",
        "a measure's value of the period; 时期=上期 takes the one before",
    ),
    "records": (
        "对工作纪实汇总。参数如“统计=数量合计；质量不低于=3；仅计已核实=是；封顶=3/月；范围=含下级”",
        "an aggregate over records, such as 统计=数量合计；质量不低于=3；封顶=3/月；范围=含下级",
    ),
    "ballot": (
        "民主测评。参数如“票面=好:100，较好:80，一般:60，差:0；权重=班子:40，群众:60”",
        "democratic evaluation, for example 票面=好:100，较好:80；权重=班子:40，群众:60",
    ),
    "expert": (
        "专家评分的平均。参数“去极值=1”去掉一个最高分和一个最低分",
        "mean expert score; 去极值=1 drops the highest and the lowest",
    ),
    "scheme": ("另一方案的总分", "the total under another scheme"),
}


def guide(language: Language) -> Guide:
    """Return the lines of the sheet that explains the workbook."""
    return [*_STEPS[language], *_source_lines(language), *_rule_lines(language)]


def _source_lines(language: Language) -> Iterator[tuple[str, str]]:
    yield ("数据来源", "怎样写") if language == "zh" else ("Source", "How it is written")
    for kind, (zh, en) in _SOURCES.items():
        name, english = SOURCES[kind]
        yield (name, zh) if language == "zh" else (f"{name} {english}", en)


def _rule_lines(language: Language) -> Iterator[tuple[str, str]]:
    if language == "zh":
        yield "计分方法", "参数和例子（分值均为 10 分）"
    else:
        yield "Rule", "Parameters and an example (each of 10 points)"
    for example in EXAMPLES:
        name, english = RULES[example.kind]
        cell = example.cell.replace("\n", " ⏎ ")
        if language == "zh":
            yield name, f"{cell or '（无须参数）'} —— {example.zh}。"
        else:
            yield f"{name} {english}", f"{cell or '(none needed)'} — {example.en}."
