"""Putting the sources of each table together in the database, and looking through their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ronghe.analysis.errors import Place, Problem
from ronghe.analysis.tables import TableSpec
from ronghe.exchange.tables.model import Limits, RawTable, Source, refusal


def name(text: str) -> str:
    """Write an identifier in SQL."""
    return '"' + text.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Write a text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def path_pattern(path: Path) -> str:
    """Write a path as the SQL text of a pattern that means this one file."""
    return literal("".join(f"[{c}]" if c in "[*?" else c for c in str(path.absolute())))


@dataclass
class Faults:
    """The problems of a file's or a sheet's rows; `total` counts also those not listed.

    With `open_ended` there may be still more than `total`.
    `rejected` are the numbers of the rows that did not come into the table, in order: what
    stands below them is numbered too low there.
    """

    where: Place
    problems: list[Problem] = field(default_factory=list)
    total: int = 0
    open_ended: bool = False
    rejected: Sequence[int] = ()

    def add(self, problems: Sequence[Problem], total: int | None = None) -> None:
        """Add problems of one sort, the first of `total`."""
        self.problems += problems
        self.total += len(problems) if total is None else total

    def at(self, row: int, heading: str) -> Place:
        """Return the place of a cell, its row numbered as in the table."""
        for rejected in self.rejected:
            row += rejected <= row
        return Place(self.where.source, self.where.sheet, row, heading)


@dataclass
class Assembly:
    """The tables as they grow, source by source, and the problems met on the way."""

    con: duckdb.DuckDBPyConnection
    limits: Limits
    workdir: Path
    problems: list[Problem] = field(default_factory=list)
    specs: dict[str, TableSpec] = field(default_factory=dict)
    columns: dict[str, set[str]] = field(default_factory=dict)
    sources: dict[str, list[Source]] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)

    def insert(
        self, spec: TableSpec, where: Place, sha256: str, columns: Sequence[str], rows: str
    ) -> int:
        """Add a source's rows, blank ones left out, and return its number.

        `rows` is a query that gives `row_number` and the columns as text.
        """
        self._make_room(spec, columns)
        number = len(self.sources[spec.name])
        names = ", ".join(map(name, columns))
        blank = " and ".join(f"coalesce(trim({name(column)}), '') = ''" for column in columns)
        inserted = self.con.execute(
            f"insert into {name('raw_' + spec.name)} (row_number, source_number, {names})"
            f" select row_number, {number}, {names} from ({rows}) where not ({blank})"
        ).fetchall()
        self.sources[spec.name].append(Source(where, sha256, int(inserted[0][0])))
        return number

    def adopt(self, spec: TableSpec, columns: Sequence[str], sources: Sequence[Source]) -> None:
        """Take up a table that was made as a view and keeps its own types."""
        self.specs[spec.name] = spec
        self.columns[spec.name] = set(columns)
        self.sources[spec.name] = list(sources)

    def refuse_mixture(self, spec: TableSpec, where: Place) -> None:
        """Raise a problem for text where Parquet files feed the table: they keep their types."""
        if spec.name in self.typed:
            raise refusal("formats-mixed", where, found=spec.name)

    def _make_room(self, spec: TableSpec, columns: Sequence[str]) -> None:
        table = name("raw_" + spec.name)
        if spec.name not in self.specs:
            texts = "".join(f", {name(column)} varchar" for column in columns)
            self.con.execute(
                f"create table {table} (row_number bigint, source_number integer{texts})"
            )
            self.adopt(spec, columns, ())
        for column in columns:
            if column not in self.columns[spec.name]:
                self.con.execute(f"alter table {table} add column {name(column)} varchar")
                self.columns[spec.name].add(column)

    def tables(self) -> list[RawTable]:
        """Return the tables that have a source."""
        return [
            RawTable(
                spec.name,
                tuple(c.name for c in spec.columns if c.name in self.columns[spec.name]),
                tuple(self.sources[spec.name]),
                spec.name in self.typed,
            )
            for spec in self.specs.values()
        ]

    def faulty(
        self, spec: TableSpec, number: int, conditions: Mapping[str, str], most: int
    ) -> tuple[list[tuple[int, str, str]], int]:
        """Return row, column and text of the cells that meet their column's condition.

        The first `most` of them, and how many there are.
        """
        table = name("raw_" + spec.name)
        any_of = " or ".join(f"({condition})" for condition in conditions.values()) or "false"
        mine = f"from {table} where source_number = {number}"
        if not self.con.execute(f"select 1 {mine} and ({any_of}) limit 1").fetchall():
            return [], 0
        each = " union all ".join(
            f"select row_number, {literal(column)} as heading, {name(column)} as text {mine}"
            f" and {condition}"
            for column, condition in conditions.items()
        )
        found = self.con.execute(
            f"select *, count(*) over () from ({each}) order by row_number, heading limit {most}"
        ).fetchall()
        return [(row, column, text) for row, column, text, _ in found], found[0][3] if found else 0

    def report(self, faults: Faults) -> None:
        """Take up a file's problems of rows: the first of them, and how many more there are."""
        shown = sorted(faults.problems, key=lambda p: p.where.row or 0)[: self.limits.problems]
        self.problems += shown
        if more := faults.total - len(shown):
            found = f"≥ {more}" if faults.open_ended else more
            self.problems.append(Problem("more-problems", faults.where, found))
