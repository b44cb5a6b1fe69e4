"""``ronghe restore``: a backup becomes the installation, whole or not at all."""

from __future__ import annotations

import argparse
from pathlib import Path

from ronghe.cli import add_language
from ronghe.cli.console import Console
from ronghe.cli.web import loaded


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    one.add_argument("file", type=Path, metavar="FILE", help="备份文件 · the backup")
    one.add_argument(
        "--replace",
        action="store_true",
        help="替换已有的数据，原来的另存 · replace what is there, which is kept aside",
    )
    one.add_argument(
        "--check", action="store_true", help="只核对备份，不恢复 · only verify the backup"
    )
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Verify the archive and restore it."""
    with loaded() as home:
        from ronghe.project.keeping import archive, keys, restore

        if arguments.check:
            with archive.opened(arguments.file) as source:
                source.verify()
                manifest = source.manifest
            lacking = keys.lacking(manifest.keys_needed, home)
            rows = sum(part.rows for part in manifest.tables.values())
            files, aside = len(manifest.files), None
        else:
            told = restore.restore(arguments.file, replace=arguments.replace)
            rows, files, aside, lacking = told.rows, told.files, told.aside, told.keys_lacking
    verb = ("完好 sound", "已恢复 restored")[not arguments.check]
    console.print(f"{verb}: {rows} 行 rows, {files} 个文件 files")
    if aside is not None:
        console.note(f"原来的数据在 {aside}。", f"What was there is in {aside}.")
    if lacking:
        names = ", ".join(lacking)
        console.note(
            f"缺少密钥 {names}：加密的号码和第二重验证打不开。"
            "请把原来的密钥放回：ronghe keys import 文件",
            f"Keys are lacking: {names}. Sealed numbers and second factors cannot be opened. "
            "Bring the former keys in: ronghe keys import FILE",
        )
    return 0
