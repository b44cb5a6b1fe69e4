"""``ronghe scheme``: check, convert, back-test a scheme; write a template or the JSON Schema."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ronghe.analysis.errors import Place, Problem, ProblemsError, errors_among
from ronghe.cli import add_language
from ronghe.cli.console import Console

if TYPE_CHECKING:
    from ronghe.analysis.scheme.model import Scheme
    from ronghe.rulebook import Rulebook
    from ronghe.wording import Language


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the arguments of every action."""
    actions = one.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, purpose, declare in (
        ("check", "检查方案、提示和填报负担 · problems, warnings, burden", _declare_check),
        ("convert", "YAML 与 Excel 互转 · YAML to Excel and back", _declare_convert),
        (
            "template",
            "写出自带说明的空白工作簿 · a workbook that explains itself",
            _declare_template,
        ),
        ("backtest", "用往期数据试算 · try it on earlier data", _declare_backtest),
        ("schema", "打印 JSON Schema · print the JSON Schema", _declare_nothing),
    ):
        mine = actions.add_parser(name, help=purpose, description=purpose)
        declare(mine)
        add_language(mine)


def _declare_check(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, metavar="FILE", help="方案 · scheme (.yaml, .xlsx)")
    one.add_argument(
        "--duties", type=Path, metavar="LIST", help="履职事项清单 · duty lists (.xlsx, .csv)"
    )
    one.add_argument(
        "--letter", action="store_true", help="只打印异议函 · print the letter of objection only"
    )
    _declare_rulebook(one)


def _declare_convert(one: argparse.ArgumentParser) -> None:
    one.add_argument("source", type=Path, metavar="IN", help="方案 · scheme (.yaml, .xlsx)")
    _declare_target(one, "去处 · where to (.yaml, .xlsx)")


def _declare_template(one: argparse.ArgumentParser) -> None:
    _declare_target(one, "工作簿 · workbook (.xlsx)")


def _declare_target(one: argparse.ArgumentParser, purpose: str) -> None:
    one.add_argument("target", type=Path, metavar="OUT", help=purpose)
    one.add_argument("--force", action="store_true", help="覆盖已有文件 · replace a file")


def _declare_backtest(one: argparse.ArgumentParser) -> None:
    one.add_argument("scheme", type=Path, metavar="SCHEME", help="方案 · scheme (.yaml, .xlsx)")
    one.add_argument("--data", type=Path, required=True, metavar="DIR", help="数据 · data folder")
    one.add_argument(
        "--against",
        type=Path,
        nargs="+",
        default=[],
        metavar="RUN|SCHEME",
        help="与以往结果或另一方案比较 · compare with a run's folder or another scheme",
    )
    one.add_argument("--period", metavar="YEAR", help="改用哪一年 · the year to try it on")
    one.add_argument(
        "--draws", type=_at_least(1), default=1000, metavar="N", help="抽样次数 · draws of weights"
    )
    one.add_argument(
        "--spread", type=_percent, default=0.2, metavar="%", help="权重上下浮动 · percent, 20"
    )
    one.add_argument("--seed", type=_at_least(0), default=20250101, help="随机种子 · seed")
    one.add_argument(
        "--figures", type=Path, metavar="FILE", help="另存数字（JSON）· keep the figures too"
    )


