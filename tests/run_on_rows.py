"""Run the engine on rows given as dictionaries, and compare it with the plain appraisal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

import duckdb

from plain_appraisal import PlainAppraisal
from ronghe.analysis.errors import Place
from ronghe.engine.catalogue import CORRECTIONS
from ronghe.engine.database import connect
from ronghe.engine.run import appraise


@dataclass(frozen=True)
class RowsSource:
    place: Place


@dataclass(frozen=True)
class RowsTable:
    name: str
    columns: tuple[str, ...]
    sources: tuple[RowsSource, ...]


@cache
def shared_connection() -> duckdb.DuckDBPyConnection:
    """Open one database for all examples; every run replaces the tables of the one before."""
    return connect(threads=1)


def as_text(value) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    scaled = Fraction(value) * 10**6
    assert scaled.denominator == 1, f"{value} has more than six digits"
    sign, size = "-" if scaled < 0 else "", abs(scaled.numerator)
    return f"{sign}{size // 10**6}.{size % 10**6:06d}"


def raw_tables(con: duckdb.DuckDBPyConnection, data: dict[str, list[dict]]) -> list[RowsTable]:
    """Make the text tables that a reader of files would have made."""
    tables = []
    for name, rows in data.items():
        spec = CORRECTIONS[name]
        headings = [c.name for c in spec.columns]
        columns = ", ".join(f'"{c}" varchar' for c in headings)
        columns += ", row_number int, source_number int"
        con.execute(f"create or replace temp table raw_{name} ({columns})")
        cells = [
            [*(as_text(row.get("day" if c == "date" else c)) for c in headings), number, 0]
            for number, row in enumerate(rows, start=2)
        ]
        if cells:
            marks = ", ".join("(" + ", ".join("?" * len(line)) + ")" for line in cells)
            con.execute(
                f"insert into raw_{name} values {marks}", [c for line in cells for c in line]
            )
        tables.append(RowsTable(name, tuple(headings), (RowsSource(Place(f"{name}.csv")),)))
    return tables


def engine_outcome(scheme, data, quotas=None) -> dict[str, dict]:
    """Return the engine's outcome by unit, one dictionary of columns each."""
    con = shared_connection()
    appraise(con, scheme, raw_tables(con, data), quotas=quotas or {}, other_periods=True)
    found = con.execute("select * from outcome")
    names = [column[0] for column in found.description]
    return {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def thousandths(value: Fraction | None) -> int | None:
    if value is None:
        return None
    scaled = value * 1000
    assert scaled.denominator == 1
    return scaled.numerator


def assert_engine_equals_plain(scheme, data, quotas=None) -> None:
    """Claim that engine and plain appraisal agree on every point, sum, total, rank and grade."""
    outcome = engine_outcome(scheme, data, quotas)
    plain = PlainAppraisal(scheme, data, quotas or {})
    codes = [grade.code for grade in scheme.grading.grades] if scheme.grading else []
    assert set(outcome) == set(plain.units)
    for unit, row in outcome.items():
        found = {
            "points": {i.code: row[f"points__{i.code}"] for i in scheme.scored()},
            "nodes": {code: row[f"node__{code}"] for code in plain.nodes[unit]},
            "total": row["total"],
            "rank": row["rank"],
            "grade": codes[row["grade"] - 1] if row["grade"] else None,
        }
        expected = {
            "points": {code: thousandths(p) for code, p in plain.points[unit].items()},
            "nodes": {code: thousandths(p) for code, p in plain.nodes[unit].items()},
            "total": thousandths(plain.totals[unit]),
            "rank": plain.ranks[unit],
            "grade": plain.grades[unit],
        }
        assert found == expected, unit
