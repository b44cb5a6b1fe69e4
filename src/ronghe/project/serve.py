"""Preparing an installation and serving it."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import django
from django.core.management import call_command

from ronghe.project.work import workers_beside


class PagesNotBuiltError(Exception):
    """The front-end files of ``frontend/set_up.py`` are not there."""


class NotPreparedError(Exception):
    """The database is not up to date with this version."""


def start() -> None:
    """Load the installation as it is; raises NotPreparedError where migrations are missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronghe.project.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from ronghe.project.keeping.journal import settle

    settle(Path(settings.HOME))
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotPreparedError


def prepare(tell: Callable[[int], object] | None = None) -> Path:
    """Bring database, cache table, catalogues and static files up to date; return the home.

    ``tell`` hears how many steps an older database lacks, before they are made. Raises
    ProblemsError where a newer version has worked on it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronghe.project.settings")
    django.setup()
    from django.conf import settings
    from django.contrib.staticfiles import finders

    from ronghe.project.keeping import journal, upgrading
    from ronghe.ui.catalogues import compile_all

    if finders.find("vendor/tabler.css") is None:
        raise PagesNotBuiltError
    journal.settle(Path(settings.HOME))
    compile_all(settings.LOCALE_PATHS)
    steps = upgrading.pending()
    if steps and tell is not None:
        tell(steps)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return Path(settings.HOME)


def serve(address: str, port: int, *, workers: int, threads: int, jobs: int) -> None:
    """Serve until stopped, by so many processes of so many threads each, and ``jobs`` workers."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    # Not by fork: a copy of this process would hold the pipes and connections of its threads.
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "ronghe.project.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    with workers_beside(jobs):
        server.serve()
