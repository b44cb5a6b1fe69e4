"""What the national job shares in plain Python and in pandas: the scheme, as whole numbers."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

SCHEME = Path(__file__).with_name("national.yaml")

SCALES = {"count": 1, "sum": 1000, "share": 10_000}
"""How values are held: 1 of what a function gives is so much."""

SINCE, UNTIL = "2025-01-01", "2025-12-31"

FIGURES = {
    "efficacy": ("least", "greatest"),
    "ratio_to_average": ("count", "total"),
    "distance_from_average": ("count", "total"),
    "rank_ladder": ("rank_more",),
    "ratio_to_best": ("greatest",),
}
"""What a rule that compares reads of the peers; all other rules read the value only."""

THRESHOLDS = (60_000, 40_000, 20_000, 0)
"""The total from which the grades 1 to 4 are reached."""

QUOTA = (3333, 10_000)
"""The share of the members under one parent who may get grade 1."""

GRADES = ("grade__excellent", "grade__qualified", "grade__basic", "grade__unqualified")
"""The columns of the roll-up that count the grades 1 to 4."""

LEAVES = ["unit", "name", "peer_group", "parent", "graded"]
"""The columns of a unit that stand in the results."""


class Indicator(NamedTuple):
    """An indicator (指标): points in thousandths; records of lower quality than `least` are left
    out, and with `verified` those that are not verified."""

    code: str
    group: str
    points: int
    kinds: list[str]
    function: str
    least: int
    verified: bool
    rule: dict[str, Any]

    def held(self, number: float) -> int:
        """Return a number of the rule in the way values are held."""
        return round(number * SCALES[self.function])

    def given(self, key: str) -> int:
        """Return points that the rule gives or takes, in thousandths, 0 without."""
        return thousandths(self.rule.get(key, 0))


def thousandths(number: float) -> int:
    """Return points of the scheme as whole thousandths."""
    return round(number * 1000)


def read_scheme() -> tuple[list[Indicator], dict[str, int]]:
    """Return the indicators, and the points of each group."""
    groups = yaml.safe_load(SCHEME.read_text(encoding="utf-8"))["indicators"]
    indicators = [
        Indicator(
            code=one["code"],
            group=group["code"],
            points=thousandths(one["points"]),
            kinds=one["source"]["of"],
            function=one["source"].get("function", "count"),
            least=one["source"].get("quality_at_least", -1),
            verified=one["source"].get("verified_only", False),
            rule=one["rule"],
        )
        for group in groups
        for one in group["children"]
    ]
    return indicators, {group["code"]: thousandths(group["points"]) for group in groups}


def parts_of(store: Path) -> list[str]:
    """Return the parts of a store that hold records."""
    parts = json.loads((store / "manifest.json").read_text(encoding="utf-8"))["parts"]
    return [part["code"] for part in parts if "records" in part["files"]]


def nearest(a: Any, b: Any) -> Any:
    """Divide whole numbers, b > 0, and round, a half away from zero.

    So it is where a is not negative; what is negative every rule raises to 0 afterwards.
    """
    return (2 * a + b) // (2 * b)


def run(appraise: Callable[[Path, Path], Any]) -> None:
    """Appraise the store that the command names; note how long it took without the start."""
    store, out = map(Path, sys.argv[1:])
    start = time.perf_counter()
    appraise(store, out)
    told = json.dumps({"all": time.perf_counter() - start})
    (out / "timings.json").write_text(told, encoding="utf-8")
