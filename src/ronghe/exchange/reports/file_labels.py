"""What only the workbook or only the notice says."""

from __future__ import annotations

from ronghe.wording import Sentence

WORKBOOK: dict[str, Sentence] = {
    "sheet-summary": Sentence("汇总", "Summary"),
    "sheet-scores": Sentence("得分", "Scores"),
    "sheet-inputs": Sentence("原始数据", "Inputs"),
    "sheet-indicators": Sentence("指标说明", "Indicators"),
    "sheet-run": Sentence("运行信息", "Run"),
    "ledger": Sentence(
        "内部台账：含个人考核结果，不得公开张贴或转发。",
        "Internal ledger with results of persons: not to be published or passed on.",
    ),
    "workbook-shortened": Sentence(
        "共 {count} 个考核对象，本表列出前 {shown} 个；全部数据见 totals.csv、scores.csv 和 "
        "results.parquet。",
        "Of {count} units the first {shown} are listed; all are in totals.csv, scores.csv and "
        "results.parquet.",
    ),
    "scores-note": Sentence(
        "各级小计、加减分和总分都是公式，可点开核对；“{exempt}”“{lacking}”的指标，"
        "其分值由同级其他指标按比例承担。",
        "Subtotals, pools and totals are formulas. Where an indicator is “{exempt}” or "
        "“{lacking}” its weight goes to the others beside it.",
    ),
    "cell-exempt": Sentence("不适用", "exempt"),
    "cell-lacking": Sentence("缺数", "missing"),
    "belongs-to": Sentence("所属", "Part of"),
    "average-shown": Sentence("平均（随筛选变化）", "Mean of the rows shown"),
    "subtotal": Sentence("{title}（小计）", "{title} (subtotal)"),
    "pool-sum": Sentence("{title}（合计，封顶 {cap}）", "{title} (sum, at most {cap})"),
    "gate-flag": Sentence("{title}：未满足为 1", "{title}: 1 if it fails"),
    "veto-flag": Sentence("{title}：发生为 1", "{title}: 1 if it strikes"),
    "file-named": Sentence("数据文件 {name}（SHA-256）", "Data file {name} (SHA-256)"),
    "tree-sum": Sentence("指标得分", "Points of the tree"),
    "number-of-units": Sentence("数量", "Count"),
    "highest": Sentence("最高", "Highest"),
    "lowest": Sentence("最低", "Lowest"),
    "check": Sentence("统计", "Figures"),
    "input-value": Sentence("{title}：实际值", "{title}: value"),
    "input-target": Sentence("{title}：目标值", "{title}: target"),
    "input-previous": Sentence("{title}：上期值", "{title}: value before"),
    "input-growth": Sentence("{title}：增长率（%）", "{title}: growth (%)"),
    "input-change": Sentence("{title}：增减量", "{title}: change"),
    "measured-in": Sentence("计量单位", "Measured in"),
    "code": Sentence("代码", "Code"),
    "title": Sentence("名称", "Title"),
    "source": Sentence("数据来源", "Source"),
    "rule": Sentence("计分方法", "Rule"),
    "supplier": Sentence("提供单位", "Supplied by"),
    "basis": Sentence("职责依据", "Duty behind it"),
    "citation": Sentence("制度依据", "Citation"),
    "note": Sentence("备注", "Note"),
    "kind-indicator": Sentence("指标", "Indicator"),
    "kind-bonus": Sentence("加分项", "Bonus"),
    "kind-penalty": Sentence("扣分项", "Deduction"),
}

