"""The files of ``deploy/`` say what the program understands, and production is clean."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from ronghe.analysis.errors import ProblemsError
from ronghe.cli import parser, web
from ronghe.cli.console import Console
from ronghe.project.keeping import backup, tables
from ronghe.project.keeping.databases import embedded, working_on

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def unit(file: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=True)
    read.optionxform = str
    read.read_string(file.read_text(encoding="utf-8"))
    return read


def environment() -> dict[str, str]:
    lines = (DEPLOY / "ronghe.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("file", UNITS, ids=[one.name for one in UNITS])
def test_a_unit_runs_a_command_as_the_program_takes_it_and_can_write_its_state_only(file):
    service = unit(file)["Service"]
    program, *words = shlex.split(service["ExecStart"])

    assert Path(program).name == "ronghe"
    assert parser(words[0]).parse_args(words).command == words[0]
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["EnvironmentFile"] == "/etc/ronghe/ronghe.env"
    assert environment()["RONGHE_HOME"] == f"/var/lib/{service['StateDirectory']}"
    assert service["User"] == "ronghe"


def test_a_backup_is_written_where_its_unit_may_write_every_night():
    service = unit(DEPLOY / "ronghe-backup.service")["Service"]

    assert service["ReadWritePaths"] in shlex.split(service["ExecStart"])
    assert unit(DEPLOY / "ronghe-backup.timer")["Timer"]["OnCalendar"].startswith("*-*-* ")


def test_the_site_leaves_jobs_to_the_worker_s_unit():
    words = shlex.split(unit(DEPLOY / "ronghe.service")["Service"]["ExecStart"])[1:]

    assert parser("serve").parse_args(words).jobs == 0
    assert shlex.split(unit(DEPLOY / "ronghe-worker.service")["Service"]["ExecStart"])[1] == "work"


def test_every_setting_of_the_example_is_documented():
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")

    assert [name for name in environment() if f"`{name}`" not in page] == []


def test_nginx_passes_on_what_the_settings_expect():
    words = shlex.split(unit(DEPLOY / "ronghe.service")["Service"]["ExecStart"])[1:]
    port = parser("serve").parse_args(words).port
    names = set(re.findall(r"server_name\s+(\S+);", NGINX))

    assert NGINX.count("{") == NGINX.count("}")
    assert all(re.search(r"[;{}]$|^#|^$", line.strip()) for line in NGINX.splitlines())
    assert f"proxy_pass         http://127.0.0.1:{port};" in NGINX
    assert names == set(environment()["RONGHE_HOSTS"].split(","))
    assert re.search(r"X-Forwarded-Proto\s+\$scheme", NGINX)
    assert re.search(r"X-Forwarded-For\s+\$proxy_add_x_forwarded_for", NGINX)
    assert re.search(r"Host\s+\$host", NGINX)
    assert environment()["RONGHE_PROXIES"] == "1"


def test_in_production_django_s_own_check_for_deployment_says_nothing(tmp_path):
    outside = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
    ran = subprocess.run(
        [sys.executable, "-m", "ronghe.cli", "manage", "check", "--deploy", "--fail-level=INFO"],
        env={**outside, **environment(), "RONGHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert "no issues" in ran.stdout


def test_answers_forbid_framing_guessing_keeping_and_looking_through_devices(client, db):
    headers = client.get("/account/sign-in/").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.fixture
def served(tmp_path, settings):
    """Where static files are collected in these tests, and the console of the command."""
    settings.STATIC_ROOT, settings.HOME = tmp_path / "static", tmp_path
    return Console("en", StringIO(), StringIO())


def test_an_older_database_is_brought_up_to_date_and_it_is_said(served, tmp_path, transactional_db):
    loader = MigrationLoader(None)
    last = max(key for key in loader.graph.leaf_nodes() if key[0] == "registry")
    earlier = tables.known() - set(loader.graph.backwards_plan(last))
    with working_on(embedded(tmp_path / "old.sqlite3")) as old:
        tables.build(old, earlier)
        web.prepared(served)
        upgraded = tables.applied(connections["default"])

    assert upgraded == tables.known()
    steps = len(tables.known() - earlier)
    assert f"bringing it up to date in {steps} steps" in served.err.getvalue()


def test_nothing_is_said_of_a_new_database(served, tmp_path, transactional_db):
    with working_on(embedded(tmp_path / "new.sqlite3")):
        web.prepared(served)

    assert served.err.getvalue() == ""


def test_a_database_of_a_newer_version_is_neither_served_nor_backed_up(
    served, tmp_path, transactional_db
):
    with working_on(embedded(tmp_path / "new.sqlite3")) as newer:
        tables.build(newer, tables.known())
        MigrationRecorder(newer).record_applied("registry", "9999_later")
        for act in (lambda: web.prepared(served), lambda: backup.back_up(tmp_path / "b.zip")):
            with pytest.raises(ProblemsError) as refusal:
                act()
            assert [problem.code for problem in refusal.value.problems] == ["database-newer"]
            assert "9999_later" in str(refusal.value.problems[0].found)

    assert not (tmp_path / "b.zip").exists()
