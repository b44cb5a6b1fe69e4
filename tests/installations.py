"""An installation of its own that runs as processes, on the database of the test run."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing
from datetime import date
from http.cookiejar import CookieJar
from json import dumps, loads
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

PATIENCE = 60
"""Seconds after which what was waited for will not come; nothing passes or fails by speed."""


START_JOB = """
import django, json, sys
django.setup()
from ronghe.apps.desk import jobs
print(jobs.start(sys.argv[1], by=None, key="k", **json.loads(sys.argv[2])).pk)
"""


def answers(site: str) -> bool:
    """Tell whether a server answers."""
    try:
        return Browser(site).get("/account/sign-in/") == 200
    except OSError:
        return False


def until(holds: Any, what: str) -> Any:
    """Wait until something holds and return it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


class Browser:
    """Somebody's browser without script: cookies, pages, forms."""

    def __init__(self, site: str) -> None:
        self.site, self.jar = site, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> int:
        """Open a page and return its status."""
        return self._send(Request(self.site + path))  # noqa: S310 - our own server

    def post(self, path: str, **fields: Any) -> int:
        """Send a form and return the status of the page it leads to."""
        token = next(one.value for one in self.jar if one.name == "csrftoken")
        body = urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        return self._send(Request(self.site + path, data=body))  # noqa: S310

    def upload(self, path: str, name: str, content: bytes) -> int:
        """Send a form with a file and return the status of the page it leads to."""
        mark = uuid.uuid4().hex
        token = next(one.value for one in self.jar if one.name == "csrftoken")
        head = f'Content-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        named = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        line = f"--{mark}\r\n"
        body = b"".join(
            (f"{line}{head}{line}{named}".encode(), content, f"\r\n--{mark}--\r\n".encode())
        )
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self._send(Request(self.site + path, data=body, headers=kind))  # noqa: S310

    def register(self, name: str, branch: int) -> int:
        """Put somebody on the roster and return the status of the page it leads to."""
        today = date.today().isoformat()  # noqa: DTZ011 - a day of the past is as good
        fields = {"name": name, "node": branch, "stage": "applicant", "since": today}
        return self.post("/members/new/", **fields)

    def sign_in(self, username: str, password: str) -> None:
        """Sign in."""
        self.get("/account/sign-in/")
        assert self.post("/account/sign-in/", login=username, password=password) == 200
        assert any(one.name == "sessionid" for one in self.jar)

    def _send(self, request: Request) -> int:
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                answer.read()
                return answer.status
        except HTTPError as refusal:
            refusal.close()
            return refusal.code


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
            "RONGHE_JOB_LEASE": "5",
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

    def serve(self, *words: str) -> tuple[subprocess.Popen[bytes], str]:
        """Start the server on a free port; return it and its address once it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = self.start("serve", "--port", str(port), *words)
        site = f"http://127.0.0.1:{port}"
        until(lambda: answers(site), "the server")
        return server, site

    def password(self) -> str:
        """Return the password of the demonstration's accounts."""
        return loads((self.home / "demo-accounts.json").read_text(encoding="utf-8"))["password"]

    def secretary(self, site: str) -> tuple[Browser, int]:
        """Return the browser of a branch secretary of the demonstration, and the branch."""
        browser = Browser(site)
        browser.sign_in("zhishu", self.password())
        posts = "accounts_post p JOIN accounts_user u ON u.id = p.user_id"
        held = f"SELECT p.node_id FROM {posts} WHERE u.username = 'zhishu'"
        return browser, self.rows(f"{held} AND p.role = 'branch_secretary'")[0][0]

    def start_job(self, kind: str, **arguments: Any) -> int:
        """Start a job as an app would, and return its id."""
        words = [sys.executable, "-c", START_JOB, kind, dumps(arguments)]
        return int(subprocess.check_output(words, env=self.environment, text=True))

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


@pytest.fixture(scope="session")
def grown(tmp_path_factory):
    """An installation with the demonstration county that nobody works on, to be copied."""
    home = tmp_path_factory.mktemp("grown") / "var"
    home.mkdir()
    made = Installation(home, _another_database(os.environ.get("RONGHE_DATABASE_URL", "")))
    made.run("demo")
    return made


@pytest.fixture
def installation(grown, tmp_path):
    """A copy of the demonstration's installation; its processes end with the test."""
    home = tmp_path / "var"
    shutil.copytree(grown.home, home)
    made = Installation(home, _another_database(grown.database, copied=True))
    yield made
    made.end()


def _another_database(address: str, *, copied: bool = False) -> str:
    """Make another database beside one, empty or as a copy of it."""
    if not address:
        return ""
    import psycopg

    base, mark, options = address.partition("?")
    server, _slash, name = base.rpartition("/")
    made = f"trial_{uuid.uuid4().hex[:12]}"
    template = f" TEMPLATE {name}" if copied else ""
    with psycopg.connect(f"{server}/postgres{mark}{options}", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {made}{template}")
    return f"{server}/{made}{mark}{options}"
