"""The private database of a run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, Protocol, TypeVar

import duckdb

T = TypeVar("T")
R = TypeVar("R")

MOST_WORKERS = 8
"""So many pieces of work go on at the same time at most."""


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
        "autoinstall_known_extensions": False,
        "error_on_division_by_zero": False,  # raised even in a branch not taken
    }
    if threads:
        config["threads"] = min(threads, 4 * (os.cpu_count() or 1))
    if memory:
        config["memory_limit"] = memory
    if temporary:
        config["temp_directory"] = temporary
    con = duckdb.connect(config=config)
    con.execute("set enable_progress_bar = false")
    return con


@contextmanager
def opening(
    *, threads: int = 0, memory: str = "", temporary: str = ""
) -> Iterator[Callable[[], duckdb.DuckDBPyConnection]]:
    """Open a database as `connect` does, while other things go on; give what waits for it."""
    with ThreadPoolExecutor(1) as aside:
        yield aside.submit(connect, threads=threads, memory=memory, temporary=temporary).result


def workers(con: duckdb.DuckDBPyConnection) -> int:
    """Return how many pieces of work a database is given at the same time."""
    found = con.execute("select current_setting('threads')").fetchall()
    return min(int(found[0][0]), MOST_WORKERS)


@contextmanager
def called_by(con: duckdb.DuckDBPyConnection, callers: int) -> Iterator[None]:
    """Count so many threads that call the database at once among those it may use."""
    con.execute(f"set external_threads = {callers}")
    try:
        yield
    finally:
        con.execute("reset external_threads")


def side_by_side(
    con: duckdb.DuckDBPyConnection,
    work: Callable[[duckdb.DuckDBPyConnection, T], R],
    things: Sequence[T],
) -> list[R]:
    """Do the work for each thing, several at a time, each in a session that sees what `con` sees.

    When one fails, or the process is told to stop, the others are interrupted.
    """
    schema = con.execute("select current_schema()").fetchall()[0][0]
    sessions: list[duckdb.DuckDBPyConnection] = []

    def one(thing: T) -> R:
        with con.cursor() as session:
            sessions.append(session)
            session.execute("set enable_progress_bar = false")
            session.execute(f"use {schema}")
            return work(session, thing)

    with ThreadPoolExecutor(workers(con)) as pool:
        futures = [pool.submit(one, thing) for thing in things]
        try:
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            while not all(future.done() for future in futures):
                for session in sessions:
                    with suppress(duckdb.Error):  # one that has ended
                        session.interrupt()
                time.sleep(0.02)
            raise
