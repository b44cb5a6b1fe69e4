"""``ronghe appraise``: a scheme and a data folder in, explained results out."""

from __future__ import annotations

import argparse
import hashlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.cli import add_language
from ronghe.cli.console import Console
from ronghe.cli.engines import account, add_engine, chosen

if TYPE_CHECKING:
    import duckdb

    from ronghe.analysis.scheme.model import Scheme
    from ronghe.analysis.tables import TableSpec
    from ronghe.engine.outputs import Holds
    from ronghe.engine.run import Run
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
    add_machine(one)
    add_engine(one)
    add_language(one)


def add_machine(one: argparse.ArgumentParser) -> None:
    """Declare how much of the machine a command may use."""
    one.add_argument(
        "--threads",
        type=_threads,
        default=0,
        metavar="N",
        help=f"线程数 · threads, 1–{MOST_THREADS}",
    )
    one.add_argument(
        "--memory", type=_memory, default="", metavar="SIZE", help="内存上限 · memory, as 4GB"
    )


MOST_THREADS = 256


def _threads(word: str) -> int:
    if not word.isdecimal() or int(word) > MOST_THREADS:
        wanted = f"应为 0 至 {MOST_THREADS} 的整数 · a whole number from 0 to {MOST_THREADS}"
        raise argparse.ArgumentTypeError(wanted)
    return int(word)


def _memory(word: str) -> str:
    if word and not re.fullmatch(r"\d{1,6}(\.\d+)? ?[kmgt]i?b", word, re.IGNORECASE):
        raise argparse.ArgumentTypeError("应写成 4GB、500MB 的样子 · write it like 4GB or 500MB")
    return word


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Appraise, write everything aside, then put it in place."""
    from ronghe.engine.store import is_store

    compute = chosen(arguments)
    if is_store(arguments.data):
        from ronghe.cli import packed

        if compute:
            raise ProblemsError([Problem("spark-reads-no-store", Place(str(arguments.data)))])
        return packed.run(arguments, console)
    timings: dict[str, float] = {}
    stage = partial(timed, timings, console.progress)
    with opened_aside(arguments) as (workdir, database):
        with stage("read"):
            rules, data = all_or_problems(
                partial(check_places, arguments.out, arguments.data),
                partial(read_rules, arguments),
                partial(read_data, arguments, workdir, database),
            )
        from ronghe.engine.outputs import write_json, written_aside
        from ronghe.engine.run import appraise
        from ronghe.exchange.certainty import add_certainty

        shares = {code: quota.share for code, quota in rules.quotas.items()}
        result = appraise(
            data.con,
            rules.scheme,
            data.tables,
            quotas=shares,
            other_periods=arguments.other_periods == "leave-out",
            stage=stage,
            compute=compute,
        )
        sure = None
        if not rules.scheme.about_people:
            with stage("certainty"):
                sure = add_certainty(data.con, result.program, shares)
        with written_aside(arguments.out) as folder:
            with stage("write"):
                write_data(result, rules, data, arguments, sure, folder)
            if arguments.reports == "all":
                with stage("reports"):
                    from ronghe.exchange.reports import write_reports

                    write_reports(folder, console.language)
            write_json(folder / "timings.json", timings)
    console.show([*rules.warnings, *data.warnings, *result.warnings, *certainty_warnings(sure)])
    if result.left_out:
        console.note(
            f"另有 {result.left_out} 条纪实不在考核期内，未计。",
            f"{result.left_out} record(s) outside the period were left out.",
        )
    console.print(str(arguments.out))
    return 0


def certainty_warnings(certainty: dict[str, Any] | None) -> list[Problem]:
    """Say why ranks have no intervals, where that is so."""
    if certainty is None or "left_out" not in certainty:
        return []
    code, most = certainty["left_out"], certainty["most"]
    return [Problem(code, Place(), details=most, severity="warning")]


@contextmanager
def timed(seconds: dict[str, float], progress: Callable[[str], None], stage: str) -> Iterator[None]:
    """Say that a stage begins, and note how long it took."""
    progress(stage)
    start = time.perf_counter()
    yield
    seconds[stage] = round(time.perf_counter() - start, 4)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a run goes by."""

    book: Rulebook
    scheme: Scheme
    quotas: dict[str, Quota]
    warnings: list[Problem]


