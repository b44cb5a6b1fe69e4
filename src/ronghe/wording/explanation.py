"""An explanation in words: every point, what was lost, and what open work would add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.explain import Explained, Headroom
from ronghe.wording import Language, Sentence
from ronghe.wording.rules import number, rule_in_words, source_in_words

VIEWS = {
    "value": Sentence("实际值", "value"),
    "target": Sentence("目标值", "target"),
    "previous": Sentence("上期值", "previous"),
    "growth": Sentence("增长率（%）", "growth (%)"),
    "change": Sentence("增减量", "change"),
}
FIGURES = {
    "count": Sentence("同类组有数据的单位数", "peers with a value"),
    "least": Sentence("同类组最低值", "the peers' lowest"),
    "greatest": Sentence("同类组最高值", "the peers' highest"),
    "total": Sentence("同类组合计", "the peers' total"),
    "rank_more": Sentence("同类组位次（从高到低）", "rank among peers, highest first"),
    "rank_less": Sentence("同类组位次（从低到高）", "rank among peers, lowest first"),
}
POOLS = {"bonus": Sentence("加分 ", "bonus "), "penalty": Sentence("扣分 ", "penalty ")}
TREATMENTS = {
    "zero": Sentence("没有数据，按方案计 0 分", "no value: 0 points by the scheme"),
    "peer_median": Sentence(
        "没有数据，按方案取同类组得分的中位数", "no value: the peers' median points by the scheme"
    ),
    "not_applicable": Sentence(
        "没有数据，按方案不适用，分值按比例转给同组其他指标",
        "no value: not applicable by the scheme, its weight goes to the others of its group",
    ),
    "exempt": Sentence(
        "对本单位不适用，分值按比例转给同组其他指标",
        "does not apply to this unit, its weight goes to the others of its group",
    ),
    "zeroed": Sentence("前置条件未达到，计 0 分", "a precondition failed: 0 points"),
}


def points(thousandths: int | None) -> str:
    """Write thousandths of a point as points."""
    if thousandths is None:
        return "—"
    return number(Decimal(thousandths) / 1000)


def interval(low: int | None, high: int | None) -> str:
    """Write the interval of a rank: 2–4, or 3 where it is one rank."""
    if low is None or high is None:
        return "—"
    return str(low) if low == high else f"{low}–{high}"


def pick(pair: Sentence, language: Language) -> str:
    """Choose the language of a pair."""
    return pair.zh if language == "zh" else pair.en


def explained_in_words(
    one: Explained,
    scheme: Scheme,
    sources: Sequence[str],
    language: Language = "zh",
    *,
    about_people: bool = False,
) -> list[str]:
    """Say how one indicator's points came about, a line for each thing to know.

    Parameters
    ----------
    sources
        The source rows, already in words.
    about_people
        Those appraised are persons, who are not ranked: how many are above is not said.
    """
    zh = language == "zh"
    indicator = one.indicator
    title = indicator.title.zh if zh else indicator.title.en or indicator.title.zh
    source = source_in_words(indicator.source, scheme, language)
    rule = rule_in_words(indicator.rule, indicator.points, language)
    score = f"{points(one.points)} / {number(indicator.points)}"
    kind = pick(POOLS[one.pool], language) if one.pool else ""
    lines = [
        f"{title}（{indicator.code}）{kind}{score}"
        if zh
        else f"{title} ({indicator.code}) {kind}{score}",
        f"  数据来源：{source}" if zh else f"  source: {source}",
        f"  计分规则：{rule}" if zh else f"  rule: {rule}",
    ]
    if one.treatment != "scored":
        lines.append(f"  {pick(TREATMENTS[one.treatment], language)}")
    lines += _numbers(one, language)
    lines += [
        f"  {'依据' if zh else 'from'}: {row}" if not zh else f"  依据：{row}" for row in sources
    ]
    if indicator.citation:
        lines.append(f"  出处：{indicator.citation}" if zh else f"  citation: {indicator.citation}")
    lines += _standing(one, language, about_people)
    return lines


def _numbers(one: Explained, language: Language) -> Iterator[str]:
    zh = language == "zh"
    amounts = [(VIEWS[i.column.split("__")[0]], v, i.scale) for i, v in one.inputs]
    amounts += [(VIEWS[a.column.split("__")[0]], a.value, a.scale) for a in one.derived]
    for figure, about in one.figures:
        view, pair = VIEWS[about.column.split("__")[0]], FIGURES[figure]
        if view is not VIEWS["value"]:
            pair = Sentence(f"{view.zh}的{pair.zh}", f"{pair.en} of {view.en}")
        amounts.append((pair, about.value, about.scale))
    shown = [
        f"{pick(pair, language)} {'—' if v is None else number(Decimal(v) / 10**scale)}"
        for pair, v, scale in amounts
    ]
    if shown:
        yield f"  数字：{'；'.join(shown)}" if zh else f"  numbers: {'; '.join(shown)}"


def _standing(one: Explained, language: Language, about_people: bool) -> Iterator[str]:
    peers, zh = one.peers, language == "zh"
    if peers is not None:
        best, median = points(peers.best), points(peers.median)
        whom = "人" if about_people else "个单位"
        above = f"，{peers.better} 个高于本单位" if zh else f", {peers.better} above this unit"
        yield (
            f"  同类组：{peers.scored} {whom}有得分，最高 {best}，中位 {median}"
            if zh
            else f"  peers: {peers.scored} scored, best {best}, median {median}"
        ) + ("" if about_people else above)
    if one.lost:
        lost = points(one.lost)
        yield f"  失分：{lost}" if language == "zh" else f"  lost: {lost}"


def losses_in_words(losses: Iterable[Explained], language: Language = "zh") -> list[str]:
    """List where points were lost, the most first."""
    zh = language == "zh"
    return [
        f"{one.indicator.title.zh}：{points(one.lost)} 分"
        if zh
        else f"{one.indicator.title.en or one.indicator.title.zh}: {points(one.lost)}"
        for one in losses
    ]


_KINDS = {
    "target": Sentence("目标", "target"),
    "case": Sentence("个案", "case"),
    "task": Sentence("任务", "task"),
}


def headroom_in_words(found: Iterable[Headroom], language: Language = "zh") -> list[str]:
    """List the open work that would add most, each with its date and owner."""
    lines = []
    for one in found:
        item = one.item
        kind = pick(_KINDS.get(item.kind, Sentence(item.kind, item.kind)), language)
        named = kind if item.kind == "target" else f"{kind} {item.item}"
        more = [word for word in (item.due, item.owner) if word]
        if language == "zh":
            about = "，".join([named, *more])
            lines.append(f"{item.title}（{about}）：办结后总分可加 {points(one.gain)} 分")
        else:
            about = ", ".join([named, *more])
            lines.append(f"{item.title} ({about}): done, it would add {points(one.gain)} points")
    return lines
