"""``ronghe serve``: prepare the installation and serve it."""

from __future__ import annotations

import argparse
import os
import socket

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.cli import add_language
from ronghe.cli.console import Console
from ronghe.cli.demo import show_accounts
from ronghe.cli.web import prepared


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    one.add_argument("--host", default="127.0.0.1", help="监听的地址 · address to listen on")
    one.add_argument("--port", type=int, default=8000, help="端口 · port")
    one.add_argument("--workers", type=int, default=1, metavar="N", help="进程数 · processes")
    one.add_argument("--threads", type=int, default=4, metavar="N", help="线程数 · threads of each")
    one.add_argument(
        "--jobs",
        type=int,
        default=1,
        metavar="N",
        help="办理后台任务的进程数；0：另用 ronghe work · workers for jobs; 0: run ronghe work",
    )
    one.add_argument(
        "--demo",
        action="store_true",
        help="装入并列出演示账号 · load and list demonstration accounts",
    )
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Prepare, print the address, serve until stopped."""
    _refuse_taken(arguments.host, arguments.port)
    if arguments.demo:
        os.environ.setdefault("RONGHE_SECOND_FACTOR", "optional")
    home = prepared(console)
    if arguments.demo:
        console.print("演示账号 · Demonstration accounts:")
        show_accounts(home, console)
    console.print(f"\n融合 · Ronghe: {address(arguments.host, arguments.port)}")
    console.note("按 Ctrl-C 停止。", "Press Ctrl-C to stop.")
    console.out.flush()
    from ronghe.project.keeping import occupied
    from ronghe.project.serve import serve

    with occupied.serving(home):
        serve(
            arguments.host,
            arguments.port,
            workers=arguments.workers,
            threads=arguments.threads,
            jobs=arguments.jobs,
        )
    return 0


def address(host: str, port: int) -> str:
    """Return the address to open in a browser on this machine."""
    literal = f"[{host}]" if ":" in host else host
    here = "localhost" if host == "127.0.0.1" else literal
    return f"http://{here}:{port}/"


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise ProblemsError([Problem("port-taken", found=f"{host}:{port}")]) from error