def _declare_nothing(_: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def _declare_rulebook(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--rulebook",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="本地规则 · local rules (YAML)",
    )


def _at_least(least: int) -> Callable[[str], int]:
    def whole_number(text: str) -> int:
        if int(text) < least:
            raise ValueError(text)
        return int(text)

    return whole_number


def _percent(text: str) -> float:
    share = float(text.removesuffix("%")) / 100
    if not 0 <= share < 1:
        raise ValueError(text)
    return share


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Carry out one action."""
    return _ACTIONS[arguments.action](arguments, console)


def _check(arguments: argparse.Namespace, console: Console) -> int:
    """Print everything wrong or unwise, and what the scheme asks of people."""
    from ronghe import rulebook
    from ronghe.analysis.scheme.burden import burden
    from ronghe.cli.burden import burden_lines

    book = rulebook.load(overrides=arguments.rulebook)
    scheme, problems = examined(arguments.file, arguments.duties)
    if arguments.letter:
        _print_letter(problems, scheme, book, console)
        return 2 if errors_among(problems) else 0
    if scheme:
        console.print(_in(console, f"方案：{scheme.title}（{scheme.version}）", _name(scheme)), "")
    console.print(*_problem_lines(problems, scheme, book, console.language))
    if scheme:
        console.print(*burden_lines(burden(scheme), console.language))
    errors, warnings = len(errors_among(problems)), len(problems) - len(errors_among(problems))
    console.print(
        _in(
            console,
            f"共 {errors} 处错误，{warnings} 条提示。",
            f"{errors} error(s), {warnings} warning(s).",
        )
    )
    return 2 if errors else 0


def _in(console: Console, zh: str, en: str) -> str:
    return zh if console.language == "zh" else en


def _name(scheme: Scheme) -> str:
    return f"Scheme: {scheme.title.en or scheme.title} ({scheme.version})"


def examined(path: Path, duties: Path | None) -> tuple[Scheme | None, list[Problem]]:
    """Read, check and lint a scheme, and check it against the duty lists if they are given.

    Returns
    -------
    The scheme, None where it cannot be read; and all problems, errors first, each kind in the
    order of the file.

    Raises
    ------
    ProblemsError
        The scheme cannot be opened at all.
    """
    from ronghe import rulebook
    from ronghe.analysis.scheme.check import examine
    from ronghe.analysis.scheme.duties import check_duties
    from ronghe.analysis.scheme.lint import lint
    from ronghe.exchange.duty_list import read_duty_list
    from ronghe.exchange.scheme import read_document

    document = read_document(path)
    scheme, found = examine(document.content, document.places, statistics=rulebook.statistics())
    problems = [*document.problems, *found]
    if scheme:
        problems += lint(scheme, document.places)
    if duties:
        try:
            listed, warnings = read_duty_list(duties)
            problems += warnings
            problems += check_duties(scheme, listed, document.places) if scheme else []
        except ProblemsError as refusal:
            problems += refusal.problems
    problems = document.in_order(problems)
    return scheme, sorted(problems, key=lambda problem: problem.severity == "warning")


def _problem_lines(
    problems: Iterable[Problem], scheme: Scheme | None, book: Rulebook, language: Language
) -> Iterator[str]:
    """Yield each problem with its place, what to do, and the rule behind it."""
    from ronghe.analysis.scheme.objection import cited, rule_behind
    from ronghe.wording import say

    names = {"error": ("错误", "error"), "warning": ("提示", "warning")}
    for problem in problems:
        kind = names[problem.severity][language == "en"]
        yield f"{kind}{'：' if language == 'zh' else ': '}{say(problem, language)}"
        key = rule_behind(problem)
        rule = cited(key, scheme.period.until, book, language) if scheme and key else None
        if rule:
            yield f"    依据：{rule.source}" if language == "zh" else f"    rule: {rule.source}"
        yield ""


def _print_letter(
    problems: Iterable[Problem], scheme: Scheme | None, book: Rulebook, console: Console
) -> None:
    from ronghe.analysis.scheme.objection import objection

    letter = objection(problems, scheme, book, console.language) if scheme else None
    if letter:
        console.print(*letter.lines())
    elif scheme:
        console.note(
            "没有发现与规定不符、可以据此提出异议的内容。",
            "Nothing was found that a rule forbids; there is nothing to object to.",
        )
    else:
        console.show(problems)


def _convert(arguments: argparse.Namespace, console: Console) -> int:
    """Write a scheme in the other form."""
    from ronghe import rulebook
    from ronghe.exchange.scheme import read_scheme, write_scheme

    scheme, warnings = read_scheme(arguments.source, statistics=rulebook.statistics())
    _refuse_target(arguments)
    write_scheme(scheme, arguments.target)
    console.show(warnings)
    console.print(str(arguments.target))
    return 0


def _template(arguments: argparse.Namespace, console: Console) -> int:
    """Write the workbook that explains itself."""
    from ronghe.exchange.scheme import write_template

    if arguments.target.suffix.casefold() != ".xlsx":
        place = Place(str(arguments.target))
        suffix = arguments.target.suffix
        raise ProblemsError([Problem("scheme-file-kind", place, suffix, ".xlsx")])
    _refuse_target(arguments)
    write_template(arguments.target, console.language)
    console.print(str(arguments.target))
    return 0


def _refuse_target(arguments: argparse.Namespace) -> None:
    """Refuse a file that exists, unless it may be replaced, and a folder that does not."""
    place = Place(str(arguments.target))
    if not arguments.target.parent.is_dir():
        folder = str(arguments.target.parent)
        raise ProblemsError([Problem("output-folder-missing", place, folder)])
    if arguments.target.is_dir() or (arguments.target.exists() and not arguments.force):
        raise ProblemsError([Problem("output-exists", place)])


def _backtest(arguments: argparse.Namespace, console: Console) -> int:
    """Try a scheme on earlier data."""
    from ronghe.cli.backtest import try_scheme

    return try_scheme(arguments, console)


def _schema(_: argparse.Namespace, console: Console) -> int:
    """Print the JSON Schema of a scheme."""
    from ronghe.analysis.scheme.schema import json_schema

    console.print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0


_ACTIONS: dict[str, Callable[[argparse.Namespace, Console], int]] = {
    "check": _check,
    "convert": _convert,
    "template": _template,
    "backtest": _backtest,
    "schema": _schema,
}
