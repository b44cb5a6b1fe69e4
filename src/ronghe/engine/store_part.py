"""One part of a run over a store, as a run folder of its own: to explain it, to look at it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.sql import text
from ronghe.engine.chunks import RESULTS, outcome_of
from ronghe.engine.correct_store import finish, store_of
from ronghe.engine.outputs import SNAPSHOT
from ronghe.engine.store import Part, Store, open_parts, part_folder


def write_part_of(con: duckdb.DuckDBPyConnection, run: Path, unit: str, folder: Path) -> None:
    """Write the part of a unit into a folder: its inputs, and the results of the unit's peers.

    Raises
    ------
    ProblemsError
        The run has no such unit, or its store is gone.
    """
    finish(run)
    account = json.loads((run / "run.json").read_text(encoding="utf-8"))
    scheme = Scheme.model_validate(account["scheme"])
    store = store_of(con, run)
    part = _part_with(con, store, unit)
    (folder / SNAPSHOT).mkdir(parents=True)
    shutil.copyfile(run / "run.json", folder / "run.json")
    tables, _ = open_parts(con, [part], scheme)
    for table in tables:
        path = text(str(folder / SNAPSHOT / f"{table.name}.parquet"))
        con.execute(f"copy (from {table.name}) to {path} (format parquet)")
    wide = (scheme.appraises, scheme.level) in store.spread
    folders = [part_folder(run, one.code) for one in (store.parts if wide else [part])]
    con.execute(f"create view everybody as {outcome_of(folders)}")
    con.execute(
        "copy (from everybody where peer_group = (select peer_group from everybody"
        f" where unit = {text(unit)})) to {text(str(folder / RESULTS))} (format parquet)"
    )


def _part_with(con: duckdb.DuckDBPyConnection, store: Store, unit: str) -> Part:
    for part in store.parts:
        if not part.first <= unit <= part.last:
            continue
        source = f"read_parquet({text(str(part.file('units')))})"
        if con.execute(f"select 1 from {source} where unit = {text(unit)}").fetchone():
            return part
    raise ProblemsError([Problem("no-such-unit", Place(), found=unit)])
