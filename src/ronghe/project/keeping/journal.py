"""What a restore has renamed so far: one that was killed is undone by whoever comes next."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import connections

from ronghe.project.keeping.occupied import alone

FILE = "restoring.jsonl"
WORK = ".restoring-"
"""How the folders begin in which a restore makes ready what it puts in place."""


class Journal:
    """The renamings of a restore, each written down before it is done.

    The restore has come about once the one noted as ``last`` is done, or, on a server, once the
    database holds the ``token`` that was put there in the same transaction as the rows.
    """

    def __init__(self, home: Path) -> None:
        self.file = home / FILE

    def note(self, **said: Any) -> None:
        """Write a line, so that it outlasts this process and the power supply."""
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(said) + "\n")
            lines.flush()
            os.fsync(lines.fileno())

    def close(self) -> None:
        """Say that nothing is half done."""
        self.file.unlink(missing_ok=True)


def settle(home: Path) -> None:
    """Undo what a killed restore has renamed, unless it had come about; remove its work."""
    if not (home / FILE).exists():
        return
    with alone(home):
        noted = _lines(home / FILE)
        if not any(_has_come_about(one) for one in noted):
            for one in reversed(noted):
                _undo(one)
        for folder in home.glob(f"{WORK}*"):
            shutil.rmtree(folder)
        Journal(home).close()


def mark(connection: Any, token: str) -> None:
    """Put a token into a database server, to come about with the transaction under way."""
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE django_migrations IS '{token}'")


def _lines(file: Path) -> list[dict[str, Any]]:
    noted = []
    for line in file.read_text(encoding="utf-8").splitlines():
        with suppress(ValueError):  # cut off: what it announces was not done
            noted.append(json.loads(line))
    return noted


def _has_come_about(one: dict[str, Any]) -> bool:
    if "token" in one:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT obj_description(to_regclass('django_migrations'))")
            return bool(cursor.fetchone() == (one["token"],))
    return one["last"] and _is_done(one)


def _is_done(one: dict[str, Any]) -> bool:
    return Path(one["target"]).exists() and not Path(one["source"]).exists()


def _undo(one: dict[str, Any]) -> None:
    if "source" in one and _is_done(one):
        target = Path(one["target"])
        target.rename(one["source"])
        with suppress(OSError):  # others are still aside
            target.parent.rmdir()
