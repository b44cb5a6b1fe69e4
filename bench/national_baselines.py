"""The national job against pandas (a million members) and plain Python (a hundred thousand).

Must: 2 × pandas and 10 × plain Python; aim: 4 × and 30 ×. Each is a process of its own, the two
sides in turn. Wall seconds with the start of the interpreter and without it, and the seconds of
all cores together, start included: on a busy machine these say more. Totals must be equal. What
is not installed is named and left out.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bench.compiled import compile_as_installed
from bench.national_job import SCHEME
from bench.national_store import make_store

RUNS = 3
JOBS = {
    "plain": (100_000, ("pyarrow",)),
    "rows": (100_000, ("pyarrow",)),
    "pandas": (1_000_000, ("pandas", "pyarrow")),
}
"""How many members each baseline gets, and what it needs. `rows` is `plain` by an expert."""


def measured(out: Path, *words: object) -> tuple[float, float, float, float]:
    """Run a module that writes `out`; return its seconds and its most memory in GB.

    The seconds are those of the wall with and without the start, and those of all cores.
    """
    shutil.rmtree(out, ignore_errors=True)
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *map(str, words)], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{words[0]} failed")
    wall = time.perf_counter() - start
    work = sum(json.loads((out / "timings.json").read_text(encoding="utf-8")).values())
    return wall, work, used.ru_utime + used.ru_stime, used.ru_maxrss / 2**20


def check_totals(ours: Path, theirs: Path) -> None:
    """Stop where a unit has another total, or none, on one side."""
    results = "read_parquet('{}/parts/*/results.parquet')"
    differing = duckdb.execute(
        f"select count(*) from {results.format(ours)} a full join {results.format(theirs)} b"
        " using (unit) where a.total is distinct from b.total"
    ).fetchall()[0][0]
    if differing:
        raise SystemExit(f"{theirs.name}: {differing} totals differ")


def compare(name: str, members: int, folder: Path) -> None:
    """Run both sides on one store in turn; print medians and ratios."""
    store, ours, theirs = folder / "store", folder / "ronghe", folder / name
    make_store(members, store)
    command = "ronghe.cli", "appraise", SCHEME, "--data", store, "--out", ours
    pairs = []
    for _ in range(RUNS):
        ronghe = measured(ours, *command)
        pairs.append((ronghe, measured(theirs, f"bench.national_{name}", store, theirs)))
        check_totals(ours, theirs)
    found = [
        [statistics.median(each) for each in zip(*s, strict=True)] for s in zip(*pairs, strict=True)
    ]
    for side, (*seconds, memory) in zip(("ronghe", name), found, strict=True):
        told = "".join(
            f"{second:8.2f} {what}{second / ours:6.1f} ×"
            for second, what, ours in zip(
                seconds, ("s", "s of work", "core-s"), found[0], strict=False
            )
        )
        print(f"{side:8}{told}{memory:8.2f} GB")


def main() -> None:
    """Measure against every baseline that can run."""
    compile_as_installed()
    for name, (members, needs) in JOBS.items():
        if lack := [package for package in needs if find_spec(package) is None]:
            print(f"{name}: left out ({', '.join(lack)} not installed)")
            continue
        print(f"{members:,} members, {os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}")
        with TemporaryDirectory() as temporary:
            compare(name, members, Path(temporary))


if __name__ == "__main__":
    main()
