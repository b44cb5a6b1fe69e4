"""Where Spark runs, from what the command and the machine's settings say."""

from __future__ import annotations

import pytest

pytest.importorskip("pyspark")

from ronghe.engine.spark.session import settings


def test_with_nothing_said_spark_runs_here_and_listens_to_this_machine_only():
    chosen = settings("", 0, "", {})

    assert chosen["spark.master"] == "local[*]"
    assert chosen["spark.driver.bindAddress"] == "127.0.0.1"
    assert chosen["spark.ui.enabled"] == "false"


@pytest.mark.parametrize(
    ("memory", "kilobytes"), [("4GB", "4194304k"), ("500 MB", "512000k"), ("1.5GiB", "1572864k")]
)
def test_threads_and_memory_bound_spark_on_this_machine(memory, kilobytes):
    chosen = settings("", 3, memory, {})

    assert chosen["spark.master"] == "local[3]"
    assert chosen["spark.driver.memory"] == kilobytes


@pytest.mark.parametrize("variable", ["SPARK_CONF_DIR", "SPARK_HOME", "PYSPARK_GATEWAY_PORT"])
def test_what_is_set_up_outside_is_left_alone(variable):
    assert settings("", 2, "4GB", {variable: "there"}) == {}


def test_a_cluster_keeps_its_own_settings():
    assert settings("yarn", 2, "4GB", {}) == {"spark.master": "yarn"}
