"""What the page says; much of it the workbook and the notice say too."""

from __future__ import annotations

from ronghe.wording import Sentence

PAGE: dict[str, Sentence] = {
    "report": Sentence("考核结果报告", "Appraisal report"),
    "contents": Sentence("目录", "Contents"),
    "sep": Sentence("、", ", "),
    "semicolon": Sentence("；", "; "),
    "none": Sentence("无", "none"),
    "not-stated": Sentence("方案未注明", "not stated in the scheme"),
    "all-units": Sentence("全部", "all"),
    "no-group": Sentence("未分组", "no peer group"),
    # 概况 overview
    "overview": Sentence("概况", "Overview"),
    "scheme": Sentence("考核方案", "Scheme"),
    "scheme-named": Sentence(
        "{title}（代码 {code}，版本 {version}）", "{title} (code {code}, version {version})"
    ),
    "period": Sentence("考核期", "Period"),
    "period-named": Sentence("{label}（{since}至{until}）", "{label} ({since} to {until})"),
    "appraised": Sentence("考核对象", "Appraised"),
    "appraised-named": Sentence(
        "{what}（{level}），共 {count} 个", "{what} ({level}); count: {count}"
    ),
    "appraised-people": Sentence(
        "{what}（{level}），共 {count} 人", "{what} ({level}); count: {count}"
    ),
    "plan-item": Sentence("计划事项", "Item of the yearly plan"),
    "approval": Sentence("批准文件", "Approved by"),
    "full-points": Sentence("满分", "Full points"),
    "average-total": Sentence("平均总分", "Mean total"),
    "median-total": Sentence("总分中位数", "Median total"),
    "left-out": Sentence("期外未计的纪实", "Records outside the period, left out"),
    "draft-notice": Sentence(
        "本报告由系统依据考核结果自动汇总。名次和等次是建议，经审核、公示、听取申诉并由负"
        "责人签发后生效。",
        "This report is compiled from the results of a run. Ranks and grades are proposals; they "
        "take effect after review, publication, the hearing of objections and a person's "
        "signature.",
    ),
    # 排名 ranking
    "ranking": Sentence("名次", "Ranking"),
    "ranking-caption": Sentence("{group}：总分、名次和等次", "{group}: totals, ranks and grades"),
    "ranking-note": Sentence(
        "名次在同类组内排列，总分相同名次相同。",
        "Ranks are within the peer group; equal totals share a rank.",
    ),
    "ranking-shortened": Sentence(
        "共 {count} 个考核对象，这里列出各组前列的 {shown} 个；完整名单见同一文件夹的 totals.csv "
        "和 report.xlsx。",
        "Of {count} units the first {shown} across the groups are listed here; the full table is "
        "in totals.csv and report.xlsx in the same folder.",
    ),
    "rank": Sentence("名次", "Rank"),
    "unit": Sentence("代码", "Code"),
    "name": Sentence("名称", "Name"),
    "group": Sentence("同类组", "Peer group"),
    "parent": Sentence("上级", "Under"),
    "total": Sentence("总分", "Total"),
    "grade": Sentence("等次", "Grade"),
    "no-grade": Sentence("不定等次", "no grade"),
    # 人员 people
    "people": Sentence("分布", "Distribution"),
    "people-note": Sentence(
        "考核对象是个人，本报告不列姓名、不排名次，只列分布；少于 {smallest} 人的组合并列出。"
        "个人结果由本人查阅。",
        "Persons are appraised: this report names and ranks nobody and shows distributions only; "
        "groups of fewer than {smallest} are merged. Each person's result is for that person to "
        "see.",
    ),
    "people-too-few": Sentence(
        "人数过少，为保护个人信息不列分布。",
        "There are too few people to show a distribution without exposing single results.",
    ),
    "people-caption": Sentence("各组总分分布和等次人数", "Totals and grades by group"),
    "merged-groups": Sentence("其余 {count} 组合并", "other groups merged: {count}"),
    "people-shortened": Sentence(
        "共 {count} 组，这里列出前 {shown} 组。", "Of {count} groups the first {shown} are shown."
    ),
    "people-count": Sentence("人数", "People"),
    "histogram-of": Sentence("{what}的分布", "Distribution of {what}"),
    # 五个维度 dimensions
    "dimensions": Sentence("五个维度", "Five dimensions"),
    "dimensions-note": Sentence(
        "数值是得分率：该维度指标得分占满分的比例，不适用的指标不计。实线是所示对象，"
        "虚线是全体平均；超过满分的画在外圈上。",
        "Values are shares of points: what the dimension's indicators gave over what they are "
        "worth, without those that do not apply. Solid: the unit shown; dashed: the mean of all. "
        "Shares over 100% are drawn on the outer ring.",
    ),
    "dimensions-mean": Sentence("全体平均", "Mean of all"),
    "dimensions-shown": Sentence(
        "首图为全体平均，其后是总分最高和最低的考核对象。",
        "First the mean of all, then the units with the highest and lowest totals.",
    ),
    "dimensions-caption": Sentence("各维度得分率", "Share of points by dimension"),
    "dimension-radar": Sentence(
        "{name}：各维度得分率雷达图", "{name}: radar of shares by dimension"
    ),
    "dimension-said": Sentence("{axis} {share}", "{axis} {share}"),
    # 党建与经济 fusion
    "fusion": Sentence("党建与经济的融合", "Party building and the economy"),
    "party-index": Sentence("党建指数", "Party-building index"),
    "economy-index": Sentence("经济指数", "Economy index"),
    "party-axis": Sentence("党建指数（得分率）", "Party-building index (share of points)"),
    "economy-axis": Sentence("经济指数（得分率）", "Economy index (share of points)"),
    "fusion-note": Sentence(
        "党建指数、经济指数是两方面指标的得分率，虚线是中位数。图中位置只表示相对高低。",
        "Both indices are shares of points of the indicators of each side; dashed lines are "
        "medians. A position only says relatively higher or lower.",
    ),
    "fusion-caution": Sentence(
        "这些数字由得分计算而来，取决于指标和权重，只提示从哪里看起，本身不说明任何结论。"
        "党建工作与经济工作是否结合，须看年度联合计划中的关联事项并由人核实，"
        "不得单凭统计数字认定“两张皮”。",
        "These figures are computed from scores and depend on indicators and weights. They show "
        "where to look and conclude nothing by themselves. Whether Party work and economic work "
        "are joined is for people to verify from the links of the yearly joint plan.",
    ),
    "coupling-note": Sentence(
        "C 耦合度、T 综合发展指数（两方等权）、D 耦合协调度，定义“{definition}”；两方相差不超过 "
        "{tolerance} 个百分点为同步。等级名称描述统计值，不给单位定性。",
        "C coupling, T development (equal weights), D coordination, definition “{definition}”; "
        "sides no more than {tolerance} percentage points apart are in step. Levels describe the "
        "figure, not the unit.",
    ),
    "fusion-chart": Sentence(
        "党建指数与经济指数象限图", "Quadrants of the Party-building and economy indices"
    ),
    "fusion-said": Sentence(
        "横轴党建指数，中位数 {party}；纵轴经济指数，中位数 {economy}。两项均较高 {both}，"
        "党建相对较高 {first}，经济相对较高 {second}，两项均较低 {neither}。",
        "Across: Party-building index, median {party}. Up: economy index, median {economy}. Both "
        "higher {both}, Party building relatively higher {first}, economy relatively higher "
        "{second}, both lower {neither}.",
    ),
    "median-of": Sentence("中位数 {share}", "median {share}"),
    "quadrant-economy": Sentence("经济相对较高", "economy relatively higher"),
    "quadrant-both": Sentence("两项均较高", "both higher"),
    "quadrant-neither": Sentence("两项均较低", "both lower"),
    "quadrant-party": Sentence("党建相对较高", "Party building relatively higher"),
    "leads-caption": Sentence("领先情况", "Which side leads"),
    "leads-1": Sentence("党建领先", "Party building leads"),
    "leads-0": Sentence("同步", "in step"),
    "leads--1": Sentence("经济领先", "the economy leads"),
    "lead": Sentence("领先情况", "Lead"),
    "level": Sentence("协调等级", "Level"),
    "number": Sentence("数量", "Count"),
    "coupling-caption": Sentence("党建与经济的耦合协调", "Coupling coordination of the two sides"),
    # 指标分布 indicators
    "indicators": Sentence("指标得分分布", "Distribution of each indicator"),
    "indicators-note": Sentence(
        "直方图左端为 0 分，右端为满分，等分 {bins} 段。四分位数取实际出现的得分。",
        "Each histogram runs from 0 to full points in {bins} equal bins. Quartiles are observed "
        "values.",
    ),
    "indicators-caption": Sentence("总分和各指标的得分分布", "Total and indicators"),
    "indicator": Sentence("指标", "Indicator"),
    "points": Sentence("满分", "Full"),
    "chart": Sentence("分布", "Distribution"),
    "least": Sentence("最低", "Min"),
    "quartile-1": Sentence("下四分位", "Lower quartile"),
    "median": Sentence("中位数", "Median"),
    "quartile-3": Sentence("上四分位", "Upper quartile"),
    "greatest": Sentence("最高", "Max"),
    "mean": Sentence("平均", "Mean"),
    "at-full": Sentence("满分占比", "At full"),
    "at-zero": Sentence("零分占比", "At zero"),
    "missing": Sentence("缺数", "Missing"),
    # 前置条件、一票否决 strikes
    "strikes": Sentence("前置条件和一票否决", "Gates and vetoes"),
    "strikes-none": Sentence(
        "方案未设前置条件和一票否决。", "The scheme has neither gates nor vetoes."
    ),
    "strikes-caption": Sentence("各项条件及触发情况", "Conditions and what they struck"),
    "gate": Sentence("前置条件", "Gate"),
    "veto": Sentence("一票否决", "Veto"),
    "kind": Sentence("类别", "Kind"),
    "condition": Sentence("条件", "Condition"),
    "consequence": Sentence("后果", "Consequence"),
    "authority": Sentence("依据", "Authority"),
    "struck": Sentence("触发", "Struck"),
    "struck-named": Sentence("{count}：{names}", "{count}: {names}"),
    "struck-more": Sentence("{count}，其中：{names} 等", "{count}, among them: {names}"),
    "gate-requires": Sentence("应满足：{source} {bound}", "required: {source} {bound}"),
    "veto-when": Sentence("发生：{source} {bound}", "when: {source} {bound}"),
    "gate-gap-passes": Sentence("缺数视为满足", "a gap passes"),
    "gate-gap-fails": Sentence("缺数视为不满足", "a gap fails"),
    "at_least": Sentence("≥ {bound}", "≥ {bound}"),
    "above": Sentence("> {bound}", "> {bound}"),
    "at_most": Sentence("≤ {bound}", "≤ {bound}"),
    "below": Sentence("< {bound}", "< {bound}"),
    "ceiling": Sentence("等次不高于“{grade}”", "no grade better than “{grade}”"),
    "cap-points": Sentence("总分不超过 {points} 分", "total at most {points}"),
    "zeroes": Sentence("“{titles}”记零分", "no points for “{titles}”"),
    # 缺失 gaps
    "gaps": Sentence("缺数和不适用", "Missing data and exemptions"),
    "gaps-none": Sentence(
        "各指标数据齐全，没有缺数和不适用。", "No indicator lacks data and none is exempted."
    ),
    "gaps-caption": Sentence("有缺数或不适用的指标", "Indicators with gaps or exemptions"),
    "gap-treatment": Sentence("缺数的处理", "Treatment of gaps"),
    "gap-not_applicable": Sentence(
        "不考核，分值由同级其他指标按比例承担",
        "does not apply; its weight goes to the others beside it",
    ),
    "gap-zero": Sentence("记零分", "no points"),
    "gap-peer_median": Sentence("取同类组得分的中位数", "the peers' median points"),
    "gap-error": Sentence("缺数时拒绝计算", "a gap refuses the run"),
    "exempt": Sentence("不适用", "Exempt"),
    # 等次 grading
    "grading": Sentence("等次怎样确定", "How grades came about"),
    "grading-none": Sentence("方案不评定等次。", "The scheme gives no grades."),
    "grading-caption": Sentence("等次、分数线和名额", "Grades, thresholds and quotas"),
    "grading-chart": Sentence("各等次数量", "Count by grade"),
    "count-share": Sentence("{count}（{share}）", "{count} ({share})"),
    "threshold": Sentence("分数线", "From"),
    "quota": Sentence("名额", "Quota"),
    "quota-share": Sentence("不超过{share}", "at most {share}"),
    "quota-cited": Sentence("不超过{share}；{citation}", "at most {share}; {citation}"),
    "quota-none": Sentence("不限", "no limit"),
    "reached": Sentence("达到分数线", "Reached it"),
    "given": Sentence("获得", "Given"),
    "given-share": Sentence("占比", "Share"),
    "grading-steps": Sentence(
        "总分达到分数线的进入该等次；有前置条件或一票否决限制的不高于限定等次；"
        "超出名额的依次进入下一等次。",
        "A total that reaches the threshold enters the grade, gates and vetoes set ceilings, and "
        "whoever is over a quota takes the next grade.",
    ),
    "quota-within-peer_group": Sentence(
        "名额在同类组内计算，向下取整。", "Quotas count inside the peer group, rounded down."
    ),
    "quota-within-parent": Sentence(
        "名额在同一上级之下计算，向下取整。", "Quotas count under one parent, rounded down."
    ),
    "quota-within-all": Sentence(
        "名额在全体中计算，向下取整。", "Quotas count over all, rounded down."
    ),
    "ties-breakers": Sentence(
        "名额边上总分相同的，依次比较{titles}的得分，仍相同的按代码顺序。",
        "Equal totals at a quota's edge are put in order by the points of {titles}, then by code.",
    ),
    "ties-order": Sentence(
        "名额边上总分相同的，按代码顺序。",
        "Equal totals at a quota's edge are put in order by code.",
    ),
    "ties-next_grade": Sentence(
        "名额边上总分相同的，都进入下一等次。",
        "Equal totals at a quota's edge all take the next grade.",
    ),
    # 异议 objections
    "objection": Sentence("异议和申诉", "Objections"),
    "objection-said": Sentence(
        "对得分、名次或等次有异议的，可以在公示期内向组织考核的机关书面提出，"
        "说明指标、理由和依据；数据有误的，由提供数据的单位核对更正。核查期间，"
        "相关结果暂不作为奖惩依据。每一分的来历可用 ronghe explain 查询。",
        "Whoever disagrees with points, a rank or a grade may object in writing to the office "
        "that appraises within the publicity period, naming the indicator and the reasons; wrong "
        "figures are checked and corrected by the department that delivered them. Until then the "
        "result has no consequence. How every point came about is told by ronghe explain.",
    ),
    # 来源 sources
    "sources": Sentence("来源和校验", "Sources and fingerprints"),
    "sources-note": Sentence(
        "方案、数据、规则和程序版本都相同时，重新计算得到同样的结果。",
        "The same scheme, data, rules and versions give the same results again.",
    ),
    "sources-caption": Sentence("来源和校验", "Sources and fingerprints"),
    "files-caption": Sentence("数据文件", "Data files"),
    "file": Sentence("文件", "File"),
    "item": Sentence("项目", "Item"),
    "value": Sentence("内容", "Value"),
    "scheme-hash": Sentence("方案校验值（SHA-256）", "Scheme (SHA-256)"),
    "data-hash": Sentence("数据校验值（SHA-256）", "Data (SHA-256)"),
    "rulebook-hash": Sentence("规则库校验值（SHA-256）", "Rulebook (SHA-256)"),
    "rulebook-date": Sentence("规则日期", "Rules as of"),
    "versions": Sentence("程序版本", "Versions"),
    "rows": Sentence("数据行数", "Rows of data"),
    "parameters": Sentence("参数", "Parameters"),
}
