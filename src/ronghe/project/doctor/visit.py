"""The round of all looks; one that fails says so and does not end the round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from ronghe.project.doctor import data, machine, site
from ronghe.project.doctor.findings import Finding, State
from ronghe.wording import Sentence

Look = Callable[[], Iterable[Finding]]


def examine() -> Iterator[Finding]:
    """Look at everything, from the machine to the site."""
    home = Path(settings.HOME)
    looks: list[Look] = [
        machine.versions,
        lambda: machine.room(home),
        machine.fonts,
        machine.drawing,
        lambda: site.folder(home),
        data.database,
        data.migrations,
        data.clock,
        lambda: data.key_ring(home),
        data.audit,
        lambda: data.last_backup(home),
        lambda: data.leftovers(home),
        site.pages,
        site.production,
        site.worker,
        lambda: site.serving(home),
    ]
    told = False
    for look in looks:
        try:
            yield from look()
        except DatabaseError as error:
            if not told:
                yield _out_of_reach(error)
            told = True


def _out_of_reach(error: DatabaseError) -> Finding:
    return Finding(
        Sentence("数据库", "Database"),
        State.WRONG,
        str(error).partition("\n")[0],
        Sentence("能连上，结构与程序版本一致", "in reach, with the tables of this version"),
        Sentence(
            "核对 RONGHE_DATABASE_URL 和数据库服务，启动一次网站",
            "check RONGHE_DATABASE_URL and the database server, start the site once",
        ),
    )
