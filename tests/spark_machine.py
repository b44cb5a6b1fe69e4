"""Where Spark is there, one session for all tests that want it; elsewhere they are skipped."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec

from needs import absent


def spark_or_skip() -> None:
    """Skip by name where Spark cannot run, and fail where it was said to be needed."""
    if not find_spec("pyspark"):
        absent("spark", "pyspark (make spark)")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        absent("spark", "java")
