"""A round of a county's 8,000 members as the web computes it: data, engine, tables.

Run it on an installation of its own: ``python -m bench.web_round``.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import statistics
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

RUNS = 5
MUST = 3.0
"""Seconds that the engine may take."""
STEPS = ("取数 data", "引擎 engine", "入库 tables")


def a_round(scheme_name: str, period: str) -> Any:
    """Publish a ready scheme in the demonstration's county and open a round with it."""
    from ronghe.apps.accounts.models import User
    from ronghe.apps.appraisal.models import Scheme, Version
    from ronghe.apps.appraisal.models.schemes import digest_of
    from ronghe.apps.appraisal.rounds.stages import Event
    from ronghe.apps.appraisal.services import rounds
    from ronghe.apps.registry.models import Node
    from ronghe.exchange.scheme import read_scheme, write_scheme_yaml
    from ronghe.schemes import ready

    office, county = User.objects.get(username="kaohe"), Node.objects.get(county=None)
    scheme, _warnings = read_scheme(ready()[scheme_name])
    text = write_scheme_yaml(scheme)
    draft = Scheme.objects.create(node=county, title="-", document="{}", changed_by=office)
    version = Version.objects.create(
        scheme=draft, code=scheme.scheme, version=scheme.version, title=str(scheme.title),
        document=text, digest=digest_of(text), state=Version.State.PUBLISHED,
        submitted_by=office, published_by=office,
    )  # fmt: skip
    due = date(int(period) + 1, 1, 31)
    opened = rounds.open_round(version, period=period, collect_until=due, by=office)
    return rounds.move(opened, Event.COLLECT, by=office)


def computed(round_: Any) -> tuple[int, list[float]]:
    """Compute a round once; return how many units and the seconds of each step."""
    from ronghe.apps.accounts.models import User
    from ronghe.apps.appraisal.models import Round
    from ronghe.apps.appraisal.services.computing import carry_through
    from ronghe.apps.appraisal.services.rounds import start_computing

    run = start_computing(Round.objects.get(pk=round_.pk), by=User.objects.get(username="kaohe"))
    began: dict[int, float] = {}
    carry_through(
        run, language="zh", progress=lambda done, *_: began.setdefault(done, time.perf_counter())
    )
    marks = [began[0], began[1], began[2], time.perf_counter()]
    return run.units, [later - earlier for earlier, later in pairwise(marks)]


def main() -> None:
    """Print the median seconds of each step."""
    home = os.environ["RONGHE_HOME"] = tempfile.mkdtemp(prefix="ronghe-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "ronghe.project.settings"
    try:
        _measure(Path(home))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _measure(home: Path) -> None:
    import django
    import duckdb

    django.setup()
    from django.core.management import call_command

    from ronghe.project import demo

    call_command("migrate", verbosity=0)
    demo.load(home)
    last = date.today().year - 1  # noqa: DTZ011 - a year is as good
    round_ = a_round("member-appraisal", str(last))
    units, seconds = 0, []
    for _run in range(RUNS):
        units, taken = computed(round_)
        seconds.append(taken)
    versions = f"Python {platform.python_version()}, Django {django.__version__}"
    print(f"{units} units, median of {RUNS}; {versions}, DuckDB {duckdb.__version__}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"引擎处理器时间 engine CPU: {(used.ru_utime + used.ru_stime) / RUNS:.2f} s")
    for name, column in zip(STEPS, zip(*seconds, strict=True), strict=True):
        print(f"{name}: {statistics.median(column):.2f} s")


if __name__ == "__main__":
    main()
