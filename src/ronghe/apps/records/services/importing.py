"""Taking a sheet over: reviewed first, then staged in batches by a job, then switched at once."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.desk import jobs
from ronghe.apps.records.catalogue import KINDS, Kind
from ronghe.apps.records.drafts import kind_named
from ronghe.apps.records.models import (
    STANDING,
    Channel,
    Draw,
    Import,
    Measure,
    Record,
    State,
    Target,
    Unit,
)
from ronghe.apps.records.permissions import IMPORT
from ronghe.apps.records.rows import Entry, Places, Review, review
from ronghe.apps.records.selectors.entries import nodes_to_enter_for, standing_to_enter
from ronghe.apps.records.services.deciding import settle
from ronghe.apps.records.services.entering import prepared
from ronghe.apps.records.services.routing import Routing
from ronghe.apps.records.services.stating import unit_of
from ronghe.apps.records.sheets import Table
from ronghe.apps.registry.models import Node

BATCH = 50
"""Rows entered in one transaction, a fraction of a second each."""
PAUSE = 0.12
"""Seconds between two of them: a little more than SQLite lets a waiting writer sleep."""


@contextmanager
def giving_way() -> Iterator[None]:
    """Do one write of many, then pause about as long: who waits to write comes in between.

    Writers of SQLite do not queue in order; one that never pauses starves the others.
    """
    began = time.monotonic()
    yield
    time.sleep(min(1.0, max(PAUSE, time.monotonic() - began)))


def begin_import(table: Table, *, kind: str, file_name: str, by: Any) -> Import:
    """Keep a sheet of records, sealed, with what is wrong in it; nothing is entered yet.

    Raises PermissionDenied where the person enters nothing of the kind, ValidationError.
    """
    chosen = kind_named(kind)
    if not nodes_to_enter_for(by, chosen, power=IMPORT).exists():
        raise PermissionDenied
    looked = _looked_through(table, chosen, by)
    begun = Import(what=Import.What.RECORDS, kind=kind, by=by, file_name=file_name[:200])
    _keep(begun, table, looked.problems, good=len(looked.entries))
    return begun


@transaction.atomic
def start_import(begun: Import, *, by: Any) -> Any:
    """Hand the good rows of a sheet to a job; the refused ones stay to be mended and sent anew."""
    _refuse_others(begun, by)
    waiting = Import.objects.filter(pk=begun.pk, state=Import.State.CHECKED, good__gt=0)
    if not waiting.update(state=Import.State.RUNNING):
        raise ValidationError(_("没有可以入库的行，或已经在入库。"))
    return jobs.start("records.import", by=by, key=f"import-{begun.pk}", batch=begun.pk)


def enter_rows(begun: Import, job: Any) -> int:
    """Enter the good rows of a sheet: staged batch by batch, then all made to count at once.

    What an earlier try had staged goes first, so that nothing is entered twice or half.
    """
    kind, by = KINDS[begun.kind], begun.by
    _clear_staged(begun)
    looked = _looked_through(table_of(begun), kind, by)
    routing, total = Routing(), len(looked.entries)
    units = {pk: unit_of(node) for pk, node in {e.node.pk: e.node for e in looked.entries}.items()}
    for start in range(0, total, BATCH):
        entries = looked.entries[start : start + BATCH]
        made = [_prepared(begun, one, kind, units[one.node.pk], routing) for one in entries]
        with giving_way(), transaction.atomic():
            job.hold()
            _stage(made, entries)
        job.progress(min(start + BATCH, total), total + 1)
    with transaction.atomic():
        job.hold()
        state = State.ACCEPTED if kind.checked == "none" else State.PENDING
        Record.objects.filter(batch=begun, state=State.STAGED).update(state=state)
        _finish(begun, good=total, problems=looked.problems)
    return total


@transaction.atomic
def undo_import(begun: Import, *, reason: str, by: Any) -> int:
    """Take a whole import back, with the reason: what it entered stays and counts no longer.

    Figures that its figures superseded hold again. Records corrected since are left alone.
    """
    _refuse_others(begun, by)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    done = Import.objects.filter(pk=begun.pk, state=Import.State.DONE)
    if not done.update(state=Import.State.UNDONE, reason=reason.strip()[:300]):
        raise ValidationError(_("只有已入库的才能撤回。"))
    standing = Record.objects.filter(batch=begun, state__in=STANDING)
    draws = list(Draw.objects.filter(records__batch=begun, closed=None).distinct())
    undone = standing.update(state=State.WITHDRAWN, reason=reason.strip()[:300], client_key="")
    for draw in draws:
        settle(draw)
    undone += sum(_undo_figures(model, begun, reason) for model in (Measure, Target))
    _record("records.import_undone", begun, rows=undone)
    return undone


def table_of(begun: Import) -> Table:
    """Return the rows of a sheet that is not taken over yet."""
    kept = json.loads(begun.table)
    return Table(kept["codes"], [(number, cells) for number, cells in kept["rows"]])


def problems_of(begun: Import) -> dict[int, list[str]]:
    """Return what is wrong in a sheet, by row."""
    return {int(row): told for row, told in json.loads(begun.problems or "{}").items()}


def keep_import(begun: Import, table: Table, problems: Mapping[int, list[str]], good: int) -> None:
    """Keep a sheet of figures as `begin_import` keeps one of records."""
    _keep(begun, table, problems, good=good)


def finish_import(begun: Import, *, good: int, problems: Mapping[int, list[str]]) -> None:
    """Say that a sheet is taken over; of its rows only the refused ones are kept."""
    _finish(begun, good=good, problems=problems)


def _looked_through(table: Table, kind: Kind, by: Any) -> Review:
    return review(table, kind, Places(nodes_to_enter_for(by, kind, power=IMPORT)), by=by)


@transaction.atomic
def _keep(begun: Import, table: Table, problems: Mapping[int, list[str]], *, good: int) -> None:
    begun.table = json.dumps(asdict(table), ensure_ascii=False)
    begun.problems = json.dumps(problems, ensure_ascii=False)
    begun.good, begun.bad = good, len(problems)
    begun.save()
    _record("records.import_begun", begun, rows=len(table.rows))


def _finish(begun: Import, *, good: int, problems: Mapping[int, list[str]]) -> None:
    table = table_of(begun)
    left = Table(table.codes, [(n, cells) for n, cells in table.rows if n in problems])
    begun.table = json.dumps(asdict(left), ensure_ascii=False)
    begun.problems = json.dumps(problems, ensure_ascii=False)
    begun.good, begun.bad, begun.state = good, len(problems), Import.State.DONE
    begun.save()
    _record("records.import_applied", begun, rows=good, refused=len(problems))


def _prepared(begun: Import, one: Entry, kind: Kind, unit: Unit, routing: Routing) -> Record:
    standing = standing_to_enter(begun.by, kind, one.node)
    record = prepared(one.draft, unit, standing, begun.by, routing)
    record.state, record.batch = State.STAGED, begun
    record.channel, record.client_key = Channel.IMPORT, one.key
    return record


def _stage(made: list[Record], entries: list[Entry]) -> None:
    Record.objects.bulk_create(made)
    through = Record.actors.through
    pairs = zip(made, entries, strict=True)
    through.objects.bulk_create(
        [
            through(record_id=record.pk, member_id=member.pk)
            for record, one in pairs
            for member in one.draft.actors
        ]
    )


def _clear_staged(begun: Import) -> None:
    while staged := list(
        Record.objects.filter(batch=begun, state=State.STAGED).values_list("pk", flat=True)[:BATCH]
    ):
        Record.objects.filter(pk__in=staged).delete()


def _undo_figures(model: type[Measure] | type[Target], begun: Import, reason: str) -> int:
    held = model.objects.filter(batch=begun, current=True)
    before = [one.supersedes_id for one in held if one.supersedes_id is not None]
    undone = held.update(current=False, withdrawn=reason.strip()[:300])
    model.objects.filter(pk__in=before).update(current=True)
    return undone


def _refuse_others(begun: Import, by: Any) -> None:
    if begun.by_id != by.pk:
        raise PermissionDenied


def _record(action: str, begun: Import, **details: Any) -> None:
    """Record an act on an import at the place of a post of its owner's."""
    standings = begun.by.standings()
    standing = standings[0] if standings else None
    details |= {"what": begun.what, "kind": begun.kind, "period": begun.period}
    audit.record(
        action,
        by=begun.by,
        target=begun,
        place=Node.objects.get(pk=standing.node_id) if standing else None,
        standing=standing,
        **details,
    )
