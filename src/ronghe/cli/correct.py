"""``ronghe correct``: late corrections of a finished run, merged into its results."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.cli import add_language
from ronghe.cli.console import Console

if TYPE_CHECKING:
    from ronghe.analysis.scheme.model import Scheme
    from ronghe.cli.appraise import Data
    from ronghe.engine.correct import Changed


def add_arguments(one: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from ronghe.cli.appraise import add_machine

    one.add_argument("run", type=Path, metavar="RUN", help="结果 · results folder of appraise")
    one.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="更正的数据 · changed rows"
    )
    add_machine(one)
    add_language(one)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Merge changed rows into a run and say what changed."""
    from ronghe.cli.appraise import opened_aside, read_data

    with opened_aside(arguments) as (workdir, database):
        from ronghe.analysis.scheme.model import Scheme
        from ronghe.engine.catalogue import CORRECTIONS
        from ronghe.engine.correct import take_changes

        before = _account(arguments.run)
        account: dict[str, Any] = json.loads(before)
        scheme = Scheme.model_validate(account["scheme"])
        over_store = (arguments.run / "store.json").is_file()
        changes = read_data(arguments, workdir, database, CORRECTIONS)
        take_changes(
            changes.con,
            changes.tables,
            scheme,
            other_periods=_other_periods(account),
            as_written=over_store,
        )
        correct = _correct_store if over_store else _correct_plain
        changed = correct(arguments, console, before, scheme, changes)
    console.show(changes.warnings)
    console.note(
        f"总分或等次有变化的 {changed.results} 个，仅位次变化的 {changed.ranks} 个，"
        "见 changes.csv。",
        f"{changed.results} unit(s) have another total or grade, {changed.ranks} another rank only;"
        " see changes.csv.",
    )
    console.print(str(arguments.run))
    return 0


def _account(path: Path) -> bytes:
    """Return what ``run.json`` holds, once earlier corrections are in place."""
    from ronghe.engine.correct_store import finish

    if not (path / "run.json").is_file():
        raise ProblemsError([Problem("no-such-run", Place(str(path)), expected="run.json")])
    finish(path)
    return (path / "run.json").read_bytes()


def _other_periods(account: Mapping[str, Any]) -> bool:
    return bool(account["parameters"].get("other_periods") == "leave-out")


def _quotas(account: Mapping[str, Any]) -> dict[str, Fraction]:
    return {code: Fraction(quota["share"]) for code, quota in account["quotas"].items()}


def _correct_plain(
    arguments: argparse.Namespace,
    console: Console,
    before: bytes,
    scheme: Scheme,
    changes: Data,
) -> Changed:
    """Compute a whole run again from what it kept and the changed rows."""
    from ronghe.engine.correct import merge_into_tables, write_changes
    from ronghe.engine.correct_store import refuse_if_corrected
    from ronghe.engine.outputs import SNAPSHOT, write_json, write_tables, written_aside
    from ronghe.engine.run import appraise_typed
    from ronghe.exchange.certainty import add_certainty

    con, path, account = changes.con, arguments.run, json.loads(before)
    tables = merge_into_tables(con, changes.tables, path / SNAPSHOT)
    console.progress("compute")
    result = appraise_typed(
        con,
        scheme,
        tables,
        quotas=_quotas(account),
        other_periods=_other_periods(account),
    )
    account["certainty"] = add_certainty(con, result.program, _quotas(account))
    earlier = str(path / "results.parquet").replace("'", "''")
    with written_aside(path) as folder:
        write_tables(result, folder)
        former = f"select * from read_parquet('{earlier}')"
        changed = write_changes(con, former, "select * from outcome", folder / "changes.csv")
        account["rows"] = dict(result.rows)
        _write_account(folder, path, account, changes, changed, ())
        write_json(folder / "timings.json", {})
        if (path / "report.html").is_file():
            from ronghe.exchange.reports import write_reports

            console.progress("reports")
            write_reports(folder, console.language)
        refuse_if_corrected(path, before)
    console.show(result.warnings)
    return changed


def _correct_store(
    arguments: argparse.Namespace,
    console: Console,
    before: bytes,
    scheme: Scheme,
    changes: Data,
) -> Changed:
    """Compute the touched parts of a run over a store again, and put them in place."""
    from ronghe.engine.correct_store import correct_store, growing_beside

    account = json.loads(before)
    console.progress("compute")
    with growing_beside(arguments.run, before) as growing:
        done = correct_store(
            changes.con,
            scheme,
            arguments.run,
            {table.name: table for table in changes.tables},
            growing,
            quotas=_quotas(account),
        )
        _write_account(growing, arguments.run, account, changes, done.changed, done.parts)
    return done.changed


def _write_account(
    folder: Path,
    earlier: Path,
    account: dict[str, Any],
    changes: Data,
    changed: Changed,
    parts: Sequence[str],
) -> None:
    """Write the run's account with the files of the correction, and the list of corrections."""
    from ronghe.engine.correct_store import corrections
    from ronghe.engine.outputs import digest, write_json

    log = corrections(earlier)
    number = len(log) + 1
    files = {s.place.source: s.sha256 for table in changes.tables for s in table.sources}
    log.append(
        {
            "files": dict(sorted(files.items())),
            "rows": {table.name: sum(s.rows for s in table.sources) for table in changes.tables},
            "parts": list(parts),
            "units_changed": changed.results,
            "ranks_changed": changed.ranks,
        }
    )
    held = account["files"] | {f"corrections/{number}/{file}": sha for file, sha in files.items()}
    account["files"] = dict(sorted(held.items()))
    account["data_sha256"] = digest(json.dumps(sorted(held.items())))
    write_json(folder / "run.json", account)
    write_json(folder / "corrections.json", log)
