"""Where a run computes: in its own database, or on Spark (``--engine spark``)."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ronghe.analysis.errors import Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    import duckdb

    from ronghe.analysis.scoring.program import Program
    from ronghe.engine.run import Compute


def add_engine(one: argparse.ArgumentParser) -> None:
    """Declare the arguments that say where a run computes."""
    one.add_argument(
        "--engine",
        choices=("duckdb", "spark"),
        default="duckdb",
        help="在哪里计算，结果相同 · where to compute, with the same results",
    )
    one.add_argument(
        "--spark-master",
        default="",
        metavar="URL",
        help="Spark 的地址，默认本机 · Spark's master; this machine by default",
    )
    one.add_argument(
        "--spark-work",
        type=Path,
        metavar="DIR",
        help="集群各机器共用的文件夹 · a folder that the cluster's machines share",
    )


def chosen(arguments: argparse.Namespace) -> Compute | None:
    """Return what computes a run; None for its own database.

    Raises
    ------
    ProblemsError
        Spark is asked for and not installed, or only its options are given.
    """
    if arguments.engine == "duckdb":
        options = {"--spark-master": arguments.spark_master, "--spark-work": arguments.spark_work}
        if alone := [option for option, given in options.items() if given]:
            raise ProblemsError([Problem("spark-option-alone", found="、".join(alone))])
        return None
    if missing := [part for part in ("pyspark", "sqlglot") if find_spec(part) is None]:
        raise ProblemsError([Problem("spark-not-installed", found="、".join(missing))])

    def compute(
        con: duckdb.DuckDBPyConnection, program: Program, quotas: Mapping[str, Fraction]
    ) -> None:
        from ronghe.engine.spark.run import compute_on
        from ronghe.engine.spark.session import opened

        master, threads, memory = arguments.spark_master, arguments.threads, arguments.memory
        with opened(master, threads=threads, memory=memory) as session:
            compute_on(session, con, program, quotas, work=arguments.spark_work)

    return compute


def account(arguments: argparse.Namespace) -> dict[str, str]:
    """Return what the account of a run says of the engine; nothing of its own database."""
    if arguments.engine == "duckdb":
        return {}
    import pyspark

    return {"engine": f"spark {pyspark.__version__}"}
