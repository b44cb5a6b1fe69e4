"""One Spark session for all tests of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from spark_machine import spark_or_skip


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """Return a Spark session on this machine."""
    spark_or_skip()
    from ronghe.engine.spark.session import opened

    with opened("local[2]") as session:
        session.conf.set("spark.sql.shuffle.partitions", "2")
        yield session
