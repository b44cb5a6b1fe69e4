"""A run over a packed store, some parts at a time; its results equal those of a run on all.

Chunks of parts are computed side by side, one on each core, with tables of their own. Where peer
groups and quotas stay within parts, every chunk is finished on its own. A step that compares
units of several chunks waits until all have come so far: what it reads is kept in files
meanwhile. Memory depends on the size of a chunk, not on that of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import duckdb

from ronghe.analysis.errors import Problem, ProblemsError, errors_among
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.program import Program, compile_scheme, never_missing
from ronghe.analysis.scoring.sql import NARROW, WIDE, Arithmetic, name, text
from ronghe.analysis.scoring.statements import Statement, input_columns, statements
from ronghe.analysis.scoring.tallies import Bounds
from ronghe.engine.checks import check_against_scheme, make_below, reads_below
from ronghe.engine.cutting import compares_parts
from ronghe.engine.database import called_by, side_by_side, workers
from ronghe.engine.rollup import make_rollup
from ronghe.engine.run import refuse_gaps
from ronghe.engine.steps import carry_out
from ronghe.engine.store import ABOVE, Part, Store, listed, open_parts, part_folder

RESULTS, TOTALS, ROLLUP = "results.parquet", "totals.parquet", "rollup.parquet"
"""The files of a part: wide results, total with rank and grade, sums for the units above."""

_OUT_OF_ORDER = (
    "select part from (select part, unit, lag(part) over () as part_before,"
    " lag(unit) over () as unit_before from summed) as pairs"
    " where part_before is null or part_before <> part or unit_before > unit"
    " group by part having count(*) > 1"
)
"""The parts whose rows do not stand together in the order of units: a join may mix some up."""


def outcome_of(folders: Sequence[Path]) -> str:
    """Write a query that gives the outcome of parts, from the folders of their results."""
    results = listed([folder / RESULTS for folder in folders])
    totals = listed([folder / TOTALS for folder in folders])
    return (
        f"select r.*, t.rank, t.grade from read_parquet({results}, union_by_name=true) as r"
        f" join read_parquet({totals}) as t on t.unit = r.unit"
    )


@dataclass(frozen=True, slots=True)
class Segment:
    """Steps that each chunk makes on its own, then those that need all chunks.

    `kept` are the tables that later steps read.
    """

    own: tuple[Statement, ...]
    joint: tuple[Statement, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True)
class ChunkedRun:
    """A scheme on a store, and the folder in which its results grow.

    `exempt` are the indicators that the data exempts some unit from; `bounds` hold for the
    records of every unit. Parts with `stored`
    results are scored again from the inputs in those.
    """

    con: duckdb.DuckDBPyConnection
    scheme: Scheme
    store: Store
    folder: Path
    quotas: Mapping[str, Fraction]
    chunks: tuple[tuple[Part, ...], ...]
    exempt: tuple[str, ...] = ()
    bounds: Bounds | None = None
    stored: Mapping[str, Path] = field(default_factory=dict)
    progress: Callable[[int, int], None] = lambda _done, _all: None

    @cached_property
    def program(self) -> Program:
        """Return the compiled scheme."""
        return compile_scheme(self.scheme)

    @cached_property
    def segments(self) -> list[Segment]:
        """Return the segments of the run."""
        return self._segments(NARROW)

    @cached_property
    def wide(self) -> list[Segment]:
        """Return the segments for numbers that do not fit the usual types."""
        return self._segments(WIDE)

    def _written(self, arithmetic: Arithmetic) -> list[Segment]:
        return self.wide if arithmetic is WIDE else self.segments

    def _segments(self, arithmetic: Arithmetic) -> list[Segment]:
        """Cut the statements where they need units of several chunks."""
        steps = statements(
            self.program,
            exempt=self.exempt,
            quotas=self.quotas,
            arithmetic=arithmetic,
            carried=("part",),
            bounds=self.bounds,
            whole_groups=not self._groups_cross,
        )
        pieces: list[tuple[list[Statement], list[Statement]]] = [([], [])]
        for step in steps:
            if self._crosses(step):
                pieces[-1][1].append(step)
                continue
            if pieces[-1][1]:
                pieces.append(([], []))
            pieces[-1][0].append(step)
        return [
            Segment(tuple(own), tuple(joint), _kept(own, joint, pieces[number + 1 :]))
            for number, (own, joint) in enumerate(pieces)
        ]

    @property
    def _groups_cross(self) -> bool:
        wide = (self.scheme.appraises, self.scheme.level) in self.store.spread
        return len(self.chunks) > 1 and wide

    def _crosses(self, step: Statement) -> bool:
        return len(self.chunks) > 1 and compares_parts(self.store, self.scheme, step)

    def carry_out(self) -> None:
        """Compute what is not there yet.

        Raises
        ------
        ProblemsError
            Data that do not suit the scheme, of all chunks together.
        """
        for number, segment in enumerate(self.segments):
            self._each_chunk(number)
            if segment.joint:
                self._joint(number)

    def _each_chunk(self, number: int) -> None:
        """Take the chunks through a segment side by side, without those that are done."""
        count, segments = len(self.chunks), len(self.segments)
        waiting = [chunk for chunk in range(count) if not self._is_done(number, chunk)]

        def attempt(con: duckdb.DuckDBPyConnection, chunk: int) -> Sequence[Problem]:
            self.progress(number * count + chunk + 1, segments * count)
            return self._attempt(con, number, chunk)

        with called_by(self.con, max(1, min(workers(self.con), len(waiting)))):
            found = side_by_side(self.con, attempt, waiting)
        if problems := [problem for each in found for problem in each]:
            raise ProblemsError(problems)

    def _attempt(
        self, con: duckdb.DuckDBPyConnection, number: int, chunk: int
    ) -> Sequence[Problem]:
        """Take a chunk through a segment, with tables of its own; return what is wrong with it."""
        con.execute(f"create schema chunk{chunk}")
        con.execute(f"use chunk{chunk}")
        try:
            self._chunk(con, number, chunk)
        except ProblemsError as refusal:
            return refusal.problems
        finally:
            con.execute("use main")
            con.execute(f"drop schema chunk{chunk} cascade")
        return ()

    def _is_done(self, number: int, chunk: int) -> bool:
        segment = self.segments[number]
        if segment.joint:
            return all(self._kept_file(table, chunk).is_file() for table in segment.kept)
        return all((self.part_folder(part) / ROLLUP).is_file() for part in self.chunks[chunk])

    def part_folder(self, part: Part) -> Path:
        """Return where the results of a part go."""
        return part_folder(self.folder, part.code)

    def _kept_file(self, table: str, chunk: int) -> Path:
        return self.folder / "work" / table / f"{chunk:05}.parquet"

    def _chunk(self, con: duckdb.DuckDBPyConnection, number: int, chunk: int) -> None:
        """Take one chunk through the steps of a segment."""
        parts = self.chunks[chunk]
        segment = self.segments[number]
        known: frozenset[str] = frozenset(("outcome",))
        if number:
            self._show_kept(con, number, chunk)
        elif all(part.code in self.stored for part in parts):
            self._show_stored(con, parts)
            known |= {"assessed", "records_below", "inputs"}
        else:
            self._open(con, parts)
        last = not segment.joint
        kept = frozenset(("summed", "totals") if last else segment.kept)
        carry_out(
            con,
            lambda arithmetic: [
                step for step in self._written(arithmetic)[number].own if step.table not in known
            ],
            after=lambda table: refuse_gaps(con, self.program) if table == "inputs" else None,
            keep=kept,
        )
        if last:
            self._deliver(con, parts)
        for table in segment.kept if not last else ():
            _write(con, f"select * from {table}", self._kept_file(table, chunk))
        for step in segment.own:
            if step.table in kept - known:
                con.execute(f"drop table {step.table}")

    def _open(self, con: duckdb.DuckDBPyConnection, parts: Sequence[Part]) -> None:
        """Open the tables of a chunk and check them against the scheme."""
        tables, problems = open_parts(con, parts, self.scheme)
        asked = [table for table in tables if table.name != "records"]
        problems += check_against_scheme(con, asked, self.scheme)
        if errors_among(problems):
            raise ProblemsError(problems)
        if reads_below(self.scheme):
            make_below(con)

    def _show_stored(self, con: duckdb.DuckDBPyConnection, parts: Sequence[Part]) -> None:
        """Give the inputs in the stored results of parts their name."""
        open_parts(con, parts, self.scheme, only=("units",))
        source = f"read_parquet({listed([self.stored[part.code] for part in parts])})"
        held = set(_columns(con, f"from {source}"))
        columns = [
            name(column) if column in held else f"0 as {name(column)}"
            for column in input_columns(self.program, self.exempt, ())
        ]
        _view(
            con,
            "inputs",
            f"select {', '.join(columns)}, cast(file_index as integer) as part from {source}",
        )

    def _show_kept(self, con: duckdb.DuckDBPyConnection, number: int, chunk: int) -> None:
        """Give the tables of earlier segments their names, for one chunk."""
        parts = self.chunks[chunk]
        open_parts(con, parts, self.scheme, only=("units",))
        between = (
            f"unit between {text(min(p.first for p in parts))}"
            f" and {text(max(p.last for p in parts))}"
        )
        for segment in self.segments[:number]:
            for table in segment.kept:
                file = text(str(self._kept_file(table, chunk)))
                _view(con, table, f"select * from read_parquet({file})")
            for step in segment.joint:
                if step.by_unit:
                    _view(con, step.table, f"select * from whole.{step.table} where {between}")

    def _joint(self, number: int) -> None:
        """Make the tables of a segment that need all chunks."""
        con = self.con
        con.execute("create schema if not exists whole")
        for segment in self.segments[: number + 1]:
            for table in segment.kept:
                files = [self._kept_file(table, chunk) for chunk in range(len(self.chunks))]
                _view(con, table, f"select * from read_parquet({listed(files)})")
        for segment in self.segments[:number]:
            for step in segment.joint:
                if step.by_unit:
                    _view(con, step.table, f"select * from whole.{step.table}")
        by_unit = {step.table for step in self.segments[number].joint if step.by_unit}

        def place(table: str) -> None:
            if table in by_unit:
                con.execute(f"create or replace table whole.{table} as from {table} order by unit")

        joint = frozenset(step.table for step in self.segments[number].joint)
        carry_out(
            con,
            lambda arithmetic: self._written(arithmetic)[number].joint,
            after=place,
            keep=joint,
        )
        for table in by_unit:
            con.execute(f"drop table {table}")

    def _deliver(self, con: duckdb.DuckDBPyConnection, parts: Sequence[Part]) -> None:
        """Write results, totals and roll-up of each part; the roll-up says that it is done."""
        above = [p.file("units") for p in self.store.parts if p.code == ABOVE and p not in parts]
        graded = "select s.*, t.grade from summed s join totals t on t.unit = s.unit"
        make_rollup(
            con,
            self.program,
            graded,
            by=("part",),
            above=above[0] if above else None,
            whole=never_missing(self.program, self.exempt),
        )
        mixed = {part for (part,) in con.execute(_OUT_OF_ORDER).fetchall()}

        def write(con: duckdb.DuckDBPyConnection, number: int) -> None:
            folder = self.part_folder(parts[number])
            sort = " order by unit" if number in mixed else ""
            for file, rows in (
                (RESULTS, f"from summed where part = {number}{sort}"),
                (TOTALS, f"from totals where part = {number} order by unit"),
                (ROLLUP, f"from rollup where part = {number}"),
            ):
                _write(con, f"select * exclude (part) {rows}", folder / file)

        side_by_side(con, write, range(len(parts)))
        con.execute("drop table rollup")


def exempted(con: duckdb.DuckDBPyConnection, store: Store, scheme: Scheme) -> tuple[str, ...]:
    """Return the indicators that the data of a store exempts some unit from."""
    files = [p.file("exemptions") for p in store.parts if "exemptions" in p.files]
    if not files:
        return ()
    found = con.execute(
        f"select distinct indicator from read_parquet({listed(files)})"
        f" where scheme = {text(scheme.scheme)} order by indicator"
    )
    return tuple(code for (code,) in found.fetchall())


def _kept(
    own: Sequence[Statement],
    joint: Sequence[Statement],
    later: Sequence[tuple[Sequence[Statement], Sequence[Statement]]],
) -> tuple[str, ...]:
    wanted = {table for step in joint for table in step.reads}
    wanted |= {table for pair in later for steps in pair for step in steps for table in step.reads}
    return tuple(step.table for step in own if step.table in wanted) if joint else ()


def _columns(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [row[0] for row in con.execute(f"describe {query}").fetchall()]


def _view(con: duckdb.DuckDBPyConnection, view: str, query: str) -> None:
    con.execute(f"create or replace view {view} as {query}")


def _write(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write a query's rows to a file that appears when it is whole.

    Points take few values and measures many: a dictionary of more than a thousand costs a sixth
    of the writing and makes no file smaller.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    growing = path.with_name(f".{path.name}")
    con.execute(
        f"copy ({query}) to {text(str(growing))}"
        " (format parquet, compression zstd, compression_level 1, dictionary_size_limit 1000)"
    )
    growing.rename(path)
