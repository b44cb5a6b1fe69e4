"""Rules and sources of a scheme in words: what a score is made of, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ronghe.analysis.scheme.model import Indicator, Scheme
from ronghe.analysis.scheme.rules import (
    Bands,
    Combined,
    Completion,
    CountPoints,
    Deduction,
    DistanceFromAverage,
    Efficacy,
    Goalposts,
    RankLadder,
    RatioToAverage,
    RatioToBest,
    Rule,
    ShareOfFull,
)
from ronghe.analysis.scheme.sources import (
    BallotSource,
    ExpertSource,
    MeasureSource,
    RecordsSource,
    SchemeSource,
    Source,
)
from ronghe.wording import Language, Sentence


def number(value: Decimal) -> str:
    """Write a number without needless zeros: 12.50 is 12.5."""
    return format(value.normalize(), "f") if value else "0"


def _pair(zh: str, en: str) -> Sentence:
    return Sentence(zh, en)


def rule_in_words(rule: Rule, points: Decimal, language: Language = "zh") -> str:
    """Say how a value becomes points.

    Parameters
    ----------
    rule
        The rule of an indicator.
    points
        The indicator's points.
    language
        Chinese or English.
    """
    pair = _RULES[type(rule)](rule, points)
    return pair.zh if language == "zh" else pair.en


def _completion(rule: Completion, points: Decimal) -> Sentence:
    own = rule.target == "data"
    zh_target = "本单位目标值" if own else number(Decimal(rule.target))
    en_target = "the unit's target" if own else number(Decimal(rule.target))
    most, least = number(points * rule.cap), number(points * rule.floor)
    if rule.direction == "more":
        return _pair(
            f"得分 = {number(points)} × 实际值 ÷ {zh_target}，最高 {most} 分，最低 {least} 分",
            f"{number(points)} × value ÷ {en_target}; at most {most}, at least {least} points",
        )
    return _pair(
        f"越少越好：得分 = {number(points)} ×（2 − 实际值 ÷ {zh_target}），"
        f"最高 {most} 分，最低 {least} 分",
        f"less is better: {number(points)} × (2 − value ÷ {en_target}); "
        f"at most {most}, at least {least} points",
    )


def _bands(rule: Bands, _points: Decimal) -> Sentence:
    more = rule.direction == "more"
    steps = sorted(rule.steps.items(), reverse=more)
    zh = "；".join(
        f"{'不低于' if more else '不高于'} {number(t)} 得 {number(p)} 分" for t, p in steps
    )
    en = "; ".join(
        f"{'at least' if more else 'at most'} {number(t)}: {number(p)} points" for t, p in steps
    )
    other = number(rule.otherwise)
    return _pair(f"分档：{zh}；其余得 {other} 分", f"steps: {en}; otherwise {other}")


def _goalposts(rule: Goalposts, points: Decimal) -> Sentence:
    low, high, start = number(rule.low), number(rule.high), number(rule.low_points)
    return _pair(
        f"线性：{low} 得 {start} 分，{high} 得 {number(points)} 分，其间按比例，两端封顶",
        f"linear: {start} points at {low}, {number(points)} at {high}, clipped at both ends",
    )


def _efficacy(rule: Efficacy, points: Decimal) -> Sentence:
    zh_low = "同类组最差值" if rule.low == "peers" else number(Decimal(rule.low))
    zh_high = "同类组最优值" if rule.high == "peers" else number(Decimal(rule.high))
    en_low = "the peers' worst" if rule.low == "peers" else number(Decimal(rule.low))
    en_high = "the peers' best" if rule.high == "peers" else number(Decimal(rule.high))
    base, rest, floor = number(rule.base), number(100 - rule.base), number(rule.floor)
    less = rule.direction == "less"
    zh_way, en_way = ("（越少越好）", " (less is better)") if less else ("", "")
    return _pair(
        f"功效系数{zh_way}：得分 = {number(points)} ×〔{base} + {rest} ×（实际值 − {zh_low}）÷"
        f"（{zh_high} − {zh_low}）〕%，限于 {floor}%–100%",
        f"efficacy{en_way}: {number(points)} × [{base} + {rest} × (value − {en_low}) ÷ "
        f"({en_high} − {en_low})] %, within {floor}–100 %",
    )


def _rank_ladder(rule: RankLadder, _points: Decimal) -> Sentence:
    zh_way, en_way = ("从高到低", "highest") if rule.direction == "more" else ("从低到高", "lowest")
    rest = number(rule.rest)
    if rule.ladder is not None:
        steps = " / ".join(number(p) for p in rule.ladder)
        return _pair(
            f"同类组内{zh_way}排位，各位次得 {steps} 分，其后得 {rest} 分，并列同分",
            f"rank among peers, {en_way} first: {steps} points, later ranks {rest}; ties share",
        )
    first, step = number(rule.first or Decimal(0)), number(rule.step or Decimal(0))
    return _pair(
        f"同类组内{zh_way}排位，第一得 {first} 分，每后一位减 {step} 分，不低于 {rest} 分",
        f"rank among peers, {en_way} first: {first} points, {step} less per rank, at least {rest}",
    )


def _ratio_to_best(rule: RatioToBest, points: Decimal) -> Sentence:
    if rule.direction == "more":
        return _pair(
            f"得分 = {number(points)} × 实际值 ÷ 同类组最高值",
            f"{number(points)} × value ÷ the peers' highest",
        )
    return _pair(
        f"得分 = {number(points)} × 同类组最低值 ÷ 实际值",
        f"{number(points)} × the peers' lowest ÷ value",
    )


def _ratio_to_average(rule: RatioToAverage, points: Decimal) -> Sentence:
    most = number(points * rule.cap)
    if rule.direction == "more":
        return _pair(
            f"得分 = {number(points)} × 实际值 ÷ 同类组均值，最高 {most} 分",
            f"{number(points)} × value ÷ the peers' mean, at most {most}",
        )
    return _pair(
        f"得分 = {number(points)} ×（2 − 实际值 ÷ 同类组均值），最高 {most} 分",
        f"{number(points)} × (2 − value ÷ the peers' mean), at most {most}",
    )


def _distance(rule: DistanceFromAverage, points: Decimal) -> Sentence:
    loses, step = number(rule.loses), number(rule.step)
    zh_side, en_side = ("低于", "below") if rule.direction == "more" else ("高于", "above")
    zh_way, en_way = ("满", "each full") if rule.whole_steps else ("", "each")
    return _pair(
        f"达到或好于同类组均值得 {number(points)} 分；"
        f"每{zh_side}均值{zh_way} {step} 扣 {loses} 分，扣完为止",
        f"{number(points)} points at the peers' mean or better; {loses} less for {en_way} {step} "
        f"{en_side} it, never under 0",
    )


def _count_points(rule: CountPoints, points: Decimal) -> Sentence:
    each = number(rule.each)
    return _pair(
        f"每 1 得 {each} 分，最高 {number(points)} 分", f"{each} each, at most {number(points)}"
    )


def _deduction(rule: Deduction, points: Decimal) -> Sentence:
    each, floor = number(rule.each), number(rule.floor)
    return _pair(
        f"满分 {number(points)} 分，每 1 扣 {each} 分，不低于 {floor} 分",
        f"{number(points)} points, less {each} each, never under {floor}",
    )


def _share_of_full(rule: ShareOfFull, points: Decimal) -> Sentence:
    full = number(rule.full)
    return _pair(f"得分 = {number(points)} × 实际值 ÷ {full}", f"{number(points)} × value ÷ {full}")


_VIEWS = {
    "value": _pair("水平", "level"),
    "growth": _pair("增长率（%）", "growth (%)"),
    "change": _pair("增减量", "change"),
}


def _combined(rule: Combined, points: Decimal) -> Sentence:
    parts = [
        (part, rule_in_words(part.rule, points * part.share / 100, "zh"),
         rule_in_words(part.rule, points * part.share / 100, "en"))
        for part in rule.parts
    ]  # fmt: skip
    return _pair(
        "；".join(f"{_VIEWS[p.of].zh}占 {number(p.share)}%（{zh}）" for p, zh, _ in parts),
        "; ".join(f"{_VIEWS[p.of].en} {number(p.share)} % ({en})" for p, _, en in parts),
    )


_RULES: dict[type, Callable[[Any, Decimal], Sentence]] = {
    Completion: _completion,
    Bands: _bands,
    Goalposts: _goalposts,
    Efficacy: _efficacy,
    RankLadder: _rank_ladder,
    RatioToBest: _ratio_to_best,
    RatioToAverage: _ratio_to_average,
    DistanceFromAverage: _distance,
    CountPoints: _count_points,
    Deduction: _deduction,
    ShareOfFull: _share_of_full,
    Combined: _combined,
}


def source_in_words(source: Source, scheme: Scheme, language: Language = "zh") -> str:
    """Say where a value comes from."""
    pair = _source(source, scheme)
    return pair.zh if language == "zh" else pair.en


_FUNCTIONS = {
    "count": _pair("件数", "number"),
    "sum": _pair("数量合计", "total quantity"),
    "mean": _pair("平均数量", "mean quantity"),
    "distinct": _pair("不同服务对象数", "number of different objects served"),
    "share": _pair("达标比例（%）", "share of good quality (%)"),
}
_PERIODS = {
    "day": _pair("每日", "a day"),
    "month": _pair("每月", "a month"),
    "quarter": _pair("每季度", "a quarter"),
    "year": _pair("每年", "a year"),
}


def _source(source: Source, scheme: Scheme) -> Sentence:
    match source:
        case MeasureSource(measure=code, period=period):
            measure = next(m for m in scheme.measures if m.code == code)
            label = scheme.period.label if period == "current" else scheme.period.previous
            unit = f"（{measure.unit}）" if measure.unit else ""
            en_unit = f" ({measure.unit})" if measure.unit else ""
            return _pair(
                f"数据“{measure.title.zh}”{unit}，{label}",
                f"measure “{measure.title.en or measure.title.zh}”{en_unit}, {label}",
            )
        case RecordsSource():
            return _records(source, scheme)
        case BallotSource(grades=grades, groups=groups):
            worth, who = (
                "、".join(f"{word} {number(value)}" for word, value in part.items())
                for part in (grades, groups)
            )
            return _pair(
                f"民主测评（票面折分：{worth}；群体权重：{who}）",
                f"ballot (a vote's worth: {worth}; group weights: {who})",
            )
        case ExpertSource(trim=trim):
            return _pair(
                f"专家评分均值（去掉最高、最低各 {trim} 个）" if trim else "专家评分均值",
                f"mean expert score (without the {trim} highest and lowest)"
                if trim
                else "mean expert score",
            )
        case SchemeSource(scheme=code):
            return _pair(f"方案“{code}”的总分", f"total under the scheme “{code}”")


def _records(source: RecordsSource, scheme: Scheme) -> Sentence:
    kinds = {kind.code: kind.title for kind in scheme.record_kinds}
    titles = [kinds[code] for code in source.of]
    zh = f"纪实“{'、'.join(t.zh for t in titles)}”的{_FUNCTIONS[source.function].zh}"
    en = f"{_FUNCTIONS[source.function].en} of records “{', '.join(t.en or t.zh for t in titles)}”"
    if source.scope == "subtree":
        zh, en = zh + "（含下级）", en + " (with units below)"
    if source.since is not None:
        zh, en = f"{zh}，{source.since} 起", f"{en}, from {source.since}"
    if source.until is not None:
        zh, en = f"{zh}，{source.until} 止", f"{en}, until {source.until}"
    if source.quality_at_least is not None:
        zh, en = (
            f"{zh}，质量不低于 {source.quality_at_least}",
            f"{en}, quality {source.quality_at_least} or better",
        )
    if source.verified_only:
        zh, en = zh + "，只计已核实", en + ", verified only"
    if source.cap is not None:
        each, per = number(source.cap.each), _PERIODS[source.cap.per]
        zh, en = f"{zh}，{per.zh}最多计 {each}", f"{en}, at most {each} {per.en}"
    return _pair(zh, en)


def indicator_in_words(indicator: Indicator, scheme: Scheme, language: Language = "zh") -> str:
    """Say an indicator's source and rule in one line."""
    source = source_in_words(indicator.source, scheme, language)
    rule = rule_in_words(indicator.rule, indicator.points, language)
    return f"{source}；{rule}" if language == "zh" else f"{source}; {rule}"
