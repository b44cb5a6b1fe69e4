"""Twenty people write while a workbook of 8,000 records is sent and taken over, on SQLite.

Must: no error, and no write waits longer than 2 s.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from installations import Browser, Installation
from real_imports import send_records

PEOPLE = 20
ROWS = 8_000
BEFORE = 30
"""Seconds for which people write before the job begins, to compare."""
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
    print(f"load {os.getloadavg()[0]:.1f}; seconds: median, 99 %, longest")
    with _writing(place, browser, branch, "without the import"):
        time.sleep(BEFORE)
    with _writing(place, browser, branch, "with the import"):
        begun = time.monotonic()
        _sheet, job = send_records(place, site, ROWS)
        print(f"sent and checked after {time.monotonic() - begun:.1f} s")
        while (state := _state(place, job)) in ("waiting", "running"):
            time.sleep(0.5)
        print(f"job {state} after {time.monotonic() - begun:.1f} s")
    kept = place.rows("SELECT state, count(*) FROM records_record WHERE batch_id > 0 GROUP BY 1")
    print(f"records {kept}; load {os.getloadavg()[0]:.1f}")


@contextmanager
def _writing(place: Installation, browser: Browser, branch: int, when: str) -> Iterator[None]:
    """Let people write meanwhile, and one more ask for nothing but the lock."""
    waits: list[float] = []
    locks: list[float] = []
    wrong: list[str] = []
    over = threading.Event()
    people = [
        threading.Thread(target=_write, args=(browser, branch, f"{when}{at}", waits, wrong, over))
        for at in range(PEOPLE)
    ]
    people.append(threading.Thread(target=_lock, args=(place, locks, over)))
    for one in people:
        one.start()
    yield
    over.set()
    for one in people:
        one.join()
    print(f"{when}: {len(waits)} pages sent and answered {_told(waits)}, errors {wrong}")
    print(f"{when}: {len(locks)} times waited for the lock alone {_told(locks)}")
    if wrong:
        print(place.log()[-3000:])


def _write(
    browser: Browser,
    branch: int,
    who: str,
    waits: list[float],
    wrong: list[str],
    over: threading.Event,
) -> None:
    number = 0
    while not over.wait(THINKING):
        number += 1
        begun = time.monotonic()
        try:
            status = browser.register(f"{who}-{number}", branch)
        except OSError as error:
            wrong.append(str(error))
            continue
        waits.append(time.monotonic() - begun)
        if status != 200:
            wrong.append(str(status))


def _lock(place: Installation, locks: list[float], over: threading.Event) -> None:
    """Ask for the lock as a writer does, whatever the server's processor does meanwhile."""
    file = place.home / "ronghe.sqlite3"
    with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
        while not over.wait(0.3):
            begun = time.monotonic()
            connection.execute("BEGIN IMMEDIATE")
            locks.append(time.monotonic() - begun)
            connection.execute("ROLLBACK")


def _state(place: Installation, job: int) -> str:
    return place.rows(f"SELECT state FROM desk_job WHERE id = {job}")[0][0]


def _told(waits: list[float]) -> str:
    cuts = statistics.quantiles(waits, n=100)
    return f"{cuts[49]:.3f} {cuts[98]:.3f} {max(waits):.3f}"
