"""What follows when a sheet was signed, a publicity ended: told by who owns the object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Handler:
    """What is called, in the transaction of the last signature, with the object's id.

    ``completed(pk, by)`` once all have signed; ``returned(pk, reason, by)`` when one returns it.
    """

    completed: Callable[[int, Any], object]
    returned: Callable[[int, str, Any], object]


HANDLERS: dict[str, Handler] = {}
"""By the label of the object's model."""


def when_signed(
    label: str,
    *,
    completed: Callable[[int, Any], object],
    returned: Callable[[int, str, Any], object],
) -> None:
    """Register what follows for objects of a model, in the owner's ``ready()``."""
    HANDLERS[label] = Handler(completed, returned)


@dataclass(frozen=True, slots=True)
class Published:
    """What is called, in the transaction of the act, with the id of the object published.

    ``closed(pk, by)`` and ``withdrawn(pk, reason, by)`` when its publicity ends; ``upheld(pk,
    by)`` when an objection to it stands. What they raise refuses the act.
    """

    closed: Callable[[int, Any], object]
    withdrawn: Callable[[int, str, Any], object]
    upheld: Callable[[int, Any], object]


PUBLISHED: dict[str, Published] = {}
"""By the label of the object's model."""


def when_published(
    label: str,
    *,
    closed: Callable[[int, Any], object],
    withdrawn: Callable[[int, str, Any], object],
    upheld: Callable[[int, Any], object],
) -> None:
    """Register what follows for published objects of a model, in the owner's ``ready()``."""
    PUBLISHED[label] = Published(closed, withdrawn, upheld)
