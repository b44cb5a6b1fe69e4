"""``ronghe generate``: a fictitious county, province or country to try schemes on."""

from __future__ import annotations

import argparse
from pathlib import Path

from ronghe.cli import add_language
from ronghe.cli.console import Console


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    one.add_argument("--members", type=int, default=8000, metavar="N", help="党员数 · members")
    one.add_argument("--out", type=Path, required=True, metavar="DIR", help="去处 · where to")
    one.add_argument(
        "--scope",
        choices=("county", "province", "country"),
        default="county",
        help="县、省或全国 · county, province or country",
    )
    one.add_argument(
        "--format",
        choices=("csv", "parquet", "xlsx"),
        default="csv",
        help="文件格式 · file format",
    )
    one.add_argument("--seed", type=int, default=2025, help="随机种子 · seed")
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Make the data and say how much it is."""
    from ronghe.demo import generate

    made = generate(
        arguments.members,
        arguments.out,
        seed=arguments.seed,
        scope=arguments.scope,
        format=arguments.format,
        progress=console.step,
    )
    rows = "，".join(f"{table} {count}" for table, count in made.rows.items())
    console.note(f"演示数据（虚构）：{rows}", f"demonstration data (fictitious): {rows}")
    console.print(str(arguments.out))
    return 0
