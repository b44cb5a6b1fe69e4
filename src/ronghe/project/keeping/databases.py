"""Databases beside the one that serves: a still copy of it, a new one, another server's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from ronghe.analysis.errors import Place, Problem, ProblemsError

QUICK = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"


def embedded(file: Path) -> dict[str, Any]:
    """Return the settings of an embedded database that nobody else uses yet."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": QUICK},
    }


@contextmanager
def working_on(settings: Mapping[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """Make a database the default one for a while, so that migrations go there too."""
    former = connections[DEFAULT_DB_ALIAS]
    complete = connections.configure_settings({DEFAULT_DB_ALIAS: {**settings}})[DEFAULT_DB_ALIAS]
    made = load_backend(complete["ENGINE"]).DatabaseWrapper(complete, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = made
    try:
        yield made
    finally:
        made.close()
        connections[DEFAULT_DB_ALIAS] = former


@contextmanager
def standing_still(folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """Give the serving database as it is at one moment, while others go on writing.

    SQLite is copied into the folder by its online backup; PostgreSQL is read in one
    transaction. Nobody waits for either.
    """
    serving = connections[DEFAULT_DB_ALIAS]
    if serving.vendor == "sqlite":
        copy = folder / "still.sqlite3"
        _copy_online(Path(serving.settings_dict["NAME"]), copy)
        with working_on(embedded(copy)) as still:
            yield still
        copy.unlink()
        return
    with working_on(serving.settings_dict) as still, transaction.atomic():
        with still.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield still


def _copy_online(source: Path, target: Path) -> None:
    """Copy in one step, which holds no writer up, and look whether the copy is sound."""
    with (
        closing(sqlite3.connect(source, timeout=30)) as serving,
        closing(sqlite3.connect(target)) as copy,
    ):
        serving.backup(copy)
        copy.execute("PRAGMA journal_mode=MEMORY")
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise ProblemsError([Problem("database-damaged", Place(str(source)), found)])
