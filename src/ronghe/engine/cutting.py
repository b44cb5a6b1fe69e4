"""Cutting a store into the chunks that a run takes one after another or side by side."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.sql import text
from ronghe.analysis.scoring.statements import Statement
from ronghe.engine.checks import reads_below
from ronghe.engine.store import ABOVE, Part, Store, listed

UNITS_AT_ONCE = 500_000
"""About so many units are computed at a time: some 0.7 GB. Fewer cost more than they save."""


def cut(
    con: duckdb.DuckDBPyConnection,
    store: Store,
    scheme: Scheme,
    units_at_once: int,
    workers: int = 1,
) -> tuple[tuple[Part, ...], ...]:
    """Cut a store into chunks, so that those of all workers are about so many units.

    What fits into one chunk stays together where parts are compared, and so does everything
    where a scheme counts the records under units which stand above the parts.
    """
    fits = sum(part.units for part in store.parts) <= units_at_once
    if counts_across(con, store, scheme) or (fits and _compares_any(store, scheme)):
        return (store.parts,)
    return gathered(store.parts, units_at_once, workers)


def gathered(
    parts: Sequence[Part], units_at_once: int = UNITS_AT_ONCE, workers: int = 1
) -> tuple[tuple[Part, ...], ...]:
    """Put neighbouring parts together into chunks of one size, as many for each worker."""
    units = sum(part.units for part in parts)
    rounds = -(-units // units_at_once)
    most = max((part.units for part in parts), default=0) // 2 + units // (workers * rounds or 1)
    chunks: list[list[Part]] = []
    for part in parts:
        if not chunks or sum(p.units for p in chunks[-1]) + part.units > most:
            chunks.append([])
        chunks[-1].append(part)
    return tuple(map(tuple, chunks))


def compares_parts(store: Store, scheme: Scheme, step: Statement) -> bool:
    """Tell whether a step compares units of several parts."""
    return step.together in _compared(store, scheme)


def _compares_any(store: Store, scheme: Scheme) -> bool:
    """Tell whether any step of a scheme compares units of several parts."""
    within = scheme.grading.within if scheme.grading else "peer_group"
    return not _compared(store, scheme).isdisjoint(("peer_group", within))


def _compared(store: Store, scheme: Scheme) -> set[str]:
    """Return which units that are compared with each other lie in several parts.

    Only those that head the parts have others of the same parent, or none, outside.
    """
    compared = {"all"}
    if (scheme.appraises, scheme.level) in store.spread:
        compared.add("peer_group")
    if scheme.level == store.level:
        compared.add("parent")
    return compared


def counts_across(con: duckdb.DuckDBPyConnection, store: Store, scheme: Scheme) -> bool:
    """Tell whether a scheme counts records of several parts for one unit."""
    files = [part.file("units") for part in store.parts if part.code == ABOVE]
    if not files or not reads_below(scheme):
        return False
    found = con.execute(
        f"select 1 from read_parquet({listed(files)}) where kind = {text(scheme.appraises)}"
        f" and level = {text(scheme.level)} limit 1"
    ).fetchone()
    return found is not None
