"""Sentences of the area lint: what a scheme should not appraise or ask, and what to do instead."""

from __future__ import annotations

from ronghe.wording import Sentence, lint_backtest, lint_duties, lint_measurement

_FORMALISM = {
    "scores-leader-instructions": Sentence(
        zh="“{title}”看的是领导批示（“{found}”）。批示多少不等于工作实绩。"
        "请改为批示所指工作的成效，或删去。",
        en="“{title}” looks at leaders' instructions (“{found}”). How many were obtained says "
        "nothing about the work. Appraise what came of the work, or drop it.",
    ),
    "scores-publications": Sentence(
        zh="“{title}”看的是刊发、报道（“{found}”）。发了多少稿不等于做成多少事。"
        "请改为所报道工作的成效，或删去。",
        en="“{title}” looks at publications (“{found}”). What is printed is not what was done. "
        "Appraise the results themselves, or drop it.",
    ),
    "scores-experience-articles": Sentence(
        zh="“{title}”看的是经验材料、现场会一类（“{found}”）。总结得好不等于干得好。"
        "请改为工作成效；好做法另行核实推广，不计分。",
        en="“{title}” looks at write-ups of experience (“{found}”). A good report is not good "
        "work. Appraise the results; verify and spread good practice without points.",
    ),
    "scores-meetings": Sentence(
        zh="“{title}”数的是会议（“{found}”）。开会多少不说明工作落实。"
        "请改为会后办成的事，如签约、解决的问题；按规定须开的会可以作前置条件，不计分。",
        en="“{title}” counts meetings (“{found}”). Their number says nothing about the work. Count "
        "what came of them, such as agreements or problems solved; prescribed meetings may be a "
        "precondition without points.",
    ),
    "scores-documents": Sentence(
        zh="“{title}”数的是文件、制度（“{found}”）。发文多少不说明工作落实。"
        "请改为文件要办的事办成多少，或删去。",
        en="“{title}” counts documents (“{found}”). Their number says nothing about the work. "
        "Appraise what they brought about, or drop it.",
    ),
    "scores-traces": Sentence(
        zh="“{title}”看的是留痕、台账资料（“{found}”）。资料齐不等于事情实。"
        "请改为工作结果，由纪实抽查核实。",
        en="“{title}” looks at trails and ledgers (“{found}”). Tidy papers are not real work. "
        "Appraise results, verified by samples of the records.",
    ),
    "scores-study-notes": Sentence(
        zh="“{title}”看的是笔记、心得（“{found}”）。篇数不说明学习成效。"
        "请改为学用结合的实绩，或删去。",
        en="“{title}” looks at study notes (“{found}”). Pages written are not things learnt. "
        "Appraise what the learning was used for, or drop it.",
    ),
    "scores-check-ins": Sentence(
        zh="“{title}”看的是打卡、签到或连续天数（“{found}”）。除安保、应急等特殊场景外不得设置。"
        "请删去；确需到场的事项，由组织者一次登记。",
        en="“{title}” looks at check-ins or streaks (“{found}”), which may not be set up outside "
        "security and emergencies. Drop it; where presence matters the organiser notes it once.",
    ),
    "scores-points-ranking": Sentence(
        zh="“{title}”看的是积分或排行榜（“{found}”）。除安保、应急等特殊场景外不得设置积分排名。"
        "请删去，直接考核办成的事。",
        en="“{title}” looks at points or leader boards (“{found}”), which may not be set up "
        "outside security and emergencies. Drop it and appraise what was done.",
    ),
    "scores-online-time": Sentence(
        zh="“{title}”看的是在线时长或活跃度（“{found}”）。不得统计在线时长。请删去。",
        en="“{title}” looks at time online or activity (“{found}”), which may not be counted. "
        "Drop it.",
    ),
    "scores-installation": Sentence(
        zh="“{title}”看的是下载、安装、注册或登录（“{found}”）。不得强制推广，"
        "不得考核通报安装使用率。请删去；要了解服务效果，请用办成的件数和服务对象评价。",
        en="“{title}” looks at downloads, installation or log-ins (“{found}”). Nobody may be "
        "forced to install, and rates of use may not be appraised. Drop it; matters settled and "
        "their rating by those served show the effect.",
    ),
    "scores-popularity": Sentence(
        zh="“{title}”看的是点赞、转发、投票或学习时长（“{found}”），不得作为考评依据。"
        "请删去，或改为服务对象一事一评。",
        en="“{title}” looks at likes, forwards, online votes or hours of study (“{found}”), which "
        "are no basis for appraisal. Drop it, or let those served rate each matter once.",
    ),
    "demands-photos": Sentence(
        zh="“{title}”要照片、视频或定位（“{found}”）。非必要不得强制上传。"
        "请删去这一要求，改为抽查核实。",
        en="“{title}” wants photos, video or location (“{found}”), which may not be demanded "
        "without need. Drop the demand and verify by samples.",
    ),
    "scores-forms": Sentence(
        zh="“{title}”看的是填表、报材料（“{found}”）。不得频繁要求基层填表报数。"
        "请删去；所需数据由部门一次提供，或从纪实中汇总。",
        en="“{title}” looks at forms and reports (“{found}”). The grass roots may not be asked for "
        "them again and again. Drop it; departments deliver figures once, records add up.",
    ),
    "scores-obligations": Sentence(
        zh="“{title}”拿学时、出勤等义务计分（“{found}”）。义务可以作前置条件，不作得分来源。"
        "请移到前置条件。",
        en="“{title}” scores an obligation such as hours of training or attendance (“{found}”). "
        "Obligations may be a precondition, not points. Move it to the gates.",
    ),
    "scores-demonstrations": Sentence(
        zh="“{title}”看的是创建示范、打造样板（“{found}”）。"
        "乡镇（街道）和县级部门不得自行开展创建示范活动。请改为面上工作的成效，或删去。",
        en="“{title}” looks at demonstration sites (“{found}”). Townships and county departments "
        "may not hold demonstration activities. Appraise results everywhere, or drop it.",
    ),
    "scores-paper": Sentence(
        zh="“{title}”对文牍类纪实“{found}”计分。文牍不说明实绩。请换用实绩类纪实，或删去。",
        en="“{title}” scores “{found}”, which is paper. Paper proves no results. Take records of "
        "work, or drop it.",
    ),
    "counts-once-a-day": Sentence(
        zh="“{title}”每天计一次，容易变成每日打卡。请按月或按年封顶，或改计质量和结果。",
        en="“{title}” counts once a day, which invites a daily entry. Cap it by month or year, or "
        "look at quality and results.",
    ),
    "evidence-required": Sentence(
        zh="“{title}”每次都要交佐证材料。非必要不得要求上传照片等材料。"
        "请改为抽查（sampled）或不要（none）。",
        en="“{title}” demands evidence every time. Photos and the like may not be demanded without "
        "need. Make it sampled, or none.",
    ),
    "asked-too-often": Sentence(
        zh="“{title}”每月要填 {found} 项。不得频繁要求基层填表报数。"
        "请改为每年、每半年，或由部门提供、从纪实汇总。",
        en="“{title}” asks for {found} entries every month. The grass roots may not be asked again "
        "and again. Make it yearly or half-yearly, or take it from departments or records.",
    ),
    "asked-twice": Sentence(
        zh="“{title}”要填的数据，“{other}”已经要过。不得重复要求报数。"
        "请把其中一项的填报项数改为 0。",
        en="“{title}” asks for what “{other}” already asks for. Nothing may be asked twice. Set "
        "the fields of one of them to 0.",
    ),
    "asked-though-recorded": Sentence(
        zh="“{title}”取自纪实，却还要每次另填 {found} 项。不得重复要求报数。请把填报项数改为 0。",
        en="“{title}” comes from records, yet {found} further entries are asked for each time. "
        "Nothing may be asked twice. Set its fields to 0.",
    ),
    "asked-though-owned": Sentence(
        zh="“{title}”的数据由{owner}掌握，却还要{supplier}每次另填 {found} 项。"
        "请由{owner}一次提供，把填报项数改为 0。",
        en="“{title}” is a figure that {owner} holds, yet {found} entries are asked of {supplier} "
        "each time. Let {owner} deliver it once and set its fields to 0.",
    ),
}

_COMMAND = {
    "output-exists": Sentence(
        zh="已有同名文件或目录，没有覆盖。请换个名称；确要覆盖文件，请加 --force。",
        en="A file or folder of this name exists and was left alone. Choose another name, or add "
        "--force to replace a file.",
    ),
    "output-folder-missing": Sentence(
        zh="没有“{found}”这个目录。请先建立，或换个位置。",
        en="There is no folder “{found}”. Make it first, or choose another place.",
    ),
}

SENTENCES: dict[str, Sentence] = {
    **_COMMAND,
    **_FORMALISM,
    **lint_measurement.SENTENCES,
    **lint_duties.SENTENCES,
    **lint_backtest.SENTENCES,
}
