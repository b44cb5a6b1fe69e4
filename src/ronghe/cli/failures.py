"""What ends a command from outside: it is stopped, or the machine refuses room or permission."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

from ronghe.analysis.errors import Place, Problem

STOPPED = 130
"""The exit code of a command that was told to stop."""

_DUCKDB = {"OutOfMemoryException": "memory-full", "IOException": "machine-refuses"}


def is_stop(error: BaseException) -> bool:
    """Tell whether a command was told to stop; a query that runs then says so in its own way."""
    return isinstance(error, KeyboardInterrupt) or str(error) == "Query interrupted"


def problem_behind(error: BaseException) -> Problem | None:
    """Return what to tell people about an error that is not the program's own, else None."""
    reason = str(error).partition("\n")[0]
    if isinstance(error, MemoryError):
        return Problem("memory-full", found=reason or "MemoryError")
    if isinstance(error, OSError):
        return Problem("machine-refuses", Place(str(error.filename or "")), error.strerror)
    kind = type(error)
    if kind.__module__.lstrip("_").startswith("duckdb") and kind.__name__ in _DUCKDB:
        return Problem(_DUCKDB[kind.__name__], found=reason)
    return None


def prepare_process() -> None:
    """Let SIGTERM and SIGHUP stop a command as Ctrl-C does, and no character stop its messages.

    What a command loads stays, so it looks for garbage less often than after every 700 objects.
    """
    gc.set_threshold(50_000)
    for name in ("SIGTERM", "SIGHUP"):
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, _stop)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # not every stream has an encoding
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def leave_standard_output() -> None:
    """Write no more results: whoever read them has enough."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def temporary_files_kept_together() -> Iterator[None]:
    """Give all temporary files, those of libraries too, one folder that goes in the end."""
    former = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="ronghe-") as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = former
