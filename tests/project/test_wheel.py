"""A wheel holds all that serving needs, and one that would not serve is not built."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import ronghe
from ronghe.ui.catalogues import PACKAGE, compile_all

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"


def built(root: Path, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    """The wheel of this tree, whose pages the tests have built."""
    folder = tmp_path_factory.mktemp("dist")
    compile_all([PACKAGE / "locale"])
    ran = built(ROOT, folder)
    assert ran.returncode == 0, ran.stderr
    (file,) = folder.glob(f"ronghe-{ronghe.__version__}-*.whl")
    return zipfile.ZipFile(file)


def test_everything_of_the_package_is_in_the_wheel(wheel):
    files = [one for one in (SOURCE / "ronghe").rglob("*") if one.is_file()]
    wanted = {one.relative_to(SOURCE).as_posix() for one in files if "__pycache__" not in one.parts}

    assert wanted <= set(wheel.namelist())


def test_styles_icons_scripts_and_texts_in_english_are_in_the_wheel(wheel):
    vendor = "ronghe/ui/static/vendor/"

    assert wheel.getinfo(f"{vendor}tabler.css").file_size > 10_000
    assert wheel.getinfo(f"{vendor}icons.svg").file_size > 1_000
    assert wheel.getinfo(f"{vendor}htmx.min.js").file_size > 10_000
    assert wheel.getinfo("ronghe/locale/en/LC_MESSAGES/django.mo").file_size > 10_000


def test_the_wheel_brings_its_command_and_no_tests(wheel):
    (entries,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))

    assert "ronghe = ronghe.cli:run_and_end" in wheel.read(entries).decode()
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"ronghe"}


def test_without_the_pages_no_wheel_is_built(tmp_path):
    (tmp_path / "frontend").mkdir()
    (tmp_path / "src" / "ronghe").mkdir(parents=True)
    (tmp_path / "src" / "ronghe" / "__init__.py").touch()
    for name in ("pyproject.toml", "README.md", "LICENSE", "frontend/wheel_hook.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())

    ran = built(tmp_path, tmp_path / "dist")

    assert ran.returncode != 0
    assert "make wheel" in ran.stderr
