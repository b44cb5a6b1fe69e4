"""A Spark session for a run: where it comes from, and what its failures mean to people."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from ronghe.analysis.errors import Problem, ProblemsError

_CONFIGURED = ("SPARK_CONF_DIR", "SPARK_HOME", "PYSPARK_GATEWAY_PORT")
"""Each says that Spark is set up outside, by a cluster's own files or by ``spark-submit``."""


def settings(
    master: str, threads: int, memory: str, environment: Mapping[str, str]
) -> dict[str, str]:
    """Return the settings to start Spark with; on one machine it listens to that machine only.

    Parameters
    ----------
    master
        A master's address; empty for what is set up outside, and for this machine if nothing is.
    threads
        How many threads to use on this machine; 0 for as many as there are processors.
    memory
        The most memory to use on this machine, such as ``4GB``; empty for Spark's default.
    """
    if not master and not any(map(environment.get, _CONFIGURED)):
        master = f"local[{threads or '*'}]"
    chosen = {"spark.master": master} if master else {}
    if master.startswith("local"):
        chosen |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "16",
        }
        if memory:
            chosen["spark.driver.memory"] = f"{_kilobytes(memory)}k"
    return chosen


def _kilobytes(memory: str) -> int:
    """Read a size such as ``4GB`` or ``1.5 GiB``; Java takes whole numbers only."""
    size = re.fullmatch(r"([\d.]+) ?([KMGT])I?B", memory.upper())
    assert size, f"the command line lets no {memory} through"
    return int(float(size[1]) * 1024 ** "KMGT".index(size[2]))


@contextmanager
def opened(master: str = "", *, threads: int = 0, memory: str = "") -> Iterator[SparkSession]:
    """Start Spark, or reach it, and stop it again. See `settings`.

    Raises
    ------
    ProblemsError
        There is no Java, or the master does not answer.
    """
    with tempfile.TemporaryFile("w+") as log:
        try:
            with _errors_written_to(log):
                builder = SparkSession.builder.appName("ronghe")
                chosen = settings(master, threads, memory, os.environ)
                session = builder.config(map=chosen).getOrCreate()
        except Exception as error:
            found = _reason(error, log)
            raise ProblemsError([Problem("spark-unavailable", found=found)]) from error
        _keep_failures_off_the_terminal()
        try:
            yield session
        finally:
            with suppress(Exception):  # a Spark that is gone cannot be stopped
                session.stop()


def _keep_failures_off_the_terminal() -> None:
    """Let Spark 4 raise what is wrong with a query, and not write it to standard error as well."""
    with suppress(ImportError):
        from pyspark.logger import PySparkLogger

        PySparkLogger.getLogger("SQLQueryContextLogger").disabled = True


@contextmanager
def _errors_written_to(log: IO[str]) -> Iterator[None]:
    """Let what is written to standard error, by a process begun here too, go to a file."""
    sys.stderr.flush()
    former = os.dup(2)
    os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(former, 2)
        os.close(former)


_TELLING = (
    r"Caused by: (.*)",
    r"Exception in thread \S+ (.*)",
    r"(.*No such file.*)",
    r"ERROR (.*)",
)
"""What the line begins with that says why Spark did not start, the most telling first."""


def _reason(error: Exception, log: IO[str]) -> str:
    """Return the line that says why Spark did not start."""
    log.seek(0)
    written = log.read()
    told = next(filter(None, (re.findall(line, written) for line in _TELLING)), [])
    return str([*str(error).splitlines()[:1], *told][-1]).strip()


_TOO_LARGE = re.compile(r"\[(ARITHMETIC_OVERFLOW|NUMERIC_VALUE_OUT_OF_RANGE|CAST_OVERFLOW)\b")


@contextmanager
def failures_told(step: str) -> Iterator[None]:
    """Turn what Spark raises while it makes a table into problems."""
    try:
        yield
    except (PySparkException, Py4JError) as error:
        if _TOO_LARGE.search(str(error)):
            problem = Problem("sum-too-large", found=step)
        elif "OutOfMemoryError" in str(error):
            problem = Problem("memory-full", found="Java")
        else:
            problem = Problem("spark-failed", found=_first_line(str(error)), expected=step)
        raise ProblemsError([problem]) from error


def _first_line(message: str) -> str:
    """Return what went wrong; where Java raised it the line before only says that it did."""
    return message.partition("\n: ")[2].partition("\n")[0] or message.partition("\n")[0]
