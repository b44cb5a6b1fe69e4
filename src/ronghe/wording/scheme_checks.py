"""Sentences about what a scheme says: points, codes, sources, rules, grades, statistics."""

from __future__ import annotations

from ronghe.wording import Sentence

_TREE = {
    "points-too-few": Sentence(
        zh="“{title}”下 {count} 项的分值合计为 {found}，应为 {expected}。"
        "请把其中一项调高 {difference} 分。",
        en="The {count} entries under “{title}” add up to {found} points, not {expected}. "
        "Raise one of them by {difference}.",
    ),
    "points-too-many": Sentence(
        zh="“{title}”下 {count} 项的分值合计为 {found}，应为 {expected}。"
        "请把其中一项调低 {difference} 分。",
        en="The {count} entries under “{title}” add up to {found} points, not {expected}. "
        "Lower one of them by {difference}.",
    ),
    "duplicate-code": Sentence(
        zh="代码“{found}”已经用过（见 {expected}）。指标、分组、加分扣分、前置条件和一票否决的代码"
        "互不相同，请换一个。",
        en="The code “{found}” is already taken (see {expected}). Indicators, groups, pools, gates "
        "and vetoes all need codes of their own; choose another.",
    ),
    "named-twice": Sentence(
        zh="“{found}”写了两次。请删去一个。",
        en="“{found}” is named twice. Remove one.",
    ),
    "peer-group-not-declared": Sentence(
        zh="没有“{found}”这个考核分组。请在考核分组中加上，或改用：{expected}。",
        en="There is no peer group “{found}”. Declare it, or use one of: {expected}.",
    ),
    "scheme-uses-itself": Sentence(
        zh="“{title}”取本方案自己的总分，无法计算。请改用另一方案的代码。",
        en="“{title}” takes the total of this very scheme. Name another scheme.",
    ),
    "scheme-cycle": Sentence(
        zh="方案之间循环引用：{found}。请去掉其中一处引用。",
        en="Schemes build on each other in a circle: {found}. Remove one of these references.",
    ),
    "scheme-twice": Sentence(
        zh="有两个方案的代码都是“{found}”。请给其中一个换代码。",
        en="Two schemes have the code “{found}”. Give one of them another.",
    ),
    "full-differs-from-scheme": Sentence(
        zh="“{title}”按满值 {found} 折算，而“{used}”的总分是 {expected}。"
        "请确认，或把满值改为 {expected}。",
        en="“{title}” takes {found} as the full value, but “{used}” has {expected} points. "
        "Confirm it, or set the full value to {expected}.",
    ),
}

