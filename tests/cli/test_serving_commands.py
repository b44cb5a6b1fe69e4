"""``ronghe serve``, ``demo`` and ``manage``; the other commands load no Django."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from ronghe.cli import main
from ronghe.cli.serve import address


def ronghe(tmp_path, *words, **environment):
    """Run a command in a process and a home of its own."""
    outside = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
    return subprocess.run(
        [sys.executable, "-m", "ronghe.cli", *words],
        env={**outside, "RONGHE_HOME": str(tmp_path / "var"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_port_in_use_is_told(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert main(["serve", "--port", str(port)]) == 2

    assert f"127.0.0.1:{port}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://localhost:8000/"),
        ("10.0.0.5", "http://10.0.0.5:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_the_address_can_be_opened_in_a_browser(host, shown):
    assert address(host, 8000) == shown


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://a/b", "RONGHE_DATABASE_URL"),
        ("postgresql://ronghe@127.0.0.1:1/none", "连不上数据库"),
    ],
)
def test_a_database_that_cannot_be_used_is_told(tmp_path, url, told):
    ran = ronghe(tmp_path, "demo", RONGHE_DATABASE_URL=url)

    assert ran.returncode == 2
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_demonstration_lists_its_accounts_each_time_with_one_password(tmp_path):
    first, second = ronghe(tmp_path, "demo"), ronghe(tmp_path, "demo")

    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert "党支部书记" in first.stdout
    assert "password" in first.stdout


def test_django_commands_are_reached(tmp_path):
    ran = ronghe(tmp_path, "manage", "check")

    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("command", ["appraise", "scheme", "index", "explain", "generate"])
def test_commands_without_a_site_load_no_django(command):
    asked = f"""
import sys
from ronghe.cli import parser
parser({command!r})
assert not [name for name in sys.modules if name.split('.')[0] in ('django', 'ninja', 'allauth')]
"""
    subprocess.run([sys.executable, "-c", asked], check=True)
