"""Send the records of a table and read results back, with Python's standard library alone.

    RONGHE_TOKEN=ronghe_… python send_records.py https://ronghe.example.cn records.csv

The table (CSV, UTF-8) has the columns client_key, kind, unit, day, quantity, source; further
columns are the kind's own fields. What was refused is printed with what is wrong and how to mend
it; the table can be sent again at any time, nothing is entered twice.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

BATCH = 500
TRIES = 5
OWN = ("client_key", "kind", "unit", "day", "quantity", "source")


class Site:
    """A site and the token to call it with."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address.rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def call(self, address: str, body: Any = None) -> Any:
        """Call an address and return its answer; wait where the site asks for it."""
        if not address.startswith("http"):
            address = f"{self.address}/api/v1/{address}"
        data = None if body is None else json.dumps(body).encode()
        for left in reversed(range(TRIES)):
            try:
                asked = Request(address, data, self.headers)  # noqa: S310 - your own site
                with urlopen(asked, timeout=120) as answer:  # noqa: S310
                    return json.load(answer)
            except HTTPError as refusal:
                if refusal.code not in (429, 502, 503) or not left:
                    raise SystemExit(f"{address}: {refusal.read().decode()}") from None
                time.sleep(int(refusal.headers.get("Retry-After", "5")))
        return None

    def items(self, address: str) -> Iterator[Any]:
        """Yield the items of every page of a list."""
        following: str | None = address
        while following:
            page = self.call(following)
            yield from page["items"]
            following = page["next"]


def send(site: Site, rows: list[dict[str, Any]]) -> Counter[int]:
    """Send records in batches; return how many were new (201), known (200) or refused."""
    outcome: Counter[int] = Counter()
    for start in range(0, len(rows), BATCH):
        for told in site.call("records", rows[start : start + BATCH]):
            outcome[told["status"]] += 1
            for wrong in told["errors"]:
                print(told["client_key"], wrong["field"], wrong["message"], wrong["fix"])
    return outcome


def record_of(row: dict[str, str]) -> dict[str, Any]:
    """Return a line of the table as a record."""
    own = {name: row[name] for name in OWN if row.get(name)}
    return {**own, "values": {name: said for name, said in row.items() if name not in OWN and said}}


def main() -> None:
    """Send a table, then print what the newest rounds say."""
    site = Site(sys.argv[1], os.environ["RONGHE_TOKEN"])
    with Path(sys.argv[2]).open(encoding="utf-8-sig", newline="") as table:
        outcome = send(site, [record_of(row) for row in csv.DictReader(table)])
    refused = outcome.total() - outcome[201] - outcome[200]
    print(f"new {outcome[201]}, known {outcome[200]}, refused {refused}")
    for round_ in site.items("rounds?stage=final"):
        for result in site.items(f"rounds/{round_['id']}/results"):
            print(round_["title"], result["name"], result["total"], result["grade"])


if __name__ == "__main__":
    main()