_SOURCES = {
    "measure-not-declared": Sentence(
        zh="没有“{found}”这项数据。请先在“数据”中登记，或改用：{expected}。",
        en="There is no measure “{found}”. Declare it among the measures, or use: {expected}.",
    ),
    "record-kind-not-declared": Sentence(
        zh="没有“{found}”这类纪实。请先在“纪实类别”中登记，或改用：{expected}。",
        en="There is no kind of record “{found}”. Declare it, or use one of: {expected}.",
    ),
    "unused-measure": Sentence(
        zh="数据“{found}”没有任何指标或条件使用。若不再需要请删去，免得基层白报。",
        en="No indicator or condition uses the measure “{found}”. Remove it if it is not needed, "
        "so that nobody delivers it in vain.",
    ),
    "unused-record-kind": Sentence(
        zh="纪实类别“{found}”没有任何指标或条件使用。若不再需要请删去，免得基层白记。",
        en="No indicator or condition uses the records “{found}”. Remove the kind if it is not "
        "needed, so that nobody enters them in vain.",
    ),
    "previous-not-named": Sentence(
        zh="这里要用上一考核期的数据，但方案没有写上一考核期。请在“上一考核期”（period.previous）填写其名称。",
        en="This needs the period before, which the scheme does not name. Fill in period.previous.",
    ),
    "previous-is-current": Sentence(
        zh="上一考核期“{found}”与本考核期相同。请改为上一期的名称。",
        en="The period before, “{found}”, is the same as the current one. Name the one before.",
    ),
    "dates-reversed": Sentence(
        zh="开始日期 {found} 晚于结束日期 {expected}。请对调或改正。",
        en="The first day {found} is after the last day {expected}. Swap or correct them.",
    ),
    "day-outside-period": Sentence(
        zh="{found} 不在考核期（{expected}）内。请改为考核期内的日期，或不填。",
        en="{found} lies outside the period ({expected}). Choose a day within it, or leave it out.",
    ),
    "cap-without-count": Sentence(
        zh="封顶只能用于次数或数量合计，这里的统计方式是“{found}”。请去掉封顶，或改为 count、sum。",
        en="A cap works with count and sum only, not with “{found}”. Drop the cap, or use those.",
    ),
    "share-without-quality": Sentence(
        zh="统计达标占比要说明几级算达标。请填写 quality_at_least（质量不低于）。",
        en="A share needs the quality that counts as sufficient. Fill in quality_at_least.",
    ),
    "mixed-scales": Sentence(
        zh="合在一起求和或平均的纪实小数位数不同（{found}）。请统一小数位数，或分成几个指标。",
        en="Records added up together have different digits after the point ({found}). "
        "Use one number of digits, or separate indicators.",
    ),
    "mixed-units": Sentence(
        zh="合在一起求和或平均的纪实计量单位不同（{found}），结果没有意义。请分成几个指标，或改为计次数。",
        en="Records added up together have different units of measurement ({found}), which means "
        "nothing. Use separate indicators, or count records.",
    ),
    "vote-over-100": Sentence(
        zh="票面“{name}”折算 {found} 分，超过 {expected} 分。请按百分制填写。",
        en="The vote “{name}” is worth {found} points, more than {expected}. Use points of 100.",
    ),
    "ballot-weights": Sentence(
        zh="各类投票人的权重合计为 {found}，不是 {expected}。系统按各自占比计算；若有遗漏请补上。",
        en="The weights of the voter groups add up to {found}, not {expected}. They are taken in "
        "proportion; add what is missing.",
    ),
    "condition-not-one": Sentence(
        zh="“{title}”的条件应恰好写一个比较（不低于、高于、不高于、低于），现有 {found} 个。"
        "请改正。",
        en="The condition of “{title}” should make exactly one comparison (at_least, above, "
        "at_most, below) and makes {found}. Please correct it.",
    ),
    "obligation-scored": Sentence(
        zh="“{title}”用“{found}”计分。出勤、学时等是义务，可以作前置条件，不能计分。"
        "请改为前置条件，或换用工作实绩。",
        en="“{title}” scores “{found}”. Attendance and training hours are obligations: they may be "
        "a precondition, not points. Make it a gate, or score real work.",
    ),
}

