"""``ronghe index``: a composite index (综合指数) from its definition and a data folder."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.cli import add_language
from ronghe.cli.console import Console

if TYPE_CHECKING:
    from ronghe.analysis.index import Index, IndexModel
    from ronghe.analysis.index.certainty import IndexCertainty
    from ronghe.wording import Language

FILE = "index.csv"
"""What is written with ``--out``, beside what moves the ranks."""

CHOICES = ("impute", "treat", "normalise", "aggregate")
"""The choices that may be changed on the command line, for a trial."""


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    one.add_argument("file", type=Path, metavar="FILE", help="指数定义 · definition (.yaml)")
    one.add_argument("--data", type=Path, required=True, metavar="DIR", help="数据 · data folder")
    one.add_argument("--out", type=Path, metavar="DIR", help=f"写出 {FILE} · where {FILE} goes")
    for choice in CHOICES:
        one.add_argument(
            f"--{choice}",
            metavar="CHOICE",
            help="换一种做法试算 · try another choice than the definition's",
        )
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Build the index, print the ranking, write the scores of every level."""
    from ronghe.analysis.index import build, rebuild
    from ronghe.analysis.index.certainty import certainty
    from ronghe.cli import index_certainty
    from ronghe.cli.index_data import read_figures

    _refuse_target(arguments.out)
    console.progress("read")
    model = read_definition(arguments.file)
    figures = read_figures(model, arguments.data)
    console.progress("compute")
    index = build(model, figures.values)
    changed = {choice: getattr(arguments, choice) for choice in CHOICES}
    given = {choice: value for choice, value in changed.items() if value}
    if "aggregate" in given:
        given["aggregate"] = tuple(given["aggregate"].split(","))
    if given:
        index = rebuild(index, **given)
    console.progress("certainty")
    sure = certainty(index)
    console.print(*ranking(index, sure, figures.names, console.language))
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        write_index(index, sure, figures.names, arguments.out / FILE)
        console.print(str(arguments.out / FILE))
    if arguments.out and sure:
        path = arguments.out / index_certainty.FILE
        index_certainty.write_drivers(index, sure, console.language, path)
        console.print(str(path))
    console.show([*figures.warnings, *index.warnings])
    return 0


def read_definition(path: Path) -> IndexModel:
    """Read an index from YAML, every problem with its line.

    Raises
    ------
    ProblemsError
        The file cannot be read, or everything wrong with it.
    """
    from ronghe.analysis.index import parse_index
    from ronghe.exchange.scheme.yaml_file import read_yaml

    suffix = path.suffix.casefold()
    if suffix not in (".yaml", ".yml"):
        kinds = ".yaml / .yml"
        raise ProblemsError([Problem("scheme-file-kind", Place(str(path)), suffix, kinds)])
    document = read_yaml(path)
    try:
        model = parse_index(document.content, document.places)
    except ProblemsError as refusal:
        problems = document.in_order([*document.problems, *refusal.problems])
        raise ProblemsError(problems) from None
    if document.problems:
        raise ProblemsError(document.problems)
    return model


def _refuse_target(out: Path | None) -> None:
    """Refuse what cannot become a folder with the file, before anything is computed."""
    if out and out.exists() and not out.is_dir():
        raise ProblemsError([Problem("index-out-not-folder", Place(str(out)))])


def ranking(
    index: Index, sure: IndexCertainty | None, names: tuple[str, ...], language: Language
) -> Iterator[str]:
    """Yield the ranking: rank, interval, band, unit, total and the parts of the top level."""
    from ronghe.cli import index_certainty
    from ronghe.cli.tables import table

    zh, model = language == "zh", index.model
    period = f"（{model.period}）" if zh else f" ({model.period})"
    title = model.title.zh if zh else model.title.en or model.title.zh
    yield title + (period if model.period else "")
    yield ""
    tops = [node.title.zh if zh else node.title.en or node.title.zh for node in model.children]
    extra = ("区间", "档") if zh else ("interval", "band")
    ends = ("单位", "总分") if zh else ("unit", "total")
    first = ("位次" if zh else "rank", *(extra if sure else ()), *ends)
    rows = (
        [
            str(index.ranks[at] or "-"),
            *_interval_and_band(sure, at),
            names[at],
            _text(index.totals[at], model.decimals) or "-",
            *(_text(index.scores[n.code][at], model.decimals) or "-" for n in model.children),
        ]
        for at in order(index)
    )
    yield from table((*first, *tops), rows)
    yield ""
    if sure:
        yield from index_certainty.lines(index, sure, language)
        yield ""
    yield (
        "位次取决于指标、权重和各步的做法；换一种做法位次会变，相近的位次不宜看重。"
        if zh
        else "Ranks depend on the indicators, the weights and the choices at each step: others "
        "give other ranks, and near ones mean little."
    )


def _interval_and_band(sure: IndexCertainty | None, at: int) -> list[str]:
    from ronghe.wording.explanation import interval

    if sure is None:
        return []
    if not sure.band[at]:
        return ["-", "-"]
    return [interval(sure.low[at], sure.high[at]), str(sure.band[at])]


def order(index: Index) -> list[int]:
    """Return the positions of the units by rank, those without one last, ties by code."""
    ranks, units = index.ranks.tolist(), index.values.units
    return sorted(range(len(units)), key=lambda at: (ranks[at] == 0, ranks[at], units[at]))


def write_index(
    index: Index, sure: IndexCertainty | None, names: tuple[str, ...], path: Path
) -> None:
    """Write unit, name, scores of every level in tree order, total, rank, interval, band as CSV."""
    from ronghe.exchange.scheme.document import aside

    codes, decimals = [*index.scores], index.model.decimals
    with (
        aside(path) as unfinished,
        unfinished.open("w", encoding="utf-8", newline="") as lines,
    ):
        writer = csv.writer(lines, lineterminator="\n")
        certain = ("rank_low", "rank_high", "band")
        writer.writerow(["unit", "name", *codes, "total", "rank", *certain])
        for at in order(index):
            scores = (_text(index.scores[code][at], decimals) for code in codes)
            total, rank = _text(index.totals[at], decimals), index.ranks[at] or ""
            more = (sure.low[at], sure.high[at], sure.band[at]) if sure else (0, 0, 0)
            known = (number or "" for number in more)
            writer.writerow([index.values.units[at], names[at], *scores, total, rank, *known])


def _text(score: float, decimals: int) -> str:
    """Write a score as it is published; a gap is empty."""
    return "" if score != score else f"{round(score, decimals) + 0.0:.{decimals}f}"
