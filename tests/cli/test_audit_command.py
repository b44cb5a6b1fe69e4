"""``ronghe audit``: seal, prove, keep an anchor, notice what was done behind the back."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from cli.test_serving_commands import ronghe


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An installation with the demonstration, sealed, with an anchor beside it."""
    folder = tmp_path_factory.mktemp("audited")
    assert ronghe(folder, "demo").returncode == 0
    for name in ("one", "two"):
        words = ("manage", "found_county", f"C{name}", name, f"a{name}", name)
        assert ronghe(folder, *words).returncode == 0
    assert ronghe(folder, "audit", "seal").returncode == 0
    assert ronghe(folder, "audit", "anchor", "--out", str(folder / "anchor")).returncode == 0
    return folder


def test_an_untouched_chain_is_proved_against_the_anchor(home):
    ran = ronghe(home, "audit", "verify", "--anchor", str(home / "anchor"))

    assert ran.returncode == 0, ran.stderr
    assert "unsealed: 0" in ran.stdout


def test_a_file_that_is_no_anchor_is_told(home):
    ran = ronghe(home, "audit", "verify", "--anchor", str(home / "nothing"))

    assert ran.returncode == 2
    assert "nothing" in ran.stderr


def test_two_sealers_at_once_seal_everything_once(home):
    for name in ("three", "four"):
        ronghe(home, "manage", "found_county", f"C{name}", name, f"a{name}", name)
    with ThreadPoolExecutor(2) as both:
        ran = list(both.map(lambda _n: ronghe(home, "audit", "seal"), range(2)))

    assert [one.returncode for one in ran] == [0, 0]
    proved = ronghe(home, "audit", "verify", "--anchor", str(home / "anchor"))
    assert proved.returncode == 0
    assert "unsealed: 0" in proved.stdout


def test_a_change_behind_the_back_is_told_with_its_number(home):
    database = next((home / "var").glob("*.sqlite3"))
    with sqlite3.connect(database) as opened:
        opened.execute("UPDATE audit_entry SET action = 'x' WHERE number = 2")
    opened.close()

    ran = ronghe(home, "audit", "verify")

    assert ran.returncode == 1
    assert "第2条" in ran.stderr
