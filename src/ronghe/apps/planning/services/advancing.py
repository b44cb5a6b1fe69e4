"""Naming the entry of a plan that a record advances."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.planning.models import Advance, Entry
from ronghe.apps.planning.permissions import WRITE_PLANS
from ronghe.apps.planning.selectors.plans import entries_open_at
from ronghe.apps.records.models import Record
from ronghe.apps.records.selectors.entries import records_visible_to


def name_at_entry(record: Record, pk: str, by: Any) -> None:
    """Name what a record advances as it is entered, inside that transaction.

    Raises ValidationError for an entry that is not open to the record's organisation.
    """
    open_ones = entries_open_at(by, record.unit.node, year=record.day.year)
    entry = open_ones.filter(pk=pk).first() if pk.isdecimal() else None
    if entry is None:
        told = _("这一项不在%(year)s年的计划里，或不归这个单位办。")
        raise ValidationError({"for_plan": told % {"year": record.day.year}})
    _name(entry, [record], by)


@transaction.atomic
def name_records(entry: Entry, records: list[Record], *, by: Any) -> None:
    """Name records that advance an entry; none of them says more or counts more for it."""
    _refuse_out_of_reach(entry, by)
    seen = records_visible_to(by).filter(pk__in=[one.pk for one in records])
    if seen.count() != len(records):
        raise ValidationError({"records": _("有的纪实不在您的职务范围内。")})
    _name(entry, records, by)


@transaction.atomic
def unname_record(entry: Entry, record: Record, *, by: Any) -> None:
    """Take back that a record advances an entry."""
    _refuse_out_of_reach(entry, by)
    if Advance.objects.filter(entry=entry, record=record).delete()[0]:
        _record("planning.record_unnamed", entry, by, record)


def hand_on(record: Record, to: Record) -> None:
    """Let the record that takes another's place advance the same entries."""
    named = Advance.objects.filter(record=record)
    Advance.objects.bulk_create(Advance(entry_id=a.entry_id, record=to, by=a.by) for a in named)


def _name(entry: Entry, records: list[Record], by: Any) -> None:
    if entry.plan.is_draft:
        raise ValidationError(_("部署以后才能更新进展。"))
    for record in records:
        _advance, made = Advance.objects.get_or_create(
            entry=entry, record=record, defaults={"by": by}
        )
        if made:
            _record("planning.record_named", entry, by, record)


def _refuse_out_of_reach(entry: Entry, by: Any) -> None:
    reach = by.reach(WRITE_PLANS)
    if not (reach.covers(entry.node.path) or reach.covers(entry.plan.node.path)):
        raise PermissionDenied


def _record(action: str, entry: Entry, by: Any, record: Record) -> None:
    plan = entry.plan
    details: dict[str, Any] = {"entry": entry.pk, "record": record.pk}
    audit.record(action, by=by, target=plan, place=plan.node, **details)
