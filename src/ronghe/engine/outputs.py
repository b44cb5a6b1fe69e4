"""The files of a run. Everything is written aside and takes its place only when complete."""

from __future__ import annotations

import errno
import hashlib
import json
import platform
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, Literal

import duckdb

import ronghe
from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.program import Input, Program, Scored
from ronghe.analysis.scoring.sql import name, text
from ronghe.engine.catalogue import CATALOGUE
from ronghe.engine.database import side_by_side
from ronghe.engine.rollup import make_rollup, readable
from ronghe.engine.run import Run

SNAPSHOT = "inputs"
"""The folder of a run that holds the typed tables it was computed from."""


FILES = frozenset(
    {
        "totals.csv", "scores.csv", "certainty.csv", "results.parquet", SNAPSHOT, "run.json",
        "timings.json", "report.html", "report.xlsx", "report.docx", "rollup.csv",
        "rollup.parquet", "parts", "store.json", "corrections.json", "changes.csv",
    }
)  # fmt: skip
"""What a run leaves in its folder; beside anything else it is not replaced."""


STORE_FILES = frozenset({"manifest.json", "parts"})
"""What a packed store consists of."""

Holds = Literal["run", "store"]
"""What a folder is to hold, and may hold already: then it is replaced."""

_HELD: dict[Holds, tuple[str, frozenset[str]]] = {
    "run": ("run.json", FILES),
    "store": ("manifest.json", STORE_FILES),
}


def output_problems(out: Path, holds: Holds = "run") -> list[Problem]:
    """Find what keeps a folder from being written, without writing anything.

    It is a file, the folder one stands in, or holds something else than an earlier one of those.
    """
    mark, files = _HELD[holds]
    where = Place(str(out))
    try:
        there = {path.name for path in out.iterdir()}
    except FileNotFoundError:
        return []
    except OSError as error:
        return [Problem("output-unwritable", where, error.strerror)]
    if out.resolve() == Path.cwd():
        return [Problem("output-is-current-folder", where)]
    if there and mark not in there:
        return [Problem("not-a-run-folder", where)]
    if foreign := sorted(there - files):
        return [Problem("run-folder-holds-more", where, "、".join(foreign[:5]))]
    return []


