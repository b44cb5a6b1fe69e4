"""The computation of a round: data written, engine run, results put into the tables."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ronghe.apps.appraisal.models import Result, Run
from ronghe.apps.appraisal.rounds import engine
from ronghe.apps.appraisal.rounds.scope import keep_only
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.appraisal.selectors.rounds import is_part, rounds_before, scheme_of, units_of
from ronghe.apps.appraisal.services.rounds import advance, locked
from ronghe.apps.appraisal.snapshots import gathering
from ronghe.apps.desk import jobs
from ronghe.apps.members.models import Member
from ronghe.apps.records.models import Unit
from ronghe.apps.records.numbers import Period
from ronghe.apps.records.snapshot import write_folder
from ronghe.apps.registry.models import Node
from ronghe.apps.regulations.selectors import local_rules
from ronghe.exchange.reports.folder import RunFolder, open_run
from ronghe.exchange.scheme import write_scheme_yaml
from ronghe.rulebook import write_overrides

BATCH = 500
STEPS = 3


@jobs.kind("appraisal.compute", title=gettext_lazy("计算考核结果"), retries=2)
def compute(job: jobs.Run, *, run: int) -> dict[str, Any]:
    """Compute a run; its results hold once all of them are in the tables."""
    held = Run.objects.select_related("round__node__county", "round__version__scheme__node").get(
        pk=run
    )
    language = "en" if get_language() == "en" else "zh"
    try:
        carry_through(held, language=language, progress=job.progress)
    except engine.ComputationError as refusal:
        _give_up(held)
        raise jobs.Refused(_without_folder(refusal, held)) from None
    words = _("算好了，共%(units)d个考核对象。") % {"units": held.units}
    return {"url": reverse("appraisal:round", args=[held.round_id]), "words": words}


Progress = Callable[[int, int, str], None]


def _unwatched(_done: int, _total: int, _words: str) -> None:
    """Tell nobody."""


def carry_through(held: Run, *, language: str, progress: Progress = _unwatched) -> None:
    """Write the data as they are now, run the engine, put the results into the tables.

    Each attempt has a folder of its own until the end: an engine that outlives a worker that
    was killed writes into nobody's. Raises ComputationError.
    """
    _clear(held)
    folder = held.folder.with_name(f"{held.number}-{token_hex(4)}")
    progress(0, STEPS, _("取数"))
    _write_inputs(held, folder)

    def computing() -> None:
        progress(1, STEPS, _("计算"))

    computing()
    warnings = engine.appraise(folder, folder / "run", language=language, alive=computing)
    progress(2, STEPS, _("入库"))
    _load(held, folder)
    folder.rename(held.folder)
    _switch(held, held.folder / "run", warnings.replace(f"{folder}/", ""))


def _without_folder(refusal: Exception, held: Run) -> str:
    """Return what the engine said, without where its files lie."""
    return re.sub(rf"{re.escape(str(held.folder))}-\w+/", "", str(refusal))


def _clear(held: Run) -> None:
    """Take away what earlier attempts left."""
    for left in (held.folder, *held.folder.parent.glob(f"{held.number}-*")):
        shutil.rmtree(left, ignore_errors=True)


@jobs.kind("appraisal.reproduce", title=gettext_lazy("核对结果能否重现"), retries=1)
def reproduce(job: jobs.Run, *, run: int) -> dict[str, Any]:
    """Compute a run again from the data it kept, and compare the bytes."""
    held = Run.objects.select_related("round").get(pk=run)
    url = reverse("appraisal:round", args=[held.round_id])
    with TemporaryDirectory(prefix="ronghe-") as folder:
        again = Path(folder, "run")
        alive = lambda: job.progress(0, 1)
        try:
            engine.appraise(held.folder, again, language="zh", alive=alive)
        except engine.ComputationError as refusal:
            raise jobs.Refused(str(refusal)) from None
        same = engine.file_digest(again / engine.RESULTS) == held.result_digest
        same = same and engine.same_bytes(again, held.folder / "run")
    if not same:
        raise jobs.Refused(_("重新计算的结果与保存的不一致，请告诉管理员。"))
    return {"url": url, "words": _("重新计算的结果与保存的逐字节一致。")}


def _write_inputs(held: Run, folder: Path) -> None:
    """Write the data, the scheme and the local rules as they are now, to be computed and again."""
    scheme = scheme_of(held.round)
    period = scheme.period
    chosen = Period(period.label, period.since, period.until, period.previous)
    with gathering(held.round_id):
        write_folder(folder / engine.DATA, county=held.round.county, period=chosen)
    if is_part(held.round):
        units = units_of(held.round).names
        keep_only(folder / engine.DATA, scheme.appraises, scheme.level, units)
    _write(folder / engine.SCHEME, write_scheme_yaml(scheme))
    if local := local_rules(on=period.until, at=held.round.node):
        _write(folder / engine.LOCAL_RULES, write_overrides(local.values()))


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


@transaction.atomic
def _give_up(held: Run) -> None:
    advance(locked(held.round), Event.FAILED)


def _load(held: Run, folder: Path) -> None:
    """Put the results into the tables in batches; what an earlier attempt left goes first."""
    while stale := list(Result.objects.filter(run=held).values_list("pk", flat=True)[:BATCH]):
        Result.objects.filter(pk__in=stale).delete()
    with open_run(folder / "run") as run:
        rows = list(_results(held, run, _places(held, folder / engine.DATA)))
    for start in range(0, len(rows), BATCH):
        Result.objects.bulk_create(rows[start : start + BATCH])


def _results(
    held: Run, run: RunFolder, places: Mapping[str, tuple[int, int | None]]
) -> Iterator[Result]:
    before = Result.objects.filter(run__in=rounds_before(held.round).values("run"))
    totals: Mapping[str, int | None] = dict(before.values_list("unit", "total"))
    people = run.about_people
    grades = run.scheme.grading.grades if run.scheme.grading else []
    codes = [one.indicator.code for one in run.program.scored]
    columns = "".join(f', "points__{code}"' for code in codes)
    for row in run.rows(f"select {run.unit_columns}{columns} from outcome order by unit"):
        unit, name, group, total, rank, grade, low, high, band = row[:9]
        node, member = places[unit]
        yield Result(
            run=held,
            unit=unit,
            name=name[:100],
            node_id=node,
            member_id=member,
            group=group,
            total=total,
            grade=grades[grade - 1].code if grade else "",
            rank=None if people else rank,
            low=None if people else low,
            high=None if people else high,
            band=None if people else band,
            previous=totals.get(unit),
            scores=dict(zip(codes, row[9:], strict=True)),
        )


def _places(held: Run, data: Path) -> dict[str, tuple[int, int | None]]:
    """Return the node of each unit by code, and the member where it is a person."""
    county = held.round.county
    nodes = dict(Node.objects.filter(county=county).values_list("code", "pk"))
    nodes[county.code] = county.pk
    stated = Unit.objects.filter(county=county).values_list("code", "node", "member")
    known = {code: (node, member) for code, node, member in stated}
    members = {f"member-{pk}": pk for pk in Member.objects.filter(county=county).values_list(
        "pk", flat=True)}  # fmt: skip
    places: dict[str, tuple[int, int | None]] = {}
    units = str(data / "units.parquet").replace("'", "''")
    with duckdb.connect() as con:
        rows = con.execute(f"select unit, parent from '{units}'").fetchall()
    for unit, parent in rows:
        if unit in known:
            places[unit] = known[unit]
        elif unit in nodes:
            places[unit] = (nodes[unit], None)
        else:
            above = nodes.get(parent) or known.get(parent, (county.pk, None))[0]
            places[unit] = (above, members.get(unit))
    return places


@transaction.atomic
def _switch(held: Run, folder: Path, warnings: str) -> None:
    """Let the run's results hold from now on."""
    account = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    held.data_digest = account["data_sha256"]
    held.result_digest = engine.file_digest(folder / engine.RESULTS)
    held.warnings = warnings[:20_000]
    held.units = held.results.count()
    held.done = timezone.now()
    held.save()
    advance(locked(held.round), Event.COMPUTED, run=held)
