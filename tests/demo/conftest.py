"""A generated county that the tests look at."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from ronghe.demo import generate

TABLES = (
    "units",
    "measures",
    "targets",
    "records",
    "ballots",
    "expert_scores",
    "results",
    "exemptions",
    "open_items",
)


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a county of the usual size."""
    return generate(8000, tmp_path_factory.mktemp("demo") / "county").folder


@pytest.fixture(scope="session")
def county_tables(county: Path) -> duckdb.DuckDBPyConnection:
    """Return a database with the county's tables."""
    con = duckdb.connect()
    for table in TABLES:
        con.execute(
            f"create table {table} as select * from read_csv(?, header = true, delim = ',',"
            " auto_type_candidates = ['bigint', 'double', 'date', 'varchar'])",
            [str(county / f"{table}.csv")],
        )
    return con
