"""Where a record is checked: by a second person at its place, else by those above, by a draw."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from ronghe.apps.access import Standing
from ronghe.apps.accounts.selectors import holders_at
from ronghe.apps.records.catalogue import Kind
from ronghe.apps.records.models import State
from ronghe.apps.records.permissions import VERIFY_RECORDS


@dataclass
class Routing:
    """Who checks what, with the holders of posts read once for each organisation."""

    holders: dict[int, set[int]] = field(default_factory=dict)

    def columns(self, kind: Kind, path: str, standing: Standing | None, by: Any) -> dict[str, Any]:
        """Return the state of a new record and the organisation that checks it.

        ``path`` is that of the record's organisation. What somebody above entered is checked
        where they are, so that those it is about never check it themselves.
        """
        if kind.checked == "none":
            return {"state": State.ACCEPTED}
        start = standing.path if standing and not standing.path.startswith(path) else path
        entering = {by.pk if by else None, standing.principal_id if standing else None}
        place = self._nearest(start, entering)
        above = kind.checked == "usual" and place != _ids(start)[-1]
        return {"state": State.PENDING, "verify_at_id": place, "by_sampling": above}

    def _nearest(self, path: str, entering: Collection[int | None]) -> int:
        """Return the nearest organisation upwards with somebody else who checks, else the top."""
        chain = _ids(path)
        unknown = [pk for pk in chain if pk not in self.holders]
        if unknown:
            self.holders.update({pk: set() for pk in unknown})
            for node, user in holders_at(unknown, VERIFY_RECORDS):
                self.holders[node].add(user)
        for pk in reversed(chain):
            if self.holders[pk] - set(entering):
                return pk
        return chain[0]


def _ids(path: str) -> list[int]:
    return [int(pk) for pk in path.split("/") if pk]
