"""Grow a fictitious place from a seed: the same seed, size and versions give the same bytes.

The scripts in ``sql/`` draw everything in DuckDB, one county after the other, so that a country
needs no more memory than a county.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

import duckdb

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.demo.readme import readme
from ronghe.demo.shape import FEWEST_MEMBERS, MOST_MEMBERS, County, Scope, counties
from ronghe.demo.writing import MOST_MEMBERS_IN_EXCEL, Format, to_write, write

Progress = Callable[[int, int, str], None]
"""Called with the steps done, all steps, and what was done last."""

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

YEAR = 2025
"""The year under appraisal; the year before it is there too."""

_HERE = Path(__file__).parent
_SCRIPTS = ("organisations", "people", "figures", "troubles", "records")
_MARK = "README.md"


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written, and how many rows of each table."""

    folder: Path
    rows: dict[str, int]


def generate(
    members: int,
    out: Path,
    *,
    seed: int = 2025,
    scope: Scope = "county",
    format: Format = "csv",
    progress: Progress | None = None,
) -> Generated:
    """Write a fictitious county, province or country with so many Party members.

    Parameters
    ----------
    members
        Number of members, from 600; other things are in proportion.
    out
        The folder to make. One made by an earlier run is replaced, any other that is not empty
        is refused. It appears at the end and whole.
    seed
        What everything is drawn from.
    scope
        A county, a province of counties of about 32,000 members, or a country of such provinces.
    format
        CSV, Parquet (records in one file per county) or one Excel workbook.
    progress
        Called after every county and every file.

    Raises
    ------
    ProblemsError
        Too few or too many members, too many for a workbook, or a folder in use.
    """
    _refuse(members, out, format)
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name[:20]}-", dir=out.parent))
    parts = aside / "parts"
    try:
        aside.chmod(0o755)
        for table in TABLES:
            (parts / table).mkdir(parents=True)
        with duckdb.connect() as con:
            _set_up(con, seed)
            places = counties(members, scope, _neighbours(con))
            steps = len(places) + len(TABLES)
            for done, county in enumerate(places, start=1):
                _grow(con, county, parts)
                if progress:
                    progress(done, steps, county.name)
            rows = write(con, TABLES, parts, aside, format, _after(progress, len(places), steps))
        shutil.rmtree(parts)
        (aside / _MARK).write_text(readme(members, seed, scope, rows), encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        aside.rename(out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Generated(out, rows)


def _after(progress: Progress | None, done: int, steps: int) -> Callable[[int, str], None]:
    def tell(written: int, table: str) -> None:
        if progress:
            progress(done + written, steps, table)

    return tell


def _refuse(members: int, out: Path, format: Format) -> None:
    problems = []
    if not FEWEST_MEMBERS <= members <= MOST_MEMBERS:
        allowed = f"{FEWEST_MEMBERS}–{MOST_MEMBERS}"
        problems.append(Problem("demo-members-out-of-range", found=members, expected=allowed))
    if format == "xlsx" and members > MOST_MEMBERS_IN_EXCEL:
        problems.append(
            Problem("demo-too-large-for-excel", found=members, expected=MOST_MEMBERS_IN_EXCEL)
        )
    if out.resolve() == Path.cwd():
        problems.append(Problem("output-is-current-folder", Place(str(out))))
    elif out.exists() and not _replaceable(out):
        problems.append(Problem("demo-folder-in-use", Place(str(out)), found=str(out)))
    if problems:
        raise ProblemsError(problems)


def _replaceable(out: Path) -> bool:
    """Tell whether a folder is empty or was made by an earlier run."""
    if not out.is_dir():
        return False
    mark = out / _MARK
    ours = mark.is_file() and mark.read_text("utf-8", "replace").startswith("# 演示数据")
    return ours or not any(out.iterdir())


def _set_up(con: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Load the tables of parameters and name parts, and the macros that draw."""
    con.execute("set variable seed = ?::bigint", [seed % 2147483647])
    con.execute("set variable year = ?::integer", [YEAR])
    for file in sorted((_HERE / "tables").glob("*.csv")):
        con.execute(
            f"create temp table {file.stem}_table as"
            " select * from read_csv(?, header = true, delim = ',')",
            [str(file)],
        )
    for part, words in con.execute("select part, words from names_table").fetchall():
        con.execute(f"set variable {part} = ?::varchar[]", [words.split()])
    con.execute(
        "create temp table classes (letter varchar, level varchar, branches bigint,"
        " in_each bigint, members bigint, fewest bigint)"
    )
    con.execute(
        "create temp table area (code varchar, name varchar, level varchar, parent varchar)"
    )
    for script in ("draws", "setup"):
        con.execute(_script(script))


def _neighbours(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute("select name from neighbours_table order by number").fetchall()
    return [name for (name,) in rows]


def _script(name: str) -> str:
    return (_HERE / "sql" / f"{name}.sql").read_text("utf-8")


def _grow(con: duckdb.DuckDBPyConnection, county: County, parts: Path) -> None:
    """Draw one county and set its tables aside, each in one file."""
    for name, kind, value in (
        ("county", "varchar", county.code),
        ("county_name", "varchar", county.name),
        ("first", "boolean", county.first),
    ):
        con.execute(f"set variable {name} = ?::{kind}", [value])
    con.execute("delete from classes")
    con.executemany("insert into classes values (?, ?, ?, ?, ?, ?)", map(astuple, county.classes()))
    con.execute("delete from area")
    con.executemany("insert into area values (?, ?, ?, ?)", map(astuple, county.areas))
    for script in _SCRIPTS:
        con.execute(_script(script))
    for table in TABLES:
        file = parts / table / f"{county.code}.parquet"
        con.execute(
            f"copy (select * from out_{table}) to {to_write(file)}"
            " (format parquet, compression zstd)"
        )
