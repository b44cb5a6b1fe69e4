"""Powers: declared once by the app that guards something, asked for by name everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import rules

from ronghe.apps.access.roles import Role


@dataclass(frozen=True, slots=True)
class Power:
    """A power (权限): its name ``app.verb_noun``, who has it, and whether a deputy gets it too."""

    name: str
    roles: frozenset[str]
    delegable: bool


POWERS: dict[str, Power] = {}
"""Every declared power by name."""


def declare(name: str, *, roles: Iterable[Role], delegable: bool = False) -> str:
    """Declare a power of some roles and return its name.

    ``user.has_perm(name, place)`` then tells whether the user reaches the place (anything with
    a ``path``) with it; without a place, whether the user has it anywhere.
    """
    POWERS[name] = Power(name, frozenset(roles), delegable)
    rules.set_perm(name, rules.predicate(_reaching(name), name=name))
    return name


def _reaching(name: str) -> Any:
    def reaches(user: Any, place: Any = None) -> bool:
        if not user.is_active:
            return False
        reach = user.reach(name)
        return bool(reach) if place is None else reach.covers(place.path)

    return reaches
