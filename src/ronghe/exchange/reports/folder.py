"""A run folder read again: its account, its scheme and, through DuckDB, its wide results."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.model import Grade, Scheme
from ronghe.analysis.scoring.program import Program, compile_scheme
from ronghe.analysis.scoring.sql import name, text
from ronghe.wording import Language


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit (考核对象) of a run; `total` in thousandths, `grade` its number from 1, the best.

    `low` and `high` are the ends of its rank interval (名次区间), `band` its band (档).
    """

    unit: str
    name: str
    group: str
    total: int | None
    rank: int | None
    grade: int | None
    low: int | None
    high: int | None
    band: int | None


@dataclass(frozen=True, slots=True)
class Quota:
    """The share of those graded that a grade may have; `source` is empty if the scheme says it."""

    share: Fraction
    source: str


@dataclass(frozen=True)
class RunFolder:
    """What a run left behind, ready to be asked."""

    path: Path
    account: dict[str, Any]
    scheme: Scheme
    program: Program
    con: duckdb.DuckDBPyConnection

    @property
    def about_people(self) -> bool:
        """Tell whether those appraised are persons."""
        return self.scheme.about_people

    @property
    def rulebook_date(self) -> date:
        """Return the day whose rules held."""
        return date.fromisoformat(self.account["rulebook_date"])

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the table ``outcome``, which has one row per unit."""
        return self.con.execute(query).fetchall()

    @cached_property
    def columns(self) -> frozenset[str]:
        """Return the columns of ``outcome``."""
        return frozenset(row[0] for row in self.rows("describe outcome"))

    @cached_property
    def count(self) -> int:
        """Return the number of units appraised."""
        return int(self.rows("select count(*) from outcome")[0][0])

    @property
    def sure(self) -> bool:
        """Tell whether it is known how sure the ranks are."""
        return "band" in self.columns

    @property
    def unit_columns(self) -> str:
        """Return the columns of a `UnitRow` in SQL."""
        sure = "rank_low, rank_high, band" if self.sure else "null, null, null"
        return f"unit, name, coalesce(peer_group, ''), total, rank, grade, {sure}"

    def units(self, limit: int, *, best_of_each: int | None = None) -> list[UnitRow]:
        """Return units by peer group, rank and code; of each group at most the best so many."""
        chosen = f" where rank <= {best_of_each}" if best_of_each else ""
        found = self.rows(
            f"select {self.unit_columns} from outcome"
            f"{chosen} order by peer_group nulls first, rank nulls last, unit limit {limit}"
        )
        return [UnitRow(*row) for row in found]

    @cached_property
    def parents(self) -> dict[str, str]:
        """Return the names of the units above, by code."""
        snapshot = self.path / "inputs" / "units.parquet"
        if not snapshot.is_file():
            return {}
        found = self.rows(f"select unit, name from read_parquet({text(str(snapshot))})")
        return dict(found)

    def quota(self, grade: Grade, language: Language) -> Quota | None:
        """Return the quota that the run applied to a grade, None where it had none."""
        used = self.account["quotas"].get(grade.code)
        if used is None:
            return None
        return Quota(Fraction(used["share"]), used["citation"][language] or used["rule"])


@contextmanager
def open_run(path: Path) -> Iterator[RunFolder]:
    """Open a run folder for reading.

    Raises
    ------
    ProblemsError
        no-such-run: ``run.json`` or ``results.parquet`` is not there.
    """
    results = path / "results.parquet"
    if not (path / "run.json").is_file() or not results.is_file():
        raise ProblemsError([Problem("no-such-run", Place(str(path)), expected="run.json")])
    account = json.loads((path / "run.json").read_text(encoding="utf-8"))
    scheme = Scheme.model_validate(account["scheme"])
    con = duckdb.connect(config={"autoinstall_known_extensions": False})
    try:
        _make_outcome(con, results)
        yield RunFolder(path, account, scheme, compile_scheme(scheme), con)
    finally:
        con.close()


def _make_outcome(con: duckdb.DuckDBPyConnection, results: Path) -> None:
    """Make the view ``outcome``: points that the engine held in a wider type are whole numbers."""
    source = f"read_parquet({text(str(results))})"
    wide = [
        name(column)
        for column, kind, *_ in con.execute(f"describe select * from {source}").fetchall()
        if kind.startswith("DECIMAL") and not column.startswith("total__")
    ]
    narrowed = ", ".join(f"cast({column} as bigint) as {column}" for column in wide)
    replaced = f" replace ({narrowed})" if wide else ""
    con.execute(f"create view outcome as select *{replaced} from {source}")
