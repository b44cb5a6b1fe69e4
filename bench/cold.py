"""5,000 members with their records from Excel, cold process to ``totals.csv``.

Must: 1.5 s; aim: 0.7 s. Beside it, as a measure of the machine, a bare start of Python with the
database, and the reading of the same workbook by the library alone.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.compiled import compile_as_installed
from ronghe.demo import generate
from ronghe.exchange.workbook import Sheet, write_sheets
from ronghe.schemes import ready

MEMBERS = 5000
RECORDS_EACH = 14
RUNS = 7

BARE = "import duckdb; duckdb.connect().execute('select 1')"
READ = (
    "import sys, fastexcel; book = fastexcel.read_excel(sys.argv[1]);"
    " [book.load_sheet(name, dtypes='string') for name in book.sheet_names]"
)


def member_workbook(folder: Path) -> Path:
    """Write a folder with one workbook: members, their records and what the scheme asks of them."""
    import duckdb

    generate(MEMBERS, folder / "all", format="parquet")
    con = duckdb.connect()
    for table, query in {
        "units": "select * from '{0}/units.parquet' where kind = 'member' or level = 'branch'",
        "records": "select * from '{0}/records/*.parquet' where unit in"
        " (select unit from units where kind = 'member') and date >= '2025-01-01'",
    }.items():
        con.execute(f"create table {table} as {query.format(folder / 'all')}")
    con.execute("update units set parent = null")
    # Each member has as many records as the issue says: those of the year, again under other
    # numbers where there are fewer.
    con.execute(
        "create or replace table records as select record || '-' || copy as record,"
        f" * exclude (record, copy, n, had) from (select *, unnest(range({RECORDS_EACH})) as copy,"
        " row_number() over (partition by unit order by record) as n,"
        " count(*) over (partition by unit) as had from records)"
        f" where copy * had + n <= {RECORDS_EACH}"
    )
    data = folder / "data"
    data.mkdir()
    sheets = []
    for table in ("units", "records"):
        found = con.execute(f"select * from {table}")
        headers = [column[0] for column in found.description]
        rows = [[str(c) if c is not None else None for c in row] for row in found.fetchall()]
        sheets.append(Sheet(table, headers, rows))
        print(f"{table}: {len(rows)} rows")
    path = data / "members.xlsx"
    write_sheets(path, sheets, created=date(2025, 12, 31))
    return path


def seconds(*command: str) -> float:
    """Time one whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Time the whole command and what it is measured against, in turn."""
    compile_as_installed()
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        workbook = member_workbook(folder)
        scheme = str(ready()["member-appraisal"])
        appraise = [sys.executable, "-m", "ronghe.cli", "appraise", scheme]
        appraise += ["--data", str(workbook.parent), "--out", str(folder / "out")]
        commands = {
            "cold, Excel to totals.csv": [*appraise, "--reports", "none"],
            "cold, with all reports": appraise,
            "bare Python and DuckDB": [sys.executable, "-c", BARE],
            "the library reads the workbook": [sys.executable, "-c", READ, str(workbook)],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                times[name].append(seconds(*command))
    base = statistics.median(times["the library reads the workbook"])
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:34} {median:6.2f} s  {median / base:5.2f} ×  (min {min(found):.2f})")


if __name__ == "__main__":
    main()
