"""The limits that the reference states are those that hold."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from ronghe.exchange.tables import Limits

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "data-files.md"
UNITS = {"": 1, " MiB": 1 << 20, " GiB": 1 << 30}


@pytest.mark.parametrize(("limit", "value"), asdict(Limits()).items())
def test_the_reference_states_the_limit(limit: str, value: int) -> None:
    row = re.search(rf"^\| `{limit}` \| ([\d,]+)( [MG]iB)? \|", PAGE.read_text("utf-8"), re.M)
    assert row is not None
    assert int(row[1].replace(",", "")) * UNITS[row[2] or ""] == value
