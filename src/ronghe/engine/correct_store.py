"""Corrections of a run over a packed store: only the parts that are touched are opened."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.program import compile_scheme
from ronghe.analysis.scoring.sql import name, text
from ronghe.analysis.scoring.statements import statements
from ronghe.engine.catalogue import CATALOGUE, WITHDRAWALS
from ronghe.engine.chunks import RESULTS, ROLLUP, ChunkedRun, outcome_of
from ronghe.engine.correct import Changed, merged_rows, refuse_vain_withdrawals, write_changes
from ronghe.engine.cutting import compares_parts, counts_across, gathered
from ronghe.engine.database import side_by_side, workers
from ronghe.engine.intake import RawTable, empty, rows_at_fault, stored
from ronghe.engine.rollup import sums_of
from ronghe.engine.store import ABOVE, Part, Store, listed, part_folder, read_store
from ronghe.engine.store_run import write_rollup

INPUTS = "inputs"


@dataclass(frozen=True, slots=True)
class StoreCorrection:
    """What a correction came to: the parts it touched and what it changed."""

    parts: tuple[str, ...]
    changed: Changed


def store_of(con: duckdb.DuckDBPyConnection, run: Path) -> Store:
    """Return the store of a run, with the inputs that earlier corrections of the run replaced.

    Raises
    ------
    ProblemsError
        The store is not where it was, or not what it was.
    """
    held = json.loads((run / "store.json").read_text(encoding="utf-8"))
    path = (run / held["path"]).resolve()
    if not path.is_dir():
        raise ProblemsError([Problem("store-gone", Place(str(run)), str(path))])
    store = read_store(path)
    if store.sha256 != held["sha256"]:
        raise ProblemsError([Problem("store-changed", Place(str(path)))])
    corrected = {code for entry in corrections(run) for code in entry["parts"]}
    return replace(
        store,
        parts=tuple(
            _as_corrected(con, run, part) if part.code in corrected else part
            for part in store.parts
        ),
    )


def corrections(run: Path) -> list[dict[str, Any]]:
    """Return the list of corrections that a run has had."""
    kept = run / "corrections.json"
    log: list[dict[str, Any]] = json.loads(kept.read_text("utf-8")) if kept.is_file() else []
    return log


def _as_corrected(con: duckdb.DuckDBPyConnection, run: Path, part: Part) -> Part:
    folder = part_folder(run, part.code) / INPUTS
    tables = frozenset(file.stem for file in folder.glob("*.parquet"))
    files = {**part.files, **dict.fromkeys(tables, (0, ""))}
    part = replace(part, files=files, corrected=folder, tables=tables)
    if "units" not in tables:
        return part
    units, first, last = con.execute(
        f"select count(*), min(unit), max(unit) from read_parquet({text(str(part.file('units')))})"
    ).fetchall()[0]
    return replace(part, units=units, first=first, last=last)


def parts_of(
    con: duckdb.DuckDBPyConnection, store: Store, raw: Mapping[str, RawTable]
) -> list[Part]:
    """Find the parts of the units that changed rows are about; makes the table ``known``.

    Raises
    ------
    ProblemsError
        Units that nobody knows, or that would move from one part to another.
    """
    named = " union ".join(f"select unit from changed_{table}" for table in raw)
    if "units" in raw:
        named += " union select parent from changed_units where parent is not null"
    wanted = [unit for (unit,) in con.execute(f"select distinct unit from ({named})").fetchall()]
    near = [p for p in store.parts if any(p.first <= unit <= p.last for unit in wanted)]
    con.execute("create or replace table known (unit varchar, home varchar)")
    for part in near:
        con.execute(
            f"insert into known select unit, {text(part.code)} from"
            f" read_parquet({text(str(part.file('units')))})"
            f" where unit in (select unit from ({named}))"
        )
    if "units" in raw:
        _place_new_units(con)
    problems = [
        problem
        for table in raw
        for problem in rows_at_fault(
            con, f"changed_{table}", raw[table], "unknown-unit",
            "unit not in (select unit from known)", "unit",
        )
    ]  # fmt: skip
    if "units" in raw:
        problems += rows_at_fault(
            con, "changed_units", raw["units"], "unit-moves-part", _MOVES, "parent"
        )
    if problems:
        raise ProblemsError(problems)
    touched = " union ".join(f"select unit from changed_{table}" for table in raw)
    homes = con.execute(f"select distinct home from known where unit in ({touched})").fetchall()
    return [part for part in near if (part.code,) in homes]


_HOME = "(select home from known where known.unit = changed_units.{})"
_MOVES = (
    f"parent is not null and {_HOME.format('unit')} <> {_HOME.format('parent')}"
    f" and not ({_HOME.format('parent')} = '{ABOVE}' and unit = {_HOME.format('unit')})"
)


def _place_new_units(con: duckdb.DuckDBPyConnection) -> None:
    """Let new units belong to the part of the unit above them."""
    while True:
        added = con.execute(
            "insert into known select c.unit, k.home from changed_units c"
            " join known k on k.unit = c.parent where c.unit not in (select unit from known)"
        ).fetchall()
        if not added[0][0]:
            return


def correct_store(
    con: duckdb.DuckDBPyConnection,
    scheme: Scheme,
    run: Path,
    raw: Mapping[str, RawTable],
    growing: Path,
    *,
    quotas: Mapping[str, Fraction],
) -> StoreCorrection:
    """Compute what changed rows touch; results, inputs and roll-ups go to `growing`.

    Where peer groups lie within parts only the touched parts are computed again; otherwise the
    others are scored again from the inputs stored with their results.

    Raises
    ------
    ProblemsError
        The changed rows do not suit the store or the scheme.
    """
    store = store_of(con, run)
    touched = {part.code: part for part in parts_of(con, store, raw)}
    anew = {code: _merged(con, part, raw, growing) for code, part in touched.items()}
    store = replace(store, parts=tuple(anew.get(part.code, part) for part in store.parts))
    steps = statements(compile_scheme(scheme), quotas=quotas)
    at_once = counts_across(con, store, scheme)
    everywhere = at_once or any(compares_parts(store, scheme, step) for step in steps)
    others = [part for part in store.parts if part.code not in anew] if everywhere else []
    touched_chunks = [(part,) for part in anew.values()]
    untouched_chunks = gathered(others, workers=workers(con))
    again = ChunkedRun(
        con,
        scheme,
        store,
        growing,
        quotas,
        chunks=(store.parts,) if at_once else (*touched_chunks, *untouched_chunks),
        exempt=_exempt(con, scheme, run, anew, raw),
        stored={part.code: part_folder(run, part.code) / RESULTS for part in others},
    )
    again.carry_out()
    shutil.rmtree(growing / "work", ignore_errors=True)
    chosen = [*anew.values(), *others]

    def roll_up(session: duckdb.DuckDBPyConnection) -> None:
        _roll_up_again(session, again, run, chosen)

    def compare(session: duckdb.DuckDBPyConnection) -> Changed:
        before = outcome_of([part_folder(run, part.code) for part in chosen])
        after = outcome_of([again.part_folder(part) for part in chosen])
        return write_changes(session, before, after, growing / "changes.csv")

    both: tuple[Callable[..., Any], ...] = (roll_up, compare)
    _none, changed = side_by_side(con, lambda session, work: work(session), both)
    return StoreCorrection(tuple(sorted(anew)), changed)


def _merged(
    con: duckdb.DuckDBPyConnection, part: Part, raw: Mapping[str, RawTable], growing: Path
) -> Part:
    """Write the tables of a part that changed rows are about, merged with those."""
    folder = part_folder(growing, part.code) / INPUTS
    folder.mkdir(parents=True)
    files, tables = dict(part.files), set(part.tables)
    mine = "unit in (select unit from units_of_part)"
    con.execute(
        "create or replace table units_of_part as select unit from"
        f" read_parquet({text(str(part.file('units')))}) union select unit from known"
        f" where home = {text(part.code)}"
    )
    if part.corrected:
        shutil.copytree(part.corrected, folder, dirs_exist_ok=True)
    for table, spec in CATALOGUE.items():
        about = table in raw or (table == "records" and WITHDRAWALS.name in raw)
        if not about:
            continue
        source = f"read_parquet({text(str(part.file(table)))})" if table in files else None
        earlier = _with_places(source) if source else empty(spec)
        if table == "records":
            refuse_vain_withdrawals(con, raw, earlier, mine)
        columns = ", ".join(stored(column) for column in spec.columns)
        merged = merged_rows(table, earlier, list(raw), mine=mine)
        path = folder / f"{table}.parquet"
        growing_file = folder / f".{table}"
        rows = con.execute(
            f"copy (select {columns} from ({merged}) as m order by unit)"
            f" to {text(str(growing_file))}"
            " (format parquet, compression zstd, compression_level 1)"
        ).fetchall()
        growing_file.rename(path)
        files[table], tables = (int(rows[0][0]), ""), tables | {table}
    return replace(part, files=files, corrected=folder, tables=frozenset(tables))


def _with_places(source: str) -> str:
    return (
        "select *, cast(file_row_number + 1 as bigint) as row_number, 0 as source_number"
        f" from {source}"
    )


def _exempt(
    con: duckdb.DuckDBPyConnection,
    scheme: Scheme,
    run: Path,
    anew: Mapping[str, Part],
    raw: Mapping[str, RawTable],
) -> tuple[str, ...]:
    """Return the indicators that some unit is exempt from, as the results and the changes say."""
    codes: set[str] = set()
    for code in anew:
        results = text(str(part_folder(run, code) / RESULTS))
        held = con.execute(f"describe from read_parquet({results})").fetchall()
        codes |= {row[0][8:] for row in held if row[0].startswith("exempt__")}
    if "exemptions" in raw:
        found = con.execute(
            "select distinct indicator from changed_exemptions"
            f" where scheme = {text(scheme.scheme)}"
        )
        codes |= {code for (code,) in found.fetchall()}
    return tuple(sorted(codes))


def _roll_up_again(
    con: duckdb.DuckDBPyConnection, again: ChunkedRun, run: Path, parts: Sequence[Part]
) -> None:
    """Take the parts' earlier roll-ups away from that of all, and add the new ones."""
    less = ", ".join(f"-{name(column)} as {name(column)}" for column in sums_of(again.program))
    before = listed([part_folder(run, part.code) / ROLLUP for part in parts])
    after = listed([again.part_folder(part) / ROLLUP for part in parts])
    top = text(str(run / ROLLUP))
    write_rollup(
        con,
        again,
        f"select * from read_parquet({top}) union all by name select * from read_parquet({after})"
        f" union all by name select unit, {less} from read_parquet({before})",
    )


