"""Sentences about indicators that measure badly."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "counted-twice": Sentence(
        zh="“{title}”与“{other}”取同一来源，同一件事计了两次分。"
        "请合并，要兼顾水平和增长可用“组合”计分。",
        en="“{title}” and “{other}” take the same source: one thing earns points twice. Merge "
        "them; a combined rule weighs level and growth together.",
    ),
    "count-without-quality": Sentence(
        zh="“{title}”只看数量，不看质量，也不要求核实，容易凑数。"
        "请设质量下限（quality_at_least）或只计已核实的（verified_only）。",
        en="“{title}” looks at quantity alone, neither at quality nor at verification, so numbers "
        "can be made up. Set quality_at_least, or verified_only.",
    ),
    "rewards-hiding": Sentence(
        zh="“{title}”让“{found}”越多得分越低，等于鼓励不报、压下不办。"
        "请改为办结率、按期办结率或服务对象评价。",
        en="“{title}” takes points for “{found}”: those who hide them do better. Look at what "
        "share is settled, settled in time, or at the rating by those served.",
    ),
    "punished-for-others": Sentence(
        zh="“{title}”的数据由{owner}提供，缺了却记零分，是让考核对象替部门担责。"
        "请改为不考核（not_applicable）或报错（error），向{owner}催要。",
        en="“{title}” comes from {owner}, yet a missing figure counts as zero and punishes the "
        "unit for the department's delay. Use not_applicable or error, and ask {owner} for it.",
    ),
    "bonus-dominates": Sentence(
        zh="加分合计最多 {found} 分，超过总分的一成（{expected} 分），加分会盖过主业。"
        "请把“{title}”等的封顶分调低。",
        en="Bonuses add up to {found} points, more than a tenth of the full score ({expected}), "
        "and may outweigh the work itself. Lower the cap of “{title}”.",
    ),
    "rule-over-full": Sentence(
        zh="“{title}”最多可得 {found} 分，远超满分 {expected} 分，一项突出就能盖住其他各项。"
        "请调低最高比例（cap）。",
        en="“{title}” can give {found} points, far over its full {expected}: one peak covers "
        "everything else. Lower the cap.",
    ),
    "all-or-nothing": Sentence(
        zh="“{title}”只有一档：达到 {found} 得满分，差一点得零分，容易逼出凑数。"
        "请多设几档，或改用完成率、阈值线性。",
        en="“{title}” has one step: at {found} all points, just below none, which invites "
        "adjusting figures. Add steps, or use completion or goalposts.",
    ),
    "weight-too-small": Sentence(
        zh="“{title}”只占总分的 {found}（不足 {expected}），影响不了结果，却照样要收数据。"
        "请合并或删去。",
        en="“{title}” weighs {found} of the full score (under {expected}): it decides nothing and "
        "still has to be collected. Merge or drop it.",
    ),
    "weight-too-large": Sentence(
        zh="“{title}”占总分的 {found}（超过 {expected}），一项就定了结果。请调低，或拆成几项。",
        en="“{title}” weighs {found} of the full score (over {expected}) and decides alone. Lower "
        "or divide it.",
    ),
    "too-many-indicators": Sentence(
        zh="共有 {found} 项指标，超过 {expected} 项，谁也记不住，重点不突出。请合并或删去次要的。",
        en="There are {found} indicators, more than {expected}: nobody can keep them in mind. "
        "Merge or drop the minor ones.",
    ),
    "share-of-few": Sentence(
        zh="“{title}”按占比计分，而每个对象只有几条纪实，多一条少一条就大起大落。"
        "请改计数量并设质量下限，或用宽档并设保底分。",
        en="“{title}” scores a share, but each of those appraised has only a few records: one more "
        "or less turns it over. Count with a quality filter, or use broad bands that keep half of "
        "the points.",
    ),
    "growth-of-few": Sentence(
        zh="“{title}”对按个数计的数据算增长率，一个变两个就是 100%。请改用增量（change）。",
        en="“{title}” takes growth in percent of things counted by the piece: from one to two is "
        "100 %. Use the change instead.",
    ),
    "too-many-vetoes": Sentence(
        zh="设了 {found} 项一票否决，超过 {expected} 项。一票否决须逐项有明确依据。"
        "请只留依据充分、后果严重的，其余改为前置条件或扣分。",
        en="There are {found} vetoes, more than {expected}. Each needs its own authority. Keep the "
        "grave ones and make the others gates or deductions.",
    ),
    "no-exemption": Sentence(
        zh="“{title}”考核党员，却没有照顾年老、患病党员。"
        "请设分组，或把做不到的指标的缺失处理改为不考核（not_applicable），"
        "在数据的“不适用”表中登记。",
        en="“{title}” appraises members and spares neither the old nor the ill. Set up peer "
        "groups, or let missing be not_applicable and list them in the table of exemptions.",
    ),
    "unfounded-citation": Sentence(
        zh="“{title}”没有写制度依据。请填写所依据的文件和条款；没有依据的指标宜删去。",
        en="“{title}” cites nothing. Name the document and article it rests on; an indicator "
        "without any had better go.",
    ),
    "unfounded-supplier": Sentence(
        zh="“{title}”没有写由谁提供数据，往往最后落到基层填报。请填写填报人。",
        en="“{title}” does not say who supplies it, which usually means the grass roots in the "
        "end. Name the supplier.",
    ),
    "unfounded-citation-and-supplier": Sentence(
        zh="“{title}”没有写制度依据，也没有写由谁提供数据。请填写；没有依据的指标宜删去。",
        en="“{title}” says neither what it rests on nor who supplies it. Fill in both; an "
        "indicator without a basis had better go.",
    ),
    "ladder-longer-than-group": Sentence(
        zh="“{title}”给前 {expected} 名分别定了分，而“{group}”组只有 {found} 个单位，"
        "末位也能得高分。请缩短位次表，或合并分组。",
        en="“{title}” deals out points for {expected} ranks, but the group “{group}” has only "
        "{found} units: even the last does well. Shorten the ladder or merge groups.",
    ),
}
