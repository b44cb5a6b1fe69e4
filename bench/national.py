"""A million members appraised from a packed store, and one county of it corrected.

S is the time the database needs to sum the columns of the events, G to count events by unit:
medians of five warm runs with the same threads on the same files. Must: the full run with
roll-up 28 G (aim 12), a county corrected 1 s (aim 0.4), memory 4 GB (aim 2).
`python -m bench.national 100000000 FOLDER` measures another number of members in a folder of
one's own, where the store stays and is used again.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bench.compiled import compile_as_installed
from bench.national_store import make_store

SCHEME = Path(__file__).with_name("national.yaml")
RUNS = 5
THREADS = os.cpu_count() or 1

SUM = (
    "select sum(strlen(unit)), sum(strlen(kind)), sum(day - date '2025-01-01'), sum(quantity),"
    " sum(quality), count(case when verified then 1 end) from events"
)
COUNT = (
    "create or replace temp table counted as select unit, count(*) as n from events group by unit"
)


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median seconds of some warm runs."""
    work()
    return statistics.median(timed(work) for _ in range(runs))


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def yardsticks(store: Path, runs: int = RUNS) -> tuple[float, float]:
    """Return S and G of a store."""
    con = duckdb.connect(config={"threads": THREADS})
    con.execute(f"create view events as from read_parquet('{store}/parts/*/records.parquet')")
    con.execute("set preserve_insertion_order = false")
    return (
        median(lambda: con.execute(SUM).fetchall(), runs),
        median(lambda: con.execute(COUNT), runs),
    )


def ronghe(*words: object) -> tuple[float, float]:
    """Run a command as a process of its own; return its seconds and its most memory in GB."""
    command = [sys.executable, "-m", "ronghe.cli", *map(str, words)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{words[0]} failed")
    return time.perf_counter() - start, used.ru_maxrss / 2**20


def late_records(folder: Path, county: str) -> None:
    """Write corrections for a county: a late record for each of a hundred members."""
    folder.mkdir()
    rows = [
        f"late-{n},{county}B0000M{n % 19:02},work_{n % 30:02},2025-06-15,5,5,yes"
        for n in range(100)
    ]
    content = ["record,unit,kind,date,quantity,quality,verified", *rows]
    (folder / "records.csv").write_text("\n".join(content) + "\n", encoding="utf-8")


def measure(store: Path, folder: Path, members: int) -> None:
    """Measure everything on a store and print it."""
    compile_as_installed()
    many = members > 10_000_000
    s, g = yardsticks(store, 1 if many else RUNS)
    out = folder / "run"
    found = [_run(store, out) for _ in range(1 if many else RUNS)]
    seconds = statistics.median(wall for wall, _ in found)
    print(f"members {members:,}; S {s:.3f} s; G {g:.3f} s; threads {THREADS}")
    print(f"full run with roll-up {seconds:.2f} s = {seconds / g:.1f} G, {found[0][1]:.2f} GB")
    print(json.loads((out / "timings.json").read_text(encoding="utf-8")))
    corrected = []
    for number in range(1, 1 + RUNS):
        shutil.rmtree(folder / "late", ignore_errors=True)
        late_records(folder / "late", f"C{number:04}")
        corrected.append(ronghe("correct", out, "--data", folder / "late"))
    print(f"a county corrected {statistics.median(w for w, _ in corrected):.2f} s, with the start")


def _run(store: Path, out: Path) -> tuple[float, float]:
    shutil.rmtree(out, ignore_errors=True)
    return ronghe("appraise", SCHEME, "--data", store, "--out", out, "--threads", THREADS)


def main(members: int = 1_000_000) -> None:
    """Make a store and measure."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        make_store(members, folder / "store", THREADS)
        measure(folder / "store", folder, members)


if __name__ == "__main__":
    wanted, place = int(sys.argv[1]), Path(sys.argv[2])
    if not (place / "store").is_dir():
        make_store(wanted, place / "store", THREADS)
    measure(place / "store", place, wanted)
