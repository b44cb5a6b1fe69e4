"""The command line: ``ronghe appraise``, ``scheme``, ``explain``, ``generate``, ``index``.

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

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # saves looking for plugins at start

import ronghe
from ronghe.analysis.errors import ProblemsError
from ronghe.cli.console import Console

COMMANDS = {
    "appraise": "按方案对数据目录计分，写出结果和报告 · appraise a data folder by a scheme",
    "explain": "说明每一分的来历 · say how every point came about",
    "generate": "生成演示数据 · make demonstration data",
    "index": "按定义合成综合指数，列出位次 · build a composite index and rank the units",
    "scheme": "检查、转换、试算考核方案 · check, convert, back-test schemes",
}
"""The commands, each a module of this package with `add_arguments` and `run`."""


def parser(chosen: str = "") -> argparse.ArgumentParser:
    """Build the parser, with the arguments of the command that was chosen."""
    top = argparse.ArgumentParser(
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
    """Run one command; return 0, or 2 when what it was given is wrong."""
    words = sys.argv[1:] if argv is None else list(argv)
    arguments = parser(words[0] if words else "").parse_args(words)
    console = Console(arguments.lang, sys.stdout, sys.stderr)
    try:
        return int(import_module(f"ronghe.cli.{arguments.command}").run(arguments, console))
    except ProblemsError as refusal:
        console.show(refusal.problems)
        return 2
    except BrokenPipeError:
        return 0
