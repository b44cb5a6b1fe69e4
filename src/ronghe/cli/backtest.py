"""What ``ronghe scheme backtest`` runs and prints."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np

from ronghe import rulebook
from ronghe.analysis.backtest import (
    Backtest,
    Comparison,
    Dependence,
    Outcome,
    backtest,
    for_year,
    patient,
)
from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scheme.parts import Text
from ronghe.cli.console import Console
from ronghe.cli.tables import table
from ronghe.engine.catalogue import CATALOGUE
from ronghe.engine.database import connect
from ronghe.engine.intake import RawTable
from ronghe.engine.run import appraise
from ronghe.exchange.backtest import figures
from ronghe.exchange.outcome import read_outcome
from ronghe.exchange.reports.folder import open_run
from ronghe.exchange.scheme import SUFFIXES, read_document, read_scheme
from ronghe.exchange.tables import open_tables
from ronghe.wording import Language, say

SHOWN = 5
"""How many gainers and how many losers are listed."""

INTERVALS = 30
"""Of more units, only those with the widest rank intervals are listed."""


def try_scheme(arguments: argparse.Namespace, console: Console) -> int:
    """Run the scheme, and those to compare with, on the data; print what came of it."""
    with TemporaryDirectory(prefix="ronghe-") as workdir:
        con = connect(temporary=workdir)
        console.progress("read")
        statistics = rulebook.statistics()
        scheme, warnings = read_scheme(arguments.scheme, statistics=statistics)
        others = {
            str(path): path if _is_run(path) else _former_scheme(path) for path in arguments.against
        }
        tables = open_tables(
            con, arguments.data, CATALOGUE, workdir=Path(workdir), warn=warnings.append
        )
        year = arguments.period or scheme.period.label
        outcome = _outcome(con, for_year(scheme, year), tables, console)
        former = {}
        for named, other in others.items():
            if isinstance(other, Path):
                former[named] = _totals_of_run(other)
            else:
                then = _outcome(con, for_year(other, year), tables, console)
                former[named] = dict(zip(then.units, then.totals.tolist(), strict=True))
    found = backtest(
        outcome,
        former=former,
        draws=arguments.draws,
        spread=arguments.spread,
        seed=arguments.seed,
        place_of=read_document(arguments.scheme).places,
    )
    console.print(*lines(found, str(arguments.data), console.language))
    if arguments.figures:
        text = json.dumps(figures(found), ensure_ascii=False, allow_nan=False)
        arguments.figures.write_text(text, encoding="utf-8")
    console.show(warnings)
    return 0


def _is_run(path: Path) -> bool:
    return (path / "run.json").is_file()


def _former_scheme(path: Path) -> Scheme:
    if path.is_dir() or path.suffix.casefold() not in SUFFIXES:
        raise ProblemsError([Problem("backtest-former-unknown", Place(str(path)), str(path))])
    return read_scheme(path, statistics=rulebook.statistics())[0]


def _totals_of_run(path: Path) -> dict[str, float]:
    with open_run(path) as folder:
        rows = folder.rows("select unit, total from outcome where total is not null")
    return {unit: total / 1000 for unit, total in rows}


def _outcome(
    con: duckdb.DuckDBPyConnection, scheme: Scheme, tables: Sequence[RawTable], console: Console
) -> Outcome:
    """Run a scheme and take its outcome out of the database; quotas do not matter for points."""
    console.progress("compute")
    run = appraise(con, patient(scheme), tables, quotas={}, other_periods=True)
    return replace(read_outcome(con, run.program), scheme=scheme)


def lines(found: Backtest, data: str, language: Language) -> Iterator[str]:
    """Yield everything a back-test prints."""
    zh = language == "zh"
    scheme = found.outcome.scheme
    title = _said(scheme.title, language)
    groups = "、".join(f"{_group(g, scheme, language)} {n}" for g, n in found.outcome.sizes.items())
    units, label = len(found.outcome.units), scheme.period.label
    yield (
        f"试算：{title}（{scheme.version}），考核期 {label}，数据 {data}"
        if zh
        else f"Back-test: {title} ({scheme.version}), period {label}, data {data}"
    )
    yield f"{units} 个单位；分组：{groups}" if zh else f"{units} units; groups: {groups}"
    if found.left_out:
        yield (
            f"另有 {found.left_out} 个单位没有总分，未计。"
            if zh
            else f"{found.left_out} units without a total were left out."
        )
    yield ""
    yield "一、各指标得分的分布" if zh else "1. How the points of each indicator spread"
    yield from _spread_lines(found, language)
    yield "二、重复和多余" if zh else "2. What is redundant"
    yield from _redundancy_lines(found, language)
    yield "三、名次对权重的依赖" if zh else "3. How far ranks depend on the weights"
    yield from _dependence_lines(found.dependence, scheme, language)
    yield "四、名次的升降" if zh else "4. Who gains and who loses"
    equal = "各指标等权" if zh else "equal weights of all indicators"
    for against, comparison in {equal: found.equal, **found.former}.items():
        yield from _comparison_lines(against, comparison, scheme, language)
    yield "五、发现和建议" if zh else "5. Findings and advice"
    for problem in found.findings:
        yield f"提示：{say(problem, 'zh')}" if zh else f"warning: {say(problem, 'en')}"
    if not found.findings:
        yield "没有发现需要调整的指标。" if zh else "No indicator needs a change."


def _said(words: Text, language: Language) -> str:
    return (words.en or words.zh) if language == "en" else words.zh


def _group(code: str, scheme: Scheme, language: Language) -> str:
    return _said(scheme.peer_groups[code], language) if code in scheme.peer_groups else code or "-"


def _percent(share: float) -> str:
    return "-" if np.isnan(share) else f"{round(share, 2) + 0:.0%}"


def _spread_lines(found: Backtest, language: Language) -> Iterator[str]:
    zh = language == "zh"
    rows = []
    for one in found.spreads:
        quarters = (one.least, one.lower, one.middle, one.upper, one.most, one.deviation)
        rows.append(
            [
                _said(one.title, language) + (" *" if one.pooled else ""),
                f"{one.full:g}",
                "-" if one.pooled else f"{one.weight:.1%}",
                str(one.units),
                *("-" if np.isnan(value) else f"{value:.2f}" for value in quarters),
                *map(_percent, (one.share, one.at_full, one.at_zero, one.influence)),
            ]
        )
    headings = (
        "指标 分值 权重 单位数 最低 下四分位 中位数 上四分位 最高 标准差 得分率"
        " 满分占比 零分占比 实际作用"
        if zh
        else "indicator points weight units min q1 median q3 max sd mean at-full at-zero influence"
    )
    yield from table(headings.split(), rows)
    yield (
        "得分率：平均得分占分值；实际作用：对总分差距的贡献，合计 100%；* 加分扣分项。"
        if zh
        else "mean: mean points over full; influence: part in the spread of totals, 100% in all; "
        "* bonus or penalty."
    )
    yield ""


def _redundancy_lines(found: Backtest, language: Language) -> Iterator[str]:
    zh = language == "zh"
    pairs = [
        (
            _said(pair.one.title, language),
            _said(pair.other.title, language),
            f"{pair.correlation:.2f}",
            str(pair.units),
        )
        for pair in found.pairs
    ]
    yield from table(
        ("指标", "指标", "秩相关", "单位数")
        if zh
        else ("indicator", "indicator", "rank correlation", "units"),
        pairs,
    )
    if not pairs:
        yield (
            "没有两项指标的秩相关达到 ±0.9。"
            if zh
            else "No two indicators have a rank correlation of ±0.9."
        )
    yield ""
    yield from table(
        ("去掉这项指标", "名次变动的单位", "最多变动位次")
        if zh
        else ("without this indicator", "units that move", "places at most"),
        (
            (_said(removal.indicator.title, language), str(removal.moved), str(removal.furthest))
            for removal in found.removals
        ),
    )
    yield ""


def _dependence_lines(found: Dependence, scheme: Scheme, language: Language) -> Iterator[str]:
    zh = language == "zh"
    spread, sample = f"{found.spread:.0%}", found.pairs if found.sampled else 0
    yield (
        f"各级权重各自在 ±{spread} 内均匀随机变动 {found.draws} 次（随机种子 {found.seed}）："
        if zh
        else f"Every weight moves evenly within ±{spread}, {found.draws} draws (seed {found.seed}):"
    )
    yield (
        f"平均有 {found.reversed:.1%} 的单位对次序颠倒；"
        f"{found.undecided:.1%} 的单位对在至少 5% 的抽样中颠倒，名次先后不宜看重。"
        if zh
        else f"{found.reversed:.1%} of the pairs of units change order on average; "
        f"{found.undecided:.1%} do so in at least 5% of the draws: their order means little."
    )
    if sample:
        yield f"（抽取 {sample} 对计算。）" if zh else f"({sample} pairs were drawn.)"
    yield ""
    if scheme.about_people:
        yield "涉及个人，不列名次。" if zh else "Persons are not listed by rank."
        yield ""
        return
    widest = sorted(found.intervals, key=lambda row: row.low - row.high)[:INTERVALS]
    shown = [row for row in found.intervals if row in widest]
    yield from table(
        ("单位", "组", "名次", "90% 区间", "最好", "最差")
        if zh
        else ("unit", "group", "rank", "90% interval", "best", "worst"),
        (
            (
                row.name,
                _group(row.group, scheme, language),
                str(row.rank),
                f"{row.low}–{row.high}",
                str(row.best),
                str(row.worst),
            )
            for row in shown
        ),
    )
    if len(shown) < len(found.intervals):
        yield (
            f"（共 {len(found.intervals)} 个单位，只列区间最宽的 {INTERVALS} 个。）"
            if zh
            else f"({len(found.intervals)} units; the {INTERVALS} widest intervals are shown.)"
        )
    yield ""


def _comparison_lines(
    against: str, found: Comparison, scheme: Scheme, language: Language
) -> Iterator[str]:
    zh = language == "zh"
    tau = "-" if np.isnan(found.correlation) else f"{found.correlation:.2f}"
    yield (
        f"与“{against}”比较：共同的单位 {found.units} 个，名次变动 {found.moved} 个，"
        f"次序一致程度（肯德尔 τ）{tau}。"
        if zh
        else f"Against “{against}”: {found.units} common units, {found.moved} change rank, "
        f"Kendall's tau {tau}."
    )
    if scheme.about_people or not found.moved:
        yield ""
        return
    gain = [mover for mover in found.movers if mover.change > 0][:SHOWN]
    lose = [mover for mover in reversed(found.movers) if mover.change < 0][:SHOWN]
    yield from table(
        ("单位", "组", "本方案名次", "对比名次", "升降")
        if zh
        else ("unit", "group", "rank here", "rank there", "change"),
        (
            (
                mover.name,
                _group(mover.group, scheme, language),
                str(mover.rank),
                str(mover.former),
                f"{mover.change:+d}",
            )
            for mover in [*gain, *reversed(lose)]
        ),
    )
    yield ""
