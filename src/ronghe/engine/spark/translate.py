"""The statements' SQL, written for DuckDB, as Spark understands it.

SQLGlot translates quoting, escapes, types and the order of gaps. Two things that both databases
read and take differently are made explicit: Spark adds up in the type of what is added, and
numbers rows in 32 bits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from ronghe.analysis.scoring.statements import Statement


@dataclass(frozen=True, slots=True)
class Step:
    """A statement for Spark: the table it makes, its query, and how often that reads each table."""

    table: str
    query: str
    reads: Counter[str]


def translate(statements: Iterable[Statement]) -> list[Step]:
    """Translate statements."""
    steps = []
    for statement in statements:
        tree = sqlglot.parse_one(statement.query, read="duckdb")
        inner = {common.alias for common in tree.find_all(exp.CTE)}
        names = [table.name for table in tree.find_all(exp.Table)]
        reads = Counter(name for name in names if name not in inner)
        steps.append(Step(statement.table, _written(tree), reads))
    return steps


def to_spark(query: str) -> str:
    """Write a DuckDB query in the dialect of Spark."""
    return _written(sqlglot.parse_one(query, read="duckdb"))


def _written(tree: exp.Expression) -> str:
    for cast in list(tree.find_all(exp.Cast)):
        if isinstance(cast.this, exp.Sum) and cast.to.is_type("decimal"):
            cast.this.set("this", exp.cast(cast.this.this, cast.to))
    for window in list(tree.find_all(exp.Window)):
        if isinstance(window.this, exp.RowNumber | exp.Rank | exp.DenseRank):
            window.replace(exp.cast(window.copy(), "bigint"))
    return str(tree.sql(dialect="spark"))


def reads_of(steps: Iterable[Step]) -> Counter[str]:
    """Count how often each table is read by the steps together."""
    return sum((step.reads for step in steps), Counter())


def given(steps: Iterable[Step]) -> set[str]:
    """Name the tables that the steps read and do not make."""
    steps = list(steps)
    return set(reads_of(steps)) - {step.table for step in steps}
