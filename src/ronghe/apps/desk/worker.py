"""The worker: carries out jobs one at a time, and periodic work beside them."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import Error, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from ronghe.apps.desk import ticks
from ronghe.apps.desk.jobs import leases, running

logger = logging.getLogger("ronghe.worker")

PAUSE = 0.5
"""Seconds between two looks for work."""


class JobWorker:
    """Works until told to stop, or until the server beside it is gone."""

    def __init__(self, *, beside: int = 0) -> None:
        self.beside = beside
        self.name = secrets.token_hex(8)
        self.stopping = threading.Event()
        self.over = threading.Event()
        self._renewed = 0.0

    def stop(self) -> None:
        """Stop after the job under way; one that may be tried again waits for another worker."""
        running.STOP.set()
        self.stopping.set()

    def work(self) -> None:
        """Take jobs as they come, until told to stop."""
        threads = [
            threading.Thread(target=_repeat, args=(act, 1.0, self.over), daemon=True)
            for act in (self._live, ticks.do_due)
        ]
        for thread in threads:
            thread.start()
        _repeat(self._take, PAUSE, self.stopping)
        self.over.set()
        for thread in threads:
            thread.join(timeout=10)

    def _live(self) -> None:
        """Renew the leases; notice when the server is gone."""
        now = time.monotonic()
        if now - self._renewed > settings.RONGHE_JOB_LEASE / 6:
            leases.renew(self.name)
            self._renewed = now
        if self.beside and os.getppid() != self.beside and not self.stopping.is_set():
            logger.warning("the server is gone; stopping")
            self.stop()

    def _take(self) -> None:
        """Take jobs until none is ready."""
        while not self.stopping.is_set() and DBTaskResult.objects.ready().exists():
            self._queue().run()

    def _queue(self) -> Worker:
        return Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=self.name,
        )


def _repeat(act: Callable[[], None], pause: float, until: threading.Event) -> None:
    """Do something again and again; a database out of reach is waited for."""
    while not until.is_set():
        wait = pause
        try:
            close_old_connections()
            act()
        except Error:
            logger.exception("the database did not answer; trying again")
            connections.close_all()
            wait = 5.0
        until.wait(wait)
    connections.close_all()