@contextmanager
def written_aside(out: Path, holds: Holds = "run") -> Iterator[Path]:
    """Give a folder to write in that becomes `out` when all went well, and vanishes otherwise.

    An earlier run at `out` is replaced; anything else that stands there is left alone.

    Raises
    ------
    ProblemsError
        See `output_problems`; or nothing can be written there.
    """
    if problems := output_problems(out, holds):
        raise ProblemsError(problems)
    place = out.resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{place.name[:20]}-", dir=place.parent))
    except OSError as error:
        problem = Problem("output-unwritable", Place(str(out)), error.strerror)
        raise ProblemsError([problem]) from error
    try:
        aside.chmod(0o755)
        yield aside
        put_in_place(aside, place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def put_in_place(aside: Path, place: Path) -> None:
    """Let a finished folder take its place; what stood there goes when it has.

    Where another run was quicker in the meantime, the later one stays.
    """
    former = Path(tempfile.mkdtemp(prefix=f"{aside.name}-former-", dir=place.parent))
    try:
        for attempt in range(100):
            try:
                aside.rename(place)
                return
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
            with suppress(FileNotFoundError):
                place.rename(former / str(attempt))
        raise ProblemsError([Problem("output-unwritable", Place(str(place)), "100 ×")])
    finally:
        shutil.rmtree(former, ignore_errors=True)


def write_tables(run: Run, folder: Path) -> None:
    """Write totals, scores, wide results, roll-ups and the typed inputs.

    Where ``outcome`` holds the probabilities of grades, ``certainty.csv`` too.
    """
    con, program = run.con, run.program
    held = {row[0] for row in con.execute("describe outcome").fetchall()}
    make_rollup(con, program, "from outcome")
    queries = {
        "scores.csv": _scores(held, program),
        "results.parquet": "select * from outcome",
        "totals.csv": _totals(held, program),
        "rollup.parquet": "from rollup",
        "rollup.csv": readable(program, "from rollup", "from units"),
    }
    if "chance__none" in held:
        queries["certainty.csv"] = _certainty(program)
    for table in CATALOGUE:
        if run.rows.get(table):
            queries[f"{SNAPSHOT}/{table}.parquet"] = f"select * from {table}"
    (folder / SNAPSHOT).mkdir()
    side_by_side(con, lambda con, file: _copy(con, queries[file], folder / file), tuple(queries))


def _copy(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    form = "format parquet, compression zstd" if path.suffix == ".parquet" else "format csv, header"
    con.execute(f"copy ({query}) to {text(str(path))} ({form})")


def points(column: str) -> str:
    """Write thousandths as an exact decimal in SQL."""
    return f"cast({column} as decimal(35,0)) * cast(0.001 as decimal(3,3))"


def decimal(column: str, scale: int) -> str:
    """Write a whole number held at a scale as an exact decimal in SQL."""
    if scale == 0:
        return column
    return f"cast({column} as decimal(30,0)) * cast('0.{'0' * (scale - 1)}1' as decimal(8,{scale}))"


def _totals(held: set[str], program: Program) -> str:
    """Write totals, ranks and grades; where nobody said how sure the ranks are, empty columns."""
    sure = ", ".join(
        c if c in held else f"cast(null as bigint) as {c}"
        for c in ("rank_low", "rank_high", "band")
    )
    grading = program.scheme.grading
    titles = " ".join(
        f"when {number} then {text(str(grade.title))}"
        for number, grade in enumerate(grading.grades if grading else (), start=1)
    )
    grade = f"case grade {titles} end" if titles else "cast(null as varchar)"
    return (
        f"select unit, name, peer_group, {points('total')} as total, rank, {grade} as grade,"
        f" {sure} from outcome order by peer_group, rank nulls last, unit"
    )


def _certainty(program: Program) -> str:
    """Write one row per unit and grade: its probability; no grade where that is possible."""
    grading = program.scheme.grading
    titles = [text(str(grade.title)) for grade in grading.grades] if grading else []
    numbers = [*map(str, range(1, len(titles) + 1)), "none"]
    chances = ", ".join(
        f"cast({name('chance__' + n)} as decimal(18,0)) * cast(0.0001 as decimal(4,4))"
        for n in numbers
    )
    return (
        f"select unit, grade, probability from (select unit, unnest(range({len(numbers)})) as n,"
        f" unnest([{', '.join([*titles, 'null'])}]) as grade, unnest([{chances}]) as probability"
        " from outcome) where probability is not null and (grade is not null or probability > 0)"
        " order by unit, n"
    )


def _scores(held: set[str], program: Program) -> str:
    """Write one row per unit and indicator: points, most points, what was missing, raw inputs."""
    columns = {
        "indicator": [text(s.indicator.code) for s in program.scored],
        "points": [points(name("points__" + s.indicator.code)) for s in program.scored],
        "max_points": [points(str(s.most)) for s in program.scored],
        "missing": [_missing(s, held) for s in program.scored],
        "inputs": [f"concat_ws('; ', {_raw_inputs(program, s)})" for s in program.scored],
    }
    lists = ", ".join(f"unnest([{', '.join(each)}]) as {c}" for c, each in columns.items())
    return f"select unit, {lists} from (select * from outcome order by unit)"


def _missing(scored: Scored, held: set[str]) -> str:
    code = scored.indicator.code
    gap = " or ".join(f"{name(column.name)} is null" for column in scored.needs)
    exempt = (
        f"when {name('exempt__' + code)} = 1 then 'exempt'" if f"exempt__{code}" in held else ""
    )
    return f"case {exempt} when {gap} then {text(scored.missing)} end"


def _raw_inputs(program: Program, scored: Scored) -> str:
    mine = inputs_of(program, scored.indicator.code)
    return ", ".join(
        f"'{i.column.split('__')[0]}=' || cast({decimal(name(i.column), i.scale)} as varchar)"
        for i in mine
    )


def inputs_of(program: Program, code: str) -> list[Input]:
    """Return the inputs of an indicator, gate or veto."""
    return [one for one in program.inputs if one.code == code]


def canonical(scheme: Scheme) -> str:
    """Write a scheme in the one form that is hashed and stored."""
    document = scheme.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(content.encode()).hexdigest()


def write_account(
    run: Run,
    folder: Path,
    *,
    files: Mapping[str, str],
    rulebook: str,
    rulebook_date: date,
    parameters: Mapping[str, Any],
    local_rules: Mapping[str, str] | None = None,
    quotas: Mapping[str, Any] | None = None,
    certainty: Mapping[str, Any] | None = None,
) -> None:
    """Write ``run.json``: what was computed from what, so that the same can be had again.

    Parameters
    ----------
    files
        SHA-256 by file that fed the run.
    rulebook
        Digest of the rulebook.
    rulebook_date
        The day whose rules held.
    parameters
        The run's further choices, as given.
    local_rules
        SHA-256 by name of each file of local rules, in the order they were laid.
    quotas
        By grade code the share that was used and what it rests on.
    certainty
        How rank intervals were computed, or why not; None where persons are appraised.
    """
    scheme = canonical(run.program.scheme)
    account = {
        "ronghe": ronghe.__version__,
        "versions": {"duckdb": duckdb.__version__, "python": platform.python_version()},
        "scheme_sha256": digest(scheme),
        "data_sha256": digest(json.dumps(sorted(files.items()))),
        "files": dict(sorted(files.items())),
        "rulebook_sha256": rulebook,
        "rulebook_date": rulebook_date.isoformat(),
        "local_rules": dict(local_rules or {}),
        "quotas": dict(quotas or {}),
        "certainty": None if certainty is None else dict(certainty),
        "parameters": dict(parameters),
        "rows": dict(run.rows),
        "records_left_out": run.left_out,
        "scheme": json.loads(scheme),
    }
    write_json(folder / "run.json", account)


def write_json(path: Path, content: Any) -> None:
    """Write JSON that people can read."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