_RULES = {
    "shares-do-not-add-up": Sentence(
        zh="“{title}”各组成部分的比重合计为 {found}，应为 {expected}。请调整比重。",
        en="The shares of the parts of “{title}” add up to {found}, not {expected}. Adjust them.",
    ),
    "growth-without-measure": Sentence(
        zh="“{found}”（增长率或增量）只能用于取本期数据的指标。请改用水平，或把数据来源改为本期的数据。",
        en="“{found}” works only where the source is a measure of the current period. Look at the "
        "value, or take such a measure.",
    ),
    "target-without-measure": Sentence(
        zh="“{title}”的目标取自目标表，而目标表只针对数据。请写明目标数值，或把数据来源改为数据。",
        en="“{title}” takes its target from the table of targets, which only measures have. Give "
        "the target as a number, or take a measure.",
    ),
    "target-for-growth": Sentence(
        zh="“{title}”对“{found}”使用目标表；目标表里是水平值的目标。请写明目标数值。",
        en="“{title}” compares “{found}” with the table of targets, which holds targets of the "
        "value itself. Give the target as a number.",
    ),
    "floor-over-cap": Sentence(
        zh="最低比例 {found} 大于最高比例 {expected}。请改正。",
        en="The lowest ratio {found} is over the highest {expected}. Please correct it.",
    ),
    "floor-over-points": Sentence(
        zh="“{title}”保底 {found} 分，不低于分值 {expected}，所有单位都得满分。请调低。",
        en="“{title}” keeps {found} points, no less than its {expected}: everybody would get them "
        "all. Lower it.",
    ),
    "points-over-indicator": Sentence(
        zh="“{title}”最多给 {found} 分，超过分值 {expected}。请调低，或提高分值。",
        en="“{title}” gives up to {found} points, over its {expected}. Lower them, or raise its "
        "points.",
    ),
    "full-points-unreachable": Sentence(
        zh="“{title}”最多只能得 {found} 分，得不到满分 {expected}。若非有意，请调整。",
        en="“{title}” gives {found} points at best, never its full {expected}. "
        "Adjust it unless meant.",
    ),
    "bands-not-monotone": Sentence(
        zh="“{title}”的 {step} 档得 {found} 分，比较差的一档（{expected} 分）还少。"
        "请检查档次或方向。",
        en="“{title}” gives {found} points for the step {step}, less than for a worse one "
        "({expected}). Check the steps or the direction.",
    ),
    "rank-ladder-form": Sentence(
        zh="“{title}”的位次计分应二选一：写明各名次得分（ladder），或写首名分（first）和级差（step）。请改正。",
        en="“{title}” needs either the points of each rank (ladder), or those of the first (first) "
        "and the step down (step), not both. Please correct it.",
    ),
    "ladder-not-descending": Sentence(
        zh="“{title}”第 {rank} 名得 {found} 分，比前一名（{expected} 分）还多。请改正。",
        en="“{title}” gives rank {rank} {found} points, more than the rank before ({expected}). "
        "Please correct it.",
    ),
    "equal-ends": Sentence(
        zh="两端的数值都是 {found}，分不出高下。请改正其中一个。",
        en="Both ends are {found}: nothing lies between them. Change one of them.",
    ),
    "ends-against-direction": Sentence(
        zh="两端数值（{found}）与方向相反。请改方向，或对调两端。",
        en="The ends ({found}) contradict the direction. Change it, or swap the ends.",
    ),
}

