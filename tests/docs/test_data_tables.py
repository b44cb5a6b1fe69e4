"""The page on data tables names every table and column of the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from ronghe.engine.catalogue import CATALOGUE

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "data-tables.md"


@pytest.mark.parametrize("table", CATALOGUE.values(), ids=CATALOGUE)
def test_every_column_of_a_table_is_documented(table):
    section = PAGE.read_text(encoding="utf-8").split(f"`{table.name}`\n", 1)[1].split("\n## ")[0]

    for column in table.columns:
        assert f"| `{column.name}` | {column.title} |" in section
