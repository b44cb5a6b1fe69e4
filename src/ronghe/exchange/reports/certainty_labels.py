"""What reports say about how sure ranks and grades are."""

from __future__ import annotations

from ronghe.wording import Sentence

CERTAINTY: dict[str, Sentence] = {
    "interval": Sentence("区间", "Interval"),
    "interval-low": Sentence("名次区间：起", "Rank interval: from"),
    "interval-high": Sentence("名次区间：止", "Rank interval: to"),
    "band": Sentence("档", "Band"),
    "certainty-said": Sentence(
        "名次有多大把握：把各级分值在上下{spread}内随机变动，抽算{draws}次，每个单位{confidence}"
        "以上的抽算名次在所列区间内；同一档的单位分不出先后，不宜仅凭名次区别对待。"
        "名次和等次仍以方案为准。",
        "How sure the ranks are: in {draws} draws every weight was moved at random by up to "
        "{spread} either way, and at least {confidence} of them rank a unit inside its interval. "
        "Units of one band cannot be told apart and should not be treated differently by rank "
        "alone. Ranks and grades remain those of the scheme.",
    ),
    "certainty-said-gaps": Sentence(
        "名次有多大把握：把各级分值在上下{spread}内随机变动，缺数换用几种办法处理，抽算{draws}次，"
        "每个单位{confidence}以上的抽算名次在所列区间内；同一档的单位分不出先后，"
        "不宜仅凭名次区别对待。名次和等次仍以方案为准。",
        "How sure the ranks are: in {draws} draws every weight was moved at random by up to "
        "{spread} either way and missing data were treated in several ways, and at least "
        "{confidence} of them rank a unit inside its interval. Units of one band cannot be told "
        "apart and should not be treated differently by rank alone. Ranks and grades remain those "
        "of the scheme.",
    ),
    "unit-interval": Sentence(
        "名次区间 {interval}，第 {band} 档", "rank interval {interval}, band {band}"
    ),
    "unit-chances": Sentence("各等次的概率：{grades}", "probability of each grade: {grades}"),
    "intervals-of": Sentence("{group}：名次区间和档", "{group}: rank intervals and bands"),
    "intervals-told": Sentence(
        "圆点是方案的名次，横条是区间，底色和右侧数字是档。",
        "Dots are the ranks of the scheme, bars the intervals; shades and the numbers on the right "
        "are the bands.",
    ),
    "span-told": Sentence(
        "{name}：名次 {rank}，区间 {interval}，第 {band} 档",
        "{name}: rank {rank}, interval {interval}, band {band}",
    ),
    "chances-caption": Sentence(
        "等次把握不大的单位：得各等次的概率",
        "Units whose grade is in doubt: the probability of each grade",
    ),
    "chances-said": Sentence(
        "每次抽算都按方案评一遍等次，名额、前置条件和一票否决照样适用。下列单位得到所评等次的概率"
        "不到{sure}，共{count}个；全部概率见同一文件夹的 certainty.csv。",
        "Every draw was graded by the whole scheme, with quotas, gates and vetoes. The units below "
        "got their grade in fewer than {sure} of the draws ({count} in all); certainty.csv in the "
        "same folder has every probability.",
    ),
    "chances-sure": Sentence(
        "每次抽算都按方案评一遍等次，名额、前置条件和一票否决照样适用：各单位得到所评等次的概率都"
        "不低于{sure}。全部概率见同一文件夹的 certainty.csv。",
        "Every draw was graded by the whole scheme, with quotas, gates and vetoes: each unit got "
        "its grade in at least {sure} of the draws. certainty.csv in the same folder has every "
        "probability.",
    ),
    "chance-of": Sentence("{grade}的概率", "Probability of {grade}"),
}
