"""``ronghe doctor``: look the installation over."""

from __future__ import annotations

import argparse
import json

from ronghe.cli import add_language
from ronghe.cli.console import Console
from ronghe.cli.web import loaded


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    one.add_argument("--json", action="store_true", help="给程序看 · for programs")
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print a line for each thing; return 1 where something is wrong."""
    with loaded():
        from ronghe.project.doctor import State, examine

        findings = list(examine())
    if arguments.json:
        told = [one.plain(console.language) for one in findings]
        console.print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        console.print(*(one.line(console.language) for one in findings))
    wrong = sum(one.state == State.WRONG for one in findings)
    better = sum(one.state == State.BETTER for one in findings)
    console.note(
        f"{len(findings)} 项：{wrong} 项有错，{better} 项可以更好。",
        f"{len(findings)} things: {wrong} wrong, {better} could be better.",
    )
    return 1 if wrong else 0
