"""The example of the API against a server that runs: a thousand records, and results back."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from api_calls import secret_of
from ronghe.apps.access import Role
from ronghe.apps.records.models import Record
from round_world import final
from web_world import days, grow

EXAMPLE = Path(__file__).parents[2] / "examples" / "api" / "send_records.py"
MANY = 1000


@pytest.fixture
def here(transactional_db):
    """A county with a final round, stored so that the server sees it."""
    call_command("createcachetable", verbosity=0)
    county = grow("here")
    final(county)
    return county


@pytest.fixture
def table(tmp_path) -> Path:
    """A table of a thousand records and one that will be refused."""
    file = tmp_path / "records.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["client_key", "kind", "unit", "day", "quantity", "source", "matter"])
        for number in range(MANY):
            row = [
                f"case-{number}",
                "case_solved",
                "branch",
                days(-1),
                1,
                "业务系统",
                f"第{number}件",
            ]
            writer.writerow(row)
        writer.writerow(["wrong", "case_solved", "branch", days(1), 1, "业务系统", "还没有办"])
    return file


def test_a_thousand_records_are_sent_once_and_results_are_read(here, table, live_server):
    scopes = ["records:write", "rounds:read", "results:read"]
    secret = secret_of(here[Role.BRANCH_SECRETARY], scopes)
    command = [sys.executable, str(EXAMPLE), live_server.url, str(table)]
    environment = {**os.environ, "RONGHE_TOKEN": secret, "PYTHONIOENCODING": "utf-8"}

    def sent() -> str:
        return subprocess.run(
            command, env=environment, check=True, capture_output=True, encoding="utf-8"
        ).stdout

    first, again = sent(), sent()

    assert f"new {MANY}, known 0, refused 1" in first
    assert f"new 0, known {MANY}, refused 1" in again
    assert "wrong day" in first
    assert "here branch 68.000 fair" in first
    assert Record.objects.count() == MANY
