"""The command line: ``ronghe appraise``, ``scheme``, ``explain``, ``serve`` and the others.

Commands read their arguments, call one function and print; every problem is shown together, in
the chosen language, with exit code 2. Modules that only one command needs are imported there, so
that a small job starts quickly.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # saves looking for plugins at start
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # rank intervals bring threads of their own

import ronghe
from ronghe.analysis.errors import ProblemsError
from ronghe.cli.console import Console, harmless
from ronghe.cli.failures import (
    STOPPED,
    is_stop,
    leave_standard_output,
    prepare_process,
    problem_behind,
    temporary_files_kept_together,
)

COMMANDS = {
    "audit": "封存、核验审计记录 · seal and prove the audit entries",
    "appraise": "按方案对数据目录计分，写出结果和报告 · appraise a data folder by a scheme",
    "backup": "备份数据库和文件，网站照常使用 · back up database and files while serving",
    "correct": "把迟到的更正并入已算好的结果 · merge late corrections into a finished run",
    "demo": "装入演示县和演示账号 · load the demonstration county and its accounts",
    "doctor": "体检：数据库、密钥、字体、备份等 · look the installation over",
    "explain": "说明每一分的来历 · say how every point came about",
    "generate": "生成演示数据 · make demonstration data",
    "index": "按定义合成综合指数，列出位次 · build a composite index and rank the units",
    "keys": "查看、另存、放回密钥 · show, export, bring in the keys",
    "manage": "Django 的管理命令 · Django's own commands",
    "move": "从内置数据库迁到 PostgreSQL · move from the embedded database to PostgreSQL",
    "pack": "把数据目录打包成可分块计算的数据仓 · pack a data folder for runs in parts",
    "restore": "从备份恢复 · restore from a backup",
    "scheme": "检查、转换、试算考核方案 · check, convert, back-test schemes",
    "serve": "启动网站 · serve the web site",
    "work": "办理后台任务 · carry out background jobs",
}
"""The commands, each a module of this package with `add_arguments` and `run`."""

COMPUTING = frozenset(("appraise", "correct", "explain", "generate", "index", "pack", "scheme"))
"""The commands that leave nothing behind but files, which are closed when they return."""


class _Parser(argparse.ArgumentParser):
    """Refuses wrong words in both languages, as its help is written."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line and where its help is."""
        told = harmless(f"错误：命令写得不对 · error: {message}")
        self.exit(2, f"{told}\n用 {self.prog} --help 查看写法 · see {self.prog} --help\n")


def parser(chosen: str = "") -> argparse.ArgumentParser:
    """Build the parser, with the arguments of the command that was chosen."""
    top = _Parser(
        prog="ronghe", description="融合：党建引领基层经济高质量发展 · Ronghe, one set of books"
    )
    top.add_argument("--version", action="version", version=f"ronghe {ronghe.__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command, purpose in COMMANDS.items():
        mine = commands.add_parser(command, help=purpose, description=purpose)
        if command == chosen:
            import_module(f"ronghe.cli.{command}").add_arguments(mine)
    return top


def add_language(one: argparse.ArgumentParser) -> None:
    """Add the option every command has."""
    chosen = os.environ.get("RONGHE_LANG", "zh")
    one.add_argument(
        "--lang",
        choices=("zh", "en"),
        default=chosen if chosen in ("zh", "en") else "zh",
        help="语言 · language (RONGHE_LANG)",
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, 2 when what it was given is wrong, 130 when it was stopped."""
    words = sys.argv[1:] if argv is None else list(argv)
    if argv is None:
        prepare_process()
    arguments = parser(words[0] if words else "").parse_args(words)
    console = Console(arguments.lang, sys.stdout, sys.stderr)
    try:
        with temporary_files_kept_together():
            code = int(import_module(f"ronghe.cli.{arguments.command}").run(arguments, console))
        console.out.flush()
    except ProblemsError as refusal:
        console.show(refusal.problems)
        return 2
    except BrokenPipeError:
        leave_standard_output()
        return 0
    except (Exception, KeyboardInterrupt) as error:
        return _ended_by(error, console)
    return code


def run_and_end() -> NoReturn:
    """Run the command of this process and end it; one that computes ends at once.

    Python would first take apart, piece by piece, all that the command computed with.
    """
    code = main()
    if sys.argv[1] not in COMPUTING:
        sys.exit(code)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _ended_by(error: BaseException, console: Console) -> int:
    """Say what ended a command from outside; raise what is the program's own fault."""
    if is_stop(error):
        console.note("已停止；没有写完的已删去。", "Stopped; what was unfinished is gone.")
        return STOPPED
    problem = problem_behind(error)
    if problem is None:
        raise error
    console.show([problem])
    return 2
