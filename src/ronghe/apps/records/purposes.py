"""What records may be named for in other apps (推进事项), asked once, where a record is entered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ronghe.apps.records.models import Record
from ronghe.apps.registry.models import Node
from ronghe.ui.components import Words

Choices = list[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Purpose:
    """Something of another app that a record may advance.

    ``offered`` gives what a person may choose for an organisation, nothing where there is
    nothing; ``name`` keeps what was chosen inside the transaction that enters the record;
    ``hand_on`` names the same for the record that takes another's place.
    """

    code: str
    label: Words
    told: Words
    offered: Callable[[Any, Node], Choices]
    name: Callable[[Record, str, Any], None]
    hand_on: Callable[[Record, Record], None]

    @property
    def field(self) -> str:
        """Return what the field is called on the form, and in an address that fills it."""
        return f"for_{self.code}"


_PURPOSES: dict[str, Purpose] = {}


def provide(purpose: Purpose) -> Purpose:
    """Let records be named for something of an app."""
    _PURPOSES[purpose.field] = purpose
    return purpose


def offered_to(user: Any, node: Node) -> list[tuple[Purpose, Choices]]:
    """Return what a record of an organisation may be named for by a person."""
    found = [(one, one.offered(user, node)) for one in _PURPOSES.values()]
    return [(one, choices) for one, choices in found if choices]


def asked_in(query: Mapping[str, str]) -> dict[str, str]:
    """Return what an address says a record is for, by field."""
    return {field: query[field] for field in _PURPOSES if query.get(field, "").isdecimal()}


def name(record: Record, said: Mapping[str, str], by: Any) -> None:
    """Keep what a record was named for."""
    for field, value in said.items():
        if value:
            _PURPOSES[field].name(record, value, by)


def hand_on(record: Record, to: Record) -> None:
    """Name the record that takes another's place for the same."""
    for purpose in _PURPOSES.values():
        purpose.hand_on(record, to)
