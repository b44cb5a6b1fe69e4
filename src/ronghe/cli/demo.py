"""``ronghe demo``: load the demonstration county and its accounts, once."""

from __future__ import annotations

import argparse
from pathlib import Path

from ronghe.cli import add_language
from ronghe.cli.console import Console
from ronghe.cli.web import prepared


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_language(one)


def run(_arguments: argparse.Namespace, console: Console) -> int:
    """Load the demonstration and print its accounts."""
    show_accounts(prepared(console), console)
    return 0


def show_accounts(home: Path, console: Console) -> None:
    """Load the demonstration if it is not there, and print who can sign in."""
    from ronghe.project import demo

    if demo.load(home):
        console.note("已装入演示县（虚构）。", "The demonstration county (fictitious) is loaded.")
    console.print(*demo.accounts(english=console.language == "en"))
    if password := demo.password_kept(home):
        console.print(f"  密码 · password: {password}")
