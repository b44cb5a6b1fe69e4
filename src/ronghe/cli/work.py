"""``ronghe work``: carry out jobs beside a server, on this machine or another."""

from __future__ import annotations

import argparse

from ronghe.cli import add_language
from ronghe.cli.console import Console
from ronghe.cli.web import started


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    one.add_argument(
        "--beside",
        type=int,
        default=0,
        metavar="PID",
        help="这个进程结束时也结束 · end when this process does",
    )
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Work until stopped."""
    started()
    if not arguments.beside:
        console.note("后台任务程序已启动，按 Ctrl-C 停止。", "The worker runs; Ctrl-C stops it.")
    from ronghe.project.home import home
    from ronghe.project.keeping import occupied
    from ronghe.project.work import work

    with occupied.serving(home()):
        work(beside=arguments.beside)
    return 0
