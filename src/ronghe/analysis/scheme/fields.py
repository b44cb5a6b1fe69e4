"""What each field of a scheme is called and means: one table for forms, schema and reference.

The Excel workbook takes its headings and notes from here, the JSON Schema its titles and
descriptions, the reference its tables; messages name fields by it.
"""

from __future__ import annotations

from typing import NamedTuple

from ronghe.analysis.scheme.model import (
    Approval,
    Condition,
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
from ronghe.analysis.scheme.parts import Part, Text
from ronghe.analysis.scheme.rules import (
    Bands,
    Combined,
    CombinedPart,
    Completion,
    CountPoints,
    Deduction,
    DistanceFromAverage,
    Efficacy,
    Goalposts,
    RankLadder,
    RatioToAverage,
    RatioToBest,
    ShareOfFull,
)
from ronghe.analysis.scheme.sources import (
    BallotSource,
    Cap,
    ExpertSource,
    Measure,
    MeasureSource,
    RecordKind,
    RecordsSource,
    SchemeSource,
)


class Field(NamedTuple):
    """A field's Chinese label and what it holds, in Chinese and in English."""

    label: str
    zh: str
    en: str


_CODE = Field(
    "代码",
    "小写字母开头，只含小写字母、数字、“_”“-”，最多 40 个字符",
    "small letters, digits, _ and -, a letter first, at most 40",
)
_TITLE = Field("名称", "中文名称，可另附英文", "in Chinese, in English too if wanted")
_SOURCE = Field("数据来源", "取什么值", "which value is taken")
_MORE = Field("方向", "数值越多越好还是越少越好", "whether more or less is better")
_CITATION = Field("制度依据", "所依据的文件和条款", "the document and article it rests on")
_NOTE = Field("备注", "其他说明", "anything else to be said")
_SIDE = Field(
    "归属", "党建还是经济，不填则随上级", "Party building or economy; empty: as the group above"
)
_DIMENSION = Field(
    "维度", "五大发展理念之一，不填则随上级", "one of five dimensions; empty: as the group above"
)
_KIND = Field("类型", "类型", "which kind this is")

FIELDS: dict[type[Part], dict[str, Field]] = {
    Text: {
        "zh": Field("中文", "中文，以此为准", "in Chinese, the text of record"),
        "en": Field("英文", "英文，可不填", "in English, may be empty"),
    },
    Scheme: {
        "scheme": _CODE._replace(label="方案代码"),
        "version": Field("版本", "版本号，发布后不再改动", "the version; once published it stays"),
        "title": Field("方案名称", "方案的名称", "the scheme's title"),
        "appraises": Field("考核对象", "考核的是谁或什么", "who or what is appraised"),
        "level": Field(
            "对象层级",
            "考核对象所在层级；考核干部、党员时填其所在单位的层级",
            "where the appraised stand; for cadres and members, the level of their unit",
        ),
        "period": Field("考核期", "考核的时间段", "the period appraised"),
        "approval": Field("批准依据", "谁批准了这次考核", "who allowed this appraisal"),
        "measures": Field("数据", "用到的统计和台账数据", "the statistics and ledger figures used"),
        "record_kinds": Field("纪实类别", "用到的纪实类别", "the kinds of records used"),
        "peer_groups": Field(
            "考核分组", "分类考核的组：代码和名称", "peer groups: each one's code and title"
        ),
        "points": Field("总分", "指标体系的满分", "the full score of the tree of indicators"),
        "indicators": Field("指标", "指标体系，可分多级", "the tree of indicators"),
        "pools": Field("加分扣分", "总分之外的加分项、扣分项", "bonus and penalty pools"),
        "gates": Field("前置条件", "不满足时有后果的条件", "preconditions with a consequence"),
        "vetoes": Field("一票否决", "发生即限定等次的情形", "what limits the grade at one stroke"),
        "grading": Field("等次", "总分怎样定等次", "how totals become grades"),
        "pay": Field("绩效发放", "绩效系数由哪份文件规定", "what sets the coefficients of pay"),
        "note": _NOTE,
    },
    Period: {
        "label": Field("考核期", "数据中的时期名称，如 2025", "the period's label in the data"),
        "since": Field("考核期起", "第一天", "its first day"),
        "until": Field("考核期止", "最后一天", "its last day"),
        "previous": Field(
            "上一考核期", "算增长时对比的时期名称", "the label of the period before, for growth"
        ),
    },
    Pay: {
        "document": Field(
            "绩效系数文件",
            "规定绩效系数的文件；不发绩效就不填",
            "the document that sets the coefficients",
        ),
        "dated": Field("绩效文件日期", "这份文件的日期", "the date of that document"),
        "divisor": Field(
            "绩效按总分除以",
            "不按等次时，系数为总分除以它，如 100",
            "instead of coefficients by grade: the total divided by it",
        ),
    },
    Approval: {
        "plan_item": Field("年度计划事项", "列入年度督查检查考核计划的事项", "item of the plan"),
        "document": Field("批准文号", "批准文件的文号", "the number of the approving document"),
        "dated": Field("批准日期", "批准文件的日期", "the date of that document"),
    },
    Measure: {
        "code": _CODE,
        "title": _TITLE,
        "unit": Field("计量单位", "如 万元、人、%", "the unit of measurement"),
        "scale": Field("小数位数", "0 至 6；多出的位数不收", "digits after the point, 0 to 6"),
        "lowest_level": Field(
            "最低发布层级", "官方发布到哪一级", "the lowest level of official publication"
        ),
        "statistic": Field("官方统计指标", "规则库中的代码", "its code in the rulebook, if any"),
        "owner": Field("提供单位", "由哪个部门提供", "which department delivers it"),
        "citation": _CITATION,
    },
    RecordKind: {
        "code": _CODE,
        "title": _TITLE,
        "unit": Field("计量单位", "数量的单位", "the unit of the quantity"),
        "scale": Field("小数位数", "数量的小数位数，0 至 3", "digits after the point, 0 to 3"),
        "nature": Field(
            "性质",
            "实绩可计分；义务（出勤、学时）只可作前置条件；文牍不宜考核",
            "work can score; obligations (attendance, hours) can only gate; paper should not count",
        ),
    },
    Group: {
        "code": _CODE,
        "title": _TITLE,
        "points": Field("分值", "本组自身的满分", "the group's own full score"),
        "counts_as": Field(
            "折算分", "折算后计入上级的分值，不填即不折算", "its worth above; empty: its points"
        ),
        "side": _SIDE,
        "dimension": _DIMENSION,
        "note": _NOTE,
        "children": Field("下级", "下级指标或分组", "the indicators or groups below"),
    },
    Indicator: {
        "code": _CODE,
        "title": _TITLE,
        "points": Field("分值", "满分", "the full score"),
        "source": _SOURCE,
        "rule": Field("计分方法", "数值怎样变成得分", "how the value becomes points"),
        "missing": Field("缺失处理", "没有数据时怎么办", "what a missing value means"),
        "peer_groups": Field("适用分组", "只考核这些组，不填即全部", "only these groups have it"),
        "side": _SIDE,
        "dimension": _DIMENSION,
        "supplier": Field("填报人", "由谁提供或填报", "who supplies it"),
        "frequency": Field("填报频次", "多久填报一次", "how often it is asked for"),
        "fields": Field("填报项数", "每次要填几项", "how many entries each time"),
        "evidence": Field("佐证要求", "要不要佐证材料", "whether evidence is asked for"),
        "basis": Field("职责依据", "履职事项清单中的事项", "the duty list's item behind it"),
        "citation": _CITATION,
        "note": _NOTE,
    },
    Pool: {
        "code": _CODE,
        "title": _TITLE,
        "kind": Field("加减", "加分还是扣分", "bonus or penalty"),
        "cap": Field("封顶分", "合计最多加（扣）多少分", "the most they give or take together"),
        "items": Field("项目", "加分项或扣分项，写法同指标", "its items, written as indicators"),
    },
    Gate: {
        "code": _CODE,
        "title": _TITLE,
        "source": _SOURCE,
        "requires": Field("要求", "必须满足的条件", "the condition that must hold"),
        "missing": Field("缺失处理", "没有数据时算不算满足", "whether a missing value passes"),
        "ceiling": Field("等次上限", "不满足时等次不高于它", "no grade better than this"),
        "cap_points": Field("总分上限", "不满足时总分不超过它", "the total is at most this"),
        "zeroes": Field("归零指标", "不满足时得零分的指标", "these indicators or groups get 0"),
        "citation": _CITATION,
    },
    Veto: {
        "code": _CODE,
        "title": _TITLE,
        "source": _SOURCE,
        "when": Field("情形", "满足即否决的条件", "the condition that strikes"),
        "ceiling": Field("等次上限", "否决后等次不高于它", "no grade better than this"),
        "authority": Field("否决依据", "设定否决的文件和条款", "the document that allows the veto"),
    },
    Condition: {
        "at_least": Field("不低于", "大于或等于", "greater or equal"),
        "above": Field("高于", "大于", "greater"),
        "at_most": Field("不高于", "小于或等于", "smaller or equal"),
        "below": Field("低于", "小于", "smaller"),
    },
    Grading: {
        "grades": Field("等次", "从好到差", "the grades, best first"),
        "within": Field("名额范围", "名额在什么范围内计算", "over whom quotas count"),
        "ties": Field("并列处理", "名额边上并列时怎么办", "what happens to ties at a quota's edge"),
        "tie_breakers": Field(
            "并列次序", "依次比较这些指标的得分", "points of these, in turn, break ties"
        ),
    },
    Grade: {
        "code": Field("代码", "等次的代码，如 优秀", "the grade's code"),
        "title": _TITLE,
        "at_least": Field("最低分", "总分达到它才进入此等次", "from this total on"),
        "quota": Field("名额比例", "最多占多少，如 0.3", "the largest share, for example 0.3"),
        "quota_rule": Field(
            "名额规则", "规则库中的代码，代替名额比例", "rulebook key, in its place"
        ),
        "coefficient": Field(
            "绩效系数",
            "绩效工资乘以多少，如 1.2；各等次都填，或者都不填",
            "what performance pay is multiplied with, for every grade or for none",
        ),
    },
    MeasureSource: {
        "kind": _KIND,
        "measure": Field("数据", "“数据”中的代码", "a code among the measures"),
        "period": Field("时期", "本期还是上期", "this period or the one before"),
    },
    RecordsSource: {
        "kind": _KIND,
        "of": Field("纪实类别", "“纪实类别”中的代码", "codes among the record kinds"),
        "function": Field("统计", "怎样汇总", "how they are aggregated"),
        "quality_at_least": Field("质量不低于", "0 至 5 级", "of this quality or better, 0 to 5"),
        "verified_only": Field("仅计已核实", "只计已核实的纪实", "only verified records count"),
        "since": Field("起", "只计这天起的", "only from this day on"),
        "until": Field("止", "只计到这天为止的", "only up to this day"),
        "cap": Field("封顶", "每日、月、季、年最多计多少", "the most that counts in a time"),
        "scope": Field("范围", "只计本级还是含下级", "the unit alone or all below it too"),
    },
    Cap: {
        "each": Field("最多", "最多计多少", "the most that counts"),
        "per": Field("每", "在多长时间内", "in each of these"),
    },
    BallotSource: {
        "kind": _KIND,
        "ballot": Field("测评", "测评的代码", "the ballot's code"),
        "grades": Field("票面", "票面等次各折算多少分（满分 100）", "votes to points of 100"),
        "groups": Field("权重", "各类投票人的权重", "voter groups to weights"),
    },
    ExpertSource: {
        "kind": _KIND,
        "panel": Field("评审组", "评审组的代码", "the panel's code"),
        "trim": Field("去极值", "去掉最高、最低各几个", "so many highest and lowest are dropped"),
    },
    SchemeSource: {
        "kind": _KIND,
        "scheme": Field("方案", "另一方案的代码", "the other scheme's code"),
    },
    Completion: {
        "kind": _KIND,
        "target": Field(
            "目标", "目标值，或目标表中各单位的目标", "a number, or each unit's target"
        ),
        "direction": _MORE,
        "cap": Field("最高比例", "完成率最高算多少，1 即 100%", "the highest ratio, 1 is 100%"),
        "floor": Field("最低比例", "完成率最低算多少", "the lowest ratio"),
    },
    Bands: {
        "kind": _KIND,
        "steps": Field("档次", "达到的数值：得分", "threshold to points"),
        "otherwise": Field("其余", "一档都未达到的得分", "points where no step is reached"),
        "direction": _MORE,
    },
    Goalposts: {
        "kind": _KIND,
        "low": Field("起点", "得起点分的数值", "the value that gets low_points"),
        "high": Field("满分点", "得满分的数值；小于起点即越少越好", "the value for full points"),
        "low_points": Field("起点分", "起点处的得分", "points at the low end"),
    },
    Efficacy: {
        "kind": _KIND,
        "low": Field(
            "不允许值", "刚好不允许的数值，或同组最差", "just not permitted, or worst peer"
        ),
        "high": Field("满意值", "满意的数值，或同组最好", "satisfactory, or the best peer"),
        "direction": _MORE,
        "base": Field("基础分", "不允许值处得百分之多少", "percent of the points at the low end"),
        "floor": Field("最低分", "最低得百分之多少", "the lowest percentage"),
    },
    RankLadder: {
        "kind": _KIND,
        "ladder": Field("名次分", "第 1、2、3……名的得分", "points of rank 1, 2, 3 …"),
        "first": Field("首名分", "第 1 名的得分", "points of rank 1"),
        "step": Field("级差", "每低一名少多少分", "so many points less for each rank"),
        "rest": Field("其余", "其余名次的得分（最低分）", "points of later ranks, the least"),
        "direction": _MORE,
    },
    RatioToBest: {"kind": _KIND, "direction": _MORE},
    RatioToAverage: {
        "kind": _KIND,
        "direction": _MORE,
        "cap": Field("最高比例", "与均值之比最高算多少", "the highest ratio"),
    },
    DistanceFromAverage: {
        "kind": _KIND,
        "loses": Field("扣分", "每差一个步长扣多少分", "points lost for each step"),
        "step": Field("步长", "差多少算一步", "how much is one step"),
        "whole_steps": Field("只计整步", "不足一步不扣", "a part of a step costs nothing"),
        "direction": _MORE,
    },
    CountPoints: {
        "kind": _KIND,
        "each": Field("每次得分", "每一次（件、人）得多少分", "points for every one counted"),
    },
    Deduction: {
        "kind": _KIND,
        "each": Field("每次扣分", "每一次扣多少分", "points lost for every one counted"),
        "floor": Field("最低得分", "扣到多少为止", "never under this"),
    },
    ShareOfFull: {
        "kind": _KIND,
        "full": Field("满值", "得满分的数值", "the value that gets full points"),
    },
    Combined: {
        "kind": _KIND,
        "parts": Field("组成", "一至三部分，比重合计 100", "one to three parts, 100 in all"),
    },
    CombinedPart: {
        "of": Field("看什么", "水平、增长率还是增量", "the value, its growth or its change"),
        "share": Field("比重", "占分值的百分之多少", "percent of the points"),
        "rule": Field("计分方法", "这一部分的计分方法", "the rule of this part"),
    },
}
"""Every field of every part of the model; a test holds it complete."""


def named(part: type[Part] | None, key: str) -> str:
    """Name a key as people see it, with its Chinese label: ``points（分值）``."""
    field = FIELDS.get(part, {}).get(key) if part else None
    return f"{key}（{field.label}）" if field else key
