"""``ronghe audit``: seal entries, prove the chain, take an anchor to keep outside."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.cli import add_language
from ronghe.cli.console import Console
from ronghe.cli.web import prepared

if TYPE_CHECKING:
    from ronghe.apps.audit.chain import Finding, Head

BROKEN = 1
"""The exit code where the chain is not what it was."""


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    what = one.add_subparsers(dest="what", required=True, metavar="WHAT")
    add_language(what.add_parser("seal", help="封存全部待封存的记录 · seal what waits"))
    verify = what.add_parser("verify", help="核验审计链 · prove the chain")
    verify.add_argument(
        "--anchor",
        type=Path,
        metavar="FILE",
        help="存在别处的锚点，整条链被改写也能发现 · an anchor kept elsewhere",
    )
    add_language(verify)
    anchor = what.add_parser("anchor", help="取锚点，存到别处或打印 · take an anchor")
    anchor.add_argument("--out", type=Path, metavar="FILE", help="写入文件 · write to a file")
    add_language(anchor)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Do what was asked; return 1 where the chain is broken."""
    prepared(console)
    if arguments.what == "verify":
        return _verify(arguments.anchor, console)
    return _seal(console) if arguments.what == "seal" else _anchor(arguments.out, console)


def _seal(console: Console) -> int:
    from ronghe.apps.audit.sealing import seal_all

    number = seal_all()
    console.note(f"封存了{number}条。", f"{number} entries sealed.")
    return 0


def _anchor(out: Path | None, console: Console) -> int:
    from django.utils import timezone

    from ronghe.apps.audit.chain import write_anchor
    from ronghe.apps.audit.sealing import head

    text = write_anchor(head(), timezone.localtime().isoformat(timespec="seconds"))
    if out is None:
        console.print(text.rstrip())
    else:
        out.write_text(text, encoding="utf-8")
    return 0


def _verify(file: Path | None, console: Console) -> int:
    from ronghe.apps.audit.sealing import verify

    proof = verify(_read(file) if file else None)
    found = proof.finding
    console.print(f"number: {found.head.number}", f"digest: {found.head.digest}")
    console.print(f"unsealed: {proof.unsealed}")
    if found.intact:
        console.note("审计链完好。", "The chain is intact.")
        return 0
    _tell(found, console)
    return BROKEN


def _tell(found: Finding, console: Console) -> None:
    if found.first_broken is not None:
        number = found.first_broken
        console.note(
            f"审计链从第{number}条起不对：这一条被改动、抽走或插入。",
            f"The chain is broken from entry {number} on: it was changed, removed or put in.",
        )
    for first, last in found.missing[:20]:
        console.note(f"缺第{first}至{last}条。", f"Entries {first} to {last} are missing.")
    if found.anchored is False:
        console.note(
            "与锚点不符：锚点之前的记录被整体改写过，或锚点不是这套系统的。",
            "The anchor does not fit: what it covers was rewritten, or it is another system's.",
        )


def _read(file: Path) -> Head:
    from ronghe.apps.audit.chain import read_anchor

    try:
        anchor = read_anchor(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        anchor = None
    if anchor is None:
        raise ProblemsError([Problem("anchor-not-read", found=str(file))])
    return anchor
