"""The catalogue of kinds of record (纪实类别), declared by the apps whose work leaves them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

from ronghe.apps.access import Role

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Field:
    """A further thing (栏目) a kind of record says: asked for once, where the work is known."""

    code: str
    title: Words
    type: Literal["text", "number", "day", "choice"] = "text"
    required: bool = False
    choices: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: what it is, how it is measured, who enters it and who checks it.

    `scale` is the number of digits after the point of a quantity in `unit`. `roles` may enter it
    for the organisations in their reach; `departments`: so may the department that a county put
    in charge of it, for every unit of the county. `actors`: whether members stand behind it, and
    how many; each is credited with the whole quantity (hours, attendance), or, where `credits`
    names another kind, with one of that kind while the record itself is the organisation's.
    `served` asks whom it was for, `rated` how they found it, from 0 to 5. `checked`: ``usual``
    by a second person, by sampling where that is somebody above; ``each`` always one by one;
    ``none`` where another duty has checked it already. `businesses`: whether it may be about an
    enterprise, co-operative or farm: ``also``, or ``only`` about one. `personal`: seen only by
    those who answer for the people in it. `nature` is as in schemes: obligations may be a
    precondition of an appraisal, never points.
    """

    code: str
    title: Words
    told: Words
    unit: Words
    roles: frozenset[Role]
    scale: int = 0
    nature: Literal["work", "obligation"] = "work"
    actors: Literal["none", "one", "many"] = "none"
    credits: str = ""
    served: bool = False
    rated: bool = False
    departments: bool = False
    checked: Literal["usual", "each", "none"] = "usual"
    businesses: Literal["no", "also", "only"] = "no"
    personal: bool = False
    fields: tuple[Field, ...] = ()


KINDS: dict[str, Kind] = {}
"""Every declared kind by its code, in the order of declaration."""


def declare(*kinds: Kind) -> None:
    """Add kinds to the catalogue."""
    KINDS.update({kind.code: kind for kind in kinds})


def personal_codes() -> list[str]:
    """Return the codes of the kinds that not everybody of a place may see."""
    return [kind.code for kind in KINDS.values() if kind.personal]


def entered_by_roles(roles: Iterable[str]) -> list[Kind]:
    """Return the kinds that some of these roles enter."""
    held = set(roles)
    return [kind for kind in KINDS.values() if held & kind.roles]
