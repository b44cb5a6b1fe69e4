"""The national job in plain Python as systems on rows usually do it, otherwise `national_rows`.

A list of records for each member, and every indicator goes over the list for what it counts. All
results equal those of `ronghe appraise`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from bench import national_job as job
from bench.national_job import Indicator, nearest
from bench.national_rows import Column, appraise


def tally(rows: Iterable[Any], members: Column, indicators: list[Indicator]) -> list[Column]:
    """Return for each indicator the value of each member, asked of the member's records."""
    held = defaultdict(list)
    for unit, *record in rows:
        held[unit].append(record)
    return [[ask(one, held[unit]) for unit in members] for one in indicators]


def ask(one: Indicator, records: list[Any]) -> int | None:
    """Return what an indicator counts in the records of a member."""
    mine = [record for record in records if record[0] in one.kinds]
    good = [
        quantity
        for _, quantity, quality, verified in mine
        if quality >= one.least and (verified or not one.verified)
    ]
    match one.function:
        case "share":
            return nearest(1_000_000 * len(good), len(mine)) if mine else None
        case "sum":
            return sum(good)
    return len(good)


if __name__ == "__main__":
    job.run(lambda store, out: appraise(store, out, tally))
