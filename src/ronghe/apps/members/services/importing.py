"""Taking over a roster file: reviewed first, then row by row what people chose."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.members.differences import Difference, review
from ronghe.apps.members.models import RosterImport
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.apps.members.rows import FIELDS, guessed
from ronghe.apps.members.services.keeping import change_stage, correct, register, transfer
from ronghe.apps.registry.models import Node
from ronghe.exchange.roster import RosterTable

KEPT = timedelta(days=7)


@transaction.atomic
def begin_import(table: RosterTable, *, file_name: str, by: Any) -> RosterImport:
    """Keep a roster file, sealed, for review; the columns are guessed from their headings.

    Earlier files that were never taken over go: this person's, and anybody's after a week.
    """
    if not by.has_perm(MANAGE_MEMBERS):
        raise PermissionDenied
    waiting = RosterImport.objects.filter(applied=None)
    waiting.filter(Q(by=by) | Q(created__lt=timezone.now() - KEPT)).delete()
    begun = RosterImport.objects.create(
        by=by,
        file_name=file_name[:200],
        table=json.dumps({"headings": table.headings, "rows": table.rows}),
        mapping=guessed(table.headings),
    )
    _record("members.import_begun", begun, by, rows=len(table.rows))
    return begun


def map_columns(begun: RosterImport, mapping: Mapping[str, int | None], *, by: Any) -> None:
    """Say which column is what."""
    _refuse_others(begun, by)
    chosen = {field: at for field, at in mapping.items() if field in FIELDS and at is not None}
    RosterImport.objects.filter(pk=begun.pk, applied=None).update(mapping=chosen)


def apply_import(
    begun: RosterImport, *, rows: Collection[int], by: Any
) -> list[tuple[int, list[str]]]:
    """Take over the chosen rows, each by itself; return those refused, with the reasons.

    The file's rows are deleted first: what is taken over stands on the roster, and what is not
    shows again when the file is sent again, whatever stops this half way.
    """
    _refuse_others(begun, by)
    table, still = table_of(begun), RosterImport.objects.filter(pk=begun.pk, applied=None)
    if not still.update(applied=timezone.now(), table=""):
        raise PermissionDenied
    refused: list[tuple[int, list[str]]] = []
    done: Counter[str] = Counter()
    for difference in review(table, begun.mapping, by=by).differences:
        if difference.entry.row not in rows:
            continue
        try:
            _take_over(difference, by)
        except ValidationError as refusal:
            refused.append((difference.entry.row, refusal.messages))
        else:
            done.update(difference.changes)
    with transaction.atomic():
        outcome = {**done, "refused": len(refused)}
        RosterImport.objects.filter(pk=begun.pk).update(outcome=outcome)
        _record("members.import_applied", begun, by, **outcome)
    return refused


def table_of(begun: RosterImport) -> RosterTable:
    """Return the rows of a file that is still under review."""
    kept = json.loads(begun.table)
    return RosterTable(kept["headings"], [(number, cells) for number, cells in kept["rows"]])


@transaction.atomic
def _take_over(difference: Difference, by: Any) -> None:
    """Do what one row asks for, all of it or nothing."""
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
        change_stage(member, stage=entry.stage, since=today, by=by, reason=_("按上传的名册登记"))
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
