"""Reading evidence: the files of records within reach, and hints at repeats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404

from ronghe.apps.records.models import STANDING, Evidence, Record
from ronghe.apps.records.selectors.entries import is_changed_by, record_visible_to
from ronghe.apps.records.uploads import distance

NEAR = 8
"""Photographs whose fingerprints differ in at most so many of 64 bits may be of the same thing."""
LOOKED_BACK = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Hint:
    """That a file looks like one behind another record: the same, or a photograph much like it."""

    file: Evidence
    other: Record
    same: bool


def evidence_of(record: Record) -> QuerySet[Evidence]:
    """Return the files behind a record; the caller has decided who may see the record."""
    return Evidence.objects.filter(record=record, removed="").select_related("by")


def evidence_visible_to(user: Any, pk: int) -> Evidence:
    """Return a file behind a record within reach, or raise Http404."""
    found = Evidence.objects.filter(pk=pk, removed="").first()
    if found is None:
        raise Http404
    record_visible_to(user, found.record_id)
    return found


def evidence_changed_by(user: Any, pk: int) -> Evidence:
    """Return a file that a person may take away, or raise Http404."""
    found = evidence_visible_to(user, pk)
    record = record_visible_to(user, found.record_id)
    if not is_changed_by(user, record):
        raise Http404
    found.record = record
    return found


def path_of(digest: str, shelf: str = "evidence") -> Path:
    """Return where a file lies: outside the web root, by its digest."""
    return Path(settings.MEDIA_ROOT) / shelf / digest[:2] / digest


def hints_for(record: Record) -> list[Hint]:
    """Return which of a record's files look like others of the county, for who checks it.

    A hint and nothing more: the same notice may well stand behind two records.
    """
    mine = list(evidence_of(record))
    if not mine:
        return []
    others = Evidence.objects.filter(
        removed="",
        record__state__in=STANDING,
        record__unit__county=record.unit.county_id,
        record__day__gte=record.day - LOOKED_BACK,
    ).exclude(record=record)
    same = others.filter(original__in=[one.original for one in mine]).select_related("record")
    found = [Hint(file, one.record, True) for one in same for file in mine if _same(file, one)]
    photos = [one for one in mine if one.fingerprint is not None]
    near = _near(photos, others.exclude(fingerprint=None)) if photos else []
    return [*found, *near][:20]


def _same(one: Evidence, other: Evidence) -> bool:
    return one.original == other.original


def _near(photos: list[Evidence], others: QuerySet[Evidence]) -> list[Hint]:
    originals = {one.original for one in photos}
    close = {}
    rows = others.exclude(original__in=originals).values_list("pk", "fingerprint")
    for pk, fingerprint in rows.iterator():
        for photo in photos:
            if distance(photo.fingerprint or 0, fingerprint or 0) <= NEAR:
                close[pk] = photo
    found = Evidence.objects.filter(pk__in=list(close)[:20]).select_related("record")
    return [Hint(close[one.pk], one.record, False) for one in found]
