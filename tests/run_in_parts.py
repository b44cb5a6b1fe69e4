"""Run a scheme on rows twice, whole and packed in parts, and compare."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ronghe.analysis.scoring.program import compile_scheme
from ronghe.engine.chunks import outcome_of
from ronghe.engine.database import connect
from ronghe.engine.pack import pack
from ronghe.engine.rollup import make_rollup
from ronghe.engine.store import Store, read_store
from ronghe.engine.store_run import appraise_store
from run_on_rows import engine_outcome, raw_tables, shared_connection


def packed(data, level: str, folder: Path) -> Store:
    con = connect(threads=1)
    pack(con, raw_tables(con, data), level, folder)
    return read_store(folder)


def rows_of(con, query: str) -> dict[str, dict]:
    found = con.execute(query)
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {row["unit"]: row for row in rows}


def in_parts(scheme, store: Store, folder: Path, quotas, units_at_once: int) -> dict[str, dict]:
    """Return the outcome by unit of a run over a store."""
    con = connect(threads=2)
    appraise_store(
        con, scheme, store, folder, quotas=quotas, other_periods=True, units_at_once=units_at_once
    )
    return rows_of(con, outcome_of(sorted((folder / "parts").iterdir())))


def rolled_up(folder: Path) -> dict[str, dict]:
    """Return the roll-up of every ancestor: those of a part from there, the others of all."""
    con = connect(threads=1)
    below = rows_of(con, f"from read_parquet('{folder}/parts/*/rollup.parquet')")
    return below | rows_of(con, f"from read_parquet('{folder}/rollup.parquet')")


def assert_parts_equal_whole(scheme, data, quotas, level: str, units_at_once: int) -> None:
    """Claim that every column of every unit, and every roll-up, is the same in parts."""
    whole = engine_outcome(scheme, data, quotas)
    con = shared_connection()
    make_rollup(con, compile_scheme(scheme), "from outcome")
    above = rows_of(con, "from rollup")
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        store = packed(data, level, folder / "store")
        found = in_parts(scheme, store, folder / "run", quotas, units_at_once)
        assert found == whole
        assert rolled_up(folder / "run") == above
