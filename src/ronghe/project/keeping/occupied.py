"""Who works on an installation: many may serve it, but nobody while it is exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.engine.locks import held

FILE = "in-use.lock"


@contextmanager
def serving(home: Path) -> Iterator[None]:
    """Say that this process serves or works for the installation, until it ends, however it ends.

    Raises ProblemsError while the installation is being exchanged.
    """
    with _held(home, shared=True, refused="installation-being-exchanged"):
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Keep servers and workers out. Raises ProblemsError while there is one."""
    with _held(home, shared=False, refused="installation-in-use"):
        yield


def is_served(home: Path) -> bool:
    """Tell whether a server or worker runs on the installation."""
    try:
        with alone(home):
            return False
    except ProblemsError:
        return True


@contextmanager
def _held(home: Path, *, shared: bool, refused: str) -> Iterator[None]:
    file = home / FILE
    file.touch(0o600)
    with held(file, Problem(refused, Place(str(home))), shared=shared):
        yield
