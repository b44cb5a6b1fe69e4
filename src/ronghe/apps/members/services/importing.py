"""Taking over a roster file: compared first, then row by row what people chose."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.members.differences import Difference, review
from ronghe.apps.members.models import RosterImport, RosterRow
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.apps.members.rows import FIELDS, guessed
from ronghe.apps.members.services.keeping import change_stage, correct, register, transfer
from ronghe.apps.registry.models import Node
from ronghe.exchange.roster import RosterTable

KEPT = timedelta(days=7)
FEW = 200
"""So many rows are compared or taken over at once; more are a job."""
BATCH = 50
"""So many rows are compared anew together while they are taken over."""

Outcome = RosterRow.Outcome


@transaction.atomic
def begin_import(table: RosterTable, *, file_name: str, by: Any) -> RosterImport:
    """Keep a roster file, sealed, for review; the columns are guessed from their headings.

    Earlier files that were never taken over go: this person's, and anybody's after a week.
    """
    if not by.has_perm(MANAGE_MEMBERS):
        raise PermissionDenied
    waiting = RosterImport.objects.filter(applied=None)
    old = Q(created__lt=timezone.now() - KEPT)
    waiting.filter(Q(by=by, started=None) | old).delete()
    begun = RosterImport.objects.create(
        by=by,
        file_name=file_name[:200],
        table=json.dumps({"headings": table.headings, "rows": table.rows}),
        mapping=guessed(table.headings),
    )
    _record("members.import_begun", begun, by, rows=len(table.rows))
    return begun


@transaction.atomic
def map_columns(begun: RosterImport, mapping: Mapping[str, int | None], *, by: Any) -> None:
    """Say which column is what; what was found by another mapping goes."""
    _refuse_others(begun, by)
    chosen = {field: at for field, at in mapping.items() if field in FIELDS and at is not None}
    still = RosterImport.objects.filter(pk=begun.pk, started=None)
    if still.update(mapping=chosen, staged=None):
        RosterRow.objects.filter(begun=begun).delete()


def stage(begun: RosterImport, *, by: Any) -> None:
    """Compare the file with the roster and keep what differs, for a person to choose from."""
    _refuse_others(begun, by)
    found = review(table_of(begun), begun.mapping, by=by)
    different, refused = RosterRow.Kind.DIFFERENT, RosterRow.Kind.REFUSED
    rows = [
        RosterRow(begun=begun, number=one.entry.row, kind=different, changes=one.changes)
        for one in found.differences
    ]
    rows += [
        RosterRow(begun=begun, number=one.row, kind=refused, reasons=one.reasons, chosen=False)
        for one in found.refusals
    ]
    absent = [one.pk for one in found.absent]
    with transaction.atomic():
        still = RosterImport.objects.filter(pk=begun.pk, started=None)
        if still.update(staged=timezone.now(), same=found.same, absent=absent):
            RosterRow.objects.filter(begun=begun).delete()
            RosterRow.objects.bulk_create(rows, batch_size=500)
    begun.refresh_from_db()


@transaction.atomic
def choose(begun: RosterImport, *, shown: Collection[int], rows: Collection[int], by: Any) -> None:
    """Say which of the rows that were shown are to be taken over."""
    _refuse_others(begun, by)
    asked = begun.rows.filter(number__in=shown, kind=RosterRow.Kind.DIFFERENT, begun__started=None)
    asked.exclude(number__in=rows).update(chosen=False)
    asked.filter(number__in=rows).update(chosen=True)


def chosen_of(begun: RosterImport) -> QuerySet[RosterRow]:
    """Return the rows that are still to be taken over."""
    return begun.rows.filter(chosen=True, kind=RosterRow.Kind.DIFFERENT, outcome=Outcome.WAITING)


def start_import(begun: RosterImport, *, by: Any) -> None:
    """Say that the chosen rows are to be taken over: from now on the choice stands.

    To be called in the transaction that hands the file on. Raises PermissionDenied where it is
    under way already.
    """
    _refuse_others(begun, by)
    still = RosterImport.objects.filter(pk=begun.pk, started=None).exclude(staged=None)
    if not still.update(started=timezone.now()):
        raise PermissionDenied
    begun.refresh_from_db()


Told = Callable[[int, int], None]
"""Called with the rows done and all rows."""


def take_over(begun: RosterImport, *, by: Any, told: Told | None = None, hold: Any = None) -> None:
    """Take over the chosen rows, each by itself and marked with what became of it.

    What stops this half way loses nothing: called again, it goes on with the rows that are
    left. In the end the file's content is deleted. ``hold`` is called within each transaction.
    """
    _refuse_others(begun, by)
    total, table = begun.rows.filter(chosen=True).count(), table_of(begun)
    for batch in _batches(begun):
        _take_batch(begun, table, batch, by, hold)
        if told:
            told(total - chosen_of(begun).count(), total)
    done: Counter[str] = Counter()
    for row in begun.rows.filter(outcome=Outcome.TAKEN):
        done.update(row.changes)
    with transaction.atomic():
        outcome = {**done, "refused": begun.rows.filter(outcome=Outcome.REFUSED).count()}
        still = RosterImport.objects.filter(pk=begun.pk, applied=None)
        if still.update(applied=timezone.now(), table="", outcome=outcome):
            _record("members.import_applied", begun, by, **outcome)


def _batches(begun: RosterImport) -> Iterator[list[RosterRow]]:
    while batch := list(chosen_of(begun)[:BATCH]):
        yield batch


def _take_batch(
    begun: RosterImport, whole: RosterTable, batch: list[RosterRow], by: Any, hold: Any
) -> None:
    """Compare rows with the roster as it is now and do what they still ask for."""
    numbers = {row.number for row in batch}
    part = RosterTable(whole.headings, [one for one in whole.rows if one[0] in numbers])
    found = review(part, begun.mapping, by=by)
    refused = {one.row: one.reasons for one in found.refusals}
    differing = {one.entry.row: one for one in found.differences}
    for row in batch:
        difference, reasons = differing.get(row.number), refused.get(row.number, [])
        try:
            with transaction.atomic():
                (hold or nullcontext)()
                if difference is not None:
                    _do(difference, by)
                changes = list(difference.changes) if difference else []
                _mark(row, Outcome.REFUSED if reasons else Outcome.TAKEN, reasons, changes)
        except ValidationError as refusal:
            _mark(row, Outcome.REFUSED, refusal.messages, [])


def _mark(row: RosterRow, outcome: str, reasons: list[str], changes: list[str]) -> None:
    RosterRow.objects.filter(pk=row.pk).update(outcome=outcome, reasons=reasons, changes=changes)


def table_of(begun: RosterImport) -> RosterTable:
    """Return the rows of a file that is not taken over yet."""
    kept = json.loads(begun.table)
    return RosterTable(kept["headings"], [(number, cells) for number, cells in kept["rows"]])


def _do(difference: Difference, by: Any) -> None:
    """Do what one row asks for, inside a transaction."""
    entry, member, today = difference.entry, difference.member, timezone.localdate()
    since = min(entry.since or today, today)
    numbers = {"id_number": entry.id_number, "phone": entry.phone}
    if member is None:
        register(
            name=entry.name, node=difference.node, stage=entry.stage, since=since, by=by, **numbers
        )
        return
    if {"id_number", "name", "phone"} & set(difference.changes):
        correct(member, name=entry.name, exempt=member.exempt, by=by, **numbers)
    if "stage" in difference.changes:
        reason = _("按上传的名册登记")
        change_stage(member, stage=entry.stage, since=today, by=by, reason=reason)
    if "organisation" in difference.changes:
        transfer(member, node=difference.node, since=today, by=by)


def _refuse_others(begun: RosterImport, by: Any) -> None:
    if begun.by_id != by.pk:
        raise PermissionDenied


def _record(action: str, begun: RosterImport, by: Any, **details: Any) -> None:
    """Record an act on a file at the place of the post it is handled from."""
    standing = by.reach(MANAGE_MEMBERS).standings[0]
    place = Node.objects.get(pk=standing.node_id)
    audit.record(action, by=by, target=begun, place=place, standing=standing, **details)