@dataclass(frozen=True, slots=True)
class Data:
    """What a run is about: a database with the raw tables."""

    con: duckdb.DuckDBPyConnection
    tables: list[RawTable]
    warnings: list[Problem]


def read_rules(arguments: argparse.Namespace) -> Rules:
    """Read rulebook and scheme, and the quotas that the one asks of the other."""
    from ronghe import rulebook
    from ronghe.exchange.scheme import read_scheme

    book = rulebook.load(overrides=arguments.rulebook)
    scheme, warnings = read_scheme(arguments.scheme, statistics=rulebook.statistics())
    return Rules(book, scheme, resolve_quotas(scheme, book, scheme.period.until), warnings)


@contextmanager
def opened_aside(
    arguments: argparse.Namespace, memory: str = ""
) -> Iterator[tuple[Path, Callable[[], duckdb.DuckDBPyConnection]]]:
    """Give a folder for temporary files, and what waits for a database that opens meanwhile.

    `memory` holds where the command does not say how much the database may use.
    """
    from ronghe.engine.database import opening

    with (
        TemporaryDirectory(prefix="ronghe-") as workdir,
        opening(
            threads=arguments.threads, memory=arguments.memory or memory, temporary=workdir
        ) as database,
    ):
        yield Path(workdir), database


def read_data(
    arguments: argparse.Namespace,
    workdir: Path,
    database: Callable[[], duckdb.DuckDBPyConnection],
    catalogue: Mapping[str, TableSpec] | None = None,
) -> Data:
    """Read the data folder into a new database, by default with the tables of an appraisal."""
    from ronghe.engine.catalogue import CATALOGUE
    from ronghe.exchange.tables import open_tables

    warnings: list[Problem] = []
    con = database()
    tables = open_tables(
        con, arguments.data, catalogue or CATALOGUE, workdir=workdir, warn=warnings.append
    )
    return Data(con, tables, warnings)


def all_or_problems(
    places: Callable[[], None], rules: Callable[[], Rules], data: Callable[[], Data]
) -> tuple[Rules, Data]:
    """Return rules and data, or raise the problems of places, rules and data together."""
    problems: list[Problem] = []
    found: list[Any] = []
    for part in (places, rules, data):
        try:
            found.append(part())
        except ProblemsError as refusal:
            problems += refusal.problems
    if problems:
        raise ProblemsError(problems)
    return found[1], found[2]


def check_places(out: Path, data: Path, holds: Holds = "run") -> None:
    """Refuse, before any work, an output folder that cannot be written or lies in the data.

    Raises
    ------
    ProblemsError
        See `ronghe.engine.outputs.output_problems`.
    """
    from ronghe.engine.outputs import output_problems

    problems = output_problems(out, holds)
    if out.resolve().is_relative_to(data.resolve()):
        problems = [Problem("output-inside-data", Place(str(out)), str(data))]
    if problems:
        raise ProblemsError(problems)


def write_data(
    result: Run,
    rules: Rules,
    data: Data,
    arguments: argparse.Namespace,
    certainty: dict[str, Any] | None,
    folder: Path,
) -> None:
    """Write the tables of a run and the account of what it was computed from."""
    from ronghe.engine.outputs import write_account, write_tables

    write_tables(result, folder)
    write_account(
        result,
        folder,
        files={s.place.source: s.sha256 for table in data.tables for s in table.sources},
        rulebook=rules.book.digest,
        rulebook_date=rules.scheme.period.until,
        local_rules=digests(arguments.rulebook),
        quotas={code: quota.account() for code, quota in rules.quotas.items()},
        parameters={"other_periods": arguments.other_periods, **account(arguments)},
        certainty=certainty,
    )


def digests(files: list[Path]) -> dict[str, str]:
    """Return the SHA-256 of each file of local rules by its name."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


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
