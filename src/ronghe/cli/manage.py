"""``ronghe manage``: Django's own commands, and this system's for administrators."""

from __future__ import annotations

import argparse
import os

from ronghe.cli import add_language
from ronghe.cli.console import Console


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Take everything after the word as it is."""
    add_language(one)
    one.add_argument(
        "words", nargs=argparse.REMAINDER, metavar="…", help="例如 check · such as check"
    )


def run(arguments: argparse.Namespace, _console: Console) -> int:
    """Hand the words over."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronghe.project.settings")
    execute_from_command_line(["ronghe manage", *arguments.words])
    return 0
