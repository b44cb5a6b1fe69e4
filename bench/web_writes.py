"""Twenty people write while a job takes over 8,000 rows, on the embedded database.

Must: no error, and no write waits longer than 2 s.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from installations import Browser, Installation

PEOPLE = 20
ROWS = 8_000
BATCH = 50
THINKING = 2.0
"""Seconds between two writes of a person."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "var"
        home.mkdir()
        place = Installation(home, "")
        place.environment["RONGHE_JOB_LEASE"] = "60"
        try:
            _measure(place)
        finally:
            place.end()


def _measure(place: Installation) -> None:
    place.run("demo")
    _server, site = place.serve("--threads", "8")
    browser, branch = place.secretary(site)
    waits: list[float] = []
    wrong: list[str] = []
    over = threading.Event()
    people = [
        threading.Thread(target=_write, args=(browser, branch, at, waits, wrong, over))
        for at in range(PEOPLE)
    ]
    job = place.start_job("trial.import", rows=ROWS, batch=BATCH)
    begun = time.monotonic()
    for one in people:
        one.start()
    while (state := _state(place, job)) in ("waiting", "running"):
        time.sleep(0.5)
    took = time.monotonic() - begun
    over.set()
    for one in people:
        one.join()
    _tell(state, took, waits, wrong)
    if wrong:
        print(place.log()[-3000:])


def _write(
    browser: Browser,
    branch: int,
    who: int,
    waits: list[float],
    wrong: list[str],
    over: threading.Event,
) -> None:
    number = 0
    while not over.wait(THINKING):
        number += 1
        begun = time.monotonic()
        try:
            status = browser.register(f"甲{who}乙{number}", branch)
        except OSError as error:
            wrong.append(str(error))
            continue
        waits.append(time.monotonic() - begun)
        if status != 200:
            wrong.append(str(status))


def _state(place: Installation, job: int) -> str:
    return place.rows(f"SELECT state FROM desk_job WHERE id = {job}")[0][0]


def _tell(state: str, took: float, waits: list[float], wrong: list[str]) -> None:
    cuts = statistics.quantiles(waits, n=100)
    print(f"job {state} after {took:.1f} s; load {os.getloadavg()[0]:.1f}")
    print(f"{len(waits)} writes by {PEOPLE} people, {len(wrong)} errors {sorted(set(wrong))}")
    print(f"wait: median {cuts[49]:.3f} s, 99 % {cuts[98]:.3f} s, longest {max(waits):.3f} s")
