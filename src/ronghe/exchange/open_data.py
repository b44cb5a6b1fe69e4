"""Open data of a finished round (开放数据): tables, the same as JSON, and what they are.

Of organisations, areas and projects only; never of persons. Votes are not among it. The points
of indicators are left out of a unit where few voted, because total and the others would tell
what those few said.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FEWEST_UNITS = 5
"""Ranks are told in peer groups of so many units on."""

_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of the files inside: equal data give equal bytes."""


@dataclass(frozen=True, slots=True)
class OpenResult:
    """One unit's result; ``points`` by indicator are None where they are withheld."""

    unit: str
    name: str
    group: str
    total: Decimal | None
    grade: str
    rank_low: int | None
    rank_high: int | None
    points: Mapping[str, Decimal | None] | None


@dataclass(frozen=True, slots=True)
class OpenData:
    """What is released: about what, under which licence, by whom, and the results.

    ``about`` goes into the JSON as it is; ``readme`` is the text beside it; ``indicators`` are
    code, title and full points of each.
    """

    about: Mapping[str, Any]
    readme: str
    indicators: Sequence[tuple[str, str, Decimal]]
    results: Sequence[OpenResult]


def packed(data: OpenData) -> bytes:
    """Return the archive; the same data give the same bytes."""
    rows = withheld(data.results)
    files = {
        "README.md": data.readme,
        "results.csv": _results(rows),
        "indicators.csv": _table(("indicator", "title", "points"), data.indicators),
        "scores.csv": _scores(rows),
        "data.json": _json(data, rows),
    }
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        for name, text in files.items():
            info = ZipInfo(name, _DAY)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return kept.getvalue()


def withheld(results: Sequence[OpenResult]) -> list[OpenResult]:
    """Return results in order of their units, without ranks in small groups."""
    sizes: dict[str, int] = {}
    for one in results:
        sizes[one.group] = sizes.get(one.group, 0) + 1
    return [
        one if sizes[one.group] >= FEWEST_UNITS else _unranked(one)
        for one in sorted(results, key=lambda one: one.unit)
    ]


def _unranked(one: OpenResult) -> OpenResult:
    return OpenResult(one.unit, one.name, one.group, one.total, one.grade, None, None, one.points)


def _results(rows: Sequence[OpenResult]) -> str:
    fields = ("unit", "name", "group", "total", "grade", "rank_low", "rank_high")
    return _table(fields, ([getattr(one, name) for name in fields] for one in rows))


def _scores(rows: Sequence[OpenResult]) -> str:
    told = (
        (one.unit, code, points)
        for one in rows
        if one.points is not None
        for code, points in one.points.items()
    )
    return _table(("unit", "indicator", "points"), told)


def _table(fields: Sequence[str], rows: Any) -> str:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(fields)
    writer.writerows(["" if value is None else _safe(value) for value in row] for row in rows)
    return text.getvalue()


def _safe(value: Any) -> Any:
    """Keep text from becoming a formula where somebody opens the table in a spreadsheet."""
    risky = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if risky else value


def _json(data: OpenData, rows: Sequence[OpenResult]) -> str:
    indicators = [
        {"indicator": code, "title": title, "points": str(full)}
        for code, title, full in data.indicators
    ]
    told = [
        {
            "unit": one.unit,
            "name": one.name,
            "group": one.group,
            "total": _text(one.total),
            "grade": one.grade,
            "rank_low": one.rank_low,
            "rank_high": one.rank_high,
            "points": None
            if one.points is None
            else {code: _text(points) for code, points in one.points.items()},
        }
        for one in rows
    ]
    whole = {**data.about, "indicators": indicators, "results": told}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
