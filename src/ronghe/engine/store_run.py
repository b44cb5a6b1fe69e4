"""Appraising a packed store: what its manifest tells beforehand, chunks, the roll-up of all.

An interrupted run leaves its finished parts beside the output folder; the same run, asked for
again, goes on from there. Another run begins clean.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import duckdb

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.sql import text
from ronghe.engine.catalogue import CATALOGUE
from ronghe.engine.checks import check_against_scheme
from ronghe.engine.chunks import ROLLUP, ChunkedRun, exempted
from ronghe.engine.cutting import UNITS_AT_ONCE, cut
from ronghe.engine.database import side_by_side, workers
from ronghe.engine.locks import held
from ronghe.engine.outputs import output_problems, put_in_place
from ronghe.engine.rollup import merged, readable
from ronghe.engine.run import Heard, Run, silences
from ronghe.engine.store import ABOVE, Store, listed, open_parts


def appraise_store(
    con: duckdb.DuckDBPyConnection,
    scheme: Scheme,
    store: Store,
    folder: Path,
    *,
    quotas: Mapping[str, Fraction],
    other_periods: bool = False,
    units_at_once: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Run:
    """Carry out a checked scheme on a store; results of each part and roll-ups go to a folder.

    Parameters
    ----------
    folder
        Where results go; parts that are finished there already are left as they are.
    quotas, other_periods
        As for `ronghe.engine.run.appraise`.
    units_at_once
        About how many units are computed at a time, 0 for the usual number.

    Raises
    ------
    ProblemsError
        Everything wrong with the data as far as the scheme is concerned.
    """
    problems = _unfit_records(con, store, scheme, other_periods=other_periods)
    if not _anybody(con, store, scheme):
        wanted = f"kind={scheme.appraises}, level={scheme.level}"
        problems.append(Problem("no-units", Place(str(store.path)), found=0, expected=wanted))
    if problems:
        raise ProblemsError(problems)
    chunks = cut(con, store, scheme, units_at_once or UNITS_AT_ONCE, workers(con))
    exempt = exempted(con, store, scheme)
    run = ChunkedRun(
        con, scheme, store, folder, quotas, chunks, exempt, store.bounds, progress=progress
    )
    run.carry_out()
    shutil.rmtree(folder / "work", ignore_errors=True)
    files = listed([run.part_folder(part) / ROLLUP for part in store.parts])
    write_rollup(con, run, f"select * from read_parquet({files})")
    warnings = silences(run.program, _heard(con, store))
    rows = {table: store.rows(table) for table in CATALOGUE if store.rows(table)}
    return Run(con, run.program, rows, _left_out(con, store, scheme), tuple(warnings))


def _unfit_records(
    con: duckdb.DuckDBPyConnection, store: Store, scheme: Scheme, *, other_periods: bool
) -> list[Problem]:
    """Look through the records only where the manifest says that some do not suit the scheme."""
    scales = {kind.code: kind.scale for kind in scheme.record_kinds}
    fine = all(kind.digits <= scales.get(code, kind.digits) for code, kind in store.kinds.items())
    if fine and (other_periods or not _outside(store, scheme)):
        return []
    tables, _ = open_parts(con, store.parts, scheme)
    records = [table for table in tables if table.name == "records"]
    return check_against_scheme(con, records, scheme, other_periods=other_periods)


def _outside(store: Store, scheme: Scheme) -> bool:
    since, until = scheme.period.since.isoformat(), scheme.period.until.isoformat()
    return any(kind.since < since or kind.until > until for kind in store.kinds.values())


def _anybody(con: duckdb.DuckDBPyConnection, store: Store, scheme: Scheme) -> bool:
    files = listed([part.file("units") for part in store.parts])
    found = con.execute(
        f"select 1 from read_parquet({files}) where kind = {text(scheme.appraises)}"
        f" and level = {text(scheme.level)} limit 1"
    ).fetchone()
    return found is not None


def _heard(con: duckdb.DuckDBPyConnection, store: Store) -> Heard:
    def figures(table: str) -> set[tuple[str, str]]:
        files = [part.file(table) for part in store.parts if table in part.files]
        if not files:
            return set()
        query = f"select distinct measure, period from read_parquet({listed(files)})"
        return set(con.execute(query).fetchall())

    return Heard(figures("measures"), figures("targets"), set(store.kinds))


def _left_out(con: duckdb.DuckDBPyConnection, store: Store, scheme: Scheme) -> int:
    if not _outside(store, scheme):
        return 0
    files = listed([part.file("records") for part in store.parts if "records" in part.files])
    since, until = scheme.period.since.isoformat(), scheme.period.until.isoformat()
    found = con.execute(
        f"select count(*) from read_parquet({files})"
        f" where day not between date '{since}' and date '{until}'"
    ).fetchall()
    return int(found[0][0])


def write_rollup(con: duckdb.DuckDBPyConnection, run: ChunkedRun, rollups: str) -> None:
    """Write the roll-up of the units that head the parts and of those above them.

    `rollups` is a query that gives rows of roll-ups to add up.
    """
    above = [part.file("units") for part in run.store.parts if part.code == ABOVE]
    nobody = "select cast(null as varchar) as unit, cast(null as varchar) as name where false"
    names = f"select unit, name from read_parquet({listed(above)})" if above else nobody
    heads = ", ".join(
        f"({text(part.code)}, {text(part.name)})" for part in run.store.parts if part.code != ABOVE
    )
    con.execute(f"create or replace table names as {names}")
    if heads:
        con.execute(f"insert into names values {heads}")
    rolled = merged(run.program, rollups, "select unit from names")
    con.execute(f"create or replace table rolled as {rolled}")
    files = {
        ROLLUP: ("from rolled", "format parquet, compression zstd"),
        "rollup.csv": (readable(run.program, "from rolled", "from names"), "format csv, header"),
    }

    def write(con: duckdb.DuckDBPyConnection, file: str) -> None:
        query, form = files[file]
        con.execute(f"copy ({query}) to {text(str(run.folder / file))} ({form})")

    side_by_side(con, write, tuple(files))


@contextmanager
def resumable(out: Path, identity: Mapping[str, object]) -> Iterator[Path]:
    """Give a folder to grow results in; they take the place of `out` when they are complete.

    What an interrupted run of the same identity finished is still there; anything else is gone.

    Raises
    ------
    ProblemsError
        See `ronghe.engine.outputs.output_problems`; ``output-being-written`` while another run
        writes there.
    """
    if problems := output_problems(out):
        raise ProblemsError(problems)
    place = out.resolve()
    growing = place.with_name(f".{place.name[:40]}-unfinished")
    growing.mkdir(parents=True, exist_ok=True)
    with held(growing, Problem("output-being-written", Place(str(out)))):
        mark, wanted = growing / "unfinished.json", json.dumps(identity, sort_keys=True)
        if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
            _empty(growing)
            mark.write_text(wanted, encoding="utf-8")
        try:
            yield growing
        except ProblemsError:
            shutil.rmtree(growing, ignore_errors=True)
            raise
        mark.unlink()
        put_in_place(growing, place)


def _empty(folder: Path) -> None:
    """Remove what is in a folder, not the folder that is held."""
    for one in folder.iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        else:
            one.unlink()