NOTICE: dict[str, Sentence] = {
    "notice-draft": Sentence(
        "草稿：本通报由系统依据考核结果生成，须经审定签发；［　］处由发文机关填写或者核定。",
        "Draft compiled from the results: to be checked and signed by a person; [ ] is for the "
        "issuing office.",
    ),
    "notice-issuer": Sentence("［发文机关名称］文件", "[Issuing office]"),
    "notice-number": Sentence("［机关代字］〔［年份］〕［　］号", "No. [ ] of [year]"),
    "notice-title": Sentence("关于{title}", "Notice of the results: {title}"),
    "notice-title-end": Sentence("（{label}）结果的通报", " ({label})"),
    "notice-to": Sentence("［主送机关］：", "To: [addressees]"),
    "fill-approval": Sentence("［批准文件］", "[approving document]"),
    "fill-plan-item": Sentence("［年度计划事项］", "[item of the yearly plan]"),
    "notice-intro": Sentence(
        "根据{document}（年度计划事项：{plan_item}），按照《{title}》（{version}版），"
        "对{count}个考核对象（{what}）{label}考核期（{since}至{until}）的工作进行了考核。"
        "现将有关情况通报如下。",
        "Under {document} (item of the yearly plan: {plan_item}) and by the scheme “{title}” "
        "(version {version}), {count} units ({what}) were appraised for the period {label} "
        "({since} to {until}). The results are as follows.",
    ),
    "notice-intro-people": Sentence(
        "根据{document}（年度计划事项：{plan_item}），按照《{title}》（{version}版），"
        "对{count}名{what}{label}考核期（{since}至{until}）的情况进行了考核。"
        "现将有关情况通报如下。",
        "Under {document} (item of the yearly plan: {plan_item}) and by the scheme “{title}” "
        "(version {version}), {count} persons ({what}) were appraised for the period {label} "
        "({since} to {until}). The results are as follows.",
    ),
    "heading-1": Sentence("{number}、{title}", "{number}. {title}"),
    "heading-2": Sentence("（{number}）{title}", "({number}) {title}"),
    "notice-overview": Sentence("总体情况", "Overview"),
    "notice-totals": Sentence(
        "参加考核的共{count}个，满分{full}分。平均总分{mean}分，中位数{median}分，"
        "最高{highest}分，最低{lowest}分。",
        "Units appraised: {count}; full points {full}. The mean total is {mean}, the median "
        "{median}, the highest {highest}, the lowest {lowest}.",
    ),
    "notice-totals-people": Sentence(
        "参加考核的共{count}人，满分{full}分。平均总分{mean}分，中位数{median}分。",
        "Persons appraised: {count}; full points {full}. The mean total is {mean}, the median "
        "{median}.",
    ),
    "notice-grades": Sentence("等次分布为：{grades}。", "By grade: {grades}."),
    "of-units": Sentence("{count}个", "{count}"),
    "of-people": Sentence("{count}人", "{count}"),
    "notice-grade": Sentence("{title}{count}（{share}）", "{title} {count} ({share})"),
    "notice-named": Sentence("获得“{grade}”等次的是：{names}。", "Graded “{grade}”: {names}."),
    "notice-struck": Sentence(
        "因“{title}”受到限制的{count}，按方案规定{consequence}。",
        "Limited by “{title}”: {count}; under the scheme {consequence}.",
    ),
    "notice-analysis": Sentence("得分情况", "Where points were gained and lost"),
    "notice-best": Sentence("得分较高的方面", "Where most points were gained"),
    "notice-weakest": Sentence("得分较低的方面", "Where most points were lost"),
    "notice-group-best": Sentence(
        "各部分中，{name}平均得分率最高，为{share}。",
        "Of the parts, {name} has the highest mean share of points, {share}.",
    ),
    "notice-group-weakest": Sentence(
        "各部分中，{name}平均得分率最低，为{share}。",
        "Of the parts, {name} has the lowest mean share of points, {share}.",
    ),
    "notice-dimension-best": Sentence(
        "各维度中，{name}平均得分率最高，为{share}。",
        "Of the dimensions, {name} has the highest mean share, {share}.",
    ),
    "notice-dimension-weakest": Sentence(
        "各维度中，{name}平均得分率最低，为{share}。",
        "Of the dimensions, {name} has the lowest mean share, {share}.",
    ),
    "notice-indicators-best": Sentence(
        "平均得分率较高的指标是：{names}。", "Indicators with the highest mean shares: {names}."
    ),
    "notice-indicators-weakest": Sentence(
        "平均得分率较低的指标是：{names}。", "Indicators with the lowest mean shares: {names}."
    ),
    "notice-share": Sentence("{name}（{share}）", "{name} ({share})"),
    "notice-leads": Sentence(
        "两方得分率相差不超过{tolerance}个百分点为同步，据此统计：{leads}。以上数字只作统计线索，"
        "不据此作出结论。",
        "Sides no more than {tolerance} percentage points apart are in step: {leads}. These "
        "figures are hints and conclude nothing by themselves.",
    ),
    "notice-lead": Sentence("{lead}{count}", "{lead} {count}"),
    "notice-grading": Sentence("等次评定办法", "How grades were given"),
    "notice-thresholds": Sentence(
        "等次按总分确定。{grades}。", "Grades follow from the total. {grades}."
    ),
    "notice-threshold": Sentence(
        "{title}：{threshold}分起，名额{quota}", "{title}: from {threshold} points, quota {quota}"
    ),
    "notice-gaps": Sentence(
        "有{count}项指标存在缺数，均按方案规定的办法处理，具体见考核报告。",
        "Indicators with missing data: {count}; they were treated as the scheme says, see the "
        "report.",
    ),
    "notice-objections": Sentence("异议和复核", "Objections and review"),
    "notice-objection": Sentence(
        "对考核结果有异议的，可自本通报印发之日起［　］个工作日内，向［组织考核的机关］书面提出，"
        "写明对象、指标和理由。［组织考核的机关］应当自收到之日起［　］个工作日内核实答复，"
        "联系人［　］，电话［　］。",
        "Objections may be made in writing to [the office that appraises] within [ ] working "
        "days of this notice, naming the unit, the indicator and the reasons. [The office] "
        "checks and answers within [ ] working days. Contact: [ ], telephone [ ].",
    ),
    "notice-objection-effect": Sentence(
        "核实期间，有关结果暂不作为奖惩和任用的依据；确有错误的，更正结果并在原范围内公布。",
        "Until then the result has no consequence; an error is corrected and made known to the "
        "same readers.",
    ),
    "notice-people": Sentence(
        "个人结果由所在组织向本人反馈，不公开姓名，不公开排名。",
        "Each person's result is told to that person; names and ranks are not made public.",
    ),
    "notice-next": Sentence("工作要求", "What comes next"),
    "notice-next-said": Sentence(
        "请对照考核结果，找准差距，研究改进措施。改进看工作实绩，不得为此另行布置填表报数，"
        "不得层层加码。",
        "Please compare the results, find the gaps and improve the work itself. No further forms "
        "or reports may be asked for on this account.",
    ),
    "attachment-list": Sentence("附件：{title}", "Attachment: {title}"),
    "attachment-mark": Sentence("附件", "Attachment"),
    "attachment-title": Sentence("{title}（{label}）结果", "{title} ({label}): results"),
    "notice-signed": Sentence("［发文机关署名］", "[Issuing office]"),
    "notice-day": Sentence("［{day}］", "[{day}]"),
    "imprint-copies": Sentence("抄送：［　］。", "Copies to: [ ]."),
    "imprint-issued": Sentence(
        "［印发机关］　　　　　　　　［　］年［　］月［　］日印发", "Issued by [ ] on [ ]."
    ),
}
