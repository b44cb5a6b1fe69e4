"""``ronghe explain``: how every point of a unit came about, in words."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NoReturn

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.cli import add_language
from ronghe.cli.console import Console

if TYPE_CHECKING:
    from ronghe.exchange.reports.folder import RunFolder
    from ronghe.wording import Language

HELPFUL = 5
"""How many open items are listed."""


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    one.add_argument("run", type=Path, metavar="RUN", help="结果 · results folder of appraise")
    one.add_argument("--unit", required=True, metavar="U", help="单位代码 · unit code")
    one.add_argument("--indicator", metavar="I", help="只说明一项指标 · one indicator only")
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Explain a unit of a finished run."""
    from ronghe.analysis.scoring.explain import explain, headroom, losses
    from ronghe.exchange.evidence import evidence, open_work, unit_and_peers
    from ronghe.wording.explanation import (
        explained_in_words,
        headroom_in_words,
        losses_in_words,
    )

    language = console.language
    with opened(arguments.run, arguments.unit) as folder:
        row, peers = unit_and_peers(folder, arguments.unit)
        if row is None:
            refuse("no-such-unit", arguments.unit, None)
        explained = explain(folder.program, row, peers)
        wanted = [one for one in explained if arguments.indicator in (None, one.indicator.code)]
        if not wanted:
            known = "、".join(one.indicator.code for one in explained)
            refuse("no-such-indicator", arguments.indicator, known)
        console.print(*heading(folder, row, peers, language))
        for one in wanted:
            rows = evidence(folder, one.indicator, arguments.unit)
            sources = [" · ".join(cells) for cells in rows.rows]
            if rows.count > len(rows.rows):
                more = rows.count - len(rows.rows)
                sources.append(f"……另有 {more} 条" if language == "zh" else f"… {more} more")
            words = explained_in_words(
                one, folder.scheme, sources, language, about_people=folder.about_people
            )
            console.print("", *words)
        if arguments.indicator is None:
            items = open_work(folder, row)
            helpful = headroom(folder.program, row, peers, items)[:HELPFUL]
            lost = losses_in_words(losses(explained), language)
            console.print("", *summary(lost, headroom_in_words(helpful, language), language))
    return 0


@contextmanager
def opened(run: Path, unit: str) -> Iterator[RunFolder]:
    """Open a run; of one over a store, the part that the unit belongs to."""
    from ronghe.exchange.reports.folder import open_run

    if not (run / "store.json").is_file():
        with open_run(run) as folder:
            yield folder
        return
    from ronghe.engine.database import connect
    from ronghe.engine.store_part import write_part_of

    with TemporaryDirectory(prefix="ronghe-") as temporary:
        part = Path(temporary) / "part"
        con = connect()
        write_part_of(con, run, unit, part)
        con.close()
        with open_run(part) as folder:
            yield folder


def refuse(code: str, found: object, expected: object) -> NoReturn:
    """Raise one problem about an argument."""
    raise ProblemsError([Problem(code, Place(), found=found, expected=expected)])


def heading(
    folder: RunFolder, row: dict[str, Any], peers: list[dict[str, Any]], language: Language
) -> list[str]:
    """Say who is explained, with total, rank (of no person), the grade proposed, how sure."""
    from ronghe.exchange.reports.certainty import unit_in_words
    from ronghe.exchange.reports.labels import Labels
    from ronghe.wording.explanation import points
    from ronghe.wording.rules import number

    scheme = folder.scheme
    full = number(scheme.points)
    grading = scheme.grading
    grade = grading.grades[row["grade"] - 1].title if grading and row["grade"] else None
    ranked, rank = sum(peer["total"] is not None for peer in peers), row["rank"] or "—"
    sure = unit_in_words(folder, row, Labels(language))
    struck = [one.title for one in scheme.striking() if row.get(f"failed__{one.code}") == 1]
    if language == "zh":
        place = (
            f"同类组共 {ranked} 人"
            if folder.about_people
            else f"同类组第 {rank} 名，共 {ranked} 个"
        )
        lines = [
            f"{row['name']}（{row['unit']}）· {scheme.title.zh} {scheme.period.label}",
            f"总分 {points(row['total'])}（满分 {full}），{place}",
        ]
        lines += [f"建议等次：{grade.zh}（经审定签字后生效）"] if grade else []
        return [*lines, *sure] + [f"前置条件未达到或否决：{one.zh}" for one in struck]
    place = f"{ranked} peers" if folder.about_people else f"rank {rank} of {ranked} peers"
    lines = [
        f"{row['name']} ({row['unit']}) · {scheme.title.en or scheme.title.zh} "
        f"{scheme.period.label}",
        f"total {points(row['total'])} of {full}, {place}",
    ]
    lines += [f"grade proposed: {grade.en or grade.zh} (valid once signed)"] if grade else []
    return [*lines, *sure] + [f"gate failed or veto: {one.en or one.zh}" for one in struck]


def summary(losses: list[str], helpful: list[str], language: str) -> list[str]:
    """Say where most was lost, what open work would help, and how to object."""
    zh = language == "zh"
    lines = ["失分（从多到少）：" if zh else "points lost, most first:"]
    lines += [f"  {line}" for line in losses] or ["  无" if zh else "  none"]
    lines += ["", "未办结的实事中最有帮助的：" if zh else "open work that would help most:"]
    nothing = "  没有登记能加分的未办结事项" if zh else "  no open work on record would add points"
    lines += [f"  {n}. {line}" for n, line in enumerate(helpful, start=1)] or [nothing]
    lines += [
        "",
        "对数据有异议，请向上列数据来源的提供单位提出；对计分有异议，请在公示期内向考核办公室申诉。"
        if zh
        else "Dispute a figure with the office that supplied it; appeal a score to the appraisal "
        "office within the publicity period.",
    ]
    return lines
