"""The web tests pass on PostgreSQL as they do on SQLite."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from needs import postgresql

ROOT = Path(__file__).parents[2]
JOURNEYS = sorted(str(path) for path in (ROOT / "tests/browser").glob("test_*journeys.py"))
SUITES = ("tests/apps", "tests/project", "tests/ui")


@pytest.fixture
def server(tmp_path_factory):
    """A PostgreSQL of its own, reached through a socket; its address."""
    programs = postgresql()
    # A socket's path may have 107 characters, and the server does not run as root.
    folder = Path(
        subprocess.check_output(["mktemp", "-d", "/tmp/ronghe-pg-XXXXXX"], text=True).strip()
    )
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        subprocess.run(["chown", user, folder], check=True)
    data = folder / "data"

    def run(name: str, *arguments: str) -> None:
        command = [str(programs / name), *arguments]
        subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    run("initdb", "-D", str(data), "-U", "ronghe", "-A", "trust", "-E", "UTF8", "--no-sync")
    quick = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", quick, "start")
    try:
        yield f"postgresql://ronghe@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
        subprocess.run(["rm", "-rf", folder], check=True)


@pytest.mark.skipif("RONGHE_DATABASE_URL" in os.environ, reason="this is the run on PostgreSQL")
def test_the_web_tests_pass_on_postgresql(server):
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", *SUITES, *JOURNEYS],
        cwd=ROOT,
        env={**os.environ, "RONGHE_DATABASE_URL": server},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
