"""A list of statements carried out in a Spark session, each table computed once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyspark.sql import SparkSession

from ronghe.engine.spark.session import failures_told
from ronghe.engine.spark.translate import Step, reads_of, to_spark

_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "false",
    "spark.sql.variable.substitute": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.decimalOperations.allowPrecisionLoss": "true",
    "spark.sql.session.timeZone": "UTC",
}
"""What the statements rely on: overflow is an error, ``${…}`` and a backslash are plain text."""


def carry_out(
    session: SparkSession, steps: Sequence[Step], *, work: str, keep: Collection[str]
) -> Iterator[str]:
    """Carry steps out over the session's views; yield each table's name once it can be read.

    Parameters
    ----------
    session
        One that is used for nothing else: its settings change, and each table becomes a view.
    work
        The address of a folder that every machine can write to. A table that is kept, or read
        more than once, is written there as Parquet under its name, in the order of its query.
    keep
        The tables to write although nothing reads them.

    Raises
    ------
    ProblemsError
        Numbers grew out of range, memory ran out, or Spark failed.
    """
    for setting, value in _SETTINGS.items():
        session.conf.set(setting, value)
    reads = reads_of(steps)
    for step in steps:
        with failures_told(step.table):
            table = session.sql(step.query)
            if step.table in keep or reads[step.table] > 1:
                place = f"{work}/{step.table}"
                table.write.mode("overwrite").parquet(place)
                table = session.read.schema(table.schema).parquet(place)
            table.createOrReplaceTempView(step.table)
        yield step.table


@dataclass(frozen=True, slots=True)
class Rows:
    """What a query gave."""

    rows: list[Any]

    def fetchall(self) -> list[Any]:
        """Return all rows."""
        return self.rows


@dataclass(frozen=True, slots=True)
class Asked:
    """A session that can be asked in the SQL of the engine."""

    session: SparkSession

    def execute(self, query: str, /) -> Rows:
        """Ask one query."""
        return Rows(self.session.sql(to_spark(query)).collect())
