"""``ronghe keys``: the keys that no backup holds."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.cli import add_language
from ronghe.cli.console import Console
from ronghe.cli.web import loaded


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    acts = one.add_subparsers(dest="act", required=True, metavar="ACT")
    shown = acts.add_parser("show", help="有哪些密钥 · which keys there are")
    out = acts.add_parser("export", help="把密钥存成有口令的文件 · into a file with a password")
    into = acts.add_parser("import", help="把存出的密钥放回 · bring exported keys in")
    for act in (out, into):
        act.add_argument("file", type=Path, metavar="FILE")
    for act in (shown, out, into):
        add_language(act)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Do one of the three."""
    with loaded() as home:
        from ronghe.project.keeping import keys

        if arguments.act == "show":
            for name, mark in keys.fingerprints(home).items():
                console.print(f"{name}  {mark}")
        elif arguments.act == "export":
            if arguments.file.exists():
                raise ProblemsError([Problem("file-already-there", Place(str(arguments.file)))])
            password = keys.export(home, arguments.file)
            console.print(f"{arguments.file}", f"口令 password: {password}")
            console.note(
                "口令只显示这一次。请抄在纸上，与文件分开保存。",
                "The password is shown only now. Write it on paper; keep it apart from the file.",
            )
        else:
            names = keys.bring_in(home, arguments.file, _password())
            console.print("已放回 brought in: " + ", ".join(names))
    return 0


def _password() -> str:
    """Return the password: from RONGHE_KEYS_PASSWORD, a terminal, or standard input."""
    if given := os.environ.get("RONGHE_KEYS_PASSWORD"):
        return given
    if sys.stdin.isatty():
        return getpass.getpass("口令 password: ")
    return sys.stdin.readline()
