"""The package as an installation leaves it, for what is measured with its start."""

from __future__ import annotations

import compileall
from pathlib import Path

import ronghe


def compile_as_installed() -> None:
    """Compile the package as an installation does; a source tree may never have been.

    Otherwise each process would compile it again where PYTHONDONTWRITEBYTECODE is set.
    """
    compileall.compile_dir(Path(ronghe.__file__).parent, quiet=1)
    compileall.compile_dir(Path(__file__).parent, quiet=1)
