"""Two hundred people use the site: one action every ten seconds, four of five only read.

The demonstration county on a PostgreSQL of its own (where its programs are found), and fifty
people on SQLite. Who generates runs on the same machine; its share of the processor is told. The
times are the server's (`Server-Timing`), and beside them what the caller waited.

Must: PostgreSQL median ≤ 60 ms and 95 % ≤ 250 ms, SQLite 95 % ≤ 250 ms, no error.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from installations import Installation

HERE = Path(__file__).parent
SECONDS = int(os.environ.get("SECONDS", "180"))
WARM_UP, PAUSE = 20, 10.0
CSRF = "a" * 32
WORDS = ("柳林", "党支部", "合作社", "李")
WRITES = 0.24
"""Of the actions of who writes at all; a fifth of all actions then are writes."""


@dataclass
class Measured:
    """What was measured of each action: the server's milliseconds, its processor's, the wait."""

    server: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    processor: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    waited: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Somebody:
    """A person with a browser: what they look at and what they do, by their role."""

    def __init__(self, known: dict[str, Any], site: str, measured: Measured) -> None:
        self.known, self.measured = known, measured
        self.random = random.Random(known["user"])  # noqa: S311 - the same actions in each run
        host, _, port = site.removeprefix("http://").partition(":")
        self.connection = HTTPConnection(host, int(port), timeout=60)
        self.begun = 0

    def act(self, counts: bool) -> None:
        """Do one thing."""
        writes = self.writing()
        if writes and self.random.random() < WRITES:
            self.random.choice(writes)(counts)
        else:
            name, path = self.random.choice(self.reading())
            self.ask(name, "GET", path, counts)

    def reading(self) -> list[tuple[str, str]]:
        """Return the pages that this person opens."""
        known = self.known
        pages = [
            ("desk", "/"),
            ("organisation", f"/organisations/{known['node']}/"),
            ("records", "/records/"),
            ("search", f"/search/?q={quote(self.random.choice(WORDS))}"),
            ("tree", "/organisations/"),
            ("round", f"/appraisal/rounds/{known['round']}/"),
            ("results", f"/appraisal/rounds/{known['round']}/results/"),
        ]
        if known["results"]:
            pages += 2 * [("score", f"/appraisal/results/{self.random.choice(known['results'])}/")]
        return pages

    def writing(self) -> list[Callable[[bool], None]]:
        """Return what this person writes; so that a fifth of all is written, writers do twice."""
        known, found = self.known, []
        if known.get("member"):
            found.append(self.enter)
        if known.get("waiting"):
            found.append(self.check)
        if known.get("figures"):
            found.append(self.deliver)
        return found

    def enter(self, counts: bool) -> None:
        """Enter a record, as the form sends it."""
        said = {
            "day": time.strftime("%Y-%m-%d"),
            "matter": "修水渠",
            "quantity": 1,
            "client_key": self._key(),
        }
        path = f"/records/new/entry/?kind=case_solved&unit={self.known['node']}"
        self.ask("enter", "POST", path, counts, {**said, "actors": self.known["member"]})

    def check(self, counts: bool) -> None:
        """Accept a record that waits."""
        pk = self.known["waiting"].pop()
        self.ask("check", "POST", f"/records/{pk}/verify/", counts, {"accept": "on"})

    def deliver(self, counts: bool) -> None:
        """Deliver a measure with a token."""
        unit, measure, value, period = self.random.choice(self.known["figures"])
        rows = [{"unit": unit, "measure": measure, "value": value}]
        body = json.dumps({"period": period, "source": "报表", "rows": rows}).encode()
        headers = {"Authorization": f"Bearer {self.known['token']}"}
        self._send("deliver", "POST", "/api/v1/measures", counts, body, headers)

    def _key(self) -> str:
        self.begun += 1
        return f"{self.known['user']}-{self.begun}-{time.monotonic_ns()}"

    def ask(
        self, name: str, method: str, path: str, counts: bool, fields: dict[str, Any] | None = None
    ) -> None:
        """Open a page or send a form, with the session's cookies."""
        headers = {"Cookie": f"sessionid={self.known['session']}; csrftoken={CSRF}"}
        body = None
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": CSRF}).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._send(name, method, path, counts, body, headers)

    def _send(
        self,
        name: str,
        method: str,
        path: str,
        counts: bool,
        body: bytes | None,
        headers: dict[str, str],
    ) -> None:
        begun = time.monotonic()
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            answer.read()
        except (OSError, HTTPException) as error:
            self.connection.close()
            self.measured.wrong.append(f"{name}: {error!r}")
            return
        fine = answer.status < 400 and "sign-in" not in (answer.headers["Location"] or "")
        if not fine:
            self.measured.wrong.append(f"{name} {path}: {answer.status}")
        if counts:
            self.measured.waited.append(1000 * (time.monotonic() - begun))
            told = dict(re.findall(r"(\w+);dur=([\d.]+)", answer.headers["Server-Timing"] or ""))
            self.measured.server[name].append(float(told["app"]))
            self.measured.processor[name].append(float(told["cpu"]))


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL of its own with its usual care for the disk; give its address."""
    from needs import postgresql as programs_of

    programs = programs_of()
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="ronghe-pg-", dir="/tmp"))
    if user:
        subprocess.run(["chown", user, folder], check=True)
    data = folder / "data"

    def run(name: str, *words: str) -> None:
        command = [str(programs / name), *words]
        subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    run("initdb", "-D", str(data), "-U", "ronghe", "-A", "trust", "-E", "UTF8")
    options = f"-k {folder} -c listen_addresses='' -c shared_buffers=512MB"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://ronghe@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
        subprocess.run(["rm", "-rf", folder], check=True)


def measure(database: str, many: int, *words: str) -> Measured:
    """Serve a fresh demonstration, let so many people use it, return what was measured."""
    with tempfile.TemporaryDirectory(prefix="ronghe-load-") as folder:
        home = Path(folder) / "var"
        home.mkdir()
        place = Installation(home, database)
        place.environment |= {"RONGHE_TIMING": "1", "RONGHE_JOB_LEASE": "60"}
        place.environment["DJANGO_SETTINGS_MODULE"] = "ronghe.project.settings"
        try:
            place.run("demo")
            command = [sys.executable, str(HERE / "web_load_people.py"), str(many)]
            people = json.loads(subprocess.check_output(command, env=place.environment))
            _server, site = place.serve(*words)
            return used(people, site)
        finally:
            place.end()


def used(people: list[dict[str, Any]], site: str) -> Measured:
    """Let people use a site for a while."""
    measured, over = Measured(), threading.Event()
    start = time.monotonic()

    def use(known: dict[str, Any]) -> None:
        somebody = Somebody(known, site, measured)
        due = start + somebody.random.uniform(0, PAUSE)
        while not over.wait(max(0.0, due - time.monotonic())):
            somebody.act(counts=time.monotonic() - start > WARM_UP)
            due += PAUSE

    threads = [threading.Thread(target=use, args=(one,)) for one in people]
    for one in threads:
        one.start()
    time.sleep(WARM_UP)
    load, before, begun = os.getloadavg()[0], _own_time(), time.monotonic()
    time.sleep(SECONDS)
    over.set()
    own, lasted = _own_time() - before, time.monotonic() - begun
    for one in threads:
        one.join()
    many = len(measured.waited)
    print(
        f"{many} actions in {lasted:.0f} s, {many / lasted:.1f} a second; load {load:.1f} before, ",
        end="",
    )
    print(f"{os.getloadavg()[0]:.1f} after; the generator took {own / lasted:.0%} of one core")
    return measured


def _own_time() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def tell(measured: Measured) -> None:
    """Print the times of each action and of all."""
    print(f"{'ms':<14}{'number':>8}{'median':>8}{'95 %':>8}{'longest':>9}{'cpu median':>12}")
    for name in sorted(measured.server):
        _line(name, measured.server[name], measured.processor[name])
    every = [one for times in measured.server.values() for one in times]
    _line("server", every, [one for times in measured.processor.values() for one in times])
    _line("waited", measured.waited, [0])
    print(f"errors: {len(measured.wrong)} {measured.wrong[:5]}", flush=True)


def _line(name: str, times: list[float], processor: list[float]) -> None:
    high = statistics.quantiles(times, n=20)[18] if len(times) > 1 else times[0]
    middle, cpu = statistics.median(times), statistics.median(processor)
    print(f"{name:<14}{len(times):>8}{middle:>8.0f}{high:>8.0f}{max(times):>9.0f}{cpu:>12.0f}")


def main() -> None:
    """Measure both databases, or the one that ``DATABASE`` names, and print."""
    asked = os.environ.get("DATABASE", "")
    if asked != "sqlite":
        print("PostgreSQL, 200 people")
        with postgresql() as address:
            tell(measure(address, 200, "--workers", "2", "--threads", "4"))
    if asked != "postgresql":
        print("SQLite, 50 people")
        tell(measure("", 50, "--workers", "1", "--threads", "4"))


if __name__ == "__main__":
    main()
