"""Reading roster files under review: always one's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from ronghe.apps.members.models import Member, RosterImport, RosterRow, masked
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.apps.members.rows import Mapped
from ronghe.exchange.roster import RosterTable

CELLS = ("name", "id_number", "organisation", "stage")


def import_of(user: Any, pk: int) -> RosterImport:
    """Return one of a person's own roster files not taken over yet, or raise Http404."""
    return _own(user, pk, applied=None)


def import_done(user: Any, pk: int) -> RosterImport:
    """Return one of a person's own roster files that was taken over, or raise Http404."""
    return _own(user, pk, applied__isnull=False)


def import_counts(begun: RosterImport) -> dict[str, int]:
    """Return how many rows differ, say the same or are refused, and how many are not in it."""
    kinds = RosterRow.Kind
    return {
        "different": begun.rows.filter(kind=kinds.DIFFERENT).count(),
        "refused": begun.rows.filter(kind=kinds.REFUSED).count(),
        "same": begun.same,
        "absent": len(begun.absent),
    }


def absent_from(begun: RosterImport) -> QuerySet[Member]:
    """Return the members kept by the sender who are not in the file."""
    return Member.objects.filter(pk__in=begun.absent)


def shown_rows(
    rows: Iterable[RosterRow], table: RosterTable, mapping: Mapped
) -> list[tuple[RosterRow, dict[str, str]]]:
    """Return rows of a page with what the file says in them, the number masked."""
    wanted = {row.number: row for row in rows}
    cells = {number: said for number, said in table.rows if number in wanted}
    found = []
    for number, row in wanted.items():
        said = {
            field: cells[number][at]
            for field in CELLS
            if (at := mapping.get(field)) is not None and at < len(cells.get(number, []))
        }
        said["id_number"] = masked(said.get("id_number", ""), 4, 4)
        found.append((row, said))
    return found


def _own(user: Any, pk: int, **state: Any) -> RosterImport:
    found = RosterImport.objects.filter(pk=pk, by=user, **state).first()
    if found is None or not user.has_perm(MANAGE_MEMBERS):
        raise Http404
    return found
