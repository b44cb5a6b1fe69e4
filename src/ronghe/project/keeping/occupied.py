"""Who works on an installation: many may serve it, but nobody while it is exchanged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ronghe.analysis.errors import Place, Problem, ProblemsError

try:
    import fcntl
except ImportError:  # no such locks on this system: nobody is kept out
    fcntl = None  # type: ignore[assignment]

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
    handle = os.open(home / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise ProblemsError([Problem(refused, Place(str(home)))]) from error
        yield
    finally:
        os.close(handle)
