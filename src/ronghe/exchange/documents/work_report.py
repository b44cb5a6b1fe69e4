"""A work report (工作总结) in the layout of GB/T 9704, each sentence with a mark of its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ronghe.exchange.documents.masking import masked
from ronghe.exchange.reports.gbt9704 import Notice
from ronghe.rulebook.citing import chinese_number


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and what it was made from, in words; nothing where nothing is recorded."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report: its heading and sentences."""

    title: str
    sentences: tuple[Sentence, ...]


def write_work_report(
    path: Path, *, title: str, mark: str, signed: str, day: date, parts: Sequence[Part]
) -> None:
    """Write the report as a draft; `mark` stands on every page, sources in a list at the end."""
    notice = Notice("zh")
    notice.mark_as_draft(mark)
    notice.add(title, "Notice Title")
    listed: list[tuple[str, ...]] = []
    for place, part in enumerate(parts, start=1):
        notice.add(f"{chinese_number(place)}、{part.title}", "Heading 1")
        for sentence in part.sentences:
            paragraph = notice.add(masked(sentence.text), "Notice Body")
            if sentence.sources:
                listed.append(sentence.sources)
                paragraph.add_run(f"〔{len(listed)}〕").font.superscript = True
    for _ in range(2):
        notice.add("", "Notice Body")
    notice.add(signed, "Signature")
    notice.add(f"{day.year}年{day.month}月{day.day}日", "Signature")
    notice.keep_together(4)
    if listed:
        notice.new_page()
        notice.add("附件", "Attachment Mark")
        notice.add("来源清单", "Attachment Title")
        notice.add("", "Notice Body")
        named = [masked("；".join(sources)) for sources in listed]
        rows = [[f"〔{number}〕", words] for number, words in enumerate(named, start=1)]
        notice.table(["标记", "来源"], rows, [1, 9])
    notice.save(path, title, day)
