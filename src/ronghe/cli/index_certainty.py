"""What ``ronghe index`` says about how sure its ranks are, and the file with what moves them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ronghe.wording import Language, Sentence

if TYPE_CHECKING:
    from ronghe.analysis.index import Index
    from ronghe.analysis.index.certainty import IndexCertainty

FILE = "uncertainty.csv"

SHOWN = 10
"""So many sources of doubt are printed at most; the file holds all."""

WORDS: dict[str, Sentence] = {
    "min_max": Sentence("极差法", "min-max scores"),
    "z_score": Sentence("标准分", "z scores"),
    "rank": Sentence("位次法", "ranks"),
    "best": Sentence("与最优值之比", "ratios to the best"),
    "as_given": Sentence("阈值法", "goalposts"),
    "arithmetic": Sentence("算术平均", "arithmetic"),
    "geometric": Sentence("几何平均", "geometric"),
    "harmonic": Sentence("调和平均", "harmonic"),
    "imputation": Sentence("缺数的处理", "treatment of gaps"),
    "normalisation": Sentence("归一化方法", "normalisation"),
    "aggregation": Sentence("合成方法", "aggregation"),
}


def _word(code: str, language: Language) -> str:
    return WORDS[code].zh if language == "zh" else WORDS[code].en


def lines(index: Index, sure: IndexCertainty, language: Language) -> Iterator[str]:
    """Yield what intervals and bands mean, and the table of what moves the ranks."""
    from ronghe.analysis.robustness.appraisal import CONFIDENCE, SPREAD
    from ronghe.cli.tables import table

    zh = language == "zh"
    joined = ("、" if zh else ", ").join
    ways = joined(_word(n, language) for n in sure.choices.normalisations)
    means = joined(_mean(a, language) for a in sure.choices.aggregations)
    gaps = len(sure.choices.imputations) > 1
    yield (
        f"名次有多大把握：抽算 {sure.draws:,} 次，每次各级权重在上下 {SPREAD:.0%} 内随机变动，"
        f"归一化换用{ways}，合成换用{means}{'，缺数换用几种办法处理' if gaps else ''}；"
        f"{CONFIDENCE:.0%} 以上的抽算名次在区间内，同一档的单位分不出先后，不宜仅凭位次区别对待。"
        if zh
        else f"How sure the ranks are: {sure.draws:,} draws, each with every weight moved at "
        f"random by up to {SPREAD:.0%} either way, normalised by one of {ways}, put together by "
        f"one of these means: {means}{', gaps treated in several ways' if gaps else ''}. At least "
        f"{CONFIDENCE:.0%} of the draws rank a unit inside its interval; units of one band cannot "
        "be told apart and should not be treated differently by rank alone."
    )
    if not sure.drivers.variance:
        return
    yield ""
    shares = list(drivers(index, sure, language))
    yield from table(
        ("位次变动的来源", "单独", "合计") if zh else ("what moves the ranks", "alone", "in all"),
        ((title, _percent(first), _percent(total)) for _, title, first, total in shares[:SHOWN]),
    )
    yield (
        "单独、合计：占位次平均变动方差的比例（索博尔一阶指数、总指数）。"
        if zh
        else "alone, in all: share of the variance of the mean shift in rank (Sobol's first-order "
        "and total indices)."
    )


def _mean(choice: str | tuple[str, ...], language: Language) -> str:
    if isinstance(choice, str):
        return _word(choice, language)
    return " → ".join(_word(level, language) for level in choice)


def _percent(share: float) -> str:
    return "-" if share != share else f"{max(share, 0):.1%}"


def drivers(
    index: Index, sure: IndexCertainty, language: Language
) -> Iterator[tuple[str, str, float, float]]:
    """Yield code, title, first-order and total index of each input, the weightiest first."""
    titles = {node.code: node.title for node in index.model.nodes()}
    found, kinds = sure.drivers, sure.choices
    drawn = (kinds.imputations, kinds.normalisations, kinds.aggregations)
    weights = len(found.inputs) - sum(len(kind) > 1 for kind in drawn)  # they stand first
    rows = []
    for place, code in enumerate(found.inputs):
        if place < weights:
            title = titles[code]
            named = title.zh if language == "zh" else title.en or title.zh
            label = f"“{named}”的权重" if language == "zh" else f"weight of {named}"
        else:
            label = _word(code, language)
        rows.append((code, label, float(found.first[place]), float(found.total[place])))
    yield from sorted(rows, key=lambda row: -row[3] if found.variance else 0)


def write_drivers(index: Index, sure: IndexCertainty, language: Language, path: Path) -> None:
    """Write what moves the ranks as CSV: input, title, first-order and total index."""
    from ronghe.exchange.scheme.document import aside

    with aside(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["input", "title", "first", "total"])
        for code, title, *shares in drivers(index, sure, language):
            writer.writerow([code, title, *("" if s != s else f"{s:.4f}" for s in shares)])
