"""``ronghe backup``, ``restore``, ``keys``: a journey in processes of their own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

OWN = {"django_session", "cache", "sqlite_sequence"}


@pytest.fixture
def ronghe(tmp_path):
    """Return a function that runs a command in a home, on the embedded database."""
    outside = {
        name: value
        for name, value in os.environ.items()
        if "DJANGO" not in name and name != "RONGHE_DATABASE_URL"
    }

    def run(home, *words, **more):
        return subprocess.run(
            [sys.executable, "-m", "ronghe.cli", *words],
            env={**outside, "RONGHE_HOME": str(tmp_path / home), **more},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def rows_in(file):
    """Return every row of every table, read without Django."""
    with closing(sqlite3.connect(file)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(database.execute(f'SELECT * FROM "{name}"'), key=str)
            for (name,) in names
            if name not in OWN
        }


def without_times(rows):
    """Migrations are noted with the time at which each database went through them."""
    return {**rows, "django_migrations": {row[1:3] for row in rows["django_migrations"]}}


def test_a_county_goes_to_another_machine_and_is_the_same_there(ronghe, tmp_path):
    assert ronghe("one", "manage", "migrate").returncode == 0
    founded = ronghe("one", "manage", "found_county", "QH", "清河县", "admin", "高明远")
    assert founded.returncode == 0, founded.stderr
    stored = tmp_path / "one" / "files" / "a"
    stored.mkdir(parents=True)
    (stored / "照片.jpg").write_bytes(bytes(range(256)))

    backed = ronghe("one", "backup", str(tmp_path / "b.zip"), "--lang", "en")
    assert backed.returncode == 0, backed.stderr
    assert "ronghe keys export" in backed.stderr
    assert ronghe("two", "restore", str(tmp_path / "b.zip"), "--check").returncode == 0
    restored = ronghe("two", "restore", str(tmp_path / "b.zip"))

    assert restored.returncode == 0, restored.stderr
    here, there = (tmp_path / home / "ronghe.sqlite3" for home in ("one", "two"))
    assert without_times(rows_in(there)) == without_times(rows_in(here))
    assert (tmp_path / "two" / "files" / "a" / "照片.jpg").read_bytes() == bytes(range(256))
    again = ronghe("two", "restore", str(tmp_path / "b.zip"), "--lang", "en")
    assert again.returncode == 2
    assert "--replace" in again.stderr
    assert ronghe("two", "manage", "migrate", "--check").returncode == 0


def test_what_is_wrong_with_the_words_is_told(ronghe, tmp_path):
    (tmp_path / "there.zip").touch()

    for words, told in [
        (["backup", str(tmp_path / "there.zip")], "已经有这个文件"),
        (["backup", str(tmp_path / "new.zip"), "--keep", "3"], "--keep"),
        (["restore", str(tmp_path / "there.zip")], "这不是 ronghe backup 做的备份"),
        (["restore", str(tmp_path / "none.zip")], "none.zip"),
        (["keys", "export", str(tmp_path / "keys")], "没有密钥文件"),
        (["move", "--to", "mysql://a/b"], "postgresql://"),
    ]:
        ran = ronghe("home", *words)
        assert ran.returncode == 2, (words, ran.stdout, ran.stderr)
        assert told in ran.stderr
        assert "Traceback" not in ran.stderr
