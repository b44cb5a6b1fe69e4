"""``--engine spark``: the same bytes, and plain words where Spark cannot be used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ronghe.cli import main
from ronghe.schemes import ready
from spark_machine import spark_or_skip


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("county") / "data"
    assert main(["generate", "--members", "600", "--out", str(folder)]) == 0
    return folder


def appraise(data: Path, out: Path, *more: str) -> int:
    scheme = str(ready()["village-branch"])
    where = ["--data", str(data), "--out", str(out), "--other-periods", "leave-out"]
    return main(["appraise", scheme, *where, "--reports", "none", *more])


@pytest.mark.spark
def test_spark_leaves_the_same_bytes_and_the_account_names_it(county, tmp_path):
    spark_or_skip()

    assert appraise(county, tmp_path / "duckdb") == 0
    assert appraise(county, tmp_path / "spark", "--engine", "spark", "--threads", "2") == 0

    for file in ("totals.csv", "scores.csv", "results.parquet", "inputs/records.parquet"):
        assert (tmp_path / "spark" / file).read_bytes() == (tmp_path / "duckdb" / file).read_bytes()
    accounts = [
        json.loads((tmp_path / engine / "run.json").read_text("utf-8"))["parameters"]
        for engine in ("duckdb", "spark")
    ]
    assert accounts[1].pop("engine").startswith("spark ")
    assert accounts[0] == accounts[1]


def test_without_the_extra_people_are_told_what_to_install(county, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("ronghe.cli.engines.find_spec", {"sqlglot": "there"}.get)

    assert appraise(county, tmp_path / "out", "--engine", "spark") == 2

    said = capsys.readouterr().err
    assert "没有安装 Spark（缺少 pyspark）" in said
    assert "ronghe[spark]" in said


def test_options_of_spark_alone_are_refused(county, tmp_path, capsys):
    assert appraise(county, tmp_path / "out", "--spark-master", "yarn") == 2

    assert "--spark-master 只在用 Spark 计算时有意义" in capsys.readouterr().err


def test_a_run_on_duckdb_does_not_load_spark(county, tmp_path):
    before = "pyspark" in sys.modules

    assert appraise(county, tmp_path / "out") == 0

    assert ("pyspark" in sys.modules) == before


def test_java_that_is_not_there_is_said(county, tmp_path):
    pytest.importorskip("pyspark")
    command = [sys.executable, "-m", "ronghe.cli", "appraise", str(ready()["village-branch"])]
    where = ["--data", str(county), "--out", str(tmp_path / "out"), "--engine", "spark"]

    ended = subprocess.run(
        [*command, *where, "--other-periods", "leave-out"],
        env=os.environ | {"JAVA_HOME": "/nowhere"},
        capture_output=True,
        encoding="utf-8",
    )

    assert ended.returncode == 2
    assert "Spark 没有启动" in ended.stderr
    assert "Java 17" in ended.stderr
