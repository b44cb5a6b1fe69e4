"""Run every benchmark: ``make bench``, or ``python -m bench NAME …`` for some."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHMARKS = (
    "cold",
    "excel",
    "robustness",
    "national",
    "national_baselines",
    "web_writes",
    "web_load",
)


def main() -> None:
    """Run the benchmarks named on the command line, or all."""
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"== {name}", flush=True)
        import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
