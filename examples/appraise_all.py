"""Appraise the shipped examples and say where their reports are: what `make run` does.

(a) the 31 provincial-level units over five dimensions, from published figures;
(b) a fictitious county: townships, village branches, leading cadres, members.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ronghe.cli import main
from ronghe.demo import hand_down
from ronghe.schemes import ready

HERE = Path(__file__).parent
OUT = Path("out")
COUNTY = OUT / "county-data"
MEMBERS = 8000
FIRST = "township-fusion"
"""The scheme whose totals the others take into account."""


def appraise(name: str, scheme: Path, data: Path) -> None:
    """Appraise one example; what goes wrong has been said, and ends everything."""
    print(f"\n== {name}")
    arguments = ["--data", str(data), "--out", str(OUT / name), "--other-periods", "leave-out"]
    if failed := main(["appraise", str(scheme), *arguments]):
        sys.exit(failed)


def run() -> None:
    """Generate the county, appraise everything, print where the results are."""
    appraise("provinces", HERE / "provinces" / "scheme.yaml", HERE / "provinces" / "data")
    if failed := main(["generate", "--members", str(MEMBERS), "--out", str(COUNTY)]):
        sys.exit(failed)
    schemes = ready()
    appraise(FIRST, schemes.pop(FIRST), COUNTY)
    hand_down(OUT / FIRST / "totals.csv", COUNTY)
    for name, scheme in schemes.items():
        appraise(name, scheme, COUNTY)
    print("\n报告（用浏览器打开，断网也能看）· Reports (open in a browser, offline):")
    for name in ("provinces", FIRST, *schemes):
        print(f"  {(OUT / name / 'report.html').resolve()}")
    print("\n为什么是这个分 · Why this score:")
    print(f"  .venv/bin/ronghe explain {OUT / FIRST} --unit QH01")


if __name__ == "__main__":
    run()
