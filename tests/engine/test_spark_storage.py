"""Tables that Spark reads and writes where they are: a folder's address in, an outcome out."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
import yaml

from ronghe.analysis.errors import ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.cli import main
from ronghe.schemes import ready

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def quotas(finished) -> dict[str, Fraction]:
    """Return the share of those graded that each grade had."""
    account = json.loads((finished / "run.json").read_text("utf-8"))
    return {code: Fraction(quota["share"]) for code, quota in account["quotas"].items()}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a finished run that counts records below townships."""
    folder = tmp_path_factory.mktemp("run")
    assert main(["generate", "--members", "600", "--out", str(folder / "data")]) == 0
    where = ["--data", str(folder / "data"), "--out", str(folder / "out"), "--reports", "none"]
    scheme = str(ready()["township-fusion"])
    assert main(["appraise", scheme, *where, "--other-periods", "leave-out"]) == 0
    return folder / "out"


def appraised_at(spark, tables: Path, work: Path, quotas=None) -> list[tuple]:
    from ronghe.engine.spark.run import appraise_at

    document = yaml.safe_load(ready()["township-fusion"].read_text("utf-8"))
    appraise_at(
        spark,
        Scheme.model_validate(document),
        tables=f"file://{tables}",
        work=f"file://{work}",
        quotas=quotas or {},
    )
    return rows_of(f"{work}/outcome/*.parquet")


def rows_of(files: str) -> list[tuple]:
    """Every row without its interval, band and chances, which are no statements' work."""
    drawn = "columns(lambda c: not regexp_matches(c, '^(rank_low|rank_high|band|chance__)'))"
    return duckdb.execute(f"select {drawn} from read_parquet(?)", [files]).fetchall()


def test_the_inputs_of_a_run_give_its_results_again(spark, finished, quotas, tmp_path):
    found = appraised_at(spark, finished / "inputs", tmp_path, quotas)

    assert found == rows_of(f"{finished}/results.parquet")


def test_a_table_may_be_a_folder_of_parts(spark, finished, quotas, tmp_path):
    tables = tmp_path / "tables"
    shutil.copytree(finished / "inputs", tables)
    (tables / "records.parquet").unlink()
    duckdb.execute(
        f"copy (select *, row_number % 5 as part from '{finished}/inputs/records.parquet')"
        f" to '{tables}/records.parquet' (format parquet, partition_by (part))"
    )

    found = appraised_at(spark, tables, tmp_path / "work", quotas)

    assert found == rows_of(f"{finished}/results.parquet")


def test_where_there_are_no_units_that_is_said(spark, tmp_path):
    with pytest.raises(ProblemsError) as refusal:
        appraised_at(spark, tmp_path / "nothing", tmp_path / "work")

    assert [problem.code for problem in refusal.value.problems] == ["no-units-table"]


def test_a_cluster_needs_a_folder_that_its_machines_see():
    pytest.importorskip("pyspark")
    from ronghe.engine.spark.run import compute_on

    elsewhere = SimpleNamespace(conf={"spark.master": "yarn"})

    with pytest.raises(ProblemsError) as refusal:
        compute_on(elsewhere, None, None, {})

    assert [problem.code for problem in refusal.value.problems] == ["spark-work-missing"]
