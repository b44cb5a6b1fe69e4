"""Where Spark is there, one session for all tests that want it; elsewhere they are skipped."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec

import pytest


def spark_or_skip() -> None:
    """Skip by name where Spark cannot run, and fail where it must (``RONGHE_REQUIRE=spark``)."""
    absent = [] if find_spec("pyspark") else ["pyspark (pip install -r requirements/spark.txt)"]
    absent += [] if shutil.which("java") or os.environ.get("JAVA_HOME") else ["java"]
    if absent and "spark" in os.environ.get("RONGHE_REQUIRE", "").split(","):
        pytest.fail(f"Spark is required here and lacks {', '.join(absent)}")
    if absent:
        pytest.skip(f"Spark: {', '.join(absent)} not found")
