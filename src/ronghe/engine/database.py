"""The private database of a run."""

from __future__ import annotations

import os
from typing import Any, Protocol

import duckdb


class Answer(Protocol):
    """What a query gave."""

    def fetchall(self) -> list[Any]:
        """Return all rows."""
        ...


class Database(Protocol):
    """What can be asked in the SQL of the engine."""

    def execute(self, query: str, /) -> Answer:
        """Ask one query."""
        ...


def connect(
    *, threads: int = 0, memory: str = "", temporary: str = ""
) -> duckdb.DuckDBPyConnection:
    """Open a private database in memory that never reaches out of the machine.

    Parameters
    ----------
    threads
        How many threads to use, at most four for each processor; 0 for the engine's choice.
    memory
        The most memory to use, such as ``4GB``; empty for the engine's default.
    temporary
        A folder for what does not fit into memory.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False
    }
    if threads:
        config["threads"] = min(threads, 4 * (os.cpu_count() or 1))
    if memory:
        config["memory_limit"] = memory
    if temporary:
        config["temp_directory"] = temporary
    con = duckdb.connect(config=config)
    con.execute("set enable_progress_bar = false")
    con.execute("set error_on_division_by_zero = false")  # raised even in a branch not taken
    return con
