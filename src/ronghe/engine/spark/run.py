"""A program carried out on Spark: for a run on this machine, or on tables where a cluster is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from pyspark.sql import SparkSession

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.program import Program, compile_scheme
from ronghe.analysis.scoring.sql import NARROW, WIDE, text
from ronghe.analysis.scoring.statements import Statement
from ronghe.engine.catalogue import CATALOGUE
from ronghe.engine.checks import DEEPEST
from ronghe.engine.run import refuse_gaps, steps_of
from ronghe.engine.spark.carry_out import Asked, carry_out
from ronghe.engine.spark.session import failures_told
from ronghe.engine.spark.translate import given, translate
from ronghe.engine.steps import Steps


def compute_on(
    session: SparkSession,
    con: duckdb.DuckDBPyConnection,
    program: Program,
    quotas: Mapping[str, Fraction],
    *,
    work: Path | None = None,
) -> None:
    """Compute on Spark instead of in the database of a run; ``outcome`` ends there all the same.

    Parameters
    ----------
    work
        A folder that this machine and those of the cluster see under the same path, for tables
        on their way. Without it Spark must run on this machine.

    Raises
    ------
    ProblemsError
        As on DuckDB; or there is no folder that the cluster's machines see.
    """
    master = session.conf.get("spark.master", "local") or ""
    if work is None and not master.startswith("local"):
        raise ProblemsError([Problem("spark-work-missing", found=master)])
    steps = steps_of(con, program, quotas)
    tables = given(translate(steps(NARROW)))
    with TemporaryDirectory(prefix="ronghe-spark-", dir=work) as folder:
        place = Path(folder).resolve()
        for table in tables:
            con.execute(f"copy {table} to {text(f'{place}/{table}.parquet')} (format parquet)")
        _open(session, f"file://{place}", tables)
        _through(session, program, steps, f"file://{place}")
        parts = ", ".join(text(str(part)) for part in sorted(place.glob("outcome/*.parquet")))
        con.execute(f"create or replace table outcome as select * from read_parquet([{parts}])")


def appraise_at(
    session: SparkSession,
    scheme: Scheme,
    *,
    tables: str,
    work: str,
    quotas: Mapping[str, Fraction],
) -> None:
    """Carry out a checked scheme on typed, checked tables that Spark reads where they are.

    Parameters
    ----------
    session
        One that is used for nothing else.
    tables
        The address of a folder, such as ``s3a://county/2025/inputs``, that holds each table as
        Parquet in ``<table>.parquet``, a file or a folder of files: what runs leave in their
        folder ``inputs``. A table that is not there has no rows.
    work
        The address of a folder to write to; the result is at ``<work>/outcome``.
    quotas
        The share (0 to 1) of those graded that a grade may have, by grade code.

    Raises
    ------
    ProblemsError
        No units, gaps the scheme does not allow, or what `carry_out` says.
    """
    program = compile_scheme(scheme)
    _open(session, tables, ["exemptions"])
    steps = steps_of(Asked(session), program, quotas)
    missing = _open(session, tables, given(translate(steps(NARROW))) - {"exemptions"})
    if "units" in missing:
        raise ProblemsError([Problem("no-units-table", Place(tables))])
    if "below" in missing:
        _make_below(session, work)
    _through(session, program, steps, work)


def _through(session: SparkSession, program: Program, steps: Steps, work: str) -> None:
    """Carry the steps out in narrow numbers, and in wide ones where those do not suffice."""
    try:
        _made(session, program, steps(NARROW), work)
    except ProblemsError as refusal:
        if [problem.code for problem in refusal.problems] != ["sum-too-large"]:
            raise
        _made(session, program, steps(WIDE), work)


def _made(
    session: SparkSession, program: Program, statements: Sequence[Statement], work: str
) -> None:
    for table in carry_out(session, translate(statements), work=work, keep=("inputs", "outcome")):
        if table == "inputs":
            refuse_gaps(Asked(session), program)


def _open(session: SparkSession, tables: str, names: Collection[str]) -> set[str]:
    """Make views of the typed tables; those that are not there are empty, and returned."""
    missing = set()
    for name in names:
        try:
            with failures_told(name):
                table = session.read.parquet(f"{tables}/{name}.parquet")
        except ProblemsError as failure:
            if "[PATH_NOT_FOUND]" not in str(failure.__cause__):
                raise
            missing.add(name)
            if name not in CATALOGUE:
                continue
            table = session.createDataFrame([], _columns(name))
        table.createOrReplaceTempView(name)
    return missing


_SPARK_TYPES = {"text": "string", "number": "bigint", "date": "date", "flag": "boolean"}


def _columns(table: str) -> str:
    """Write the columns of a typed table as Spark declares them."""
    return ", ".join(
        f"{'day' if column.name == 'date' else column.name} {_SPARK_TYPES[column.kind]}"
        for column in CATALOGUE[table].columns
    )


def _make_below(session: SparkSession, work: str) -> None:
    """Make the table ``below`` as `ronghe.engine.checks.make_below` does, a level at a time."""
    level, places = "select unit, unit as above from units", []
    for depth in range(DEEPEST + 1):
        places.append(f"{work}/below/depth={depth}")
        with failures_told("below"):
            session.sql(level).write.mode("overwrite").parquet(places[-1])
            made = session.read.parquet(places[-1])
        if made.isEmpty():
            break
        made.createOrReplaceTempView("level")
        level = (
            "select level.unit, units.parent as above from level"
            " join units on units.unit = level.above where units.parent is not null"
        )
    table = session.read.option("basePath", f"{work}/below").parquet(*places)
    table.createOrReplaceTempView("below")
