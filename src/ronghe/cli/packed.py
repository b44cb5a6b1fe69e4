"""``ronghe appraise`` over a packed store: results part by part, roll-ups, no reports."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from ronghe.cli.console import Console
from ronghe.cli.failures import is_stop

if TYPE_CHECKING:
    from ronghe.cli.appraise import Rules
    from ronghe.engine.store import Store

MEMORY = "3GB"
"""What the database may use unless the command says otherwise; the process needs some more."""


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Appraise every part of the store and put everything in place when it is complete."""
    from ronghe.cli.appraise import check_places, digests, opened_aside, read_rules, timed
    from ronghe.engine.outputs import write_account, write_json
    from ronghe.engine.store import MANIFEST, read_store, refuse_lost_files
    from ronghe.engine.store_run import appraise_store, resumable

    timings: dict[str, float] = {}
    stage = partial(timed, timings, console.progress)
    with opened_aside(arguments, MEMORY) as (_, database):
        with stage("read"):
            check_places(arguments.out, arguments.data)
            rules, store = read_rules(arguments), read_store(arguments.data)
            refuse_lost_files(store)
        con = database()
        growing = resumable(arguments.out, identity(rules, store, arguments))
        with _told_of_a_stop(console), growing as folder:
            with stage("compute"):
                result = appraise_store(
                    con,
                    rules.scheme,
                    store,
                    folder,
                    quotas={code: quota.share for code, quota in rules.quotas.items()},
                    other_periods=arguments.other_periods == "leave-out",
                    progress=lambda done, total: console.step(done, total, "·"),
                )
            write_account(
                result,
                folder,
                files={MANIFEST: store.sha256},
                rulebook=rules.book.digest,
                rulebook_date=rules.scheme.period.until,
                local_rules=digests(arguments.rulebook),
                quotas={code: quota.account() for code, quota in rules.quotas.items()},
                parameters={"other_periods": arguments.other_periods},
            )
            where = os.path.relpath(store.path.resolve(), arguments.out.resolve())
            write_json(folder / "store.json", {"path": where, "sha256": store.sha256})
            write_json(folder / "timings.json", timings)
    console.show([*rules.warnings, *result.warnings])
    console.print(str(arguments.out))
    return 0


@contextmanager
def _told_of_a_stop(console: Console) -> Iterator[None]:
    """Say that the finished parts stay when the command is told to stop."""
    try:
        yield
    except BaseException as error:
        if is_stop(error):
            console.note(
                "算完的部分留着，再次执行同一命令会接着算。",
                "Finished parts stay: the same command goes on from there.",
            )
        raise


def identity(rules: Rules, store: Store, arguments: argparse.Namespace) -> dict[str, object]:
    """Return what a run must have in common with an interrupted one to go on from there."""
    import duckdb

    import ronghe
    from ronghe.engine.outputs import canonical, digest

    return {
        "versions": [ronghe.__version__, duckdb.__version__],
        "scheme": digest(canonical(rules.scheme)),
        "store": store.sha256,
        "rulebook": rules.book.digest,
        "quotas": {code: str(quota.share) for code, quota in sorted(rules.quotas.items())},
        "other_periods": arguments.other_periods,
    }
