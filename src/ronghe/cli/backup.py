"""``ronghe backup``: database and files in one archive, while the site serves."""

from __future__ import annotations

import argparse
from pathlib import Path

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.cli import add_language
from ronghe.cli.console import Console
from ronghe.cli.web import loaded


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    one.add_argument("file", type=Path, metavar="FILE", help="写到的文件或文件夹 · file or folder")
    one.add_argument(
        "--keep", type=int, metavar="N", help="文件夹里只留最新的 N 份 · keep only the newest N"
    )
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Back up, say what the archive holds and what it does not."""
    file: Path = arguments.file
    _refuse_wrong(file, arguments.keep)
    with loaded():
        from ronghe.project.keeping import backup

        told = backup.back_up(file)
        older = backup.forget_older(file, arguments.keep) if arguments.keep else []
    manifest = told.manifest
    rows = sum(part.rows for part in manifest.tables.values())
    console.print(
        f"{told.file}",
        f"  {len(manifest.tables)} 张表 tables, {rows} 行 rows, {len(manifest.files)} 个文件 files",
        f"  SHA-256 {told.sha256}",
    )
    for gone in older:
        console.note(f"已删去较早的 {gone.name}。", f"The older {gone.name} was removed.")
    for name in manifest.files_missing:
        console.note(
            f"提示：数据库里记着文件 {name}，但它不在文件夹里。",
            f"Note: the database names the file {name}, which is not there.",
        )
    for name in told.not_copied:
        console.note(
            f"提示：表 {name} 不属于本系统，没有备份。",
            f"Note: the table {name} is not this system's and was not copied.",
        )
    console.note(
        "备份里没有密钥；没有密钥，身份证号、手机号和第二重验证打不开。"
        "密钥请另存一处：ronghe keys export 文件",
        "The backup holds no keys; without them identity and telephone numbers and second factors "
        "cannot be opened. Keep the keys in another place: ronghe keys export FILE",
    )
    return 0


def _refuse_wrong(file: Path, keep: int | None) -> None:
    if file.is_dir():
        if keep is not None and keep < 1:
            raise ProblemsError([Problem("keep-too-few", found=keep)])
    elif file.exists():
        raise ProblemsError([Problem("file-already-there", Place(str(file)))])
    elif keep is not None:
        raise ProblemsError([Problem("keep-needs-a-folder", Place(str(file)))])
