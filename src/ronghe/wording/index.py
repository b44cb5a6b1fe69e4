"""Sentences about a composite index: its definition, its figures, what came of it."""

from __future__ import annotations

from ronghe.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "index-value-unreadable": Sentence(
        zh="{key} 写成了“{found}”，无法识别。请对照“综合指数”说明改正。",
        en="{key} is “{found}”, which cannot be understood. See the page on the composite index "
        "and correct it.",
    ),
    "index-code-twice": Sentence(
        zh="代码“{found}”已经用过。指数中每个分组、每项指标的代码互不相同，请换一个。",
        en="The code “{found}” is already taken. Every group and indicator of the index needs a "
        "code of its own; choose another.",
    ),
    "index-code-reserved": Sentence(
        zh="代码“{found}”是结果表里的固定列名，分组和指标不能用。请换一个，例如 {found}_1。",
        en="The code “{found}” names a fixed column of the results; no group or indicator may "
        "have it. Choose another, such as {found}_1.",
    ),
    "index-key-of-indicator": Sentence(
        zh="分组不能写 {found}，只有指标可以。请移到下面的指标里，或删去。",
        en="A group has no {found}, only an indicator has. Move it to the indicators below, or "
        "remove it.",
    ),
    "index-scale-reversed": Sentence(
        zh="分值范围 scale 写成了 {found}，前一个数应小于后一个。请改正，例如 [0, 100]。",
        en="The scale is {found}; its first number must be the smaller. Correct it, for example "
        "[0, 100].",
    ),
    "index-goalposts-missing": Sentence(
        zh="指标“{found}”缺少阈值。采用阈值法时每项指标都要写 low（得最低分的值）"
        "和 high（得最高分的值）。",
        en="The indicator “{found}” lacks goalposts. With goalposts every indicator needs low "
        "(the value of the least score) and high (that of the highest).",
    ),
    "index-goalposts-direction": Sentence(
        zh="阈值 low {found}、high {expected} 与方向 {direction} 不符："
        "越大越好（more）时 low 应小于 high，越小越好（less）时应大于。请改正其一。",
        en="The goalposts low {found} and high {expected} do not fit the direction {direction}: "
        "low is below high if more is better, above it if less is. Correct one of them.",
    ),
    "index-goalposts-log": Sentence(
        zh="取对数的指标阈值为 {found}，应大于0。请改正阈值，或去掉 log。",
        en="The goalpost of an indicator in logarithms is {found}; it must be above 0. Correct "
        "it, or remove log.",
    ),
    "index-weight-of-none": Sentence(
        zh="指数中没有代码为“{found}”的分组或指标，无法改它的权重。请检查代码。",
        en="The index has no group or indicator “{found}” of which the weight could be changed. "
        "Check the code.",
    ),
    "index-groups-count": Sentence(
        zh="给出了{found}个同类组，单位有{expected}个。请每个单位给一个，或都不给。",
        en="{found} peer groups for {expected} units. Give one a unit, or none at all.",
    ),
    "index-groups-missing": Sentence(
        zh="缺失值填补选了 {found}，但没有给出同类组。请补上同类组，或改用 mean、median。",
        en="Gaps are to be filled by {found}, but no peer groups were given. Give them, or use "
        "mean or median.",
    ),
    "index-values-count": Sentence(
        zh="这列数据的形状是{found}，应为{expected}个单位各一个数。请补齐，缺数的单位留空。",
        en="This column has the shape {found}; it must have one figure for each of {expected} "
        "units. Complete it, with a gap where there is no figure.",
    ),
    "index-value-infinite": Sentence(
        zh="单位“{found}”的数值是无穷大。请改正；没有数据的留空。",
        en="The figure of the unit “{found}” is infinite. Correct it; leave a gap where there is "
        "none.",
    ),
    "index-divisor-not-positive": Sentence(
        zh="单位“{unit}”作除数的数值为{found}，应大于0。请核对，或留空。",
        en="The unit “{unit}” has {found} as the figure to divide by; it must be above 0. Check "
        "it, or leave a gap.",
    ),
    "index-log-not-positive": Sentence(
        zh="单位“{unit}”的数值为{found}，取对数的应大于0。请核对，或去掉该指标的 log。",
        en="The unit “{unit}” has {found}; logarithms need figures above 0. Check it, or remove "
        "log from the indicator.",
    ),
    "index-no-spread": Sentence(
        zh="指标“{found}”在{units}个有数的单位之间没有差异，按所选方法无法归一化。"
        "请删去这项指标，或改用阈值法。",
        en="The indicator “{found}” is the same for all {units} units with a figure and cannot be "
        "scored in the chosen way. Remove it, or use goalposts.",
    ),
    "index-ratio-not-positive": Sentence(
        zh="最小的数值为{found}。与最优值之比要求数值不小于0、最大值大于0，越小越好的指标要求全部大于0。"
        "请核对数据，或改用 min_max。",
        en="The least figure is {found}. The ratio to the best needs figures of at least 0 and a "
        "largest above 0, all above 0 if less is better. Check them, or use min_max.",
    ),
    "index-negative-score": Sentence(
        zh="得分最低为{found}，{mean}（几何或调和）平均不接受负分。"
        "请改用 arithmetic，或换一种得分不为负的归一化方法。",
        en="The least score is {found}; the {mean} mean takes no negative scores. Use arithmetic, "
        "or a normalisation without negative scores.",
    ),
    "index-out-not-folder": Sentence(
        zh="这里是一个文件，不是目录。请另给一个目录。",
        en="This is a file, not a folder. Give a folder.",
    ),
    "index-not-tamed": Sentence(
        zh="指标“{found}”经处理后仍有离群值（偏度、峰度都超限）。"
        "请核对数据，或改用 winsorise_or_log、rank、goalposts。",
        en="The indicator “{found}” still has outliers after treatment: skewness and kurtosis are "
        "both beyond their limits. Check the data, or use winsorise_or_log, rank or goalposts.",
    ),
    "index-without-total": Sentence(
        zh="单位“{found}”数据不足，没有总分和位次。请补充数据，或降低 coverage。",
        en="The unit “{found}” has too few figures for a total and a rank. Add figures, or lower "
        "coverage.",
    ),
    "index-zero-totals": Sentence(
        zh="{found}个单位的总分都是0，分不出先后：几何或调和平均下，有一部分为0，总分就为0。"
        "请把分值范围 scale 改为例如 [1, 100]。",
        en="{found} units all have a total of 0 and cannot be told apart: under a geometric or "
        "harmonic mean one part of 0 makes the whole 0. Set the scale to [1, 100], for example.",
    ),
}
