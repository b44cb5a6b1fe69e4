"""Who holds a file or folder: locks that end with the process, however it ends."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ronghe.analysis.errors import Problem, ProblemsError

try:
    import fcntl
except ImportError:  # no such locks on this system: nobody is kept out
    fcntl = None  # type: ignore[assignment]

_NO_LOCKS = (errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP)
"""What a disk says that cannot hold a folder, as some in a network: nobody is kept out there."""


@contextmanager
def held(path: Path, refused: Problem, *, shared: bool = False) -> Iterator[None]:
    """Hold an existing file or folder; several may where all hold it ``shared``.

    Raises ProblemsError with ``refused`` where somebody else holds it, or has just moved it away.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)  # network disks: to write
    try:
        if not _taken(handle, shared) or not _is_there(path, handle):
            raise ProblemsError([refused])
        yield
    finally:
        os.close(handle)


def _taken(handle: int, shared: bool) -> bool:
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return True


def _is_there(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