_GRADING = {
    "grades-not-descending": Sentence(
        zh="等次“{title}”的最低分 {found} 应低于“{better}”的 {expected}。"
        "等次从好到差排列，请调整。",
        en="The grade “{title}” starts at {found}, which should be below the {expected} of "
        "“{better}”. List grades from best to worst.",
    ),
    "grade-unreachable": Sentence(
        zh="等次“{title}”要 {found} 分，而总分最高只有 {expected} 分。请调低。",
        en="The grade “{title}” needs {found} points, but no total exceeds {expected}. Lower it.",
    ),
    "lowest-grade-open": Sentence(
        zh="低于 {found} 分的没有等次。请把“{title}”的最低分改为 0，或再加一个等次。",
        en="Totals under {found} get no grade. Let “{title}” start at 0, or add a grade.",
    ),
    "quota-twice": Sentence(
        zh="等次“{title}”既写了名额比例又写了名额规则。请只留一个。",
        en="The grade “{title}” has both a quota and a quota_rule. Keep one.",
    ),
    "tie-breaker-not-found": Sentence(
        zh="并列次序中的“{found}”不是指标或分组的代码。请改用：{expected}。",
        en="“{found}” among the tie-breakers is no indicator or group. Use one of: {expected}.",
    ),
    "zeroed-not-found": Sentence(
        zh="归零指标“{found}”不是指标或分组的代码。请改用：{expected}。",
        en="“{found}” among zeroes is no indicator or group. Use one of: {expected}.",
    ),
    "grade-not-declared": Sentence(
        zh="没有“{found}”这个等次。请改用：{expected}。",
        en="There is no grade “{found}”. Use one of: {expected}.",
    ),
    "ceiling-without-grades": Sentence(
        zh="等次上限写了“{found}”，但方案没有设等次。请先设等次，或去掉等次上限。",
        en="The ceiling “{found}” is set, but the scheme has no grades. Add grades, or drop it.",
    ),
    "ceiling-without-effect": Sentence(
        zh="等次上限“{found}”就是最好的等次，起不到限制作用。请改为较低的等次。",
        en="The ceiling “{found}” is the best grade and limits nothing. Choose a lower one.",
    ),
    "gate-without-consequence": Sentence(
        zh="前置条件“{title}”没有写不满足时怎么办。请填写等次上限、总分上限或归零指标。",
        en="The gate “{title}” has no consequence. Fill in ceiling, cap_points or zeroes.",
    ),
    "veto-without-authority": Sentence(
        zh="一票否决“{title}”没有写依据。设定一票否决须有明文依据，请填写文件和条款，或改为前置条件。",
        en="The veto “{title}” names no authority. A veto needs one: cite the document and "
        "article, or make it a gate.",
    ),
    "pay-without-coefficients": Sentence(
        zh="写了绩效系数文件“{found}”，但没有系数。请在各等次填绩效系数，或填“绩效按总分除以”；"
        "不发绩效就去掉文件。",
        en="The pay document “{found}” is named, but no coefficient. Give each grade one, or fill "
        "in pay.divisor; without pay, drop the document.",
    ),
    "pay-for-others": Sentence(
        zh="考核对象是{found}，不能定绩效系数；只有考核组织、干部可以。请去掉绩效系数。",
        en="Coefficients of pay are for organisations and cadres, not for {found}. Drop them.",
    ),
    "pay-document-missing": Sentence(
        zh="有绩效系数，但没有写由哪份文件规定、什么日期。请填绩效系数文件和日期。",
        en="There are coefficients of pay, but no document that sets them with its date. Fill in "
        "pay.document and pay.dated.",
    ),
    "pay-twice": Sentence(
        zh="绩效系数既按等次、又按总分除以 {found}。请只留一种。",
        en="The coefficients of pay are given by grade and by the total over {found}. Keep one.",
    ),
    "coefficient-missing": Sentence(
        zh="等次“{title}”没有绩效系数，别的等次有。请填上，可以是 0。",
        en="The grade “{title}” has no coefficient though others have. Fill it in; it may be 0.",
    ),
    "approval-not-named": Sentence(
        zh="方案没有写批准依据。考核须经批准并列入年度计划，请填写年度计划事项和批准文号。",
        en="The scheme does not say who approved it. An appraisal is approved and on the yearly "
        "plan: fill in plan_item and document.",
    ),
}

_STATISTICS = {
    "measure-below-published-level": Sentence(
        zh="“{title}”官方只发布到{expected}，不能用来考核{found}一级。"
        "请改用本级确有的数据，例如：{proxies}。",
        en="“{title}” is officially published down to the level {expected} only and cannot "
        "appraise the level {found}. Use a figure that exists there, for example: {proxies}.",
    ),
    "measure-claims-lower-level": Sentence(
        zh="“{title}”写的最低发布层级是{found}，而“{statistic}”官方只发布到{expected}。请改正。",
        en="“{title}” claims to be published down to {found}, but “{statistic}” is published down "
        "to {expected} only. Correct it.",
    ),
    "statistic-not-named": Sentence(
        zh="“{found}”像是官方统计指标“{statistic}”。请在“官方统计指标”中填写 {expected}；"
        "如果不是，请换个名称。",
        en="“{found}” looks like the official statistic “{statistic}”. Fill in statistic: "
        "{expected}; if it is something else, choose another title.",
    ),
    "statistic-not-in-catalogue": Sentence(
        zh="统计指标目录中没有“{found}”。请改用：{expected}。",
        en="The catalogue of statistics has no “{found}”. Use one of: {expected}.",
    ),
}

SENTENCES: dict[str, Sentence] = {**_TREE, **_SOURCES, **_RULES, **_GRADING, **_STATISTICS}
