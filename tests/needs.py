"""What some tests need from the machine: found, or the test is skipped by name.

Where ``RONGHE_REQUIRE`` names it (``chromium,postgresql,spark``), as in continuous integration,
its absence is a failure.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def absent(what: str, part: str = "") -> None:
    """Skip, or fail where it was said to be needed; `part` of it is what lacks."""
    told = f"{part or what} was not found on this machine"
    if what in os.environ.get("RONGHE_REQUIRE", "").split(","):
        pytest.fail(told)
    pytest.skip(told)


def chromium() -> str:
    """Return the path of Debian's Chromium."""
    for name in CHROMIUM:
        if found := shutil.which(name):
            return found
    absent("chromium")
    raise AssertionError


def postgresql() -> Path:
    """Return the folder of PostgreSQL's own programs."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("pg_ctl"):
        folders.insert(0, Path(found).parent)
    for folder in folders:
        if (folder / "initdb").exists() or (folder / "pg_ctl").exists():
            return folder
    absent("postgresql")
    raise AssertionError
