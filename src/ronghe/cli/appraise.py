"""``ronghe appraise``: a scheme and a data folder in, explained results out."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ronghe.analysis.errors import ProblemsError
from ronghe.cli import add_language
from ronghe.cli.console import Console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ronghe.analysis.scheme.model import Scheme
    from ronghe.exchange.tables import RawTable
    from ronghe.rulebook import Rulebook


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    one.add_argument("scheme", type=Path, metavar="SCHEME", help="方案 · scheme (.yaml, .xlsx)")
    one.add_argument("--data", type=Path, required=True, metavar="DIR", help="数据 · data folder")
    one.add_argument("--out", type=Path, required=True, metavar="DIR", help="结果 · results folder")
    one.add_argument(
        "--other-periods",
        choices=("refuse", "leave-out"),
        default="refuse",
        help="期间以外的纪实：拒绝或不计 · records of other periods",
    )
    one.add_argument(
        "--reports",
        choices=("all", "none"),
        default="all",
        help="报告：全部或只要数据文件 · reports, or data files only",
    )
    one.add_argument(
        "--rulebook",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="本地规则 · local rules (YAML)",
    )
    one.add_argument("--threads", type=int, default=0, metavar="N", help="线程数 · threads")
    one.add_argument("--memory", default="", metavar="SIZE", help="内存上限 · memory, as 4GB")
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Appraise, write everything aside, then put it in place."""
    from ronghe import rulebook
    from ronghe.engine.catalogue import CATALOGUE
    from ronghe.engine.outputs import write_account, write_json, write_tables, written_aside
    from ronghe.engine.run import Timings, appraise, connect
    from ronghe.exchange.scheme import read_scheme
    from ronghe.exchange.tables import open_tables

    timings = Timings()
    with TemporaryDirectory(prefix="ronghe-") as workdir:
        con = connect(threads=arguments.threads, memory=arguments.memory, temporary=workdir)
        with timings.stage("read", console.progress):
            book = rulebook.load(overrides=arguments.rulebook)
            scheme, warnings = read_scheme(arguments.scheme, statistics=rulebook.statistics())
            tables = open_tables(
                con, arguments.data, CATALOGUE, workdir=Path(workdir), warn=warnings.append
            )
        quotas = resolve_quotas(scheme, book, scheme.period.until)
        result = appraise(
            con,
            scheme,
            tables,
            quotas={code: quota.share for code, quota in quotas.items()},
            other_periods=arguments.other_periods == "leave-out",
            timings=timings,
            progress=console.progress,
        )
        warnings += result.warnings
        with written_aside(arguments.out) as folder:
            with timings.stage("write", console.progress):
                write_tables(result, folder)
                write_account(
                    result,
                    folder,
                    files=digests(tables),
                    rulebook=book.digest,
                    rulebook_date=scheme.period.until,
                    quotas={code: quota.account() for code, quota in quotas.items()},
                    parameters={"other_periods": arguments.other_periods},
                )
            if arguments.reports == "all":
                from ronghe.exchange.reports import write_reports

                with timings.stage("reports", console.progress):
                    write_reports(folder, console.language)
            write_json(folder / "timings.json", timings.seconds)
    console.show(warnings)
    if result.left_out:
        console.note(
            f"另有 {result.left_out} 条纪实不在考核期内，未计。",
            f"{result.left_out} record(s) outside the period were left out.",
        )
    console.print(str(arguments.out))
    return 0


def digests(tables: Iterable[RawTable]) -> dict[str, str]:
    """Return the SHA-256 of every file that fed the tables, by its name in the data folder."""
    return {s.place.source: s.sha256 for table in tables for s in table.sources}


@dataclass(frozen=True, slots=True)
class Quota:
    """The share of those graded that a grade may have, and the rule it rests on."""

    share: Fraction
    rule: str = ""
    citation: tuple[str, str] = ("", "")

    def account(self) -> dict[str, object]:
        """Return what the account of a run keeps."""
        zh, en = self.citation
        return {"share": str(self.share), "rule": self.rule, "citation": {"zh": zh, "en": en}}


def resolve_quotas(scheme: Scheme, book: Rulebook, on: date) -> dict[str, Quota]:
    """Return each grade's quota, from the scheme or from the rulebook on a day.

    Raises
    ------
    ProblemsError
        Grades name rules that the rulebook does not have on that day.
    """
    quotas, problems = {}, []
    for grade in scheme.grading.grades if scheme.grading else ():
        key = grade.quota_rule
        if grade.quota is not None:
            quotas[grade.code] = Quota(Fraction(grade.quota))
        elif key:
            try:
                citation = (book.citation(key, on, "zh"), book.citation(key, on, "en"))
                quotas[grade.code] = Quota(book.share(key, on), key, citation)
            except ProblemsError as refusal:
                problems += refusal.problems
    if problems:
        raise ProblemsError(problems)
    return quotas
