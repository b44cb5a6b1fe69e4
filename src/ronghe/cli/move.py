"""``ronghe move``: from the embedded database to PostgreSQL."""

from __future__ import annotations

import argparse

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.cli import add_language
from ronghe.cli.console import Console
from ronghe.cli.web import loaded


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    one.add_argument(
        "--to", required=True, metavar="URL", help="postgresql://用户:密码@主机:端口/库名"
    )
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Move, and say what to set before serving again."""
    with loaded():
        from ronghe.project import database
        from ronghe.project.keeping.moving import move

        try:
            target = database.postgresql(arguments.to)
        except database.DatabaseAddressError as error:
            wrong = Problem("database-address-wrong", expected=database.FORM)
            raise ProblemsError([wrong]) from error
        rows, aside = move(target)
    console.print(f"已迁移 moved: {rows} 行 rows")
    console.note(
        f"原来的数据库移到了 {aside}，不再使用。启动网站前请设置 RONGHE_DATABASE_URL 为新地址。",
        f"The former database now lies in {aside} and is no longer used. Set RONGHE_DATABASE_URL "
        "to the new address before serving.",
    )
    return 0
