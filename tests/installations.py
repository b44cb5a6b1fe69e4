"""An installation of its own that a test runs as processes, on the database of the test run."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 60
"""Seconds after which what was waited for will not come; nothing passes or fails by speed."""


def until(holds: Any, what: str) -> Any:
    """Wait until something holds and return it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


class Installation:
    """A home, a database and the processes that were started there."""

    def __init__(self, home: Path, database: str) -> None:
        self.home, self.database = home, database
        self.started: list[subprocess.Popen[bytes]] = []
        outside = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
        self.environment = {
            **outside,
            "DJANGO_SETTINGS_MODULE": "trial_settings",
            "PYTHONPATH": str(Path(__file__).parent),
            "RONGHE_HOME": str(home),
            "RONGHE_JOB_LEASE": "2",
            "RONGHE_SECOND_FACTOR": "optional",
            **({"RONGHE_DATABASE_URL": database} if database else {}),
        }

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command that goes on."""
        command = [sys.executable, "-m", "ronghe.cli", *words]
        with (self.home / "log").open("ab") as log:
            process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.started.append(process)
        return process

    def run(self, *words: str) -> str:
        """Run a command to its end and return what it said."""
        command = [sys.executable, "-m", "ronghe.cli", *words]
        return subprocess.check_output(command, env=self.environment, text=True)

    def rows(self, query: str) -> list[Any]:
        """Return what the database holds, read from outside."""
        if not self.database:
            file = self.home / "ronghe.sqlite3"
            with closing(sqlite3.connect(file, timeout=30)) as connection:
                return connection.execute(query).fetchall()
        import psycopg

        with psycopg.connect(self.database) as connection:
            return connection.execute(query).fetchall()

    def log(self) -> str:
        """Return what the processes said."""
        return (self.home / "log").read_text(encoding="utf-8")

    def end(self) -> None:
        """Kill what still runs, children too."""
        for process in self.started:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            process.wait()


@pytest.fixture
def installation(tmp_path):
    """An installation with the demonstration county; its processes end with the test."""
    home = tmp_path / "var"
    home.mkdir()
    database = _another_database(os.environ.get("RONGHE_DATABASE_URL", ""))
    made = Installation(home, database)
    made.run("demo")
    yield made
    made.end()


def _another_database(address: str) -> str:
    if not address:
        return ""
    import psycopg

    name = f"trial_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    base, mark, options = address.partition("?")
    return f"{base.rpartition('/')[0]}/{name}{mark}{options}"
