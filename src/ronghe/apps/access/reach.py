"""Standing and reach: from which post, and how far, somebody may use a power."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Standing:
    """One post (任职) somebody may act from today: their own, or another's who delegated it.

    ``path`` is the materialised path of the post's node; ``principal_id`` is the person acted
    for, None where the post is one's own.
    """

    role: str
    path: str
    node_id: int
    post_id: int
    principal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Where one power may be used: at and below the nodes of these standings."""

    standings: tuple[Standing, ...]

    def __bool__(self) -> bool:
        return bool(self.standings)

    def covers(self, path: str) -> bool:
        """Tell whether a node is at or below one of the places."""
        return any(path.startswith(one.path) for one in self.standings)

    def standing_for(self, path: str) -> Standing | None:
        """Return the standing to act from: one's own before another's, the nearest first."""
        fitting = [one for one in self.standings if path.startswith(one.path)]
        order = lambda one: (one.principal_id is not None, -len(one.path), one.post_id)
        return min(fitting, key=order, default=None)

    def within(self, field: str = "path") -> Q:
        """Return the filter for rows whose ``field`` holds a path within reach."""
        inside = Q(pk__in=[])
        for path in {one.path for one in self.standings}:
            inside |= Q(**{f"{field}__startswith": path})
        return inside