def pending(run: Path) -> Path:
    """Return the folder of a complete correction that is on its way into a run."""
    return run / ".correction"


@contextmanager
def growing_beside(run: Path, account: bytes) -> Iterator[Path]:
    """Give a folder beside a run in which a correction grows; complete, it takes its place.

    `account` is what ``run.json`` held when the correction began.

    Raises
    ------
    ProblemsError
        corrected-meanwhile: another correction was quicker.
    """
    place = run.resolve()
    prefix = f".{place.name[:20]}-correction-"
    growing = Path(tempfile.mkdtemp(prefix=prefix, dir=place.parent))
    try:
        yield growing
        refuse_if_corrected(run, account)
        growing.rename(pending(run))
    finally:
        shutil.rmtree(growing, ignore_errors=True)
    finish(run)


def refuse_if_corrected(run: Path, account: bytes) -> None:
    """Raise a problem if a run is no longer what it was when a correction began."""
    if pending(run).exists() or (run / "run.json").read_bytes() != account:
        raise ProblemsError([Problem("corrected-meanwhile", Place(str(run)))])


def finish(run: Path) -> None:
    """Put a complete correction in place, also one that was interrupted on its way.

    Two may do so at once: each file is moved by one of them. ``run.json`` comes last.
    """
    growing = pending(run)
    if not growing.is_dir():
        return
    for path in sorted(growing.rglob("*")):
        place = run / path.relative_to(growing)
        if path.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                path.replace(place)
    shutil.rmtree(growing, ignore_errors=True)
