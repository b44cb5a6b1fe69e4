"""Sentences about what a back-test finds in the data."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "backtest-gaps": Sentence(
        zh="“{title}”有 {found} 个单位没有数据或不适用，试算按不考核处理；"
        "正式考核时缺数据会报错，请先补齐。",
        en="{found} unit(s) have no data for “{title}”, or are exempt; the back-test leaves them "
        "out. A real run would be refused: complete the data first.",
    ),
    "no-spread": Sentence(
        zh="“{title}”所有单位得分相同（{found} 分），分不出高下。请换规则、调阈值，"
        "或改为前置条件。",
        en="“{title}” gives every unit the same {found} points and tells nobody apart. Change the "
        "rule or its limits, or make it a gate.",
    ),
    "saturated-at-full": Sentence(
        zh="“{title}”有 {found} 的单位得满分，起不到区分作用。请提高满分的门槛，或改为前置条件。",
        en="“{title}” gives full points to {found} of the units. Raise what earns them, or make it "
        "a gate.",
    ),
    "saturated-at-zero": Sentence(
        zh="“{title}”有 {found} 的单位得零分。请降低起点，或查数据是否齐全。",
        en="“{title}” gives no points to {found} of the units. Lower where points begin, or see "
        "whether the data are complete.",
    ),
    "redundant-pair": Sentence(
        zh="“{title}”与“{other}”的得分次序几乎一样（秩相关 {found}），等于同一件事计了两次。"
        "请合并，或留一项。",
        en="“{title}” and “{other}” put the units in almost the same order (rank correlation "
        "{found}): one thing counts twice. Merge them, or keep one.",
    ),
    "opposed-pair": Sentence(
        zh="“{title}”与“{other}”的得分次序几乎相反（秩相关 {found}），一项做好另一项就差。"
        "请想清楚要哪一头。",
        en="“{title}” and “{other}” put the units in almost opposite order (rank correlation "
        "{found}): doing well in one is doing badly in the other. Decide which is wanted.",
    ),
    "adds-nothing": Sentence(
        zh="“{title}”对总分差距几乎没有作用，去掉它没有一个单位的名次改变。"
        "若不是另有用意，可以删去，少收一项数据。",
        en="“{title}” has almost no part in the spread of totals, and without it no unit's rank "
        "changes. Unless it serves another purpose, drop it and collect one figure less.",
    ),
    "backtest-too-few": Sentence(
        zh="能排名的单位只有 {found} 个，至少要 {expected} 个才能试算。请补充数据。",
        en="Only {found} unit(s) can be ranked; a back-test needs {expected}. Add data.",
    ),
    "backtest-former-unknown": Sentence(
        zh="“{found}”既不是结果目录（有 run.json 和 totals.csv），也不是方案文件（.yaml、.xlsx）。"
        "请改正。",
        en="“{found}” is neither a results folder (with run.json and totals.csv) nor a scheme "
        "(.yaml, .xlsx). Name one of these.",
    ),
    "backtest-former-strangers": Sentence(
        zh="“{found}”与本次试算没有共同的单位，无法比较。请核对单位代码。",
        en="“{found}” shares no unit with this back-test and cannot be compared. Check the codes "
        "of the units.",
    ),
    "backtest-period-not-a-year": Sentence(
        zh="考核期“{expected}”不能改为“{found}”：只有年份可以平移。请改用四位年份，或另存一份该期的方案。",
        en="The period “{expected}” cannot be moved to “{found}”: only years can. Use years of "
        "four digits, or save a scheme for that period.",
    ),
}
