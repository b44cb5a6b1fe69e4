"""Running workers: one in this process, or some as children beside a server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

GRACE = 30
"""Seconds a worker beside a server has to end the job under way when the server stops."""
LIVED = 60
"""A worker that lived so many seconds is replaced at once; before that, after a growing pause."""


def work(*, beside: int) -> None:
    """Carry out jobs until told to stop; a second request stops at once."""
    from ronghe.apps.desk.worker import JobWorker

    worker = JobWorker(beside=beside)

    def stop(_number: int, _frame: FrameType | None) -> None:
        if worker.stopping.is_set():
            sys.exit(130)
        worker.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    worker.work()


@contextmanager
def workers_beside(count: int) -> Iterator[None]:
    """Keep so many workers running beside this process; stop them in the end."""
    over = threading.Event()
    keepers = [threading.Thread(target=_keep_one, args=(over,), daemon=True) for _ in range(count)]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        over.set()
        for keeper in keepers:
            keeper.join()


def _keep_one(over: threading.Event) -> None:
    """Start a worker again whenever it dies."""
    pause = 1.0
    while not over.is_set():
        begun = time.monotonic()
        child = subprocess.Popen(
            [sys.executable, "-m", "ronghe.cli", "work", "--beside", str(os.getpid())],
            stdin=subprocess.DEVNULL,
        )
        while child.poll() is None and not over.wait(0.2):
            pass
        if over.is_set():
            return _stop(child)
        pause = 1.0 if time.monotonic() - begun > LIVED else min(pause * 2, 30.0)
        over.wait(pause)
    return None


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
