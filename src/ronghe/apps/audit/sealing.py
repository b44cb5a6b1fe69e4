"""Sealing entries in order, and proving that they are what they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import models, transaction

from ronghe.apps.audit.chain import START, Finding, Head, Link, digest_of, walk
from ronghe.apps.audit.models import ChainHead, Entry

BATCH = 200
_ALL: models.QuerySet[Entry] = models.QuerySet(Entry)
"""Entries as the sealer alone sees them: with seals to put on."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found of the chain, and how many entries have not been sealed yet."""

    finding: Finding
    unsealed: int


@transaction.atomic
def seal(limit: int = BATCH) -> int:
    """Seal the next entries, the oldest first; return how many.

    A second sealer waits for the row of the head, or on SQLite for the transaction, and goes on
    where the first one stopped.
    """
    ChainHead.objects.get_or_create(pk=1, defaults={"digest": START})
    kept = ChainHead.objects.select_for_update().get(pk=1)
    waiting = list(_ALL.filter(number=None).order_by("pk")[:limit])
    for entry in waiting:
        kept.number += 1
        entry.number = kept.number
        kept.digest = digest_of(entry.sealed_fields(), number=kept.number, previous=kept.digest)
        entry.digest = kept.digest
    if waiting:
        _ALL.bulk_update(waiting, ["number", "digest"], batch_size=100)
        kept.save()
    return len(waiting)


def seal_all() -> int:
    """Seal everything that waits, in short transactions; return how many."""
    done = 0
    while number := seal():
        done += number
    return done


def head() -> Head:
    """Return how far the chain reaches."""
    kept = ChainHead.objects.filter(pk=1).first()
    return Head(kept.number, kept.digest) if kept else Head()


def verify(anchor: Head | None = None) -> Proof:
    """Walk the whole chain, while others write, and count the unsealed tail."""
    reach = head()
    finding = walk(_links(reach.number), head=reach, anchor=anchor)
    top = _ALL.aggregate(top=models.Max("number"))["top"] or 0
    beyond = head().number  # asked for last: never behind what has been sealed
    if finding.first_broken is None and top > beyond:
        finding = replace(finding, first_broken=beyond + 1)
    return Proof(finding, _ALL.filter(number=None).count())


def _links(reach: int) -> Iterator[Link]:
    sealed = _ALL.filter(number__lte=reach).order_by("number")
    for entry in sealed.iterator(chunk_size=2000):
        yield Link(entry.number or 0, entry.digest, entry.sealed_fields())
