"""The table ``outcome`` of a run taken out of its database as plain arrays."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np

from ronghe.analysis.outcome import Outcome
from ronghe.analysis.scoring.program import Program
from ronghe.analysis.scoring.sql import name


def read_outcome(con: duckdb.DuckDBPyConnection, program: Program) -> Outcome:
    """Return the outcome of a run, units in the order of their codes."""
    scheme = program.scheme
    columns = {
        "total": ["total"],
        "points": [name(f"points__{one.indicator.code}") for one in program.scored],
        "failed": [name(f"failed__{gate.code}") for gate in scheme.gates],
        "lacking": list(_lacking(con, program)),
    }
    flat = [column for each in columns.values() for column in each]
    listed = ", ".join(f"cast({column} as double) as c{n}" for n, column in enumerate(flat))
    found = con.execute(
        f"select unit, name, coalesce(peer_group, '') as peer_group, {listed} from outcome"
        " order by unit"
    ).fetchnumpy()
    numbers = (np.ma.filled(found[f"c{n}"], np.nan) for n in range(len(flat)))
    matrix = np.column_stack(list(numbers)).astype(np.float64)
    ends = np.cumsum([len(each) for each in columns.values()])[:-1]
    total, points, failed, lacking = np.split(matrix, ends, axis=1)
    return Outcome(
        scheme=scheme,
        units=tuple(map(str, found["unit"])),
        names=tuple(map(str, found["name"])),
        groups=tuple(map(str, found["peer_group"])),
        points=points / 1000,
        failed=failed == 1,
        totals=total[:, 0] / 1000,
        lacking=lacking == 1,
    )


def _lacking(con: duckdb.DuckDBPyConnection, program: Program) -> Iterator[str]:
    """Write for each indicator the condition that it applies and its data are missing."""
    held = {row[0] for row in con.execute("describe outcome").fetchall()}
    for scored in program.scored:
        exempt = f"exempt__{scored.indicator.code}"
        applies = f" and {name(exempt)} = 0" if exempt in held else ""
        missing = " or ".join(f"{name(column.name)} is null" for column in scored.needs)
        yield f"(({missing}){applies})"
