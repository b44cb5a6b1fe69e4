"""The draft of a report: sentences by theme, each with what it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from ronghe.apps.reporting.telling import works
from ronghe.apps.reporting.telling.facts import Facts, Figure, Item, Outcome, Source


class Theme(StrEnum):
    """The parts of a report, in their order."""

    LIFE = "life"
    ECONOMY = "economy"
    SERVICE = "service"
    TRAINING = "training"
    FIGURES = "figures"
    RESULTS = "results"
    PROBLEMS = "problems"
    RECTIFIED = "rectified"
    PLANS = "plans"


THEMES: dict[Theme, str] = {
    Theme.LIFE: "组织生活",
    Theme.ECONOMY: "经济工作",
    Theme.SERVICE: "为民服务",
    Theme.TRAINING: "教育培训",
    Theme.FIGURES: "主要数据",
    Theme.RESULTS: "考核结果",
    Theme.PROBLEMS: "存在问题",
    Theme.RECTIFIED: "整改落实",
    Theme.PLANS: "下步打算",
}
"""The headings of a report."""

OF_KIND: dict[str, Theme] = {
    **dict.fromkeys(works.MEETINGS, Theme.LIFE),
    "accounts_published": Theme.LIFE,
    "party_lecture": Theme.TRAINING,
    "training_hours": Theme.TRAINING,
    **dict.fromkeys(
        ("job_created", "project_help", "project_landed", "firm_promoted", "mentoring",
         "tech_guidance"),
        Theme.ECONOMY,
    ),
    **dict.fromkeys(
        ("overdue_item", "data_error", "safety_accident", "ecology_event"), Theme.PROBLEMS
    ),
}  # fmt: skip
"""Where work is told; what is not named here is service, obligations are organisational life."""

FILLED = (Theme.LIFE, Theme.ECONOMY, Theme.SERVICE, Theme.TRAINING)
"""The themes that say so where nothing is recorded."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence: its theme, a lasting key, the text, its sources; a gap has none."""

    theme: Theme
    key: str
    text: str
    sources: tuple[Source, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Tell whether it only says that nothing is recorded."""
        return not self.sources


def tell(facts: Facts) -> list[Told]:
    """Tell an organisation's year from its facts, theme by theme; nothing else is said."""
    said = [*_works(facts), *_figures(facts), *_outcomes(facts), *_items(facts)]
    said += list(_gaps(facts, said))
    order = list(Theme)
    return sorted(said, key=lambda one: (order.index(one.theme), one.is_gap))


def span_of(facts: Facts) -> str:
    """Say which part of the year the facts are of."""
    if facts.until >= date(facts.year, 12, 31):
        return "全年"
    return f"截至{facts.until.month}月{facts.until.day}日，"


def theme_of(kind: str, *, obligation: bool) -> Theme:
    """Return where work of a kind is told."""
    return OF_KIND.get(kind) or (Theme.LIFE if obligation and kind != "visit" else Theme.SERVICE)


def _works(facts: Facts) -> Iterator[Told]:
    order = list(facts.kinds)
    known = [one for one in facts.works if one.kind in facts.kinds]
    known.sort(key=lambda one: order.index(one.kind))
    for kind, of_kind in groupby(known, key=lambda one: one.kind):
        rows, what = list(of_kind), facts.kinds[kind]
        text = works.told(kind, what, rows, span=span_of(facts), units=facts.units)
        sources = tuple(("record", one.pk) for one in rows)
        yield Told(theme_of(kind, obligation=what.obligation), f"kind:{kind}", text, sources)


def _figures(facts: Facts) -> Iterator[Told]:
    for one in facts.figures:
        parts = [f"{one.title}{works.plain(one.value)}{one.unit}"]
        sources: list[Source] = [("measure", one.pk)]
        if one.before is not None and one.before_pk is not None:
            parts.append(_compared(one))
            sources.append(("measure", one.before_pk))
        if one.target is not None and one.target_pk is not None:
            parts.append(_against_target(one))
            sources.append(("target", one.target_pk))
        yield Told(Theme.FIGURES, f"measure:{one.code}", "，".join(parts) + "。", tuple(sources))


def _compared(one: Figure) -> str:
    assert one.before is not None
    said = f"上年{works.plain(one.before)}{one.unit}"
    if one.before == one.value:
        return f"{said}，与上年持平"
    if one.unit == "%":
        points = works.plain(abs(one.value - one.before))
        return f"{said}，{'提高' if one.value > one.before else '下降'}{points}个百分点"
    if one.before <= 0:
        return said
    change = (one.value - one.before) * 100 / one.before
    return f"{said}，{'增长' if change > 0 else '下降'}{works.rounded(abs(change))}%"


def _against_target(one: Figure) -> str:
    assert one.target is not None
    said = f"年度目标{works.plain(one.target)}{one.unit}"
    if one.target <= 0 or one.unit == "%":
        return said
    return f"{said}，为目标的{works.rounded(one.value * 100 / one.target)}%"


def _outcomes(facts: Facts) -> Iterator[Told]:
    for one in facts.outcomes:
        source = (("result", one.pk),)
        grade = f"，等次为“{one.grade}”" if one.grade else ""
        text = f"在“{one.scheme}”{facts.year}年度考核中得{one.total}分{grade}。"
        yield Told(Theme.RESULTS, f"result:{one.scheme}", text, source)
        if one.lost:
            yield Told(Theme.PROBLEMS, f"lost:{one.scheme}", _lost(one), source)


def _lost(one: Outcome) -> str:
    named = "、".join(f"“{title}”失{points}分" for title, points in one.lost)
    return f"在“{one.scheme}”中失分较多的是：{named}。"


def _items(facts: Facts) -> Iterator[Told]:
    for one in facts.items:
        sources: tuple[Source, ...] = ((one.kind, one.pk), *(("record", pk) for pk in one.records))
        yield Told(Theme.RECTIFIED, f"{one.kind}:{one.pk}", _item(one, facts.until), sources)


def _item(one: Item, until: date) -> str:
    what = "述职评议整改事项" if one.kind == "rectification" else "考核整改事项"
    what = f"{what}“{one.words.rstrip('。')}”"
    if one.done is not None:
        how = one.outcome.rstrip("。")
        return f"{what}已于{_day(one.done)}办结：{how}。"
    late = "，已过期限" if one.due < until else ""
    return f"{what}尚未办结，期限为{_day(one.due)}{late}。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _gaps(facts: Facts, said: list[Told]) -> Iterator[Told]:
    """Say where nothing is recorded: of required meetings, and of whole themes."""
    keys, themes = {one.key for one in said}, {one.theme for one in said}
    lacking = [one for one in facts.required if f"kind:{one.kind}" not in keys]
    for theme in FILLED:
        here = [one.title for one in lacking if theme_of(one.kind, obligation=True) == theme]
        if theme not in themes:
            yield Told(theme, f"gap:{theme}", f"{facts.year}年{THEMES[theme]}没有记录。")
        elif here:
            named = "、".join(here)
            yield Told(theme, f"gap:{theme}", f"{facts.year}年{named}没有记录。")
