"""Taking a sheet over: reviewed first, then staged in batches by a job, then switched at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
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

CLEARED = 20
"""Rows of an earlier try that are removed together."""
TO_START = (Import.State.CHECKED, Import.State.RUNNING)


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
    """Hand the good rows of a sheet to a job; the refused ones stay to be mended and sent anew.

    A sheet whose job ended without taking it over can be handed on again.
    """
    _refuse_others(begun, by)
    waiting = Import.objects.filter(pk=begun.pk, state__in=TO_START, good__gt=0)
    if not waiting.update(state=Import.State.RUNNING):
        raise ValidationError(_("没有可以入库的行，或已经入库。"))
    return jobs.start("records.import", by=by, key=f"import-{begun.pk}", batch=begun.pk)


def enter_rows(begun: Import, job: Any) -> int:
    """Enter the good rows of a sheet: staged one by one, then all made to count at once.

    What an earlier try had staged goes first, so that nothing is entered twice or half.
    """
    kind = KINDS[begun.kind]
    _clear_staged(begun, job)
    looked = _looked_through(table_of(begun), kind, begun.by)
    routing, entries = Routing(), looked.entries
    units = {pk: unit_of(node) for pk, node in {e.node.pk: e.node for e in entries}.items()}
    job.each(entries, lambda one: _stage(begun, one, kind, units[one.node.pk], routing))
    _settle(begun, good=len(entries), problems=looked.problems)
    with transaction.atomic():
        job.hold()
        state = State.ACCEPTED if kind.checked == "none" else State.PENDING
        Record.objects.filter(batch=begun, state=State.STAGED).update(state=state)
        _finish(begun)
    return len(entries)


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


def finish_import(begun: Import, job: Any, *, good: int, problems: Mapping[int, list[str]]) -> None:
    """Say that a sheet is taken over; of its rows only the refused ones are kept."""
    _settle(begun, good=good, problems=problems)
    with transaction.atomic():
        job.hold()
        _finish(begun)


def _looked_through(table: Table, kind: Kind, by: Any) -> Review:
    return review(table, kind, Places(nodes_to_enter_for(by, kind, power=IMPORT)), by=by)


@transaction.atomic
def _keep(begun: Import, table: Table, problems: Mapping[int, list[str]], *, good: int) -> None:
    begun.table = json.dumps(asdict(table), ensure_ascii=False)
    begun.problems = json.dumps(problems, ensure_ascii=False)
    begun.good, begun.bad = good, len(problems)
    begun.save()
    _record("records.import_begun", begun, rows=len(table.rows))


def _settle(begun: Import, *, good: int, problems: Mapping[int, list[str]]) -> None:
    """Put into an import what is left of it, without saving: reading it takes a while."""
    table = table_of(begun)
    left = Table(table.codes, [(n, cells) for n, cells in table.rows if n in problems])
    begun.table = json.dumps(asdict(left), ensure_ascii=False)
    begun.problems = json.dumps(problems, ensure_ascii=False)
    begun.good, begun.bad, begun.state = good, len(problems), Import.State.DONE


def _finish(begun: Import) -> None:
    begun.save()
    _record("records.import_applied", begun, rows=begun.good, refused=begun.bad)


def _stage(begun: Import, one: Entry, kind: Kind, unit: Unit, routing: Routing) -> None:
    standing = standing_to_enter(begun.by, kind, one.node)
    record = prepared(one.draft, unit, standing, begun.by, routing)
    record.state, record.batch = State.STAGED, begun
    record.channel, record.client_key = Channel.IMPORT, one.key
    record.save()
    record.actors.set(one.draft.actors)


def _clear_staged(begun: Import, job: Any) -> None:
    staged = Record.objects.filter(batch=begun, state=State.STAGED)
    found = list(staged.values_list("pk", flat=True))
    parts = [found[at : at + CLEARED] for at in range(0, len(found), CLEARED)]
    job.each(parts, lambda part: staged.filter(pk__in=part).delete())


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
