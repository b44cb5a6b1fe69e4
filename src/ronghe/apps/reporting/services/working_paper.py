"""The year-end work report of a place: the sentences of a report, with their sources in words."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from ronghe.apps.reporting.selectors.facts import facts_for, sources_shown
from ronghe.apps.reporting.telling import Told, tell
from ronghe.apps.reporting.telling.report import THEMES
from ronghe.exchange.documents.work_report import Part, Sentence, write_work_report

NAMED = 12
"""So many sources of a sentence are named; the rest are counted, and stand on the site."""


def write_paper(path: Path, *, node: Any, year: int, mark: str, by: Any) -> None:
    """Write the draft of a place's work report for a year in Word."""
    facts = facts_for(by, node, year)
    parts = [
        Part(THEMES[theme], tuple(Sentence(one.text, _named(by, one)) for one in rows))
        for theme, rows in groupby(tell(facts), key=lambda one: one.theme)
    ]
    write_work_report(
        path,
        title=f"{node.name}{year}年工作总结（草稿）",
        mark=mark,
        signed=node.name,
        day=facts.until,
        parts=parts,
    )


def _named(by: Any, told: Told) -> tuple[str, ...]:
    """Name the sources of a sentence, the first ones one by one."""
    first = [list(source) for source in told.sources[:NAMED]]
    named = [_in_words(one["kind"], one["row"]) for one in sources_shown(by, first) if one["row"]]
    more = len(told.sources) - len(first)
    if more > 0:
        named.append(f"另有{more}条，见系统“纪实”")
    return tuple(named)


def _in_words(kind: str, row: Any) -> str:
    if kind == "record":
        return f"纪实{row.pk}号（{row.day.isoformat()}，{row.unit.node.name}，{row.amount_words}）"
    if kind in ("measure", "target"):
        what = "目标" if kind == "target" else "数据"
        return f"{what}：{row.definition.title}{row.period}，{row.source}"
    if kind == "result":
        return f"考核结果：{row.run.round.title}"
    return f"整改事项：{row.words}"
