"""Carrying out statements: narrow numbers first, wide ones where they do not suffice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb

from ronghe.analysis.errors import Problem, ProblemsError
from ronghe.analysis.scoring.sql import NARROW, WIDE, Arithmetic
from ronghe.analysis.scoring.statements import Statement

Steps = Callable[[Arithmetic], Sequence[Statement]]
"""The statements of a run, or of a piece of it, written in a way to calculate."""


class _TooLargeError(Exception):
    """A number in the table named does not fit its type."""


def carry_out(
    con: duckdb.DuckDBPyConnection,
    steps: Steps,
    *,
    after: Callable[[str], None] = lambda _: None,
    keep: frozenset[str] = frozenset(("outcome",)),
) -> None:
    """Make the table of each statement; `keep` are those that stay to the end.

    Parameters
    ----------
    after
        Called with the name of every table made.

    Raises
    ------
    ProblemsError
        sum-too-large: numbers beyond 38 digits, or an input beyond a BIGINT.
    """
    try:
        _made(con, steps(NARROW), after, keep)
    except _TooLargeError:
        try:
            _made(con, steps(WIDE), after, keep)
        except _TooLargeError as error:
            raise ProblemsError([Problem("sum-too-large", found=str(error))]) from error


def _made(
    con: duckdb.DuckDBPyConnection,
    steps: Sequence[Statement],
    after: Callable[[str], None],
    keep: frozenset[str],
) -> None:
    """Make the tables, each dropped again when no later step reads it."""
    made: set[str] = set()
    for number, step in enumerate(steps):
        try:
            con.execute(f"create or replace table {step.table} as {step.query}")
        except (duckdb.OutOfRangeException, duckdb.ConversionException) as error:
            raise _TooLargeError(step.table) from error
        after(step.table)
        made.add(step.table)
        wanted = {table for later in steps[number + 1 :] for table in later.reads} | keep
        for table in made - wanted:
            con.execute(f"drop table {table}")
        made &= wanted
