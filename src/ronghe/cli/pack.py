"""``ronghe pack``: a data folder into a store that is appraised part by part."""

from __future__ import annotations

import argparse
from pathlib import Path

from ronghe.cli import add_language
from ronghe.cli.console import Console


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from ronghe.cli.appraise import add_machine

    one.add_argument("--data", type=Path, required=True, metavar="DIR", help="数据 · data folder")
    one.add_argument("--out", type=Path, required=True, metavar="DIR", help="去处 · where to")
    one.add_argument(
        "--by",
        default="county",
        metavar="LEVEL",
        help="按哪一级单位分块 · the level of units that head the parts",
    )
    add_machine(one)
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Read, check, cut and sort; the store appears when it is complete."""
    from ronghe.cli.appraise import check_places, opened_aside, read_data
    from ronghe.engine.outputs import written_aside
    from ronghe.engine.pack import pack

    with opened_aside(arguments) as (workdir, database):
        check_places(arguments.out, arguments.data, "store")
        console.progress("read")
        data = read_data(arguments, workdir, database)
        with written_aside(arguments.out, "store") as folder:
            pack(data.con, data.tables, arguments.by, folder, progress=console.progress)
    console.show(data.warnings)
    console.print(str(arguments.out))
    return 0
