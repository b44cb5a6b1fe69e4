"""Sentences of the area analysis: coupling, weights, inequality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ronghe.wording import Language, Sentence

if TYPE_CHECKING:  # sentences are needed where numpy must not be loaded
    from ronghe.analysis.coupling import Lead

SENTENCES: dict[str, Sentence] = {
    "coupling-shape": Sentence(
        zh="耦合协调度需要一张“单位×子系统”的数值表，子系统不少于两个，现为{found}。"
        "请每个单位一行、每个子系统一列，各行列数相同。",
        en="Coupling needs a table of numbers, units by at least two subsystems; found {found}. "
        "Give one row a unit and one column a subsystem, the same columns in every row.",
    ),
    "coupling-out-of-range": Sentence(
        zh="子系统得分为{found}，应在0到1之间。请先换算，例如百分制除以100。",
        en="The subsystem's score is {found}; it must be between 0 and 1. Scale it first, for "
        "example divide points of 100 by 100.",
    ),
    "coupling-weights-count": Sentence(
        zh="给出了{found}个权重，子系统有{expected}个。请每个子系统给一个权重，或不填，按等权计算。",
        en="{found} weights for {expected} subsystems. Give one a subsystem, or none for equal "
        "weights.",
    ),
    "coupling-weight": Sentence(
        zh="子系统权重为{found}，应在0到1之间。请改正，或不填，按等权计算。",
        en="The subsystem's weight is {found}; it must be between 0 and 1. Correct it, or give no "
        "weights for equal ones.",
    ),
    "coupling-weights-sum": Sentence(
        zh="子系统权重合计为{found}，应为{expected}。请调整，或不填，按等权计算。",
        en="The subsystems' weights add up to {found}, not {expected}. Adjust them, or give none "
        "for equal weights.",
    ),
    "coupling-definition": Sentence(
        zh="没有名为“{found}”的耦合度定义，可用的有：{expected}。请从中选用，建议用wang2021。",
        en="There is no definition of coupling called “{found}”; there are: {expected}. Choose "
        "one of them, wang2021 if in doubt.",
    ),
    "coupling-tolerance": Sentence(
        zh="判断“同步”的容差为{found}，应在{expected}内。请改正，通常用0.1。",
        en="The tolerance for being in step is {found}; it must be in {expected}. Correct it; 0.1 "
        "is usual.",
    ),
    "lead-periods-differ": Sentence(
        zh="“{period}”期有{found}个单位，第一期有{expected}个。"
        "请各期列出相同的单位、相同的顺序，缺数的单位留空。",
        en="Period “{period}” has {found} units, the first one {expected}. List the same units in "
        "the same order in every period, with a gap for those without a figure.",
    ),
    "lead-value": Sentence(
        zh="“{period}”期的领先标记为{found}，只能是{expected}或空缺。请直接采用耦合分析给出的结果。",
        en="The mark of who leads in “{period}” is {found}; it must be one of {expected} or a "
        "gap. Use what the coupling analysis returned.",
    ),
    "weighting-count": Sentence(
        zh="准则个数为{found}，应为不小于{expected}的整数。请改正。",
        en="The number of criteria is {found}; it must be a whole number of at least {expected}. "
        "Correct it.",
    ),
    "weighting-matrix-shape": Sentence(
        zh="客观赋权需要一张“单位×指标”的数值表，现为{found}。请每个单位一行、每个指标一列，至少各一个。",
        en="Weighting by data needs a table of numbers, units by indicators; found {found}. Give "
        "one row a unit and one column an indicator, at least one of each.",
    ),
    "weighting-gap": Sentence(
        zh="此处没有可用的数值（{found}）。客观赋权不接受空缺和无穷大：请补齐，或去掉这个单位或指标后再算。",
        en="There is no usable number here ({found}). Weighting by data accepts neither gaps nor "
        "infinities: fill it in, or leave out this unit or indicator.",
    ),
    "weighting-directions": Sentence(
        zh="给出了{found}个指标方向，指标有{expected}个。请每个指标给一个方向。",
        en="{found} directions for {expected} indicators. Give one an indicator.",
    ),
    "weighting-direction": Sentence(
        zh="指标方向为“{found}”，只能是：{expected}（more越大越好，less越小越好）。请改正。",
        en="The indicator's direction is “{found}”; it must be one of: {expected}. Correct it.",
    ),
    "weighting-variant": Sentence(
        zh="熵权法没有“{found}”这种归一方式，可用的有：{expected}。请从中选用；含负数时用minmax。",
        en="Entropy weighting has no variant “{found}”; there are: {expected}. Choose one of "
        "them, minmax if there are negative values.",
    ),
    "weighting-negative": Sentence(
        zh="数值为{found}，按合计归一的熵权法不能有负数。请核对，或改用minmax。",
        en="The value is {found}; entropy weighting by sums cannot take negative values. Check "
        "it, or use the variant minmax.",
    ),
    "weighting-no-information": Sentence(
        zh="数据无法给出权重：各指标在单位之间都没有差异，或者彼此完全同向变化。"
        "请增加单位、去掉重复指标，或改用等权、层次分析法。",
        en="The data say nothing about weights: no indicator tells the units apart, or all of "
        "them say the same. Add units, drop repeated indicators, or use equal weights or AHP.",
    ),
    "pairwise-method": Sentence(
        zh="层次分析法没有“{found}”这种算法，可用的有：{expected}。请从中选用。",
        en="AHP has no method “{found}”; there are: {expected}. Choose one of them.",
    ),
    "pairwise-not-square": Sentence(
        zh="判断矩阵应为行列数相同的数值表，现为{found}。请让每个准则占一行一列，顺序相同。",
        en="The comparisons must be a square table of numbers; found {found}. Give every "
        "criterion one row and one column, in the same order.",
    ),
    "pairwise-too-large": Sentence(
        zh="判断矩阵有{found}个准则，最多{expected}个。请分组，先比较各组，再在组内比较。",
        en="The comparisons have {found} criteria, at most {expected} are allowed. Form groups: "
        "compare the groups first, then inside each.",
    ),
    "pairwise-not-positive": Sentence(
        zh="判断值为{found}，应为正数。请填1/9到9之间的数，1表示同等重要。",
        en="The comparison is {found}; it must be positive. Enter a number from 1/9 to 9; 1 means "
        "equally important.",
    ),
    "pairwise-diagonal": Sentence(
        zh="准则与自身比较的值为{found}，应为{expected}。请改为{expected}。",
        en="A criterion compared with itself is {found}; it must be {expected}. Set it to "
        "{expected}.",
    ),
    "pairwise-not-reciprocal": Sentence(
        zh="此处为{found}，而第{row}行第{column}列为{opposite}，两者应互为倒数，即此处应为{expected}。"
        "请改正其中一处；倒数最好写成1/3这样的分数。",
        en="Here stands {found}, but row {row}, column {column} has {opposite}; the two must be "
        "reciprocals, so {expected} is expected here. Correct one of them; reciprocals are best "
        "written as fractions such as 1/3.",
    ),
    "best-worst-lengths": Sentence(
        zh="“最优对其他”和“其他对最劣”应各是一列数、个数相同，现为{found}。请让每个准则在两列中各有一个数。",
        en="“Best to others” and “others to worst” must each be one row of as many numbers; found "
        "{found}. Give every criterion one number in each.",
    ),
    "best-worst-scale": Sentence(
        zh="比较值为{found}，应在{expected}之间。请改正：1表示同等重要，9表示极端重要。",
        en="The comparison is {found}; it must be in {expected}. Correct it: 1 means equally "
        "important, 9 extremely more important.",
    ),
    "best-worst-no-best": Sentence(
        zh="没有哪个准则在“最优对其他”中为{expected}，无法确定最优准则。请把最优准则自身的值填为{expected}。",
        en="No criterion has {expected} in “best to others”, so the best is not known. Enter "
        "{expected} for the best criterion itself.",
    ),
    "best-worst-no-worst": Sentence(
        zh="没有哪个准则在“其他对最劣”中为{expected}，无法确定最劣准则。请把最劣准则自身的值填为{expected}。",
        en="No criterion has {expected} in “others to worst”, so the worst is not known. Enter "
        "{expected} for the worst criterion itself.",
    ),
    "best-worst-two-answers": Sentence(
        zh="最优准则（第{best}个）对最劣准则（第{worst}个）的比较填了两个不同的数："
        "此处为{found}，“最优对其他”中为{expected}。请统一为一个数。",
        en="Best (number {best}) over worst (number {worst}) has two different answers: {found} "
        "here, {expected} in “best to others”. Make them one number.",
    ),
    "best-worst-exceeds": Sentence(
        zh="比较值为{found}，超过了最优对最劣的{expected}。请核对，或重新确定最优、最劣准则。",
        en="The comparison is {found}, more than the {expected} of best over worst. Check it, or "
        "choose the best and the worst again.",
    ),
    "inequality-shape": Sentence(
        zh="差距分析需要一列数值，每个单位一个，现为{found}。请改为一列。",
        en="Inequality needs one row of numbers, one a unit; found {found}. Give a single row.",
    ),
    "inequality-value": Sentence(
        zh="数值为{found}，差距分析要求不小于0的有限数。请核对；没有数据的请留空。",
        en="The value is {found}; inequality needs finite numbers that are not negative. Check "
        "it; leave it empty where there are no data.",
    ),
    "inequality-weights-count": Sentence(
        zh="给出了{found}个权重，单位有{expected}个。请每个单位给一个权重，或都不填。",
        en="{found} weights for {expected} units. Give one a unit, or none at all.",
    ),
    "inequality-weight": Sentence(
        zh="单位权重为{found}，应为不小于0的有限数，例如人口数。请核对。",
        en="The unit's weight is {found}; it must be a finite number that is not negative, such "
        "as a population. Check it.",
    ),
    "inequality-no-weight": Sentence(
        zh="有数据的单位权重全为0，无法计算。请核对权重，或都不填，按每个单位相同计算。",
        en="All units with data have the weight 0. Check the weights, or give none to count every "
        "unit alike.",
    ),
    "inequality-groups-count": Sentence(
        zh="给出了{found}个分组名，单位有{expected}个。请每个单位给一个分组。",
        en="{found} group names for {expected} units. Give one a unit.",
    ),
    "inequality-group": Sentence(
        zh="这个单位没有分组。请填写所属分组，或去掉这个单位后再算。",
        en="This unit has no group. Enter its group, or leave the unit out.",
    ),
}

LEADS: Mapping[int, Sentence] = {
    1: Sentence(zh="党建领先", en="Party building leads"),
    -1: Sentence(zh="经济领先", en="the economy leads"),
    0: Sentence(zh="同步", en="in step"),
}
"""Which side leads, with Party building as the first subsystem and the economy as the second."""

LEAD_SINCE = Sentence(
    zh="自{since}起连续{periods}期{side}",
    en="{side}; unbroken since {since} (periods: {periods})",
)

LEAD_CAUTION = Sentence(
    zh="领先或滞后只是统计上的线索，须与年度联合计划中的关联情况一并核实，不能单凭统计数字下“两张皮”的结论。",
    en="Leading or lagging is a statistical hint to be checked against the links in the yearly "
    "joint plan; figures alone do not show that Party work and the economy go separate ways.",
)
"""To stand beside every statement about who leads."""


def say_lead(lead: Lead, language: Language = "zh") -> str:
    """Say since when a side leads, or since when both are in step."""
    side, since = LEADS[lead.side], LEAD_SINCE
    names, template = (side.zh, since.zh) if language == "zh" else (side.en, since.en)
    return template.format(since=lead.since, periods=lead.periods, side=names)
