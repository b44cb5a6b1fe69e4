"""Sentences about rank intervals, bands and what uncertainty comes from."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "robustness-shape": Sentence(
        zh="这里需要 {expected} 维的数值，现为 {found}。请每个单位一行、每项指标一列，"
        "至少各一个，各行长度相同。",
        en="Numbers in {expected} dimension(s) are needed here; found {found}. Give one row a unit "
        "and one column an indicator, at least one of each, all rows of one length.",
    ),
    "robustness-infinite": Sentence(
        zh="此处的数值为无穷大。请改正；没有数据的请留空。",
        en="The value here is infinite. Correct it; leave it empty where there are no data.",
    ),
    "robustness-gap": Sentence(
        zh="“{name}”在此处空缺。请补上，或把没有总分的单位去掉后再算。",
        en="“{name}” has a gap here. Fill it in, or leave out the units that have no total.",
    ),
    "robustness-unit-empty": Sentence(
        zh="这个单位没有任何数据，排不出名次。请补充数据，或去掉这个单位。",
        en="This unit has no data at all and cannot be ranked. Add data, or leave out the unit.",
    ),
    "robustness-length": Sentence(
        zh="“{name}”有 {found} 个值，应有 {expected} 个。请与数据表一一对应。",
        en="“{name}” has {found} value(s), not {expected}. Give as many as the table of values "
        "needs, in its order.",
    ),
    "robustness-full": Sentence(
        zh="满分为 {found}，应大于 0。请填写方案中的分值。",
        en="The full points are {found}; they must be over 0. Give the points that the scheme "
        "states.",
    ),
    "robustness-weight": Sentence(
        zh="权重为 {found}，应是不小于 0 的数。请改正。",
        en="The weight is {found}; it must be a number not under 0. Correct it.",
    ),
    "robustness-no-weight": Sentence(
        zh="同一级的权重全部为 0，算不出得分。请至少给一项大于 0 的权重。",
        en="All weights of one level are 0, so there is no score. Give at least one a weight over "
        "0.",
    ),
    "robustness-tree": Sentence(
        zh="权重树有 {found} 项指标，数据有 {expected} 列。请使两者一一对应。",
        en="The tree of weights has {found} indicator(s), the data {expected} column(s). Make them "
        "correspond one by one.",
    ),
    "robustness-choice": Sentence(
        zh="没有“{found}”这种做法，可用的有：{expected}。请从中选用，至少一种。",
        en="There is no choice “{found}”; there are: {expected}. Choose at least one of them.",
    ),
    "robustness-direction": Sentence(
        zh="第 {found} 项指标越小越好，不能不经标准化直接合成。请选用一种标准化方法，"
        "去掉 as_given，或先把数值反向。",
        en="In indicator(s) {found} less is better, so they cannot be put together as given. "
        "Choose a normalisation instead of as_given, or turn the values round first.",
    ),
    "robustness-setting": Sentence(
        zh="参数“{name}”为 {found}，应为：{expected}。请改正后再算。",
        en="The setting “{name}” is {found}; it must be: {expected}. Correct it and run again.",
    ),
}
